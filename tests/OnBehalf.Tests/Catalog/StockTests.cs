using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Catalog;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Import;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>What is in the warehouse is promised once.</summary>
public sealed class StockTests
{
    private const string Stock = "/admin/articles/P-100/stock";

    [Fact]
    public async Task An_order_reserves_gives_back_what_is_cancelled_takes_what_is_shipped_and_brings_back_what_is_returned()
    {
        await using var shop = await TestShop.Start();
        var (ada, vera, ines) = (await shop.As("ada"), await shop.As("vera"), await shop.As("ines"));
        await Keep(shop, StockLevel.Held);
        await ada.Submit(await ada.Get(Stock), "#stock", ("Input.OnHand", "10"));
        Assert.Contains("In stock", (await ines.Get("/product/P-100")).Text);
        var number = await ines.Order("P-100", "6");
        Assert.Equal("10000 6000", await Numbers(shop));
        Assert.Contains("Few left", (await ines.Get("/product/P-100")).Text);

        // More than is left is told in the cart, and is no order.
        await ines.Put("P-100", "5");
        Assert.Contains("There are only 4 of P-100 left", (await ines.Get("/cart")).Text);

        await Step(vera, number, "shipped", ("Input.Parts[1]", "4"));
        Assert.Equal("6000 2000", await Numbers(shop));
        await Step(vera, number, "cancelled", ("Input.Parts[1]", "1"), ("Input.Reason", "customer-wish"));
        Assert.Equal("6000 1000", await Numbers(shop));
        await Step(vera, number, "returned", ("Input.Parts[1]", "3"), ("Input.Reason", "damaged"));
        Assert.Equal("9000 1000", await Numbers(shop));

        // What the buyer cancels himself is free again, as what staff cancel.
        var second = await ines.Order("P-100", "2");
        Assert.NotEqual("9000 1000", await Numbers(shop));
        var cancelled = await ines.Submit(await ines.Get($"/account/orders/{second}/steps/cancelled"), "#step", ("Input.Reason", "customer-wish"));
        Assert.Equal(HttpStatusCode.SeeOther, cancelled.Status);
        Assert.Equal("9000 1000", await Numbers(shop));

        // What somebody counted before an order took some is not stored over it.
        var old = await ada.Get(Stock);
        await Step(vera, number, "shipped", ("Input.Parts[1]", "1"));
        Assert.Contains("Meanwhile there are 8", (await ada.Submit(old, "#stock", ("Input.OnHand", "20"))).Text);
        await ada.Submit(await ada.Get(Stock), "#stock", ("Input.OnHand", "0"), ("Input.BackOn", "2999-12-03"));
        Assert.Contains("Back on 3 Dec 2999", (await ines.Get("/product/P-100")).Text);
        Assert.Equal(["catalog.stock-changed", "catalog.stock-changed", "catalog.stock-changed"], (await shop.Facts()).Where(fact => fact == "catalog.stock-changed"));
    }

    [Fact]
    public async Task Two_orders_at_once_never_get_the_same_piece()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await Keep(shop, StockLevel.Held);
        await ada.Submit(await ada.Get(Stock), "#stock", ("Input.OnHand", "10"));
        var pages = new List<(Visitor Who, Answer Checkout)>();
        foreach (var name in new[] { "ines", "paul", "jonas", "mira" })
        {
            var who = await shop.As(name);
            await who.Put("P-100", "4");
            pages.Add((who, await who.Get("/checkout")));
        }

        var answers = await Task.WhenAll(pages.Select(one => one.Who.Place(one.Checkout)));
        Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.SeeOther));
        Assert.Equal("10000 8000", await Numbers(shop));
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from orders"));
        Assert.Contains(answers, answer => answer.Text.Contains("There are only 2 of P-100 left", StringComparison.Ordinal) || answer.Text.Contains("can no longer be ordered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shown_only_stock_holds_nobody_and_off_it_is_not_told()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await ada.Submit(await ada.Get(Stock), "#stock", ("Input.OnHand", "1"));
        Assert.Null((await ines.Get("/product/P-100")).Document.GetElementById("availability"));
        await ines.Order("P-100", "3");
        Assert.Equal("1000 0", await Numbers(shop));
        await Keep(shop, StockLevel.Shown);
        await ines.Order("P-100", "3");
        Assert.Equal("1000 3000", await Numbers(shop));
        Assert.Equal("On request", (await ines.Get("/product/P-100")).Document.GetElementById("availability")!.TextContent.Trim());
    }

    [Fact]
    public async Task Stock_comes_by_import_and_what_is_promised_stays()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["stock.csv"] = "sku,on_hand,back_on\nP-100,12,\nP-200,0,2190-01-02\n";
        Assert.Empty(await box.Faults());
        await box.Shop.Sql("update stock set reserved_thousandths = 2000 where on_hand_thousandths = 12000");
        box["stock.csv"] = "sku,on_hand\nP-100,7.5\n";
        Assert.Empty(await box.Faults());
        Assert.Equal("7500 2000", await Numbers(box.Shop));
        box["stock.csv"] = "sku,on_hand\nP-100,-1\nnone,1\n";
        Assert.Equal(2, (await box.Faults()).Length);
    }

    [Fact]
    public async Task A_file_of_products_without_their_kind_leaves_it()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["products.csv"] = "sku,name,unit_price,currency,kind\nP-100,Drill,9.00,EUR,service\n";
        Assert.Empty(await box.Faults());
        box["products.csv"] = "sku,name,unit_price,currency\nP-100,Drill,8.00,EUR\nP-900,New,8.00,EUR\n";
        Assert.Empty(await box.Faults());
        Assert.Equal("800 service", await box.Shop.Scalar<string>("select price_minor || ' ' || kind from product where sku = 'P-100'"));
        Assert.Equal("physical", await box.Shop.Scalar<string>("select kind from product where sku = 'P-900'"));
    }

    private static Task<Answer> Step(Visitor vera, string number, string kind, params (string Name, string Value)[] fields) => Step(vera, $"/admin/orders/{number}/steps/{kind}", fields);

    private static async Task<Answer> Step(Visitor vera, string path, (string Name, string Value)[] fields)
    {
        var done = await vera.Submit(await vera.Get(path), "#step", fields);
        Assert.Equal(HttpStatusCode.SeeOther, done.Status);
        return done;
    }

    private static async Task Keep(TestShop shop, string how) =>
        Assert.False((await shop.Services.GetRequiredService<ShopSettings>().Change(Caller.Machine("test"), [(ShopSettings.Stock, null, how)])).IsRefused);

    private static Task<string> Numbers(TestShop shop) => shop.Scalar<string>(
        "select cast(s.on_hand_thousandths as text) || ' ' || cast(s.reserved_thousandths as text) from stock s join product p on p.id = s.product_id where p.sku = 'P-100'");
}
