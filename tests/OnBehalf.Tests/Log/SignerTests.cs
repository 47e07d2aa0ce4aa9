using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>What was signed is remembered outside the database: a database of yesterday is noticed, and goes on only when somebody says why.</summary>
public sealed class SignerTests
{
    [Theory]
    [InlineData("older")]
    [InlineData("other")]
    public async Task Abuse27_A_database_that_does_not_hold_what_was_signed_is_not_signed_until_somebody_says_why(string how)
    {
        await using var shop = await TestShop.Start(watchesLog: true);
        await shop.Happen(5);
        await shop.Sequence();
        Assert.Equal("ok", (await shop.Anonymous().Get("/health")).Html);
        var signed = await shop.Head();

        // As it is after a restore: more was signed than the database holds, or as much and something else.
        var lost = how == "older" ? signed with { Size = signed.Size + 100 } : signed with { Root = Merkle.EmptyRoot };
        var state = Path.Combine(shop.Folder, "log-signer", "state");
        await File.WriteAllTextAsync(state, lost.ToString());
        await shop.Happen(1);
        await shop.Sequence();

        // Nothing is signed, nobody begins to act, and who looks is told; the shop goes on.
        Assert.Equal(signed, await shop.Head());
        Assert.Equal(lost.ToString(), await File.ReadAllTextAsync(state));
        Assert.Contains("log.stopped", await shop.Facts());
        var health = await shop.Anonymous().Get("/health");
        Assert.Equal((HttpStatusCode.OK, true), (health.Status, health.Html.StartsWith("degraded: the audit log stands still")));
        var ada = await shop.As("ada");
        Assert.Contains("The audit log stands still", (await ada.Get("/admin")).Text);
        Assert.Contains($"The database is {(how == "older" ? "older than what was" : "not the one that was")} signed", (await ada.Get("/admin/audit")).Text);
        var refused = await Sessions.Begin(await shop.As("karim"), "ines");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("The audit log of this shop is behind", refused.Text);
        var ines = await shop.As("ines");
        await ines.Put("P-100", "1");
        Assert.NotEmpty((await ines.Get("/cart")).Lines());

        var resumed = await LogCommands.GoOn(shop.Services, "Ada Stern", "The backup of the night was restored after a fire.", default);
        Assert.Equal(signed.Origin + "/v2", resumed.Value.Name);
        Assert.Equal("log.nothing-to-resume", (await LogCommands.GoOn(shop.Services, "Ada Stern", "Once more.", default)).Refusal?.Code);
        await shop.Sequence();
        var head = await shop.Head();
        Assert.Equal((signed.Origin + "/v2", await shop.Scalar<long>("select count(*) from audit_event")), (head.Origin, head.Size));
        Assert.Contains(await shop.Entries(), entry => entry.Contains("\"log.resumed\"") && entry.Contains($"\"signed-size\":{lost.Size}"));
        Assert.Equal("ok", (await shop.Anonymous().Get("/health")).Html);
        Assert.Equal(2, (await shop.Anonymous().Get("/log/keys")).Html.Split('\n').Count(line => line.StartsWith("log ")));
        Assert.NotEqual(HttpStatusCode.Conflict, (await Sessions.Begin(await shop.As("karim"), "ines")).Status);
    }

    [Fact]
    public async Task A_log_that_lags_more_than_a_minute_lets_nobody_begin_to_act_and_the_shop_goes_on()
    {
        await using var shop = await TestShop.Start(watchesLog: true);
        await shop.Sequence();
        var running = await (await shop.As("rosa")).Assisting("paul");
        await shop.Sql(shop.Database.Kind == Data.DatabaseKind.Postgres
            ? "insert into audit_event (id, at, name, outcome, entry) values (gen_random_uuid(), now() - interval '61 seconds', 'test.old', 'done', '{}')"
            : "insert into audit_event (id, at, name, outcome, entry) values ('0199AAAA-0000-7000-8000-000000000001', cast((unixepoch('subsec') - 61) * 1000000 as integer), 'test.old', 'done', '{}')");
        Assert.Contains("degraded: the audit log is behind", (await shop.Anonymous().Get("/health")).Html);
        Assert.Equal(HttpStatusCode.Conflict, (await Sessions.Begin(await shop.As("karim"), "ines")).Status);
        Assert.Contains("assistance.log-behind", await shop.Scalar<string>("select entry from audit_event where name = 'assistance.session-refused'"));

        // Who acts already goes on, and so does everybody who acts for himself.
        Assert.Equal(HttpStatusCode.SeeOther, (await running.Put("P-100", "1")).Status);
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(await ines.Get("/checkout"), "#checkout", ("Input.Place", "true"))).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
        await shop.Sequence();
        Assert.NotEqual(HttpStatusCode.Conflict, (await Sessions.Begin(await shop.As("karim"), "ines")).Status);
    }

    [Fact]
    public async Task Key_and_state_are_for_their_owner_only_and_a_node_without_the_key_does_not_lead()
    {
        await using var shop = await TestShop.Start();
        await shop.Sequence();
        var folder = Path.Combine(shop.Folder, "log-signer");
        Assert.All(
            ["key", "state"],
            name => Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(folder, name)) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        File.Move(Path.Combine(folder, "key"), Path.Combine(folder, "elsewhere"));
        Assert.False(await shop.Sequence());
        File.Move(Path.Combine(folder, "elsewhere"), Path.Combine(folder, "key"));
        Assert.True(await shop.Sequence());
    }

    [Fact]
    public async Task Every_write_of_a_session_is_answered_with_a_receipt_that_the_log_keeps()
    {
        await using var shop = await TestShop.Start();
        var before = await (await shop.As("karim")).Assisting("ines");
        Assert.Null(Receipt(await before.Post("/cart/lines", [("Sku", "P-100"), ("Quantity", "1")], from: "/cart")));
        await shop.Sequence();
        var answer = await before.Post("/cart/lines", [("Sku", "P-100"), ("Quantity", "1")], from: "/cart");
        var receipt = Receipt(answer)!;
        await shop.Sequence();
        var node = (await shop.Anonymous().Get("/log/keys")).Html.Split('\n').Single(line => line.StartsWith("node "))["node ".Length..];
        var head = await shop.Head();
        Assert.True(receipt.IsBy(VerifierKey.Parse(node), head.Origin));
        var leaf = await shop.Services.GetRequiredService<LogQueries>().Leaf(receipt.Event, default);
        Assert.Equal(receipt.Leaf, Hash.Of(leaf!.Hash));
        Assert.Contains("\"carts.line-", leaf.Entry);
        Assert.Null(Receipt(await before.Get("/cart")));
        Assert.Null(Receipt(await (await shop.As("ines")).Post("/cart/lines", [("Sku", "P-100"), ("Quantity", "1")], from: "/cart")));

        static Receipt? Receipt(Answer answer) =>
            answer.Response.Headers.TryGetValues(Transparency.Receipt.HeaderName, out var values) && Transparency.Receipt.TryParse(values.Single(), out var receipt) ? receipt : null;
    }
}
