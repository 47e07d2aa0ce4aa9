using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>How often and how long a file can be taken that was bought.</summary>
/// <param name="Times">Of each file of each line of an order; at least 1.</param>
/// <param name="Days">From the payment on; 0: without an end.</param>
public readonly record struct DownloadTerms(int Times, int Days)
{
    public static readonly Refusal Missing = Refusal.Missing("downloads.missing", "There is no such download.");

    public static readonly Refusal Unpaid = Refusal.Conflict("downloads.unpaid", "This can be downloaded when the order is paid. Nothing was taken.");

    public static readonly Refusal Over = Refusal.Conflict("downloads.over", "The time for this download is over. Call us if you still need it.");

    public static readonly Refusal TooOften = Refusal.Conflict("downloads.too-often", "This file was downloaded as often as it can be. Call us if you need it once more.");

    public static readonly Refusal NotInSession = Refusal.Forbidden("downloads.not-in-session", "What was bought is downloaded by the buyer himself, not by who acts for him. Nothing was taken.");

    public static readonly Refusal LinkOver = Refusal.Missing("downloads.link-over", "This link is not for you, or no longer: press the button of the file again.");

    /// <summary>Null: now and never before the payment.</summary>
    public DateTimeOffset? Until(DateTimeOffset paid) => Days == 0 ? null : paid.AddDays(Days);

    /// <summary>Why a file cannot be taken now; null when it can.</summary>
    /// <param name="paid">When what it belongs to was paid; null: not yet.</param>
    /// <param name="taken">How often it was taken.</param>
    public Refusal? Check(DateTimeOffset? paid, int taken, DateTimeOffset now) =>
        paid is not { } since ? Unpaid
        : Until(since) is { } until && until <= now ? Over
        : taken >= Times ? TooOften
        : null;
}

/// <summary>A file that was bought was taken.</summary>
/// <param name="Line">Its place in the order.</param>
/// <param name="Digest">SHA-256 of the file.</param>
/// <param name="Times">How often it was taken, this time included.</param>
public sealed record DownloadTaken(OrderId Order, Code Number, int Line, Code Article, Code Digest, int Times) : Fact
{
    public override string Name => "orders.download-taken";
}
