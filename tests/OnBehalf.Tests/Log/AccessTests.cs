using System.Net;
using System.Text;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>Who gets the entries of the log: its readers, and auditors with a token.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task Who_fetches_too_much_of_the_log_waits_and_the_shop_goes_on()
    {
        await using var shop = await TestShop.Start(builder => builder.Configuration["Limits:LogFilesPerMinute"] = "3");
        await shop.Sequence();
        foreach (var path in new[] { "/log/checkpoint", "/log/keys", "/log/tile/0/000.p/1" })
        {
            Assert.Equal(HttpStatusCode.OK, (await shop.Fetch(path, null)).StatusCode);
        }

        for (var i = 0; i < 2; i++)
        {
            var stopped = await shop.Fetch("/log/checkpoint", null);
            Assert.Equal(HttpStatusCode.TooManyRequests, stopped.StatusCode);
            Assert.InRange(stopped.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }

        Assert.Contains("\"limit\":\"log-files\"", await shop.Entry("identity.requests-stopped"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from audit_event where name = 'identity.requests-stopped'"));
        Assert.Equal(HttpStatusCode.OK, (await shop.Anonymous().Get("/")).Status);
    }

    private const string Bundle = "/log/tile/entries/000.p/1";

    [Fact]
    public async Task Entries_are_for_readers_of_the_log_and_for_auditors_with_a_token_while_it_lasts()
    {
        await using var shop = await TestShop.Start();
        await shop.Sequence();
        var ada = await shop.As("ada");
        Assert.Equal(HttpStatusCode.OK, (await ada.Get(Bundle)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await (await shop.As("karim")).Get(Bundle)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await (await shop.As("ines")).Get(Bundle)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await shop.Fetch(Bundle, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await shop.Fetch(Bundle, new string('A', 43))).StatusCode);

        var page = await ada.Submit(await ada.Get("/admin/audit/access"), "main form[method=post]", ("Input.Name", "Prüf & Partner"), ("Input.Days", "30"));
        var token = page.Document.QuerySelector("#token")!.TextContent;
        var answer = await shop.Fetch(Bundle, token);
        Assert.Equal("private, max-age=31536000, immutable", answer.Headers.NonValidated["Cache-Control"].ToString());
        var entry = Encoding.UTF8.GetString(EntryBundle.Read(await answer.Content.ReadAsByteArrayAsync())!.Single());
        Assert.Equal((await shop.Entries())[0], entry);
        await shop.Fetch(Bundle, token);
        Assert.Single(await shop.Facts(), "log.access-used");
        Assert.DoesNotContain(token, (await ada.Get("/admin/audit/access")).Html);
        Assert.DoesNotContain(token, await shop.Dump("audit_event", "audit_private", "audit_access"));

        await shop.Age("audit_access", "expires_at", TimeSpan.FromDays(31));
        Assert.Equal(HttpStatusCode.Unauthorized, (await shop.Fetch(Bundle, token)).StatusCode);
        await shop.Age("audit_access", "expires_at", TimeSpan.FromDays(-31));
        Assert.Equal(HttpStatusCode.OK, (await shop.Fetch(Bundle, token)).StatusCode);
        await ada.Submit(await ada.Get("/admin/audit/access"), "main .list-group form[method=post]");
        Assert.Equal(HttpStatusCode.Unauthorized, (await shop.Fetch(Bundle, token)).StatusCode);
        Assert.Contains("taken back", (await ada.Get("/admin/audit/access")).Text);
        Assert.Contains("log.access-revoked", await shop.Facts());

        await shop.Sql("insert into setting (name, value, changed_at, changed_by) values ('audit.entries-are-public', 'true', " + shop.Database.Now + ", 'Ada')");
        await using var open = await shop.Beside();
        Assert.Equal(HttpStatusCode.OK, (await open.Fetch(Bundle, null)).StatusCode);
    }

    [Fact]
    public async Task What_is_not_in_a_signed_checkpoint_yet_is_not_served()
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Anonymous().Get("/log/checkpoint")).Status);
        await shop.Happen(300);
        await shop.Sequence();
        Assert.Equal(HttpStatusCode.OK, (await shop.Fetch("/log/tile/0/000", null)).StatusCode);
        var tile = await shop.Fetch("/log/tile/0/000.p/7", null);
        Assert.Equal(7 * Hash.Length, (await tile.Content.ReadAsByteArrayAsync()).Length);
        Assert.Equal("public, max-age=31536000, immutable", tile.Headers.NonValidated["Cache-Control"].ToString());
        foreach (var path in new[] { "0/001", "0/002.p/1", "1/000.p/2", "2/000.p/1", "0/1", "9/000", "0/x000/001.p/3" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await shop.Fetch("/log/tile/" + path, null)).StatusCode);
        }

        // A node whose folder is empty makes the tiles from the database.
        Directory.Delete(Path.Combine(shop.Folder, "log"), recursive: true);
        Assert.Equal(HttpStatusCode.OK, (await shop.Fetch("/log/tile/1/000.p/1", null)).StatusCode);
    }
}
