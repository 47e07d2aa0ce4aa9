using System.Text.Json;
using OnBehalf.Kernel;
using OnBehalf.Modules.Audit;

namespace OnBehalf.Modules.Assistance;

/// <summary>Something that was changed in a session, in words for the person whose things they are.</summary>
/// <param name="Before">What was there, where the log has it.</param>
/// <param name="OrderNumber">The order that it is about.</param>
public sealed record SessionChange(DateTimeOffset At, Phrase Words, string? Before, string? After, string? OrderNumber)
{
    public string Sentence => Words.Capital;

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
            "orders.held" => Change(Held(row.OrderStatus, Text("number"), Text("total"))),
            "carts.branch-discarded" => Change("threw the prepared cart away"),
            "assistance.emergency-started" => Change("Emergency: began without your consent", null, privates.GetValueOrDefault("note")),
            _ => Change(sentence.Words, sentence.Before, sentence.After),
        };

        static Phrase Held(string? status, string number, string total) => status switch
        {
            "waiting-for-approval" => Phrase.Of($"submitted order {number} ({total}), which waits for the approval of an administrator of the company"),
            "declined" => Phrase.Of($"submitted order {number} ({total}), which was declined by an administrator of the company"),
            _ => Phrase.Of($"submitted order {number} ({total}), which an administrator of the company approved"),
        };
        string Text(string field) => json.RootElement.TryGetProperty(field, out var value) ? value.ToString() : "";
        SessionChange Change(Phrase sentence, string? was = null, string? isNow = null) => new(row.At, sentence, was, isNow, row.OrderNumber);
    }

    /// <summary>The article that an event of a cart is about.</summary>
    internal static Guid? ProductOf(LoggedEvent row)
    {
        using var json = JsonDocument.Parse(row.Entry);
        return AuditSentence.ProductOf(row.Name, json.RootElement);
    }
}
