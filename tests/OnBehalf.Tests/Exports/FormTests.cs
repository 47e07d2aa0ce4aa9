using System.Text.Json.Nodes;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Audit;
using OnBehalf.Modules.Exports;
using OnBehalf.Tests.Docs;

namespace OnBehalf.Tests.Exports;

/// <summary>Every kind of fact in the words of others, and the page that tells of it.</summary>
public sealed class FormTests
{
    /// <summary>From the reference of ECS 8.11: which types go with which category.</summary>
    private static readonly Dictionary<string, string[]> Types = new()
    {
        ["api"] = ["access", "admin", "allowed", "change", "creation", "deletion", "denied", "end", "info", "start", "user"],
        ["authentication"] = ["start", "end", "info"],
        ["configuration"] = ["access", "change", "creation", "deletion", "info"],
        ["iam"] = ["admin", "change", "creation", "deletion", "group", "info", "user"],
        ["session"] = ["start", "end", "info"],
    };

    /// <summary>From the same reference: the fields that are used.</summary>
    private static readonly string[] Fields =
    [
        "@timestamp", "ecs.version", "message", "event.id", "event.kind", "event.category", "event.type", "event.action", "event.outcome", "event.reason", "event.module", "event.dataset", "event.sequence",
        "event.severity", "event.original", "event.hash", "service.name", "user.id", "user.roles", "user.full_name", "user.email", "user.effective.id", "user.effective.full_name", "user.effective.email",
        "user.target.id", "user.target.full_name", "user.target.email", "related.user", "organization.id", "source.ip", "http.request.id", "trace.id", "rule.id", "rule.version",
    ];

    [Fact]
    public void Every_field_is_one_of_the_schema_or_stands_under_our_own_name() =>
        Assert.Empty(EcsForm.Fields.Select(field => field.Path).Where(path => !path.StartsWith("onbehalf.", StringComparison.Ordinal)).Except(Fields));

    [Fact]
    public void Every_fact_has_a_category_types_and_a_class_that_its_schema_knows()
    {
        Assert.All(AuditWords.Names, name =>
        {
            var record = new AuditRecord(7, new byte[32], $$"""{"at":"2026-03-01T12:00:00.000001Z","id":"0197b5a4-0000-7000-8000-000000000001","name":"{{name}}","outcome":"refused","v":1}""");
            var ecs = EcsForm.Of(record);
            var category = Assert.Single(ecs["event"]!["category"]!.AsArray())!.ToString();
            Assert.All(ecs["event"]!["type"]!.AsArray(), type => Assert.Contains(type!.ToString(), Types[category]));
            Ocsf.Check(OcsfForm.Of(record));
        });
    }

    [Theory]
    [InlineData("identity.signed-in", 300201, "authentication", "start")]
    [InlineData("identity.sign-in-failed", 300201, "authentication", "start")]
    [InlineData("identity.signed-out", 300202, "authentication", "end")]
    [InlineData("assistance.session-started", 300301, "session", "start")]
    [InlineData("assistance.session-ended", 300399, "session", "end")]
    [InlineData("assistance.policy-changed", 300403, "configuration", "change")]
    [InlineData("identity.staff-created", 300401, "iam", "creation")]
    [InlineData("privacy.person-erased", 300404, "iam", "deletion")]
    [InlineData("settings.changed", 300403, "configuration", "change")]
    [InlineData("orders.placed", 600301, "api", "creation")]
    [InlineData("carts.line-quantity-changed", 600303, "api", "change")]
    [InlineData("carts.line-removed", 600304, "api", "deletion")]
    [InlineData("customers.opened", 600302, "api", "access")]
    [InlineData("audit.read", 600302, "api", "access")]
    public void A_fact_is_what_its_name_says(string name, int type, string category, string ecsType)
    {
        var kind = RecordKind.Of(name);
        Assert.Equal((type, category, ecsType), (((int)kind.Class * 100) + kind.Activity, kind.Category, kind.Type));
    }

    [Fact]
    public void Who_fails_to_sign_in_is_the_user_of_a_failure_and_of_whom_nothing_is_known_is_called_unknown()
    {
        const string Failed = """{"at":"2026-03-01T12:00:00.000001Z","id":"0197b5a4-0000-7000-8000-000000000001","name":"identity.sign-in-failed","operator":"6f2b0a4e-0000-4000-8000-000000000001","outcome":"done","v":1,"why":"password"}""";
        var known = new AuditRecord(1, new byte[32], Failed) { Personal = new Dictionary<string, string> { ["network-address"] = "203.0.113.7" } };
        Assert.Equal(("failure", "203.0.113.7"), (EcsForm.Of(known)["event"]!["outcome"]!.ToString(), EcsForm.Of(known)["source"]!["ip"]!.ToString()));
        Assert.Equal("6f2b0a4e-0000-4000-8000-000000000001", OcsfForm.Of(known)["user"]!["uid"]!.ToString());
        Assert.Equal(2, OcsfForm.Of(known)["status_id"]!.GetValue<int>());
        var unknown = new AuditRecord(1, new byte[32], Failed.Replace("\"operator\":\"6f2b0a4e-0000-4000-8000-000000000001\",", "", StringComparison.Ordinal));
        Assert.Equal("unknown", OcsfForm.Of(unknown)["user"]!["name"]!.ToString());
        Assert.Null(EcsForm.Of(unknown)["user"]);
    }

    [Fact]
    public void A_machine_is_no_user_and_whom_it_is_about_is_the_target()
    {
        const string Ended = """{"actor-part":"sessions","at":"2026-03-01T12:00:00.000001Z","buyer":"b","cause":"idle","company":"c","entries":4,"id":"0197b5a4-0000-7000-8000-000000000001","in-session":"s","n":4,"name":"assistance.session-ended","operator":"o","outcome":"done","session":"s","v":1}""";
        var record = new AuditRecord(1, new byte[32], Ended);
        var (ecs, ocsf) = (EcsForm.Of(record), OcsfForm.Of(record));
        Assert.Null(ecs["user"]!["id"]);
        Assert.Equal(("b", "o", "sessions"), (ecs["user"]!["effective"]!["id"]!.ToString(), ecs["user"]!["target"]!["id"]!.ToString(), ecs["onbehalf"]!["actor"]!["part"]!.ToString()));
        Assert.Equal(("sessions", "o"), (ocsf["actor"]!["app_name"]!.ToString(), ocsf["user"]!["uid"]!.ToString()));
    }

    [Fact]
    public void Every_field_and_every_rule_stands_on_the_page_about_exports()
    {
        WrittenPage.Check("csv", Table("column", CsvForm.Columns.Select(column => (column.Column, column.Is))), "api", "audit-export.md");
        WrittenPage.Check("ecs", Table("field", EcsForm.Fields.Select(field => (field.Path, field.Is))), "api", "audit-export.md");
        WrittenPage.Check("ocsf", Table("attribute", OcsfForm.Fields.Select(field => (field.Path, field.Is))), "api", "audit-export.md");
        var rules = RecordKind.Rules.Select(rule =>
            $"| {(rule.Beginning.Length == 0 ? "any other" : $"`{rule.Beginning}`")} | `{rule.Category}` | {(rule.Type is null ? "by the verb" : $"`{rule.Type}`")} | {(int)rule.Class} | {rule.Entity ?? "–"} |\n");
        var verbs = RecordKind.Verbs.Select(verb => $"| {string.Join(", ", verb.Words.Select(word => $"`{word}`"))} | {Words.Kebab(verb.Verb.ToString())} | {(int)verb.Verb} |\n").Append("| any other | change | 3 |\n");
        WrittenPage.Check("rules", "| the fact's name begins with | `event.category` | `event.type` | class | entity |\n|---|---|---|---|---|\n" + string.Concat(rules), "api", "audit-export.md");
        WrittenPage.Check("verbs", "| its last word | `event.type` | activity of 3004 and 6003 |\n|---|---|---|\n" + string.Concat(verbs), "api", "audit-export.md");
    }

    private static string Table(string head, IEnumerable<(string Name, string Is)> rows) => $"| {head} | is |\n|---|---|\n" + string.Concat(rows.Select(row => $"| `{row.Name}` | {row.Is} |\n"));
}
