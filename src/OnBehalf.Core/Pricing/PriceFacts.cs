using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

public sealed record PriceListAdded(Code List, Code Title, Code Currency, Code Source) : Fact
{
    public override string Name => "pricing.list-added";
}

/// <summary>One thing about a price list, before and after.</summary>
public sealed record PriceListChanged(Code List, Code What, Code Before, Code After) : Fact
{
    public override string Name => "pricing.list-changed";
}

/// <summary>A price list counts for a company or a customer group.</summary>
public sealed record PriceListGiven(Code List, CompanyId? Company, Code Group) : Fact
{
    public override string Name => "pricing.list-given";
}

/// <summary>It does not any more.</summary>
public sealed record PriceListTaken(Code List, CompanyId? Company, Code Group) : Fact
{
    public override string Name => "pricing.list-taken";
}

/// <summary>A percentage off the base price in a category; empty: none.</summary>
public sealed record CategoryDiscountChanged(Code List, Code Category, Code Before, Code After) : Fact
{
    public override string Name => "pricing.discount-changed";
}

/// <summary>The price of an article from a quantity on; empty: none.</summary>
public sealed record PriceChanged(Code List, Code Article, Code From, Code Before, Code After) : Fact
{
    public override string Name => "pricing.price-changed";
}
