using OnBehalf.Kernel;

namespace OnBehalf.Commissions;

/// <summary>A rule as it was typed, and read: what it says without for whom it is.</summary>
public sealed record CommissionDraft(string Name, Percentage Share, CommissionBasis Basis, CommissionEarned Earned)
{
    public const int LongestName = 100;

    private static readonly Refusal NameMissing = Refusal.Invalid("commissions.name-missing", $"Name: please type one, in at most {LongestName} characters on one line.", "Name");
    private static readonly Refusal ShareUnreadable = Refusal.Invalid("commissions.share-unreadable", "Share: type a percentage above 0 and up to 100, like 5 or 2.5.", "Share");
    private static readonly Refusal BasisUnknown = Refusal.Invalid("commissions.basis-unknown", "Of what: choose one of the list.", "Basis");
    private static readonly Refusal EarnedUnknown = Refusal.Invalid("commissions.earned-unknown", "Earned when: choose one of the list.", "Earned");

    public static Outcome<CommissionDraft> Read(string? name, string? share, CommissionBasis? basis, CommissionEarned? earned) =>
        name?.Trim() is not { Length: > 0 and <= LongestName } said || said.Any(char.IsControl) ? NameMissing
        : !Percentage.TryParsePercent(share?.Trim(), out var percent) || percent.Millionths is <= 0 or > 1_000_000 ? ShareUnreadable
        : basis is not { } of ? BasisUnknown
        : earned is not { } when ? EarnedUnknown
        : new CommissionDraft(said, percent, of, when);
}
