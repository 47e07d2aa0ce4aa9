using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

public sealed record AssortmentCreated(AssortmentId Assortment, Code Code) : Fact
{
    public override string Name => "catalog.assortment-created";
}

public sealed record AssortmentRenamed(AssortmentId Assortment, Code Code) : Fact
{
    public override string Name => "catalog.assortment-renamed";
}

/// <summary>A category, an article, or an article that is left out, came into an assortment. Entry: its code or number.</summary>
public sealed record AssortmentFilled(AssortmentId Assortment, Code Code, Code Kind, Code Entry) : Fact
{
    public override string Name => "catalog.assortment-filled";
}

/// <summary>An entry of an assortment went.</summary>
public sealed record AssortmentCleared(AssortmentId Assortment, Code Code, Code Kind, Code Entry) : Fact
{
    public override string Name => "catalog.assortment-cleared";
}

/// <summary>An assortment was given to a company, a customer group, a country, or everybody who has no other.</summary>
public sealed record AssortmentGiven(AssortmentId Assortment, Code Code, Code Kind, CompanyId? Company, Code? Whom) : Fact
{
    public override string Name => "catalog.assortment-given";
}

/// <summary>An assortment was taken from whoever had it.</summary>
public sealed record AssortmentTaken(AssortmentId Assortment, Code Code, Code Kind, CompanyId? Company, Code? Whom) : Fact
{
    public override string Name => "catalog.assortment-taken";
}

public sealed record AssortmentRemoved(AssortmentId Assortment, Code Code) : Fact
{
    public override string Name => "catalog.assortment-removed";
}
