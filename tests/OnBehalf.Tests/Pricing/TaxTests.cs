using OnBehalf.Tests.Import;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Pricing;

public sealed class TaxTests
{
    private const string Terms = "/admin/customers/N-1001/terms";

    [Fact]
    public async Task A_company_with_a_certificate_buys_without_tax_while_it_counts_and_every_paper_says_so()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: "/product/P-100");
        Assert.Contains("Tax 19 %", (await ines.Get("/checkout")).Text);

        await ada.Submit(await ada.Get(Terms), "main form", ("Input.Exemption", "C-77"), ("Input.From", "2020-01-01"), ("Input.Until", "2020-12-31"));
        Assert.Contains("Tax 19 %", (await ines.Get("/checkout")).Text);
        await ada.Submit(await ada.Get(Terms), "main form", ("Input.Until", "2099-12-31"));
        Assert.Equal(["pricing.exemption-changed", "pricing.exemption-changed"], (await shop.Facts()).Where(fact => fact.StartsWith("pricing.", StringComparison.Ordinal)));
        var checkout = await ines.Get("/checkout");
        Assert.Equal("Without tax: certificate of exemption C-77.", checkout.Document.QuerySelector("#tax-note")!.TextContent);
        Assert.DoesNotContain("Tax 19 %", checkout.Text);

        var placed = await ines.Submit(checkout, "#checkout", ("Input.Place", "true"));
        var number = placed.Location!.Split('/', '?')[^2];
        foreach (var path in new[] { $"/account/orders/{number}", $"/account/orders/{number}/print" })
        {
            Assert.Equal("Without tax: certificate of exemption C-77.", (await ines.Get(path)).Document.QuerySelector("#tax-note")!.TextContent);
        }

        Assert.Contains("certificate of exemption C-77", await shop.Dump("mail"));
        Assert.Equal(0, await shop.Scalar<int>("select tax_minor from orders"));
        Assert.Contains("this is before it begins", (await ada.Submit(await ada.Get(Terms), "main form", ("Input.Until", "2019-12-31"))).Text);
    }

    [Fact]
    public async Task Goods_for_a_company_in_another_country_of_the_Union_go_without_tax_when_the_shop_says_where_it_is()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update company set tax_id = 'ATU12345675' where number = 'N-1001'; update address set country = 'AT'");
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: "/product/P-100");
        Assert.Contains("Tax 20 %", (await ines.Get("/checkout")).Text);

        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[shop.vat-country]", "DE"));
        Assert.Contains("VAT id of the recipient: ATU12345675", (await ines.Get("/checkout")).Document.QuerySelector("#tax-note")!.TextContent);
        await shop.Sql("update address set country = 'DE'");
        Assert.Contains("Tax 19 %", (await ines.Get("/checkout")).Text);
    }

    [Fact]
    public async Task A_certificate_comes_by_import_and_only_for_a_company()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["customer_terms.csv"] = "company_number,email,exemption_number,exemption_until\nN-1001,,C-77,2099-12-31\n";
        Assert.Empty(await box.Faults());
        Assert.Equal("C-77", await box.Shop.Scalar<string>("select exemption_number from customer_terms"));
        box["customer_terms.csv"] = "company_number,email,exemption_number\n,carla@buyers.example,C-78\n";
        Assert.Equal(["customer_terms.csv, line 2, exemption_number 'C-78': Only a company buys without tax."], await box.Faults());
    }
}
