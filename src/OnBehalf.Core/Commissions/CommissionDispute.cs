using OnBehalf.Kernel;

namespace OnBehalf.Commissions;

/// <summary>What somebody says is wrong about the commissions of an order.</summary>
public enum DisputeWish
{
    /// <summary>He represents it.</summary>
    Representative,

    /// <summary>The amount is not what the rules say now.</summary>
    Amount,
}

/// <summary>Where a dispute stands.</summary>
public enum DisputeStatus
{
    Open,
    Accepted,
    Declined,
}

/// <summary>What somebody earns at one line of an order, or would earn.</summary>
public sealed record LineEarning(StaffId Staff, int Position, Money Kept);

/// <summary>The rules of disputes: who opens one, who answers it, and whether an answer would change anything.</summary>
public static class CommissionDispute
{
    public const int LongestText = 500;

    /// <summary>Open ones that somebody has at once: what is earned at their orders waits for the answers.</summary>
    public const int MostOpen = 20;

    /// <summary>An answer may stand in the log as the reason of another representative.</summary>
    public const int LongestAnswer = Orders.Representation.LongestReason;

    /// <summary>Null: he may open it.</summary>
    public static Refusal? Open(DisputeWish wish, string? text, bool isRepresentative, bool earns, bool hasOpen, int open) =>
        string.IsNullOrWhiteSpace(text) || text.Trim().Length > LongestText ? DisputeRefusals.TextMissing
        : hasOpen ? DisputeRefusals.OpenAlready
        : open >= MostOpen ? DisputeRefusals.TooMany
        : wish == DisputeWish.Representative && isRepresentative ? DisputeRefusals.IsYours
        : wish == DisputeWish.Amount && !earns ? DisputeRefusals.EarnsNothing
        : null;

    /// <summary>Null: he may answer it.</summary>
    /// <param name="status">Where it stands.</param>
    /// <param name="isConcerned">He opened it, or earns at the order, or represents it.</param>
    /// <param name="answer">What he says; whoever asked reads it.</param>
    public static Refusal? Answer(DisputeStatus status, bool isConcerned, string? answer) =>
        status != DisputeStatus.Open ? DisputeRefusals.AnsweredAlready
        : isConcerned ? DisputeRefusals.Own
        : answer?.Trim() is not { Length: > 0 and <= LongestAnswer } text || text.Any(char.IsControl) ? DisputeRefusals.AnswerMissing
        : null;

    /// <summary>Whether to count anew would leave everybody with what he has.</summary>
    public static bool IsSame(IEnumerable<LineEarning> now, IEnumerable<LineEarning> anew) => Sums(now).SequenceEqual(Sums(anew));

    private static IEnumerable<(StaffId Staff, int Position, long Minor)> Sums(IEnumerable<LineEarning> lines) => lines
        .GroupBy(line => (line.Staff, line.Position), line => line.Kept.Minor)
        .Select(group => (group.Key.Staff, group.Key.Position, Minor: group.Sum())).Where(sum => sum.Minor != 0).OrderBy(sum => sum.Position).ThenBy(sum => sum.Staff.Value);
}

/// <summary>Every "no" about disputes.</summary>
public static class DisputeRefusals
{
    public static readonly Refusal OrderMissing = Refusal.Invalid("commissions.dispute-order", "Order: there is none with this number that you can see, or at which you earn.", "Order");

    public static readonly Refusal WishMissing = Refusal.Invalid("commissions.dispute-wish", "What is wrong: choose one.", "Wish");

    public static readonly Refusal TextMissing = Refusal.Invalid("commissions.dispute-text", $"Why: say it in at most {CommissionDispute.LongestText} characters.", "Text");

    public static readonly Refusal OpenAlready = Refusal.Conflict("commissions.dispute-open", "You have disputed this order already. Wait for the answer.");

    public static readonly Refusal TooMany = Refusal.Conflict("commissions.dispute-many", $"You have {CommissionDispute.MostOpen} open disputes. Wait for answers before you open another one.");

    public static readonly Refusal IsYours = Refusal.Invalid("commissions.dispute-yours", "What is wrong: you represent this order already.", "Wish");

    public static readonly Refusal EarnsNothing = Refusal.Invalid("commissions.dispute-nothing", "What is wrong: this order is not confirmed, or came about elsewhere. Nobody earns at it, so no amount can be wrong.", "Wish");

    public static readonly Refusal Unknown = Refusal.Missing("commissions.no-such-dispute", "There is no such dispute.");

    public static readonly Refusal AnsweredAlready = Refusal.Conflict("commissions.dispute-answered", "Somebody has answered this dispute meanwhile. Look at where it stands now.");

    public static readonly Refusal Own = Refusal.Forbidden("commissions.dispute-own", "You opened this dispute yourself, or earn at its order: somebody else has to answer.");

    public static readonly Refusal AnswerMissing = Refusal.Invalid("commissions.dispute-answer", $"Answer: say why, in at most {CommissionDispute.LongestAnswer} characters on one line; who asked reads it.", "Answer");

    public static readonly Refusal Same = Refusal.Conflict("commissions.dispute-same", "By the rules of now everybody earns at this order what he has. Change the rules first, or decline.");
}
