using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>What staff do with a placed order, and what the buyer sees of it.</summary>
public sealed class OrderStepTests
{
    [Fact]
    public async Task Half_is_shipped_and_invoiced_and_the_rest_cancelled_and_the_buyer_sees_and_reads_it()
    {
        await using var shop = await TestShop.Start();
        var (ines, vera) = (await shop.As("ines"), await shop.As("vera"));
        await ines.Put("P-200", "4");
        var number = await ines.Order("P-100", "10");
        var office = $"/admin/orders/{number}";

        var page = await vera.Get(office);
        Assert.Equal(["Confirm", "Ship", "Cancel"], page.Document.QuerySelectorAll("#next button, #next a").Select(way => way.TextContent.Trim()));
        page = await vera.Follow(await vera.Submit(page, "#next form"));
        Assert.Contains("Confirmed", page.Document.QuerySelector("#steps")!.TextContent);

        var ship = await vera.Get(office + "/steps/shipped");
        var tooMuch = await vera.Submit(ship, "#step", ("Input.Parts[1]", "99"), ("Input.Parts[2]", "x"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMuch.Status);
        Assert.Equal("A number, such as 5.", tooMuch.Document.QuerySelector("#part-error-2")!.TextContent);
        Assert.Equal("At most 4.", (await vera.Submit(ship, "#step", ("Input.Parts[1]", "99"))).Document.QuerySelector("#part-error-1")!.TextContent);
        Assert.Equal("confirmed", await shop.Scalar<string>("select status from orders"));
        Assert.Equal(office, (await vera.Submit(ship, "#step", ("Input.Parts[1]", "2"), ("Input.Parts[2]", "5"), ("Input.Note", "Parcel 12345"))).Location);

        // The page that somebody still has open shows what is no longer so.
        Assert.Equal(HttpStatusCode.Conflict, (await vera.Submit(ship, "#step", ("Input.Parts[1]", "2"), ("Input.Parts[2]", "5"))).Status);
        Assert.Equal("partly-shipped", await shop.Scalar<string>("select status from orders"));

        Assert.Equal(office, (await vera.Submit(await vera.Get(office + "/steps/invoiced"), "#step")).Location);
        var cancel = await vera.Get(office + "/steps/cancelled");
        Assert.Contains("Choose why", (await vera.Submit(cancel, "#step")).Text);
        Assert.Equal(office, (await vera.Submit(cancel, "#step", ("Input.Reason", "not-available"))).Location);
        Assert.Equal("invoiced", await shop.Scalar<string>("select status from orders"));
        await vera.Submit(await vera.Get(office), "#next form");
        Assert.Equal("paid", await shop.Scalar<string>("select status from orders"));
        Assert.Equal(["orders.confirmed", "orders.shipped", "orders.invoiced", "orders.cancelled", "orders.payment-received", "orders.paid"], (await shop.Facts()).TakeLast(6));
        Assert.Equal(1L, await shop.Scalar<long>("select count(*) from mail where kind = 'order-shipped'"));
        Assert.Equal(1L, await shop.Scalar<long>("select count(*) from mail where kind = 'order-cancelled'"));

        var seen = await ines.Get($"/account/orders/{number}");
        Assert.Contains("2 shipped, 2 cancelled", seen.Text);
        Assert.Contains("5 shipped, 5 cancelled", seen.Text);
        Assert.Contains("Parcel 12345", seen.Text);
        Assert.Contains("Not available", seen.Text);
        var note = await ines.Get($"/account/orders/{number}/documents/2");
        Assert.Contains($"Delivery note {number}-1", note.Text);
        var invoice = await ines.Get($"/account/orders/{number}/documents/3");
        Assert.Matches("Invoice IN-20[0-9][0-9]-000001", invoice.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get($"/account/orders/{number}/documents/1")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("carla")).Get($"/account/orders/{number}/documents/3")).Status);

        // Half of the lines and all of the shipping, with the tax on it.
        Assert.Equal(
            await shop.Scalar<long>("select lines_minor + 2 * shipping_minor from orders"), await shop.Scalar<long>("select 2 * lines_minor + 2 * shipping_minor from order_step where kind = 'invoiced'"));
        Assert.Equal(
            await shop.Scalar<long>("select lines_minor + shipping_minor + tax_minor from order_step where kind = 'invoiced'"), await shop.Scalar<long>("select total_minor from order_step where kind = 'invoiced'"));
    }

    [Fact]
    public async Task What_came_back_is_credited_as_far_as_it_was_invoiced()
    {
        await using var shop = await TestShop.Start();
        var (ines, vera) = (await shop.As("ines"), await shop.As("vera"));
        var number = await ines.Order("P-100", "10");
        await Step(vera, number, "shipped");
        await Step(vera, number, "returned", ("Input.Parts[1]", "2"), ("Input.Reason", "damaged"));
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from order_step where document is not null and kind = 'returned'"));
        await Step(vera, number, "invoiced");
        await Step(vera, number, "returned", ("Input.Reason", "customer-wish"));
        Assert.Equal("returned", await shop.Scalar<string>("select status from orders"));
        Assert.Equal(
            await shop.Scalar<long>("select lines_minor from order_step where kind = 'invoiced'"), await shop.Scalar<long>("select lines_minor from order_step where kind = 'returned' and document is not null"));
        Assert.Contains("Credit note CN-", (await ines.Get($"/account/orders/{number}")).Text);
    }

    [Fact]
    public async Task Only_who_may_takes_an_order_along_and_only_one_that_is_placed_and_kept_here()
    {
        await using var shop = await TestShop.Start();
        var (ines, vera, karim) = (await shop.As("ines"), await shop.As("vera"), await shop.As("karim"));
        var number = await ines.Order();
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get($"/admin/orders/{number}/steps/shipped")).Status);
        Assert.Null((await karim.Get($"/staff/orders/{number}")).Document.QuerySelector("#next"));
        var form = await vera.Get($"/admin/orders/{number}/steps/shipped");
        foreach (var (change, code) in new[] { ("is_imported = true", "came from another system"), ("is_imported = false, status = 'waiting-for-approval'", "was not placed") })
        {
            await shop.Sql($"update orders set {(shop.Database.Kind == Data.DatabaseKind.Sqlite ? change.Replace("true", "1", StringComparison.Ordinal).Replace("false", "0", StringComparison.Ordinal) : change)}");
            var refused = await vera.Submit(form, "#step");
            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            Assert.Contains(code, refused.Text);
            Assert.Equal($"/admin/orders/{number}", (await vera.Get($"/admin/orders/{number}/steps/shipped")).Location);
        }

        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from order_step"));
    }

    private static async Task Step(Visitor visitor, string number, string kind, params (string, string)[] fields) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Submit(await visitor.Get($"/admin/orders/{number}/steps/{kind}"), "#step", fields)).Status);
}
