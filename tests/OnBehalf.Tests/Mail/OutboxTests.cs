using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Mail;

public sealed class OutboxTests
{
    private static readonly Caller Somebody = Caller.Machine("test");

    [Fact]
    public async Task A_mail_becomes_a_file_that_says_the_same_with_its_secret_in_place()
    {
        await using var shop = await TestShop.Start();
        var body = "Dear Åsa,\n\nyour link: {secret}\n\n" + new string('x', 200) + " = end";
        var id = await shop.Put(Mail("Ihre Bestätigung – 1 €", body) with { Secret = "https://shop.example/account/reset?code=abc" });
        var mail = await shop.Mail("test-note");

        Assert.Equal("Ihre Bestätigung – 1 €", mail.Subject);
        Assert.Contains("josé1@buyers.example", mail.To, StringComparison.Ordinal);
        Assert.Contains("Åsa", mail.To, StringComparison.Ordinal);
        Assert.Equal(body.Replace("{secret}", "https://shop.example/account/reset?code=abc"), mail.Body);
        Assert.Contains($"Message-ID: <{id}@", mail.Raw, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(mail.Raw.Split("\r\n"), line => line.Length > 998);
        await Mailbox.Eventually(async () => (await Row(shop, id)).Status == "sent", "sent");
        var row = await Row(shop, id);
        Assert.Null(row.Secret);
        Assert.Equal(body, row.Body);
    }

    [Fact]
    public async Task The_secret_lies_encrypted_until_it_is_sent()
    {
        await using var shop = await TestShop.Start(Smtp(SmtpSink.FreePort()));
        var id = await shop.Put(Mail("Reset", "{secret}") with { Secret = "https://shop.example/very-secret" });
        var row = await Row(shop, id);
        Assert.NotNull(row.Secret);
        Assert.DoesNotContain("very-secret", await shop.Dump("mail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_change_sends_nothing()
    {
        await using var shop = await TestShop.Start();
        var outbox = shop.Services.GetRequiredService<Outbox>();
        await shop.Database.Write<Done>(Somebody, tx =>
        {
            outbox.Add(tx, Mail("Never", "never"));
            return Task.FromResult<Outcome<Done>>(Refusal.Invalid("test.no", "No."));
        });
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from mail"));
    }

    [Theory]
    [InlineData("Order\r\nBcc: thief@evil.example", "Ines")]
    [InlineData("Order", "Ines\r\nBcc: thief@evil.example")]
    [InlineData("Order\nBcc: thief@evil.example", "\"Ines\" <thief@evil.example>,\r\n")]
    [InlineData("Order\u2028Bcc: thief@evil.example", "Ines \u0000 Albrecht")]
    public async Task A_line_break_in_a_header_starts_no_header(string subject, string name)
    {
        await using var shop = await TestShop.Start();
        await shop.Put(Mail(subject, "text") with { ToName = name, To = "ines@buyers.example" });
        var mail = await shop.Mail("test-note");
        var headers = mail.Raw[..mail.Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n");
        Assert.DoesNotContain(headers, line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("ines@buyers.example", new System.Net.Mail.MailAddress(mail.To).Address);
        Assert.DoesNotContain("<thief", mail.To, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_mail_server_loses_nothing_and_gets_each_mail_once_when_it_is_back()
    {
        var port = SmtpSink.FreePort();
        await using var shop = await TestShop.Start(Smtp(port));
        for (var i = 0; i < 5; i++)
        {
            await shop.Put(Mail($"Mail {i}", "text"));
        }

        // Only then is none of them being tried: making one due that is would be what sends it twice.
        await Mailbox.Eventually(async () => await shop.Scalar<int>("select count(*) from mail where last_error is not null") == 5, "five failed attempts");
        await using var sink = new SmtpSink(port);
        await shop.Age("mail", "next_attempt_at", TimeSpan.FromHours(1), "status = 'pending'");
        await Worker(shop).Drain(CancellationToken.None);
        await Mailbox.Eventually(async () => await shop.Scalar<int>("select count(*) from mail where status = 'sent'") == 5, "all sent");
        Assert.Equal(["Mail 0", "Mail 1", "Mail 2", "Mail 3", "Mail 4"], sink.Received.Select(raw => Mailbox.Parse("", raw).Subject).Order());
    }

    [Fact]
    public async Task Workers_side_by_side_send_each_mail_once()
    {
        await using var sink = new SmtpSink(0);
        await using var shop = await TestShop.Start(Smtp(sink.Port));
        for (var i = 0; i < 20; i++)
        {
            await shop.Put(Mail($"Mail {i:00}", "text"));
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Worker(shop).Drain(CancellationToken.None)));
        await Mailbox.Eventually(async () => await shop.Scalar<int>("select count(*) from mail where status = 'sent'") == 20, "all sent");
        Assert.Equal(20, sink.Received.Count);
    }

    [Fact]
    public async Task A_mail_whose_worker_died_is_sent_after_its_claim_has_run_out()
    {
        var port = SmtpSink.FreePort();
        await using var shop = await TestShop.Start(Smtp(port));
        var id = await shop.Put(Mail("Orphan", "text"));
        await Mailbox.Eventually(async () => (await Row(shop, id)).LastError is not null, "a failed attempt");
        await shop.Sql($"update mail set attempts = 1, next_attempt_at = {Later(shop, OutboxWorker.Claim)}");
        await using var sink = new SmtpSink(port);
        await Worker(shop).Drain(CancellationToken.None);
        Assert.Empty(sink.Received);

        await shop.Age("mail", "next_attempt_at", OutboxWorker.Claim + TimeSpan.FromSeconds(1));
        await Worker(shop).Drain(CancellationToken.None);
        await Mailbox.Eventually(async () => (await Row(shop, id)).Status == "sent", "sent");
        Assert.Single(sink.Received);
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_given_up_and_an_unknown_recipient_at_once()
    {
        await using var sink = new SmtpSink(0) { Unknown = { "nobody@buyers.example" } };
        await using var shop = await TestShop.Start(Smtp(sink.Port));
        var unknown = await shop.Put(Mail("To nobody", "text") with { To = "nobody@buyers.example" });
        await Mailbox.Eventually(async () => (await Row(shop, unknown)).Status == "failed", "given up");
        Assert.Equal(1, (await Row(shop, unknown)).Attempts);
        var noAddress = await shop.Put(Mail("To no address", "text") with { To = "ines at home" });
        await Mailbox.Eventually(async () => (await Row(shop, noAddress)).Status == "failed", "given up");

        await using var dead = await TestShop.Start(Smtp(SmtpSink.FreePort()));
        var id = await dead.Put(Mail("Late", "text"));
        await Mailbox.Eventually(async () => (await Row(dead, id)).LastError is not null, "a failed attempt");
        await dead.Sql($"update mail set attempts = {OutboxWorker.Waits.Count}");
        await dead.Age("mail", "next_attempt_at", TimeSpan.FromDays(2));
        await Worker(dead).Drain(CancellationToken.None);
        await Mailbox.Eventually(async () => (await Row(dead, id)).Status == "failed", "given up");
    }

    private static Action<WebApplicationBuilder> Smtp(int port) => builder => builder.Configuration.AddInMemoryCollection(
        new Dictionary<string, string?> { ["Smtp:Host"] = "127.0.0.1", ["Smtp:Port"] = $"{port}" });

    private static OutgoingMail Mail(string subject, string body) => new("test-note", "josé1@buyers.example", "Åsa Öberg", subject, body);

    private static OutboxWorker Worker(TestShop shop) => shop.Services.GetServices<IHostedService>().OfType<OutboxWorker>().Single();

    private static string Later(TestShop shop, TimeSpan by) =>
        shop.Database.Kind == Data.DatabaseKind.Postgres
            ? $"clock_timestamp() + interval '{(int)by.TotalSeconds} seconds'"
            : $"{shop.Database.Now} + {(long)by.TotalSeconds * 1_000_000}";

    private static async Task<MailRow> Row(TestShop shop, MailId id)
    {
        await using var db = shop.Database.Read();
        return await db.Set<MailRow>().SingleAsync(row => row.Id == id);
    }
}
