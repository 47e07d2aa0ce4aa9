using System.Net;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Carts;

/// <summary>Lists that go into the cart as a whole: pasted, as a file, and of an earlier order.</summary>
public sealed class ManyLinesTests
{
    [Fact]
    public async Task A_list_goes_in_as_a_whole_or_says_line_by_line_why_not()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var page = await Paste(ines, "P-100 2\n\nNOPE 1\np-300;x\nP-200;3");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(
            ["Line 3: NOPE 1There is no article with the number “NOPE”. Check the number, or search for the article by name.", "Line 4: p-300;xThe quantity must be a whole number, such as 12."],
            page.Document.QuerySelectorAll("#wrong-lines li").Select(line => line.TextContent.Trim()));
        Assert.Contains("NOPE 1", page.Document.QuerySelector("#text")!.TextContent);
        Assert.Empty(await shop.Facts());

        var rest = await ines.Submit(page, "#many", ("Input.OnlyGood", "true"));
        Assert.Contains("2 lines are in the cart", rest.Text);
        Assert.Equal("NOPE 1\np-300;x", rest.Document.QuerySelector("#text")!.TextContent.Trim());
        Assert.Equal(["P-100 2", "P-200 3"], (await ines.Get("/cart")).Lines());

        var mended = await ines.Submit(rest, "#many", ("Input.Text", "P-300;1"));
        Assert.Equal("/cart?many=1", mended.Location);
        Assert.Contains("One line of the list is in the cart.", (await ines.Follow(mended)).Text);
        Assert.Equal(["P-100 2", "P-200 3", "P-300 1"], (await ines.Get("/cart")).Lines());
    }

    [Fact]
    public async Task The_same_form_sent_twice_goes_in_once_and_the_same_article_twice_is_one_line()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var form = await ines.Get("/cart/many");
        foreach (var _ in new[] { 1, 2 })
        {
            Assert.Equal("/cart?many=2", (await ines.Submit(form, "#many", ("Input.Text", "P-100\t2\nP-100\t3"))).Location);
        }

        Assert.Equal(["P-100 5"], (await ines.Get("/cart")).Lines());
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Submit(form, "#many", ("Input.Text", "P-200\t1"))).Status);
        foreach (var (text, code) in new[] { ("", "with a number of an article"), (string.Join('\n', Enumerable.Repeat("P-100 1", 1_001)), "1,000 lines") })
        {
            var refused = await Paste(ines, text);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains(code, refused.Document.QuerySelector("#text-error")!.TextContent);
        }

        Assert.Equal(["P-100 5"], (await ines.Get("/cart")).Lines());
    }

    [Fact]
    public async Task An_order_goes_into_the_cart_again_also_in_a_session_and_not_where_nothing_may_change()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await Paste(ines, "P-100 2\nP-200 3");
        var order = "/account/orders/" + (await ines.Place(await ines.Get("/checkout"))).OrderNumber();
        Assert.Empty((await ines.Get("/cart")).Lines());
        Assert.Equal("/cart?many=2", (await ines.Submit(await ines.Get(order), "main form[action='/cart/many']")).Location);
        Assert.Equal(["P-100 2", "P-200 3"], (await ines.Get("/cart")).Lines());

        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        Assert.Equal(inside + "/cart?many=2", (await karim.Submit(await karim.Get(inside + order), "main form[action$='/cart/many']")).Location);
        Assert.Equal(["P-100 4", "P-200 6"], (await karim.Get(inside + "/cart")).Lines());
        Assert.Equal(["P-100 2", "P-200 3"], (await ines.Get("/cart")).Lines());
    }

    private static async Task<Answer> Paste(Visitor visitor, string text) => await visitor.Submit(await visitor.Get("/cart/many"), "#many", ("Input.Text", text));
}
