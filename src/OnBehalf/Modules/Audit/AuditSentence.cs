using System.Text.Json;
using OnBehalf.Assistance;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Audit;

/// <summary>
/// An event in words that complete "Karim Weiss for Ines Albrecht …", with what was there before and what is there now where the event knows it. The same words
/// tell a buyer what was done for him.
/// </summary>
/// <param name="After">Also what somebody wrote when there is no before: why he declined an order.</param>
public sealed record AuditSentence(Phrase Words, string? Before = null, string? After = null)
{
    /// <summary>At the beginning of a line.</summary>
    public string Capital => Words.Capital;

    /// <param name="privates">Personal values of the event by field, as far as they are not erased.</param>
    /// <param name="products">Names of articles by their id.</param>
    public static AuditSentence Of(string name, JsonElement entry, IReadOnlyDictionary<string, string> privates, IReadOnlyDictionary<Guid, string> products)
    {
        var words = Phrase.Made(AuditWords.Of(name));
        return name switch
        {
            "carts.line-added" => Only($"put {Text("quantity")} × {Product()} into the cart"),
            "carts.line-quantity-changed" => new($"changed the quantity of {Product()} in the cart", Text("before"), Text("after")),
            "carts.line-price-agreed" => new($"agreed another price for {Product()} in the cart ({PriceReasons.Inside(Text("reason"))})", Text("before"), Text("after")),
            "carts.line-price-restored" => new($"took back the price agreed for {Product()} in the cart", Text("before"), Text("after")),
            "carts.line-taken" => new($"took {Product()} from a proposal into the cart", Text("before"), Text("after")),
            "carts.proposal-taken" => Only($"took {Text("lines")} of {Text("of")} lines of a proposal into the cart"),
            "carts.line-removed" => Only($"took {Text("quantity")} × {Product()} out of the cart"),
            "lists.line-changed" => new($"changed {Product()} on a list of articles", Maybe("before"), Maybe("after")),
            "carts.lines-ordered" => Only($"emptied the cart by ordering: {(Text("lines") == "1" ? Say("1 line") : Say($"{Text("lines")} lines"))} ordered, {Text("left")} left"),
            "orders.placed" => Only($"placed order {Text("number")} ({Text("total")})"),
            "orders.terms-accepted" => Only($"accepted version {Text("version")} of the terms with order {Text("number")}"),
            "orders.terms-published" => Only($"published version {Text("version")} of the terms"),
            "orders.held" => Only($"submitted order {Text("number")} ({Text("total")}), which waits for approval"),
            "orders.approved" => Only($"approved order {Text("number")}, which had waited"),
            "orders.agreed" => Only($"approved order {Text("number")}, which the next one has to approve too"),
            "orders.reminded" => Only($"reminded whoever has to decide about order {Text("number")}"),
            "orders.declined" => new($"declined order {Text("number")}, which had waited", null, Private("reason")),
            "orders.sent-elsewhere" => Only($"sent order {Text("number")} to an unusual address"),
            "pricing.price-changed" => new($"changed the price of {Text("article")}, from {Text("from")} on, in the price list {Text("list")}", Text("before"), Text("after")),
            "settings.changed" => new($"changed the setting {Text("setting")}", Text("before"), Text("after")),
            "identity.profile-changed" => new($"changed the account data ({Text("fields").Replace(" ", ", ", StringComparison.Ordinal).Replace('-', ' ')})", Private("before"), Private("after")),
            "assistance.session-started" => new($"began to act in mode {Text("mode")}: {Reasons.Inside(Text("reason"))}", null, Private("text")),
            "assistance.session-ended" => Only($"ended the assisted session: {EndCauses.Word(Text("cause"))}"),
            "assistance.mode-raised" => new($"raised the mode from {Text("before")} to {Text("after")}", null, Private("reason")),
            "assistance.order-refused" => Only($"wanted to order for {Text("total")}, which is more than is allowed"),
            "assistance.policy-changed" => new("put other rules about acting for customers in force", Say($"version {Text("before")}"), Say($"version {Text("version")}")),
            "access.refused" => Only($"was refused {Text("endpoint")} ({Text("refusal")})"),
            "import.file-imported" => Only($"imported {Text("file")}: {Text("new")} new, {Text("changed")} changed, {Text("removed")} removed, {Text("rejected")} rejected"),
            "pages.viewed" => Only($"looked at {Page()}"),
            "carts.exported" => Only($"took a list of {Rows("1 cart", $"{Text("rows")} carts")} away as a file"),
            "orders.exported" => Only($"took a list of {Rows("1 order", $"{Text("rows")} orders")} away as a file"),
            "audit.read" => Only($"read the audit log ({(Text("events") == "1" ? Say("1 event") : Say($"{Text("events")} events"))})"),
            "addresses.removed" => new(words, Private("content")),
            _ => new(words, Private("before") ?? Maybe("before"), Private("after") ?? Maybe("after") ?? Private("content") ?? Private("reason") ?? Private("note")),
        };

        static AuditSentence Only(Phrase sentence) => new(sentence);
        string Text(string field) => Maybe(field) ?? "";
        string? Maybe(string field) => entry.TryGetProperty(field, out var value) ? value.ToString() : null;
        string? Private(string field) => privates.GetValueOrDefault(field);
        string Rows(Phrase one, Phrase several) => Text("rows") == "1" ? one : several;
        string Product() => ProductOf(name, entry) is { } id && products.TryGetValue(id, out var known) ? known : Say("an article");
        string Page()
        {
            var (page, what) = ("/" + Text("page").TrimStart('/'), Maybe("what"));
            var from = page.IndexOf('{', StringComparison.Ordinal);
            var to = page.LastIndexOf('}');
            // One value stands in its place; several behind it.
            return what is null ? page : from >= 0 && page.IndexOf('{', from + 1) < 0 ? $"{page[..from]}{what}{page[(to + 1)..]}" : $"{page} ({what})";
        }
    }

    /// <summary>The article that an event is about.</summary>
    public static Guid? ProductOf(string name, JsonElement entry) =>
        (name.StartsWith("carts.line-", StringComparison.Ordinal) || name == "lists.line-changed") && entry.TryGetProperty("product", out var id) && id.TryGetGuid(out var guid) ? guid : null;
}
