using OnBehalf.Kernel;

namespace OnBehalf.Commissions;

/// <summary>A rule as it was typed, and read: what it says without for whom it is.</summary>
public sealed record CommissionDraft(string Name, Percentage Share, CommissionBasis Basis, CommissionEarned Earned, CommissionPart Part, int WindowDays)
{
    public const int LongestName = 100;

    /// <summary>Days; who helped a quarter ago did not bring about this order.</summary>
    public const int LongestWindow = 90;

    private static readonly Refusal NameMissing = Refusal.Invalid("commissions.name-missing", $"Name: please type one, in at most {LongestName} characters on one line.", "Name");
    private static readonly Refusal ShareUnreadable = Refusal.Invalid("commissions.share-unreadable", "Share: type a percentage above 0 and up to 100, like 5 or 2.5.", "Share");
    private static readonly Refusal BasisUnknown = Refusal.Invalid("commissions.basis-unknown", "Of what: choose one of the list.", "Basis");
    private static readonly Refusal EarnedUnknown = Refusal.Invalid("commissions.earned-unknown", "Earned when: choose one of the list.", "Earned");
    private static readonly Refusal PartUnknown = Refusal.Invalid("commissions.part-unknown", "Who earns: choose one of the list.", "Part");
    private static readonly Refusal NotOfHisOwn = Refusal.Invalid("commissions.own-commission", "Of what: a share of what the representative earns is for others than himself.", "Basis");
    private static readonly Refusal WindowUnreadable = Refusal.Invalid("commissions.window-unreadable", $"Days: type a whole number from 0 to {LongestWindow}.", "Window");
    private static readonly Refusal WindowNotHis = Refusal.Invalid("commissions.window-not-his", "Days: they are for who assisted only.", "Window");
    private static readonly Refusal LeaderMissing = Refusal.Invalid("commissions.leader-missing", "Staff member: choose who leads the representatives.", "Staff");

    /// <param name="window">Days as they were typed; empty: none.</param>
    public static Outcome<CommissionDraft> Read(string? name, string? share, CommissionBasis? basis, CommissionEarned? earned, CommissionPart? part, string? window) =>
        name?.Trim() is not { Length: > 0 and <= LongestName } said || said.Any(char.IsControl) ? NameMissing
        : !Percentage.TryParsePercent(share?.Trim(), out var percent) || percent.Millionths is <= 0 or > 1_000_000 ? ShareUnreadable
        : basis is not { } of ? BasisUnknown
        : earned is not { } when ? EarnedUnknown
        : part is not { } whose ? PartUnknown
        : of == CommissionBasis.Commission && whose == CommissionPart.Representative ? NotOfHisOwn
        : !TryWindow(window?.Trim(), out var days) ? WindowUnreadable
        : days > 0 && whose != CommissionPart.Assistant ? WindowNotHis
        : new CommissionDraft(said, percent, of, when, whose, days);

    /// <summary>Who leads is one person; what others earn may be everybody's.</summary>
    public Outcome<CommissionDraft> For(StaffId? staff) => Part == CommissionPart.Leader && staff is null ? LeaderMissing : this;

    private static bool TryWindow(string? typed, out int days)
    {
        days = 0;
        return string.IsNullOrEmpty(typed) || (int.TryParse(typed, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out days) && days <= LongestWindow);
    }
}
