using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>Somebody of the staff looked at a customer, a company or a private one, for the first time within an hour.</summary>
public sealed record CustomerOpened(CompanyId? Company, BuyerId? Buyer) : Fact
{
    public override string Name => "customers.opened";
}

/// <summary>A company is something else than before, or belongs to another one.</summary>
public sealed record CompanyKindChanged(CompanyId Company, CompanyKind Before, CompanyKind After, CompanyId? ParentBefore, CompanyId? ParentAfter) : Fact
{
    public override string Name => "customers.kind-changed";
}

/// <summary>A company became a customer, made by staff.</summary>
/// <param name="DuplicatesSeen">How many likely duplicates its maker was shown before.</param>
public sealed record CompanyCreated(CompanyId Company, Code Number, string CompanyName, string? OrderContact, bool IsAssigned, int DuplicatesSeen) : Fact
{
    public override string Name => "customers.created";
}
