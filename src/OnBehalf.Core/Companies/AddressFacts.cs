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
