using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Tests.Identity;
using OnBehalf.Tests.Log;
using OnBehalf.Tests.Mail;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.BackOffice;

public sealed class MailPagesTests
{
    [Fact]
    public async Task No_one_time_link_is_shown_or_logged_before_or_after_it_was_sent()
    {
        var log = new EveryLine();
        await using var shop = await TestShop.Start(builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        var visitor = shop.Anonymous();
        var link = await ResetTests.Link(shop, visitor, "/account", "ines@buyers.example");
        var code = link.Split("code=")[1];
        var page = await visitor.Follow(await visitor.Send(new HttpRequestMessage(HttpMethod.Get, link)));
        await visitor.Submit(page, "form.door-form", ("Input.Password", "three quiet green boats"), ("Input.Again", "three quiet green boats"));
        await shop.Mail("password-set");

        var sam = await shop.As("sam");
        var list = await sam.Get("/admin/mail");
        var shown = await sam.Get(list.Document.QuerySelectorAll("tbody a").Single(a => a.TextContent.StartsWith("Set a new password")).GetAttribute("href")!);
        Assert.Contains("••••••", shown.Text);
        Assert.Contains("Dear Ines Albrecht", shown.Text);
        foreach (var text in new[] { list.Html, shown.Html, await shop.Dump("mail", "audit_event", "audit_private", "one_time_code"), log.Text })
        {
            Assert.DoesNotContain(code, text, StringComparison.Ordinal);
            Assert.DoesNotContain("three quiet green boats", text, StringComparison.Ordinal);
        }

        Assert.NotEqual("", log.Text);
    }

    [Fact]
    public async Task A_waiting_mail_shows_no_secret_either()
    {
        await using var shop = await TestShop.Start(Dead());
        var id = await shop.Put(new OutgoingMail("invitation", "ines@buyers.example", "Ines", "Welcome", "Here: {secret}") { Secret = "https://x.example/very-secret" });
        var page = await (await shop.As("ada")).Get($"/admin/mail/{id}");
        Assert.Contains("Here: ••••••", page.Text);
        Assert.DoesNotContain("very-secret", page.Html);
    }

    [Fact]
    public async Task A_mail_that_was_given_up_is_sent_again_by_a_button_and_once()
    {
        var port = SmtpSink.FreePort();
        await using var shop = await TestShop.Start(Dead(port));
        var id = await shop.Put(new OutgoingMail("order-placed", "ines@buyers.example", "Ines", "Your order", "Thank you."));
        await Mailbox.Eventually(async () => await shop.Scalar<int>("select count(*) from mail where last_error is not null") == 1, "a failed attempt");
        var ada = await shop.As("ada");
        var waiting = await ada.Get($"/admin/mail/{id}");
        Assert.Null(waiting.Document.QuerySelector("main form"));
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Post($"/admin/mail/{id}", [])).Status);

        await shop.Sql("update mail set status = 'failed'");
        Assert.Contains("One mail could not be sent", (await ada.Get("/admin")).Text);
        await using var sink = new SmtpSink(port);
        var page = await ada.Get($"/admin/mail/{id}");
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(page, "main form")).Status);
        await Mailbox.Eventually(() => Task.FromResult(sink.Received.Count == 1), "the mail");
        Assert.Contains("mail.sent-again", await shop.Facts());
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Post($"/admin/mail/{Guid.Empty}", [], from: "/admin/mail")).Status);
    }

    [Fact]
    public async Task An_administrator_tries_the_mail_to_himself_and_reads_what_the_server_says()
    {
        var port = SmtpSink.FreePort();
        await using var shop = await TestShop.Start(Dead(port));
        var ada = await shop.As("ada");
        Assert.NotNull((await ada.Get("/admin/mail")).Document.QuerySelector("a[href='/admin/mail/test']"));
        var refused = await ada.Submit(await ada.Get("/admin/mail/test"), "main form");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("refused", refused.Text);

        await using var sink = new SmtpSink(port);
        var sent = await ada.Submit(await ada.Get("/admin/mail/test"), "main form");
        Assert.Equal("/admin/mail/test?sent=true", sent.Location);
        Assert.Single(sink.Received);
        Assert.Equal(2, (await shop.Facts()).Count(name => name == "mail.tried"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from mail"));
        var sam = await shop.As("sam");
        Assert.Null((await sam.Get("/admin/mail")).Document.QuerySelector("a[href='/admin/mail/test']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await sam.Get("/admin/mail/test")).Status);
    }

    [Fact]
    public async Task Nobody_keeps_a_mail_server_busy_with_trials_and_who_is_stopped_is_told()
    {
        await using var shop = await TestShop.Start(Dead());
        var (ada, page) = (await shop.As("ada"), "/admin/mail/test");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(await ada.Get(page), "main form")).Status);
        }

        for (var i = 0; i < 2; i++)
        {
            var stopped = await ada.Submit(await ada.Get(page), "main form");
            Assert.Contains("too often", stopped.Text);
            Assert.True(stopped.Response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        }

        Assert.Equal((10, 1), ((await shop.Facts()).Count(name => name == "mail.tried"), (await shop.Facts()).Count(name => name == "identity.requests-stopped")));
        Assert.Contains("\"limit\":\"mail-trials\"", await shop.Entry("identity.requests-stopped"));
    }

    [Fact]
    public async Task The_list_pages_filters_and_says_what_to_do_when_it_is_empty()
    {
        await using var shop = await TestShop.Start(Dead());
        var ada = await shop.As("ada");
        Assert.Contains("Nothing was sent yet", (await ada.Get("/admin/mail")).Text);
        var outbox = shop.Services.GetRequiredService<Outbox>();
        await shop.Database.Write<Done>(Caller.Machine("test"), tx =>
        {
            for (var i = 0; i < 120; i++)
            {
                tx.Add(new Data.RowsTidied("test", 1));
                outbox.Add(tx, new OutgoingMail("test-note", i % 2 == 0 ? "ines@buyers.example" : "paul@buyers.example", null, $"Mail {i:000}", "text"));
            }

            return Task.FromResult<Outcome<Done>>(Done.It);
        });

        var seen = new List<string>();
        for (var link = "/admin/mail"; link is not null;)
        {
            var page = await ada.Get(link);
            seen.AddRange(page.Document.QuerySelectorAll("tbody a").Select(a => a.TextContent));
            link = page.Document.QuerySelectorAll(".card-footer a").SingleOrDefault(a => a.TextContent == "Older")?.GetAttribute("href");
        }

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"Mail {i:000}"), seen.Order());
        Assert.Equal(50, (await ada.Get("/admin/mail?to=INES@buyers.example&status=pending".Replace("INES", "ines"))).Document.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("No such mail", (await ada.Get("/admin/mail?status=sent")).Text);
        foreach (var nonsense in new[] { "?to=%00", "?to=x", "?status=nonsense", "?before=nonsense", "?before=" + Guid.Empty })
        {
            Assert.Equal(HttpStatusCode.OK, (await ada.Get("/admin/mail" + nonsense)).Status);
        }
    }

    [Fact]
    public async Task Health_says_no_more_than_whether_it_is_well()
    {
        await using var shop = await TestShop.Start();
        var answer = await shop.Anonymous().Get("/health");
        Assert.Equal((HttpStatusCode.OK, "ok"), (answer.Status, answer.Html));
        await shop.Sql("drop table schema_migration");
        answer = await shop.Anonymous().Get("/health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ok"), (answer.Status, answer.Html));
    }

    [Fact]
    public async Task The_overview_shows_only_the_rooms_that_are_open_to_him()
    {
        await using var shop = await TestShop.Start();
        var sam = await (await shop.As("sam")).Get("/admin");
        Assert.Equal(["/admin/customers", "/admin/orders", "/admin/carts", "/admin/mail"], sam.Document.QuerySelectorAll("a.room").Select(a => a.GetAttribute("href")));
        var ada = await (await shop.As("ada")).Get("/admin");
        Assert.Equal(
            ["/admin/customers", "/admin/orders", "/admin/carts", "/admin/given-away", "/admin/deal-limits", "/admin/commissions", "/admin/prices", "/admin/coupons", "/admin/taxes", "/admin/shipping", "/admin/terms", "/admin/customer-groups", "/admin/articles", "/admin/categories", "/admin/assortments", "/admin/synonyms", "/admin/assignments", "/admin/mail", "/admin/sessions",
                "/admin/assistance/policy", "/admin/assistance/requests", "/admin/assistance/why",
                "/admin/assistance/protection", "/admin/assistance/closed", "/admin/staff", "/admin/audit", "/admin/audit/alerts", "/admin/audit/streams", "/admin/privacy", "/admin/health", "/admin/settings"],
            ada.Document.QuerySelectorAll("a.room").Select(a => a.GetAttribute("href")));
        Assert.Contains(shop.Database.Kind == Data.DatabaseKind.Postgres ? "PostgreSQL" : "SQLite", ada.Text);
        Assert.Contains("0001_first_order", ada.Text);
        Assert.DoesNotContain("The address of the shop is not set", ada.Text);
        var admin = await shop.As("ada");
        Assert.Contains("The address of the shop is not set", (await admin.Send(new HttpRequestMessage(HttpMethod.Get, "http://shop.example/admin"))).Text);
    }

    private static Action<WebApplicationBuilder> Dead(int? port = null) => builder => builder.Configuration.AddInMemoryCollection(
        new Dictionary<string, string?> { ["Smtp:Host"] = "127.0.0.1", ["Smtp:Port"] = $"{port ?? SmtpSink.FreePort()}" });
}
