using System.Text.Json.Nodes;
using OnBehalf.Modules.Audit;

namespace OnBehalf.Modules.Exports;

/// <summary>
/// A record in terms of the Elastic Common Schema: `user` is who sat at the keyboard, `user.effective` whose rights he used, `user.target` whom it is about. What
/// the schema has no field for stands under `onbehalf`.
/// </summary>
public static class EcsForm
{
    public const string Version = "8.11.0";

    public static readonly IReadOnlyList<RecordField> Fields =
    [
        new("@timestamp", "when it happened, UTC", record => record.Time),
        new("ecs.version", "of the schema", _ => Version),
        new("message", "what happened, in words", record => AuditWords.InEnglish(record.Name)),
        new("event.id", "the event's id, the same as in the Back Office and in receipts", record => record.Id),
        new("event.kind", "`event`", _ => "event"),
        new("event.category", "by the [kind](#kinds)", record => RecordField.List(record.Kind.Category)),
        new("event.type", "by the kind; also `user` for people, and `denied` for what was refused", record => RecordField.List(
            record.Kind.Type, record.Kind.Category == "iam" ? "user" : null, record.Kind.Category == "api" && record.IsRefused ? "denied" : null)),
        new("event.action", "the name of the [fact](facts.md)", record => record.Name),
        new("event.outcome", "`success`, `failure`", record => record.IsRefused ? "failure" : "success"),
        new("event.reason", "the reason code of the session", record => record["session-reason"]),
        new("event.module", "`onbehalf`", _ => "onbehalf"),
        new("event.dataset", "`onbehalf.audit`", _ => "onbehalf.audit"),
        new("event.sequence", "the same as `onbehalf.log.index`", record => record.Index),
        new("event.severity", "3 for what should be looked at, 2 for what was refused, else 1", record => Severity(record)),
        new("event.original", "the entry, byte for byte what the log has hashed", record => record.Entry),
        new("event.hash", "the hash of its leaf (RFC 6962), hex", record => record.Hash),
        new("service.name", "`onbehalf`", _ => "onbehalf"),
        new("user.id", "reference of who did it", record => record.Actor?.Ref),
        new("user.roles", "his role, of staff", record => RecordField.List(record.Actor?.Role)),
        new("user.full_name", "his name (personal)", record => record.Actor?.Name),
        new("user.email", "his address (personal)", record => record.Actor?.Email),
        new("user.effective.id", "in a session: reference of the buyer for whom he acts", record => record.OnBehalfOf?.Ref),
        new("user.effective.full_name", "the buyer's name (personal)", record => record.OnBehalfOf?.Name),
        new("user.effective.email", "the buyer's address (personal)", record => record.OnBehalfOf?.Email),
        new("user.target.id", "reference of whom it is about, when that is somebody else", record => record.Target?.Ref),
        new("user.target.full_name", "his name (personal)", record => record.Target?.Name),
        new("user.target.email", "his address (personal)", record => record.Target?.Email),
        new("related.user", "all these references", record => RecordField.List(record.Refs)),
        new("organization.id", "the company", record => record.Company),
        new("source.ip", "from which address, where the fact keeps it (personal)", record => record.Address),
        new("http.request.id", "the request, as in the server's log", record => record["request"]),
        new("trace.id", "of the `traceparent` that came with it", record => record["trace"]?.Split('-') is [_, { Length: 32 } trace, ..] ? trace : null),
        new("rule.id", "the rule that allowed the session, or refused it", record => record["session-rule"] ?? record["rule"]),
        new("rule.version", "the version of the rules", record => record["session-policy"] ?? record["policy"]),
        new("onbehalf.log.index", "the number of its leaf, from 0: no two records have the same", record => record.Index),
        new("onbehalf.log.origin", "how the log calls itself, whose number that is: one that goes on after a restore has another name", record => record.Origin),
        new("onbehalf.actor.kind", "`staff`, `buyer`, `part` (the product itself), `nobody` (not signed in)", record => record.Actor?.Kind ?? (record["actor-part"] is null ? "nobody" : "part")),
        new("onbehalf.actor.part", "which part", record => record["actor-part"]),
        new("onbehalf.actor.sign_in", "his sign-in", record => record["actor-sign-in"]),
        new("onbehalf.membership", "reference of the buyer's place in his company", record => record["for-membership"] ?? record["membership"]),
        new("onbehalf.company.number", "the company's number", record => record.CompanyNumber),
        new("onbehalf.order.number", "the order's number", record => record.OrderNumber),
        new("onbehalf.session.id", "the assisted session", record => record.Session),
        new("onbehalf.session.n", "the number of the entry in its session, from 1 without gaps", record => record["n"] is { } n ? long.Parse(n, System.Globalization.CultureInfo.InvariantCulture) : null),
        new("onbehalf.session.mode", "`view`, `cart`, `order`", record => record["session-mode"] ?? (record.IsAssisted ? record["mode"] : null)),
        new("onbehalf.right", "the right that was asked for", record => record["right"]),
        new("onbehalf.device", "reference of the browser", record => record["device"]),
        new("onbehalf.network", "reference of the network", record => record["network"]),
        new("onbehalf.fact", "the fields of the fact, all as text (index it as `flattened`)", record => RecordField.Texts(record.Fact)),
        new("onbehalf.personal", "its personal values that are not erased (personal)", record => RecordField.Texts(record.Personal)),
    ];

    public static JsonObject Of(AuditRecord record) => RecordField.Build(Fields, record);

    internal static int Severity(AuditRecord record) => record.Kind.IsGrave ? 3 : record.IsRefused ? 2 : 1;
}
