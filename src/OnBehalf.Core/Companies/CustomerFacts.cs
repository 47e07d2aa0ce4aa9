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

/// <summary>Staff changed what the seller keeps about a company.</summary>
/// <param name="Fields">What was changed: `name tax-id`.</param>
public sealed record CompanyChanged(CompanyId Company, Code Fields, string Before, string After) : Fact
{
    public override string Name => "customers.changed";
}

/// <summary>A company is active, on hold or blocked from now on.</summary>
public sealed record CompanyStatusChanged(CompanyId Company, CompanyStatus Before, CompanyStatus After, [property: Personal(Whose.Actor)] string Why) : Fact
{
    public override string Name => "customers.status-changed";
}
