using System.Text.Json;
using OnBehalf.Modules.Audit;

namespace OnBehalf.Modules.Assistance;

/// <summary>Something that was changed in a session, in words for the person whose things they are.</summary>
/// <param name="Before">What was there, where the log has it.</param>
/// <param name="OrderNumber">The order that it is about.</param>
public sealed record SessionChange(DateTimeOffset At, string Sentence, string? Before, string? After, string? OrderNumber)
{
    /// <summary>Events of a session that changed nothing of the buyer's, or that say again what another one says.</summary>
    internal const string Silent =
        "'assistance.session-started', 'assistance.session-ended', 'assistance.session-moved', 'orders.sent-elsewhere', 'carts.branched', 'carts.branch-resumed', 'carts.lines-ordered', 'assistance.case-opened', 'assistance.mode-lowered', 'identity.signed-out', 'pages.viewed'";

    /// <param name="privates">Personal values of the event by field.</param>
    /// <param name="products">Names of articles by their id.</param>
    internal static SessionChange Of(LoggedEvent row, IReadOnlyDictionary<string, string> privates, IReadOnlyDictionary<Guid, string> products)
    {
        using var json = JsonDocument.Parse(row.Entry);
        // What somebody noted for his colleagues is not for the buyer; why a mode was raised is.
        var told = row.Name == "assistance.mode-raised" ? privates : privates.Where(value => value.Key is "before" or "after" or "content").ToDictionary();
        var sentence = AuditSentence.Of(row.Name, json.RootElement, told, products);
        return row.Name switch
        {
            "orders.held" => Change(sentence.Capital.Replace("which waits for approval", $"which {Became(row.OrderStatus)}", StringComparison.Ordinal)),
            "carts.branch-discarded" => Change("Threw the prepared cart away"),
            "assistance.emergency-started" => Change("Emergency: began without your consent", null, privates.GetValueOrDefault("note")),
            _ => Change(sentence.Capital, sentence.Before, sentence.After),
        };

        static string Became(string? status) => status switch
        {
            "waiting-for-approval" => "waits for the approval of an administrator of the company",
            "declined" => "was declined by an administrator of the company",
            _ => "an administrator of the company approved",
        };
        SessionChange Change(string sentence, string? was = null, string? isNow = null) => new(row.At, sentence, was, isNow, row.OrderNumber);
    }

    /// <summary>The article that an event of a cart is about.</summary>
    internal static Guid? ProductOf(LoggedEvent row)
    {
        using var json = JsonDocument.Parse(row.Entry);
        return AuditSentence.ProductOf(row.Name, json.RootElement);
    }
}
