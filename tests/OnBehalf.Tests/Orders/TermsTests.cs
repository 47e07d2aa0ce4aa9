using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

public sealed class TermsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_order_accepts_the_terms_that_count_and_says_who_accepted_them(bool inSession)
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await Publish(ada, "We deliver.\r\n\r\nYou <pay>.");
        var karim = await shop.As("karim");
        var who = inSession ? await karim.Assisting("ines") : ines;
        await who.Put("P-100", "1");

        var checkout = await who.Get("/checkout");
        var unticked = await who.Place(checkout);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unticked.Status);
        Assert.Contains("Read them, and tick the box", unticked.ErrorAt("terms-box"));
        var read = await who.Get(checkout.Document.QuerySelector("#terms a")!.GetAttribute("href")!.Replace(who.PathBase is "" ? "\0" : who.PathBase, "", StringComparison.Ordinal));
        Assert.Equal("We deliver.\n\nYou <pay>.", read.Document.QuerySelector("#terms-text")!.TextContent);

        // While he reads, there are new ones: what he ticks is not what counts.
        checkout = await who.Get("/checkout");
        await Publish(ada, "We deliver later.");
        var outdated = await who.Place(checkout, ("Input.Terms", "1"));
        Assert.Equal(HttpStatusCode.Conflict, outdated.Status);
        Assert.Null(outdated.Document.QuerySelector("#terms-box")!.GetAttribute("checked"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));
        Assert.DoesNotContain("orders.terms-accepted", await shop.Facts());

        var number = (await who.Place(outdated, ("Input.Terms", "2"))).OrderNumber();
        var said = inSession ? "version 2, accepted by Karim Weiss for Ines Albrecht" : "version 2, accepted by Ines Albrecht";
        Assert.Equal(said, (await ines.Get($"/account/orders/{number}")).Document.QuerySelector("#terms")!.TextContent.Trim());
        var vera = await shop.As("vera");
        foreach (var text in new[]
        {
            (await ines.Get($"/account/orders/{number}/print")).Text, (await vera.Get($"/admin/orders/{number}")).Text, await shop.Scalar<string>("select body from mail where kind = 'order-placed'"),
        })
        {
            Assert.Contains(said, text);
        }

        Assert.Equal("2", OrderFile.Cell((await karim.Get($"/staff/orders.csv?tab=customers&q={number}")).Html, "terms"));
        Assert.Contains("orders.terms-accepted", await shop.Facts());
        var audit = await ada.Get("/admin/audit?action=orders.terms-accepted");
        Assert.Contains($"accepted version 2 of the terms with order {number}", audit.Text);
        Assert.Equal(inSession, audit.Text.Contains("for Ines Albrecht", StringComparison.Ordinal));

        // The version that an earlier order points to stays what it was.
        await Publish(ada, "We deliver never.");
        var old = await shop.Anonymous().Get("/terms/2");
        Assert.Equal("We deliver later.", old.Document.QuerySelector("#terms-text")!.TextContent);
        Assert.Contains("does not count for new orders", old.Text);
    }

    [Fact]
    public async Task Without_terms_nobody_is_asked_and_there_is_no_page_of_them()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get("/terms")).Status);
        Assert.DoesNotContain("/terms", (await shop.Anonymous().Get("/cookies")).Html);
        await Publish(ada, "We deliver.");
        Assert.Contains("href=\"/terms\"", (await shop.Anonymous().Get("/cookies")).Html);
        await ines.Put("P-100", "1");
        Assert.NotNull((await ines.Get("/checkout")).Document.QuerySelector("#terms-box"));

        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get("/admin/terms"), "#end")).Status);
        var checkout = await ines.Get("/checkout");
        Assert.Null(checkout.Document.QuerySelector("#terms-box"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Place(checkout, ("Input.Terms", "1"))).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders where terms_version is null"));
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get("/terms")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/terms/1")).Status);
    }

    [Fact]
    public async Task Of_two_who_publish_at_once_the_second_reads_first_what_the_other_wrote()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var page = await ada.Get("/admin/terms");
        foreach (var (text, said) in new[] { ("", "1 to 100,000 characters"), ("Bell \a", "can be printed"), (new string('x', 100_001), "1 to 100,000 characters") })
        {
            var wrong = await ada.Submit(page, "#publish", ("Input.Text", text));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
            Assert.Contains(said, wrong.Text);
        }

        await Publish(ada, "First.");
        var late = await ada.Submit(page, "#publish", ("Input.Text", "Second."));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("has changed it meanwhile", late.Text);
        Assert.Contains("Second.", late.Text);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from terms_version"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(late, "#publish")).Status);
        Assert.Equal("Second.", (await shop.Anonymous().Get("/terms")).Document.QuerySelector("#terms-text")!.TextContent);
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "orders.terms-published"));
    }

    private static async Task Publish(Visitor ada, string text) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get("/admin/terms"), "#publish", ("Input.Text", text))).Status);
}
