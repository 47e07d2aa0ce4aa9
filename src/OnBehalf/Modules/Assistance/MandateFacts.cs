using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A company lets a colleague, somebody or everybody of its dealer, one of the seller's staff or all of them (all null) act for somebody, or for everybody of it (null).</summary>
public sealed record MandateGiven(Guid Mandate, int Version, MembershipId? By, StaffId? ByStaff, MembershipId? For, Mode Highest, Rights Granted) : Fact
{
    public CompanyId? ByDealer { get; init; }

    public override string Name => "assistance.mandate-given";
}

/// <summary>Another version of a mandate counts from now on.</summary>
public sealed record MandateChanged(Guid Mandate, int Version, Mode Highest, Rights Granted) : Fact
{
    public override string Name => "assistance.mandate-changed";
}

/// <summary>A company took a mandate back.</summary>
public sealed record MandateRevoked(Guid Mandate, int Version) : Fact
{
    public override string Name => "assistance.mandate-revoked";
}

/// <summary>A company lets, or no longer lets, its people act for colleagues with more rights than they have.</summary>
public sealed record ColleaguesUpwards(bool Allowed) : Fact
{
    public override string Name => "assistance.colleagues-upwards";
}
