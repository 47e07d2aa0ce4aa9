using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>An address came into the book of a company or of a person.</summary>
/// <param name="Content">Its lines; personal.</param>
public sealed record AddressAdded(AddressId Address, string Content) : Fact
{
    public override string Name => "addresses.added";
}
