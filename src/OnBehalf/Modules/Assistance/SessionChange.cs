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
        var entry = json.RootElement;
        var (before, after, content) = (privates.GetValueOrDefault("before"), privates.GetValueOrDefault("after"), privates.GetValueOrDefault("content"));
        return row.Name switch
        {
            "orders.placed" => Change($"Placed order {Text("number")} ({Text("total")})"),
            "orders.held" => Change($"Submitted order {Text("number")} ({Text("total")}), which {Became(row.OrderStatus)}"),
            "carts.line-added" => Change($"Put {Text("quantity")} × {Product()} into the cart"),
            "carts.line-quantity-changed" => Change($"Changed the quantity of {Product()} in the cart from {Text("before")} to {Text("after")}"),
            "carts.line-removed" => Change($"Took {Text("quantity")} × {Product()} out of the cart"),
            "carts.branch-discarded" => Change("Threw the prepared cart away"),
            "assistance.mode-raised" => Change($"Raised the mode from {Text("before")} to {Text("after")}", null, privates.GetValueOrDefault("reason")),
            "assistance.emergency-started" => Change("Emergency: began without your consent", null, privates.GetValueOrDefault("note")),
            "addresses.added" => Change("Added an address", null, content),
            "addresses.changed" => Change("Changed an address", before, after),
            "addresses.removed" => Change("Removed an address", content),
            "identity.profile-changed" => Change($"Changed the account data ({Text("fields").Replace(" ", ", ", StringComparison.Ordinal).Replace('-', ' ')})", before, after),
            _ => Change(Capital(AuditWords.Of(row.Name)), before, after ?? content),
        };

        static string Became(string? status) => status switch
        {
            "waiting-for-approval" => "waits for the approval of an administrator of the company",
            "declined" => "was declined by an administrator of the company",
            _ => "an administrator of the company approved",
        };
        SessionChange Change(string sentence, string? was = null, string? isNow = null) => new(row.At, sentence, was, isNow, row.OrderNumber);
        string Text(string name) => entry.TryGetProperty(name, out var value) ? value.ToString() : "";
        string Product() => entry.TryGetProperty("product", out var id) && id.TryGetGuid(out var guid) && products.TryGetValue(guid, out var name) ? name : "an article";
    }

    /// <summary>The article that an event of a cart is about.</summary>
    internal static Guid? ProductOf(LoggedEvent row)
    {
        if (!row.Name.StartsWith("carts.line-", StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(row.Entry);
        return json.RootElement.TryGetProperty("product", out var id) && id.TryGetGuid(out var guid) ? guid : null;
    }

    private static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
}
