using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Import;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Pricing;

/// <summary>Amounts with tax for who sees them so, rates of several classes, and where tax is rounded.</summary>
public sealed class GrossPriceTests
{
    private const string Reduced = "insert into tax_rate (country, region, tax_class, rate_millionths) values ('DE', '', 'reduced', 70000)";

    [Fact]
    public async Task A_company_that_sees_amounts_with_tax_sees_them_so_from_the_list_to_the_invoice_and_in_a_session_too()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql(Reduced);
        await shop.Sql("update product set tax_class = 'reduced' where sku = 'P-200'");
        var (ada, ines, vera) = (await shop.As("ada"), await shop.As("ines"), await shop.As("vera"));
        Assert.Contains("90.00", (await ines.Get("/search?q=drill")).Text);
        await ada.Submit(await ada.Get("/admin/customers/N-1001/terms"), "main form", ("Input.ShowsGross", "true"));
        Assert.Contains("pricing.display-changed", await shop.Facts());
        Assert.True((await ada.Get("/admin/customers/N-1001/terms")).Document.QuerySelector("[name='Input.ShowsGross']")!.HasAttribute("checked"));

        var list = await ines.Get("/search?q=drill");
        Assert.Contains("107.10", list.Document.QuerySelector(".product-price")!.TextContent);
        Assert.Contains("119.00", list.Document.QuerySelector(".product-source")!.TextContent);
        Assert.NotNull(list.Document.QuerySelector("#with-tax"));
        Assert.Contains("with 19 % tax", (await ines.Get("/product/P-100")).Text);
        Assert.Contains("107.10", (await (await vera.Assisting("ines")).Get("/product/P-100")).Text);

        await ines.Put("P-200", "3");
        await ines.Put("P-100", "1");
        var cart = await ines.Get("/cart");
        Assert.Contains("107.10", cart.Line("P-100"));
        Assert.Contains("4.01", cart.Line("P-200"));
        Assert.Contains("111.11", cart.Document.QuerySelector("#subtotal")!.TextContent);
        var checkout = await ines.Get("/checkout");
        var review = checkout.Document.QuerySelector("#review")!.TextContent;
        Assert.All(["107.10", "4.01", "11.78", "122.89", "Contains tax 7 % on", "Contains tax 19 % on"], part => Assert.Contains(part, review, StringComparison.Ordinal));
        var number = (await ines.Place(checkout)).OrderNumber();
        foreach (var path in new[] { $"/account/orders/{number}", $"/account/orders/{number}/print" })
        {
            var page = await ines.Get(path);
            Assert.All(["107.10", "4.01", "111.11", "11.78", "122.89", "Contains tax 7 %"], part => Assert.Contains(part, page.Text, StringComparison.Ordinal));
        }

        Assert.Contains("Articles: 111.11 EUR", (await shop.Dump("mail")).Replace('\u00A0', ' '), StringComparison.Ordinal);
        await Step(vera, number, "shipped");
        await Step(vera, number, "invoiced");
        var invoice = await ines.Get($"/account/orders/{number}/documents/2");
        Assert.All(["107.10", "4.01", "111.11", "11.78", "122.89"], part => Assert.Contains(part, invoice.Text, StringComparison.Ordinal));
        Assert.Equal(2, invoice.Document.QuerySelectorAll(".tax-row").Length);
    }

    [Fact]
    public async Task Private_customers_see_amounts_with_tax_where_the_country_of_the_shop_is_known_and_a_package_says_it_of_companies()
    {
        await using var shop = await TestShop.Start();
        var (ada, carla) = (await shop.As("ada"), await shop.As("carla"));
        Assert.Contains("100.00", (await carla.Get("/product/P-100")).Document.QuerySelector(".product-price")!.TextContent);
        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[shop.country]", "DE"));
        Assert.Contains("119.00", (await carla.Get("/product/P-100")).Document.QuerySelector(".product-price")!.TextContent);

        await using var box = await ImportBox.Open(peopled: true);
        box["customer_terms.csv"] = "company_number,email,gross_prices\nN-1001,,true\n";
        Assert.Empty(await box.Faults());
        Assert.Equal(1L, await box.Shop.Scalar<long>("select count(*) from customer_terms where case when shows_gross then 1 else 0 end = 1"));
    }

    [Fact]
    public async Task An_invoice_has_a_row_for_each_rate_and_a_column_for_what_coupons_took_off()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql(Reduced);
        await shop.Sql("update product set tax_class = 'reduced' where sku = 'P-200'");
        var (ada, ines, vera) = (await shop.As("ada"), await shop.As("ines"), await shop.As("vera"));
        await ada.Submit(await ada.Get("/admin/coupons"), "#new", ("Input.Code", "TEN"), ("Input.Name", "Ten off"), ("Input.Kind", "percent"), ("Input.Percent", "10"));
        await ines.Put("P-200", "4");
        await ines.Put("P-100", "2");
        var checkout = await ines.Submit(await ines.Get("/checkout"), "#checkout", ("Input.Coupons", "TEN"));
        var number = (await ines.Place(checkout)).OrderNumber();
        await Step(vera, number, "shipped", ("Input.Parts[1]", "2"), ("Input.Parts[2]", "1"));
        await Step(vera, number, "invoiced");
        var invoice = await ines.Get($"/account/orders/{number}/documents/2");
        Assert.Equal(["No.", "Article", "Quantity", "Price", "Discount", "Total"], invoice.Document.QuerySelectorAll(".paper-lines th").Select(cell => cell.TextContent));
        Assert.Equal(2, invoice.Document.QuerySelectorAll(".tax-row").Length);
        Assert.Contains("Tax 7 % on", invoice.Text);
        Assert.Contains("Tax 19 % on", invoice.Text);
        Assert.Equal(2L, await shop.Scalar<long>("select count(*) from order_step_tax"));
        Assert.Equal(await shop.Scalar<long>("select tax_minor from order_step where kind = 'invoiced'"), await shop.Scalar<long>("select cast(sum(tax_minor) as bigint) from order_step_tax"));
        Assert.Equal(2, (await ines.Get($"/account/orders/{number}")).Document.QuerySelectorAll(".tax-row").Length);
    }

    [Fact]
    public async Task Tax_is_rounded_for_each_line_by_setting_and_an_order_keeps_how_it_was()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update tax_rate set rate_millionths = 55000 where country = 'DE'");
        await shop.Sql("update product set price_minor = 99 where sku in ('P-200', 'P-300')");
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await ines.Put("P-200", "1");
        await ines.Put("P-300", "1");
        var checkout = await ines.Submit(await ines.Get("/checkout"), "#checkout", ("Input.Method", "pickup"));
        Assert.Contains("2.09", checkout.Total());
        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[pricing.tax-basis]", "line"));

        // The page that somebody still has open shows another total.
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Place(checkout)).Status);
        checkout = await ines.Submit(await ines.Get("/checkout"), "#checkout", ("Input.Method", "pickup"));
        Assert.Contains("2.08", checkout.Total());
        var number = (await ines.Place(checkout)).OrderNumber();
        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[pricing.tax-basis]", "document"));
        Assert.Contains("Tax 5.5 % on", (await ines.Get($"/account/orders/{number}")).Text);
        Assert.Equal(10, await shop.Scalar<int>("select tax_minor from orders"));
    }

    [Fact]
    public async Task An_article_of_a_class_without_a_rate_is_not_ordered_without_tax()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-200", "1");
        var checkout = await ines.Get("/checkout");
        await shop.Sql("update product set tax_class = 'reduced' where sku = 'P-200'");
        Assert.Contains("We do not know the tax", (await ines.Get("/checkout")).Document.QuerySelector("#tax-missing")!.TextContent);
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Place(checkout)).Status);
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from orders"));
    }

    private static async Task Step(Visitor visitor, string number, string kind, params (string, string)[] fields) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Submit(await visitor.Get($"/admin/orders/{number}/steps/{kind}"), "#step", fields)).Status);
}
