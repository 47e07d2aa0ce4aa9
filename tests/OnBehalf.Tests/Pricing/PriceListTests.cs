using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Pricing;

public sealed class PriceListTests
{
    private const string Lists = "/admin/prices";
    private const string Spring = "/admin/prices/spring";

    [Fact]
    public async Task A_file_has_all_prices_of_a_list_and_no_amount_is_ever_converted()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("""
            insert into price (price_list_id, product_id, min_quantity_thousandths, price_minor, price_per)
            with recursive n (i) as (select 20 union all select i + 1 from n where i < 100020)
            select l.id, p.id, n.i * 1000, 100 + n.i, 1 from n, price_list l, product p where l.code = 'dealer' and p.sku = 'P-100'
            """);
        var file = (await (await shop.As("ada")).Get("/admin/prices/dealer/prices.csv")).Html.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((100_004, 100_004), (file.Length, file.Distinct().Count()));

        var paul = await shop.As("paul");
        Assert.Contains("Price on request", (await paul.Get("/product/P-400")).Text);
        await shop.Sql("update company set currency = 'CHF' where number = 'N-1002'");
        Assert.Contains("49.90", (await paul.Get("/product/P-400")).Text);
        Assert.Contains("Price on request", (await paul.Get("/product/P-100")).Text);
    }

    [Fact]
    public async Task An_administrator_makes_a_price_list_gives_it_and_customers_pay_by_it()
    {
        await using var shop = await TestShop.Start();
        var (ada, paul) = (await shop.As("ada"), await shop.As("paul"));
        await ada.Submit(await ada.Get("/admin/customer-groups"), "#new", ("Input.Code", "retail"), ("Input.Name", "Retail"));
        await ada.Submit(await ada.Get("/admin/customers/N-1002/terms"), "main form", ("Input.Group", "retail"));
        await ada.Submit(
            await ada.Get(Lists), "#new", ("Input.Code", "spring"), ("Input.Name", "Spring prices"), ("Input.Currency", "EUR"), ("Input.Source", "promotion"), ("Input.Until", "2999-12-31"));
        Assert.Contains("base price", await PriceOf(paul), StringComparison.OrdinalIgnoreCase);

        await ada.Submit(await ada.Get(Spring), "#lines", ("Part.Lines", "sku;min_quantity;unit_price\nP-100;;92.00\nP-100;5;88.50\nP-300;;18.00\n"));
        await ada.Submit(await ada.Get(Spring), "#group", ("Part.Group", "retail"));
        Assert.Contains("Spring prices", await PriceOf(paul));

        // A percentage of a category counts where the list names no price.
        await ada.Submit(await ada.Get(Spring), "#lines", ("Part.Lines", "P-100;1;\nP-100;5;\n"));
        await ada.Submit(await ada.Get(Spring), "#discount", ("Part.Category", "tools"), ("Part.Off", "7.5"));
        Assert.Contains("Spring prices, 7.5 % off", await PriceOf(paul));
        Assert.Equal("price_list_code,sku,min_quantity,unit_price\r\nspring,P-300,1,18.00\r\n", (await ada.Get($"{Spring}/prices.csv")).Html.ReplaceLineEndings("\r\n"));

        // Over since yesterday: what was agreed before counts again.
        await ada.Submit(await ada.Get(Spring), "#list", ("Input.From", "2020-01-01"), ("Input.Until", "2020-12-31"));
        Assert.Contains("base price", await PriceOf(paul), StringComparison.OrdinalIgnoreCase);
        var again = await ada.Get(Spring);
        Assert.Equal("2020-12-31", again.Document.QuerySelector("[name='Input.Until']")!.GetAttribute("value"));

        await ada.Submit(again, "#company", ("Part.Whom", "N-1001"));
        Assert.Contains("Nordlicht GmbH", (await ada.Get(Spring)).Text);
        Assert.Equal(
            [
                "pricing.group-added", "pricing.customer-group-changed", "pricing.list-added", "pricing.price-changed", "pricing.price-changed", "pricing.price-changed",
                "pricing.list-given", "pricing.price-changed", "pricing.price-changed", "pricing.discount-changed", "pricing.list-changed", "pricing.list-changed", "pricing.list-given",
            ],
            (await shop.Facts()).Where(fact => fact.StartsWith("pricing.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Lines_that_will_not_do_stand_beside_their_reason_and_nothing_is_stored()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var before = await shop.Dump("price");
        var answer = await ada.Submit(
            await ada.Get("/admin/prices/dealer"), "#lines", ("Part.Lines", "P-100;1;80.00\nP-999;1;5.00\nP-200;0;1.00\nP-200;1;1.005\nP-200\nP-100;1;70.00\n"));

        Assert.Equal(
            ["Line 2", "Line 3", "Line 4", "Line 5", "Line 6"], answer.Document.QuerySelectorAll("#faults li").Select(line => line.TextContent.Trim()[..6]));
        Assert.Contains("No article has this number.", answer.Text);
        Assert.Equal(before, await shop.Dump("price"));
    }

    [Fact]
    public async Task Who_looked_at_an_older_list_does_not_take_back_what_somebody_else_has_changed()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var old = await ada.Get("/admin/prices/dealer");
        await ada.Submit(await ada.Get("/admin/prices/dealer"), "#list", ("Input.Name", "Prices for dealers"));
        Assert.Contains("Somebody has changed this price list meanwhile", (await ada.Submit(old, "#list", ("Input.Name", "Dealers"))).Text);
        Assert.Contains("this list has prices", (await ada.Submit(await ada.Get("/admin/prices/dealer"), "#list", ("Input.Currency", "CHF"))).Text);
        Assert.Contains("Prices for dealers", (await ada.Get(Lists)).Text);
    }

    private static async Task<string> PriceOf(Visitor visitor) => (await visitor.Get("/product/P-100")).Document.QuerySelector(".product-source")!.TextContent;
}
