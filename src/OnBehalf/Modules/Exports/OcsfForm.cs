using System.Text.Json.Nodes;
using OnBehalf.Modules.Audit;

namespace OnBehalf.Modules.Exports;

/// <summary>
/// A record in terms of the Open Cybersecurity Schema Framework: `actor` is who sat at the keyboard. The schema knows nobody who acts for somebody else, so that
/// stands in `unmapped.on_behalf_of`.
/// </summary>
public static class OcsfForm
{
    public const string Version = "1.3.0";

    private static readonly (string Type, string Field)[] Things = [("order", "order"), ("cart", "cart"), ("address", "address"), ("product", "product"), ("setting", "setting")];

    public static readonly IReadOnlyList<RecordField> Fields =
    [
        new("time", "when it happened, milliseconds since 1970, UTC", record => record.At.ToUnixTimeMilliseconds()),
        new("category_uid", "3 (identity and access) or 6 (application)", record => (int)record.Kind.Class / 1000),
        new("class_uid", "by the [kind](#kinds)", record => (int)record.Kind.Class),
        new("class_name", "its name", record => record.Kind.Class switch
        {
            OcsfClass.Authentication => "Authentication", OcsfClass.AuthorizeSession => "Authorize Session", OcsfClass.EntityManagement => "Entity Management", _ => "API Activity",
        }),
        new("activity_id", "by the kind", record => record.Kind.Activity),
        new("activity_name", "its name; of 99 the last word of the fact's name", record => record.Kind.ActivityName),
        new("type_uid", "`class_uid` × 100 + `activity_id`", record => ((int)record.Kind.Class * 100) + record.Kind.Activity),
        new("severity_id", "4 for what should be looked at, 2 for what was refused, else 1", record => Severity(record)),
        new("status_id", "1 (success), 2 (failure)", record => record.IsRefused ? 2 : 1),
        new("status", "the same in words", record => record.IsRefused ? "Failure" : "Success"),
        new("message", "what happened, in words", record => AuditWords.InEnglish(record.Name)),
        new("metadata.version", "of the schema", _ => Version),
        new("metadata.product", "`OnBehalf`", _ => new JsonObject { ["name"] = "OnBehalf", ["vendor_name"] = "OnBehalf" }),
        new("metadata.profiles", "`host`, to which `actor` belongs in 3003", record => record.Kind.Class == OcsfClass.AuthorizeSession ? RecordField.List("host") : null),
        new("metadata.uid", "the event's id", record => record.Id),
        new("metadata.event_code", "the name of the [fact](facts.md)", record => record.Name),
        new("metadata.log_name", "`audit`", _ => "audit"),
        new("metadata.log_provider", "`onbehalf`", _ => "onbehalf"),
        new("metadata.original_time", "when, with microseconds", record => record.Time),
        new("metadata.sequence", "the same as `unmapped.log.index`", record => record.Index),
        new("metadata.correlation_uid", "the session, else the request", record => record.Session ?? record["request"]),
        new("actor", "who did it: `user`, or `app_name` where it was the product itself", Actor),
        new("user", "3002, 3003: who signs in, or begins to act", record => record.Kind.Class is OcsfClass.Authentication or OcsfClass.AuthorizeSession ? Somebody(record.Actor ?? record.Target) : null),
        new("session", "3002, 3003: the session that it is about", record => record.Kind.Class switch
        {
            OcsfClass.AuthorizeSession when (record.Session ?? record["session"]) is { } session => new JsonObject { ["uid"] = session },
            OcsfClass.Authentication when (record["sign-in"] ?? record["actor-sign-in"]) is { } signIn => new JsonObject { ["uid"] = signIn },
            _ => null,
        }),
        new("privileges", "3003: the mode of the session", record => record.Kind.Class == OcsfClass.AuthorizeSession ? RecordField.List(record["after"] ?? record["mode"] ?? record["session-mode"] ?? "none") : null),
        new("service", "3002: `onbehalf`", record => record.Kind.Class == OcsfClass.Authentication ? new JsonObject { ["name"] = "onbehalf" } : null),
        new("entity", "3004: what was managed", record => record.Kind.Class == OcsfClass.EntityManagement ? Entity(record) : null),
        new("api", "6003: `operation` is the name of the fact", record => record.Kind.Class == OcsfClass.ApiActivity ? Api(record) : null),
        new("resources", "6003: order, cart, company … that it is about", record => record.Kind.Class == OcsfClass.ApiActivity ? Resources(record) : null),
        new("src_endpoint", "reference of the network; `ip` where the fact keeps it (personal); else the service itself", Source),
        new("raw_data", "the entry, byte for byte what the log has hashed", record => record.Entry),
        new("unmapped.log.origin", "how the log calls itself, whose number that is: one that goes on after a restore has another name", record => record.Origin),
        new("unmapped.log.index", "the number of its leaf, from 0: no two records have the same", record => record.Index),
        new("unmapped.log.hash", "the hash of its leaf (RFC 6962), hex", record => record.Hash),
        new("unmapped.on_behalf_of", "in a session: the buyer and the company for whom it was done, with session, mode, reason and rule", Behalf),
        new("unmapped.fact", "the fields of the fact, all as text", record => RecordField.Texts(record.Fact)),
        new("unmapped.personal", "its personal values that are not erased (personal)", record => RecordField.Texts(record.Personal)),
    ];

    public static JsonObject Of(AuditRecord record) => RecordField.Build(Fields, record);

    private static int Severity(AuditRecord record) => EcsForm.Severity(record) switch { 3 => 4, 2 => 2, _ => 1 };

    private static JsonNode Actor(AuditRecord record)
    {
        var actor = record["actor-part"] is { } part ? new JsonObject { ["app_name"] = part } : new JsonObject { ["user"] = Somebody(record.Actor) };
        if (record["actor-sign-in"] is { } signIn)
        {
            actor["session"] = new JsonObject { ["uid"] = signIn };
        }

        return actor;
    }

    // The schema wants at least a name: who is not known is called so.
    private static JsonObject Somebody(RecordPerson? person) => person is null ? new JsonObject { ["name"] = "unknown", ["type_id"] = 0 }
        : Filled(("uid", person.Ref), ("type_id", person.IsAdministrator ? 2 : 1), ("type", person.Role ?? person.Kind), ("full_name", person.Name), ("email_addr", person.Email));

    private static JsonObject Entity(AuditRecord record) => Filled(
        ("type", record.Kind.Entity), ("uid", record["setting"] ?? record["mandate"] ?? record.Target?.Ref ?? record.OnBehalfOf?.Ref ?? record.Company ?? record.Actor?.Ref), ("name", record.Kind.Entity),
        ("version", record["version"]));

    private static JsonObject Api(AuditRecord record)
    {
        var api = new JsonObject { ["operation"] = record.Name, ["service"] = new JsonObject { ["name"] = "onbehalf" } };
        if (record["request"] is { } request)
        {
            api["request"] = new JsonObject { ["uid"] = request };
        }

        return api;
    }

    private static JsonArray? Resources(AuditRecord record)
    {
        var resources = new JsonArray();
        foreach (var (type, field) in Things)
        {
            if (record[field] is { } id)
            {
                resources.Add(Filled(("type", type), ("uid", id), ("name", type == "order" ? record.OrderNumber : null)));
            }
        }

        if (record.Company is { } company)
        {
            resources.Add(Filled(("type", "company"), ("uid", company), ("name", record.CompanyNumber)));
        }

        return resources.Count == 0 ? null : resources;
    }

    private static JsonObject Source(AuditRecord record) =>
        record["network"] is null && record.Address is null ? new JsonObject { ["svc_name"] = "onbehalf" } : Filled(("uid", record["network"]), ("ip", record.Address));

    private static JsonObject? Behalf(AuditRecord record) => !record.IsAssisted ? null : Filled(
        ("user", record.OnBehalfOf is { } buyer ? Somebody(buyer) : null), ("membership", record["for-membership"] ?? record["membership"]), ("company", record.Company),
        ("company_number", record.CompanyNumber), ("session", record.Session), ("n", record["n"]), ("mode", record["session-mode"] ?? record["mode"]),
        ("reason", record["session-reason"] ?? record["reason"]), ("rule", record["session-rule"] ?? record["rule"]), ("policy", record["session-policy"] ?? record["policy"]));

    private static JsonObject Filled(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value)));
}
