using AngleSharp.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using OnBehalf.Modules.Mail;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Mail;

/// <summary>Whose mail does not arrive is said where staff look at him.</summary>
public sealed class UndeliveredTests
{
    private static readonly string Ines = $"/admin/buyers/{Characters.MembershipIdOf("ines")}";

    [Fact]
    public async Task A_refused_address_is_warned_of_with_its_reason_until_a_later_mail_arrives()
    {
        await using var sink = new SmtpSink(0) { Unknown = { "ines@buyers.example" } };
        await using var shop = await TestShop.Start(Smtp(sink.Port));
        var sam = await shop.As("sam");
        Assert.Null(await Warning(sam, Ines));

        var refused = await shop.Put(To("ines@buyers.example"));
        await Tried(shop, "status = 'failed'");
        var warning = (await Warning(sam, Ines))!;
        Assert.Contains("The last mail to ines@buyers.example", warning.TextContent);
        Assert.Contains("could not be delivered", warning.TextContent);
        Assert.Contains("no such user here", warning.TextContent);
        var link = warning.QuerySelector("a")!.GetAttribute("href")!;
        Assert.Equal($"/admin/mail/{refused}", link);
        Assert.Contains("no such user here", (await sam.Get(link)).Text);
        Assert.Contains("no such user here", (await sam.Get("/admin/mail?status=failed")).Text);
        Assert.Null(await Warning(sam, $"/admin/buyers/{Characters.MembershipIdOf("jonas")}"));

        // The address works again: the newest mail decides.
        sink.Unknown.Clear();
        await shop.Put(To("ines@buyers.example"));
        await Tried(shop, "status = 'sent'");
        Assert.Null(await Warning(sam, Ines));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from mail where status = 'failed'"));
    }

    [Fact]
    public async Task A_mail_that_is_tried_again_is_said_to_wait_and_one_that_was_never_tried_says_nothing()
    {
        await using var shop = await TestShop.Start(Smtp(SmtpSink.FreePort()));
        var sam = await shop.As("sam");
        var carla = $"/staff/consumers/{Characters.MembershipIdOf("carla")}";
        await shop.Put(To("carla@buyers.example"));
        await Tried(shop, "last_error is not null");
        var warning = (await Warning(sam, carla))!;
        Assert.Contains("was not accepted yet. It is tried again.", warning.TextContent);

        await shop.Sql("update mail set attempts = 0");
        Assert.Null(await Warning(sam, carla));
    }

    private static async Task<IElement?> Warning(Visitor staff, string path) => (await staff.Get(path)).Document.QuerySelector("#undelivered");

    private static Task Tried(TestShop shop, string how) =>
        Mailbox.Eventually(async () => await shop.Scalar<int>($"select count(*) from mail where kind = 'test-note' and {how}") == 1, how);

    private static OutgoingMail To(string address) => new("test-note", address, null, "A note", "text");

    private static Action<WebApplicationBuilder> Smtp(int port) => builder => builder.Configuration.AddInMemoryCollection(
        new Dictionary<string, string?> { ["Smtp:Host"] = "127.0.0.1", ["Smtp:Port"] = $"{port}" });
}
