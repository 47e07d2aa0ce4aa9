using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>Why something is cancelled or came back: a code that stays, and its words. The customer reads them.</summary>
public static class OrderStepReasons
{
    /// <summary>Of the note that may go with it, in characters.</summary>
    public const int LongestNote = 300;

    private static readonly IReadOnlyList<(string Code, Phrase Words)> Cancelling =
    [
        ("customer-wish", "The customer does not need it any more"), ("not-available", "Not available"), ("replaced", "Replaced by another article"),
        ("wrong-order", "Ordered by mistake"), ("not-paid", "Not paid"), ("other", "Another reason"),
    ];

    private static readonly IReadOnlyList<(string Code, Phrase Words)> Returning =
    [
        ("customer-wish", "The customer does not need it"), ("wrong-article", "Another article was sent"), ("damaged", "Damaged"), ("faulty", "Faulty"),
        ("too-late", "Came too late"), ("wrong-order", "Ordered by mistake"), ("other", "Another reason"),
    ];

    private static readonly IReadOnlyList<(string Code, Phrase Words)> Declining =
    [
        ("too-old", "It was sent too long ago"), ("used", "It was used or is damaged"), ("made-for-you", "It was made or cut for the customer"), ("not-ours", "It is not from us"), ("other", "Another reason"),
    ];

    /// <summary>Those of a step; nothing for a step that needs none.</summary>
    public static IReadOnlyList<(string Code, Phrase Words)> Of(OrderStep step) => step switch
    {
        OrderStep.Cancelled => Cancelling,
        OrderStep.Returned or OrderStep.ReturnAnnounced => Returning,
        OrderStep.ReturnDeclined => Declining,
        _ => [],
    };

    public static string Word(OrderStep step, string code) => Of(step).FirstOrDefault(reason => reason.Code == code).Words?.ToString() ?? code;
}
