using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>A whole order typed on one page, in a session that is for that order alone and ends with it.</summary>
public sealed class FastOrderTests
{
    [Fact]
    public async Task An_order_is_typed_on_one_page_and_the_next_one_begins()
    {
        await using var shop = await TestShop.Start();
        var (ines, karim) = (await shop.As("ines"), await Karim(shop));
        await ines.Put("P-300", "4");
        var inside = await Begin(karim);

        // The customer's own cart is not touched, and not seen.
        var page = await inside.Get("/fast-order");
        Assert.Contains("Order for Ines Albrecht", page.Text);
        Assert.Empty(page.Lines());
        page = await inside.Submit(page, "#fast-order", ("Input.Sku", "p-100"), ("Input.Quantity", "2"));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        page = await inside.Submit(page, "#fast-order", ("Input.Sku", "P-200"), ("Input.Quantity", "10"), ("Input.Price", "1.00"), ("Input.Reason", "loyalty"));
        Assert.Equal(["P-100 2", "P-200 10"], page.Lines());
        Assert.Contains("Agreed: loyalty", page.Line("P-200"));
        page = await inside.Submit(page, "#fast-order", ("Input.Lines[0].Quantity", "3"), ("Input.SentFor", "5"), ("Input.SentForReason", "loyalty"));
        Assert.Equal(["P-100 3", "P-200 10"], page.Lines());
        Assert.Contains("5.00", page.Document.QuerySelector("#review")!.TextContent);
        Assert.Equal(["P-300 4"], (await ines.Get("/cart")).Lines());

        var placed = await inside.Submit(page, "#fast-order", ("Input.Place", "true"), ("Input.Comment", "By telephone"));
        Assert.Matches("^/staff/fast-order\\?placed=SO-", placed.Location);
        Assert.Contains("is placed", (await karim.Get(placed.Location!)).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/fast-order")).Status);
        Assert.Equal("placed Karim Weiss 3", await shop.Scalar<string>("select status || ' ' || operator_name || ' ' || (select cast(quantity_thousandths / 1000 as integer) from order_line where sku = 'P-100') from orders"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session where status = 'active'"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from cart where status = 'placed'"));
        Assert.Equal(["P-300 4"], (await ines.Get("/cart")).Lines());
        Assert.Empty((await (await Begin(karim)).Get("/fast-order")).Lines());
    }

    [Fact]
    public async Task What_was_typed_and_not_added_is_added_and_seen_before_it_is_ordered()
    {
        await using var shop = await TestShop.Start();
        var inside = await Begin(await Karim(shop));
        var page = await inside.Submit(await inside.Get("/fast-order"), "#fast-order", ("Input.Sku", "P-100"), ("Input.Quantity", "1"));
        page = await inside.Submit(page, "#fast-order", ("Input.Sku", "P-200"), ("Input.Quantity", "5"), ("Input.Place", "true"));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("P-200 went into the order just now. Nothing was placed yet", page.Text);
        Assert.Equal(["P-100 1", "P-200 5"], page.Lines());

        // A line that cannot be added stays as it was typed.
        page = await inside.Submit(page, "#fast-order", ("Input.Sku", "P-99"), ("Input.Quantity", "7"), ("Input.Place", "true"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));
        Assert.Equal("P-99", page.Document.QuerySelector("#sku")!.GetAttribute("value"));
        Assert.Equal("7", page.Document.QuerySelector("#quantity")!.GetAttribute("value"));
        Assert.Contains("P-99", page.Document.QuerySelector("#sku-error")!.TextContent);
        page = await inside.Submit(page, "#fast-order", ("Input.Sku", ""), ("Input.Quantity", ""), ("Input.Place", "true"));
        Assert.Matches("^/staff/fast-order\\?placed=SO-", page.Location);
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from order_line"));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_adds_its_line_once()
    {
        await using var shop = await TestShop.Start();
        var inside = await Begin(await Karim(shop));
        var empty = await inside.Get("/fast-order");
        var first = await inside.Submit(empty, "#fast-order", ("Input.Sku", "P-100"), ("Input.Quantity", "2"));
        var again = await inside.Submit(empty, "#fast-order", ("Input.Sku", "P-100"), ("Input.Quantity", "2"));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(["P-100 2"], again.Lines());
        Assert.Equal("P-100", again.Document.QuerySelector("#sku")!.GetAttribute("value"));
        await inside.Submit(first, "#fast-order", ("Input.Sku", "P-200"), ("Input.Quantity", "1"));
        Assert.Equal(["P-100 2", "P-200 1"], (await inside.Submit(first, "#fast-order", ("Input.Sku", "P-200"), ("Input.Quantity", "1"))).Lines());
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_session_runs_out()
    {
        await using var shop = await TestShop.Start();
        var karim = await Karim(shop);
        var inside = await Begin(karim);
        var page = await inside.Submit(await inside.Get("/fast-order"), "#fast-order", ("Input.Sku", "P-100"), ("Input.Quantity", "2"));
        await inside.Submit(page, "#fast-order", ("Input.Sku", "P-200"), ("Input.Quantity", "10"), ("Input.Price", "1.00"), ("Input.Reason", "loyalty"));
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromHours(3));
        Assert.NotEqual(HttpStatusCode.OK, (await inside.Get("/fast-order")).Status);

        var desk = await karim.Get("/staff/fast-order");
        var left = desk.Document.QuerySelector("#unfinished li")!;
        Assert.Contains("2 lines", left.TextContent);
        Assert.Empty((await (await shop.As("vera")).Get("/staff/fast-order")).Document.QuerySelectorAll("#unfinished li"));
        inside = await Start(karim, left.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal(["P-100 2", "P-200 10"], (await inside.Get("/fast-order")).Lines());
        Assert.Contains("Agreed: loyalty", (await inside.Get("/fast-order")).Line("P-200"));

        // Thrown away by whose it is, and by nobody else.
        var cart = left.QuerySelector("input[name=cart]")!.GetAttribute("value")!;
        var vera = await shop.As("vera");
        await vera.Post("/staff/fast-order", [("cart", cart)], from: "/staff/fast-order");
        Assert.Equal(2, (await inside.Get("/fast-order")).Lines().Count);
        await karim.Post("/staff/fast-order", [("cart", cart)], from: "/staff/fast-order");
        Assert.Empty((await inside.Get("/fast-order")).Lines());
        Assert.Empty((await karim.Get("/staff/fast-order")).Document.QuerySelectorAll("#unfinished li"));
    }

    [Fact]
    public async Task A_list_goes_in_with_its_prices_and_every_bad_line_is_shown_with_its_reason()
    {
        await using var shop = await TestShop.Start();
        var inside = await Begin(await Karim(shop));
        var page = await inside.Submit(
            await inside.Get("/fast-order"), "#fast-order", ("Input.Reason", "loyalty"), ("Input.List", "number;quantity;price\nP-100;2;80.00\nP-99;1\nP-200;many\nP-200;10\nP-300;1;cheap\nP-100;1;79.00"));
        Assert.Equal(["P-100 2", "P-200 10"], page.Lines());
        Assert.Contains("80.00", page.Line("P-100"));
        var wrong = page.Document.QuerySelectorAll("#wrong-lines li").Select(line => line.TextContent.Trim()).ToList();
        Assert.Equal(4, wrong.Count);
        Assert.Collection(
            wrong, one => Assert.StartsWith("Line 3: P-99;1", one), one => Assert.StartsWith("Line 4: P-200;many", one), one => Assert.StartsWith("Line 6: P-300;1;cheap", one),
            one => Assert.Contains("two prices", one));
        Assert.Equal("P-99;1\nP-200;many\nP-300;1;cheap\nP-100;1;79.00", page.Document.QuerySelector("#list")!.TextContent.Trim());
    }

    [Fact]
    public async Task Who_may_not_agree_prices_does_not_here_either_and_a_closed_checkout_is_closed()
    {
        await using var shop = await TestShop.Start();
        var karim = await Karim(shop, mayAdjust: false);
        var inside = await Begin(karim);
        var page = await inside.Get("/fast-order");
        Assert.Null(page.Document.QuerySelector("#price"));
        page = await inside.Submit(page, "#fast-order", ("Input.Sku", "P-100"), ("Input.Quantity", "1"), ("Input.Price", "1.00"), ("Input.Reason", "loyalty"), ("Input.SentFor", "0"), ("Input.SentForReason", "loyalty"));
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart_line where agreed_minor is not null"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart where agreed_shipping_minor is not null"));
        await shop.Sql("update assisted_session set status = 'ended', ended_at = started_at, end_cause = 'operator'");
        var looking = await karim.Assisting("ines", Kernel.Mode.View);
        Assert.Equal(HttpStatusCode.Forbidden, (await looking.Get("/fast-order")).Status);
    }

    [Fact]
    public async Task In_a_session_that_is_not_for_one_order_the_page_works_on_its_cart()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await Karim(shop)).Assisting("ines");
        await inside.Put("P-300", "1");
        var page = await inside.Submit(await inside.Get("/fast-order"), "#fast-order", ("Input.Sku", "P-100"), ("Input.Quantity", "2"));
        Assert.Equal(["P-300 1", "P-100 2"], page.Lines());
        var placed = await inside.Submit(page, "#fast-order", ("Input.Place", "true"));
        Assert.Contains("/account/orders/SO-", placed.Location, StringComparison.Ordinal);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session where status = 'active'"));
    }

    private static async Task<Visitor> Karim(TestShop shop, bool mayAdjust = true)
    {
        await shop.Sql($"update staff set may_adjust_prices = {(mayAdjust ? "true" : "false")} where email = 'karim@onbehalf.example'");
        return await shop.As("karim");
    }

    // Through the search of the page, as a rep does it.
    private static async Task<Visitor> Begin(Visitor karim)
    {
        var found = await karim.Get("/staff/customers?q=nordlicht&to=%2Ffast-order");
        return await Start(karim, found.Document.QuerySelectorAll("a[href*='/act/']").First(link => link.TextContent.Contains("Ines", StringComparison.Ordinal)).GetAttribute("href")!);
    }

    private static async Task<Visitor> Start(Visitor karim, string path)
    {
        var begun = await karim.Submit(await karim.Get(path), "main form");
        Assert.EndsWith("/fast-order", begun.Location, StringComparison.Ordinal);
        return karim.Inside(begun.Location!);
    }
}
