using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Audit;

/// <summary>What an entry of the log holds.</summary>
public sealed class EntryTests
{
    private static readonly string[] OfEvery = ["v", "id", "name", "at", "outcome"];

    // What the caller and the log add; no fact may have a field of such a name.
    private static readonly string[] Added =
    [
        .. OfEvery, "actor-staff", "actor-role", "actor-buyer", "actor-part", "actor-sign-in", "for-buyer", "for-membership", "for-company", "in-session", "after-session", "n",
        "entries", "session-mode", "session-reason", "session-rule", "session-policy", "session-ticket#", "right", "request", "trace", "device", "network",
    ];

    [Fact]
    public async Task An_entry_of_a_session_says_who_for_whom_why_from_where_by_which_right_and_by_which_rule()
    {
        const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        karim.Headers["User-Agent"] = "Netscape Navigator";
        karim.Headers["traceparent"] = Trace;
        var (_, inside) = await Sessions.Act(karim, "ines", ("Input.Reason", "visit"), ("Input.Ticket", "T-77"));
        var added = await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");

        var start = await Entry(shop, "assistance.session-started");
        var entry = await Entry(shop, "carts.line-added");
        var session = await shop.Scalar<string>("select cast(id as text) from assisted_session");
        Assert.Equal(1, entry["v"].GetInt32());
        Assert.Equal("done", Text(entry, "outcome"));
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z$", Text(entry, "at"));
        Assert.Equal(await shop.RefOf(Characters.StaffIdOf("karim").Value), Text(entry, "actor-staff"));
        Assert.Equal("sales-rep", Text(entry, "actor-role"));
        Assert.Equal(karim.SignIn.ToString(), Text(entry, "actor-sign-in"));
        Assert.Equal(await shop.RefOf(Characters.BuyerIdOf("ines").Value), Text(entry, "for-buyer"));
        Assert.Equal(await shop.RefOf(Characters.MembershipIdOf("ines").Value), Text(entry, "for-membership"));
        Assert.Equal(Characters.Nordlicht.ToString(), Text(entry, "for-company"));
        Assert.Equal(session, Text(entry, "in-session"), ignoreCase: true);
        Assert.Equal("order", Text(entry, "session-mode"));
        Assert.Equal("visit", Text(entry, "session-reason"));
        Assert.Equal("assistance.assigned-customer", Text(entry, "session-rule"));
        Assert.Equal(1, entry["session-policy"].GetInt32());
        Assert.Equal("carts.change", Text(entry, "right"));
        Assert.Equal(added.Response.Headers.GetValues(RequestReferences.Header).Single(), Text(entry, "request"));
        Assert.Equal(Trace, Text(entry, "trace"));
        Assert.Equal(Text(start, "device"), Text(entry, "device"));
        Assert.Equal(22, Text(entry, "device").Length);

        // The ticket is what the operator typed: a commitment, the same in all entries of the session, opened by the private side of the first.
        Assert.Equal(Text(start, "ticket#"), Text(entry, "session-ticket#"));
        Assert.DoesNotContain("T-77", await shop.Dump("audit_event"));
        Assert.Equal("T-77", Assert.Single(await shop.Personal("ticket")));
        Assert.DoesNotContain("Netscape", await shop.Dump("audit_event", "audit_private"));
    }

    [Fact]
    public async Task Every_entry_is_canonical_and_has_what_every_entry_has()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.Ticket", "T-77"));
        await karim.Get(inside + "/account");
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");
        await karim.Get(inside + "/account/password");
        await Sessions.End(karim, inside);
        await shop.Anonymous().Post("/account/login", [("Input.Email", "ines@buyers.example"), ("Input.Password", "wrong")]);

        await using var db = shop.Database.Read();
        var rows = await db.Set<AuditEventRow>().OrderBy(row => row.Seq).ToListAsync();
        Assert.True(rows.Count > 6);
        foreach (var row in rows)
        {
            Assert.Equal(row.Entry, Canonical(row.Entry));
            var entry = Parse(row.Entry);
            Assert.Empty(OfEvery.Except(entry.Keys));
            Assert.Equal(row.Id.ToString(), Text(entry, "id"));
            Assert.Equal(row.Name, Text(entry, "name"));
            Assert.Equal(row.Outcome, Text(entry, "outcome"));
            Assert.Equal(row.At, DateTimeOffset.Parse(Text(entry, "at"), CultureInfo.InvariantCulture));
        }

        Assert.Equal("refused", rows.Single(row => row.Name == "access.refused").Outcome);
        var failed = Parse(rows.Single(row => row.Name == "identity.sign-in-failed").Entry);
        Assert.Contains("request", failed.Keys);
        Assert.DoesNotContain("ines", rows[^1].Entry);
    }

    [Fact]
    public void No_fact_has_a_field_that_the_log_adds_itself_and_none_is_too_big()
    {
        foreach (var fact in Facts())
        {
            var fields = fact.GetProperties().Where(property => property.Name is not ("Name" or "EqualityContract")).ToList();
            var names = fields.Select(property => Words.Kebab(property.Name) + (property.PropertyType == typeof(string) ? "#" : "")).ToList();
            Assert.Empty(names.Intersect(Added));
            Assert.True((names.Count + Added.Length) * CanonicalObject.MostBytes < 65_536 * 2 && names.Count * (CanonicalObject.MostBytes + 50) < 64_000, fact.Name);
        }
    }

    [Fact]
    public void What_changed_is_told_with_what_was_before_and_what_is_after()
    {
        var alone = from fact in Facts()
                    from property in fact.GetProperties()
                    where property.Name.EndsWith("After", StringComparison.Ordinal) && fact.GetProperty(property.Name[..^5] + "Before") is null
                    select $"{fact.Name}.{property.Name}";
        Assert.Empty(alone);
    }

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true)]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false)]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false)]
    [InlineData("00-Ines Albrecht, born in Kiel, 1980-00f067aa0ba902b7-01", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_trace_that_can_be_one_is_believed(string? sent, bool isOne) => Assert.Equal(isOne ? sent : null, RequestReferences.TraceOf(sent));

    private static IEnumerable<Type> Facts() =>
        typeof(RequestReferences).Assembly.GetTypes().Concat(typeof(Fact).Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Fact)) && !type.IsAbstract);

    internal static async Task<Dictionary<string, JsonElement>> Entry(TestShop shop, string name) =>
        Parse(await shop.Scalar<string>($"select entry from audit_event where name = '{name}' order by seq desc limit 1"));

    internal static Dictionary<string, JsonElement> Parse(string entry) =>
        JsonDocument.Parse(entry).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);

    internal static string Text(Dictionary<string, JsonElement> entry, string name) => entry[name].GetString()!;

    // Another way to the same form: sorted by another comparison, escaped by hand.
    private static string Canonical(string entry) =>
        "{" + string.Join(',', Parse(entry).OrderBy(member => string.Concat(member.Key.Select(unit => ((int)unit).ToString("x4", CultureInfo.InvariantCulture))), StringComparer.Ordinal)
            .Select(member => $"{Quoted(member.Key)}:{(member.Value.ValueKind == JsonValueKind.String ? Quoted(member.Value.GetString()!) : member.Value.GetRawText())}")) + "}";

    private static string Quoted(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var unit in text)
        {
            json.Append(unit switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", < ' ' => throw new InvalidOperationException("Not here."), _ => unit.ToString() });
        }

        return json.Append('"').ToString();
    }
}
