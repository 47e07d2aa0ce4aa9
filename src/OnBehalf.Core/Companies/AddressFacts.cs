using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>An address came into the book of a company or of a person.</summary>
/// <param name="Buyer">Whose book it is where it is not the company's.</param>
/// <param name="Content">Its lines; personal.</param>
public sealed record AddressAdded(AddressId Address, CompanyId? Company, BuyerId? Buyer, string Content) : Fact
{
    public override string Name => "addresses.added";
}

/// <summary>An address of a book was changed; its lines before and after are personal.</summary>
public sealed record AddressChanged(AddressId Address, string Before, string After) : Fact
{
    public override string Name => "addresses.changed";
}

/// <summary>An address left the book. Orders keep their own copy.</summary>
public sealed record AddressRemoved(AddressId Address, string Content) : Fact
{
    public override string Name => "addresses.removed";
}

/// <summary>Somebody said which address the checkout chooses first; null: none in particular.</summary>
/// <param name="Company">All of whose people it is for.</param>
/// <param name="Buyer">Whose own choice it is.</param>
/// <param name="Purpose">`billing` or `shipping`.</param>
public sealed record AddressChosen(CompanyId? Company, BuyerId? Buyer, Code Purpose, AddressId? Before, AddressId? After) : Fact
{
    public override string Name => "addresses.chosen";
}
