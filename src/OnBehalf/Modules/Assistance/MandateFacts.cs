using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A company lets a colleague, somebody or everybody of its dealer, one of the seller's staff or all of them (all null) act for somebody, or for everybody of it (null).</summary>
public sealed record MandateGiven(Guid Mandate, int Version, MembershipId? By, StaffId? ByStaff, MembershipId? For, Mode Highest, Rights Granted) : Fact
{
    public CompanyId? ByDealer { get; init; }

    public override string Name => "assistance.mandate-given";
}

/// <summary>Another version of a mandate counts from now on.</summary>
/// <param name="Version">The new one; the one before is the number below it.</param>
public sealed record MandateChanged(Guid Mandate, int Version, [property: Untold] MandateTerms Was, [property: Untold] MandateTerms Is) : Fact
{
    public Mode HighestBefore => Was.Highest;
    public Mode HighestAfter => Is.Highest;
    public Rights GrantedBefore => Was.Granted;
    public Rights GrantedAfter => Is.Granted;
    public Code DaysBefore => Was.Days;
    public Code DaysAfter => Is.Days;
    public DateTimeOffset? UntilBefore => Was.Until;
    public DateTimeOffset? UntilAfter => Is.Until;
    public Money? PerOrderBefore => Was.PerOrder;
    public Money? PerOrderAfter => Is.PerOrder;
    public Money? PerMonthBefore => Was.PerMonth;
    public Money? PerMonthAfter => Is.PerMonth;
    public Money? ApprovalAboveBefore => Was.ApprovalAbove;
    public Money? ApprovalAboveAfter => Is.ApprovalAbove;

    public override string Name => "assistance.mandate-changed";
}

/// <summary>What one version of a mandate lets somebody do.</summary>
public sealed record MandateTerms(Mode Highest, Rights Granted, Code Days, DateTimeOffset? Until, Money? PerOrder, Money? PerMonth, Money? ApprovalAbove)
{
    internal static MandateTerms Of(AssistMandateRow row)
    {
        return new(
            row.Highest, new Rights((ulong)row.Rights),
            row.Days == 0 ? "every-day" : string.Join('-', Enum.GetValues<DayOfWeek>().Where(day => (row.Days & (1 << (int)day)) != 0).Select(day => day.ToString()[..3].ToLowerInvariant())),
            row.Until, Of(row.PerOrderMinor), Of(row.PerMonthMinor), Of(row.ApprovalAboveMinor));

        Money? Of(long? minor) => minor is { } amount ? new Money(amount, row.Currency) : null;
    }
}

/// <summary>A company took a mandate back.</summary>
public sealed record MandateRevoked(Guid Mandate, int Version, Mode Highest, Rights Granted) : Fact
{
    public override string Name => "assistance.mandate-revoked";
}

/// <summary>A company lets, or no longer lets, its people act for colleagues with more rights than they have.</summary>
public sealed record ColleaguesUpwards(bool Allowed) : Fact
{
    public override string Name => "assistance.colleagues-upwards";
}
