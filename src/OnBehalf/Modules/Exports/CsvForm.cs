using System.Text.Json;
using OnBehalf.Modules.Audit;

namespace OnBehalf.Modules.Exports;

/// <summary>A record as a line of a spreadsheet; what it has not stays empty.</summary>
public static class CsvForm
{
    public static readonly IReadOnlyList<(string Column, string Is, Func<AuditRecord, string?> Value)> Columns =
    [
        ("log_index", "the number of its leaf, from 0: no two records have the same", record => record.Index.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("log_origin", "how the log calls itself, whose number that is: one that goes on after a restore has another name", record => record.Origin),
        ("event_id", "the event's id, the same as in the Back Office and in receipts", record => record.Id),
        ("at", "when it happened, UTC, with microseconds", record => record.Time),
        ("fact", "the name of the [fact](facts.md)", record => record.Name),
        ("words", "what happened, in words", record => AuditWords.InEnglish(record.Name)),
        ("outcome", "`done`, `refused`", record => record["outcome"]),
        ("actor_kind", "`staff`, `buyer`, `part` (the product itself), `nobody` (not signed in)", record => record.Actor?.Kind ?? (record["actor-part"] is null ? "nobody" : "part")),
        ("actor", "reference of who did it, or which part", record => record.Actor?.Ref ?? record["actor-part"]),
        ("actor_role", "his role, of staff", record => record.Actor?.Role),
        ("actor_name", "his name (personal)", record => record.Actor?.Name),
        ("actor_email", "his address (personal)", record => record.Actor?.Email),
        ("on_behalf_of", "in a session: reference of the buyer for whom he acts", record => record.OnBehalfOf?.Ref),
        ("on_behalf_of_name", "the buyer's name (personal)", record => record.OnBehalfOf?.Name),
        ("on_behalf_of_email", "the buyer's address (personal)", record => record.OnBehalfOf?.Email),
        ("about", "reference of whom it is about, when that is somebody else", record => record.Target?.Ref),
        ("about_name", "his name (personal)", record => record.Target?.Name),
        ("company", "the company's id", record => record.Company),
        ("company_number", "its number", record => record.CompanyNumber),
        ("order_number", "the order's number", record => record.OrderNumber),
        ("session", "the assisted session", record => record.Session),
        ("session_n", "the number of the entry in its session, from 1 without gaps", record => record["n"]),
        ("session_mode", "`view`, `cart`, `order`", record => record["session-mode"] ?? (record.IsAssisted ? record["mode"] : null)),
        ("session_reason", "its reason code", record => record["session-reason"] ?? (record.IsAssisted ? record["reason"] : null)),
        ("session_rule", "the rule that allowed it", record => record["session-rule"] ?? (record.IsAssisted ? record["rule"] : null)),
        ("right", "the right that was asked for", record => record["right"]),
        ("request", "the request, as in the server's log", record => record["request"]),
        ("device", "reference of the browser", record => record["device"]),
        ("network", "reference of the network", record => record["network"]),
        ("personal", "its personal values that are not erased, as JSON (personal)", record => record.Personal.Count == 0 ? null : JsonSerializer.Serialize(record.Personal, RecordField.Plain)),
        ("leaf_hash", "the hash of its leaf (RFC 6962), hex", record => record.Hash),
        ("entry", "the entry, byte for byte what the log has hashed", record => record.Entry),
    ];

    public static string[] Of(AuditRecord record) => [.. Columns.Select(column => column.Value(record) ?? "")];
}
