using OnBehalf.Tests.Import;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Pricing;

/// <summary>What a customer pays for the drill (base price 100.00, Dealer prices 90.00, from 10 85.00) by all that the shop has agreed.</summary>
public sealed class PriceSourceTests
{
    private const string Lists =
        "code,name,currency,source,for_everybody,percent,valid_from,valid_until\n"
        + "customer,Customer,EUR,company-product,,,,\n"
        + "retail,Retail prices,EUR,group,,,,\n"
        + "old,Old contract,EUR,contract,,,2020-01-01,2021-01-01\n"
        + "coming,Coming contract,EUR,contract,,,2199-01-01,\n"
        + "francs,Contract in francs,CHF,contract,,,,\n"
        + "sale,Spring sale,EUR,promotion,true,5,,\n"
        + "others,Of others,EUR,contract,,,,\n";

    private const string Prices =
        "price_list_code,sku,min_quantity,unit_price\ncustomer,P-100,,95.00\nretail,P-100,,93.00\nold,P-100,,1.00\ncoming,P-100,,2.00\nfrancs,P-100,,3.00\nothers,P-100,,4.00\n";

    [Fact]
    public async Task Every_source_counts_where_it_was_given_and_staff_are_told_why()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["customer_groups.csv"] = "code,name\nretail,Retail\n";
        box["customer_terms.csv"] = "company_number,email,customer_group_code\nN-1001,,retail\n,carla@buyers.example,retail\n";
        box["price_lists.csv"] = Lists;
        box["prices.csv"] = Prices;
        box["price_list_discounts.csv"] = "price_list_code,category_code,percent\nsale,tools,20\n";
        box["price_list_companies.csv"] =
            "price_list_code,company_number\ncustomer,N-1001\nold,N-1001\ncoming,N-1001\nfrancs,N-1001\nothers,N-1003\n";
        box["price_list_groups.csv"] = "price_list_code,customer_group_code\nretail,retail\n";
        Assert.Empty(await box.Faults());
        var shop = box.Shop;

        // Nordlicht: of its own price, its list and its group the first; nothing that is over, to come, in francs or of others.
        var inside = await (await shop.As("karim")).Assisting("ines");
        Assert.Equal(
            [
                "Customer 95.00 EUR A company price of the article counts first.", "Dealer prices 90.00 EUR Counts after a company price of the article.",
                "Retail prices 93.00 EUR Counts after a company price of the article.", "Spring sale, 20 % off 80.00 EUR Counts after a company price of the article.",
                "Spring sale, 5 % off 95.00 EUR A closer category has its own discount.", "Base price 100.00 EUR Counts after a company price of the article.",
            ],
            await Why(inside, "/product/P-100"));
        await inside.Post("/cart/lines", [("sku", "P-100"), ("quantity", "10")], from: "/product/P-100");
        Assert.Contains("Dealer prices, from 10 85.00 EUR Counts after a company price of the article.", await Why(inside, "/cart"));
        Assert.Contains("950.00", (await inside.Get("/cart")).Text);

        // The administrator lets the lowest count.
        var ada = await shop.As("ada");
        const string lowest = "contract = company-product = list = group = promotion = company = category = volume = base";
        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[pricing.precedence]", lowest));
        Assert.Equal("Spring sale, 20 % off 80.00 EUR The lowest of those that count alike.", (await Why(inside, "/cart"))[0]);
        Assert.Contains("pricing.precedence", await shop.Dump("setting"));

        // Others: the group of a private customer, the promotion for everybody; nobody of them is told why.
        Assert.Contains("Spring sale, 20 % off", await PriceOf(shop, "carla"));
        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[pricing.precedence]", OnBehalf.Pricing.PricePrecedence.Text));
        Assert.Contains("Retail prices", await PriceOf(shop, "carla"));
        Assert.Contains("Spring sale, 20 % off", await PriceOf(shop, "paul"));
        var refused = await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[pricing.precedence]", "base > contract"));
        Assert.Contains("Which price counts: contract, company-product, list", refused.Text);
    }

    [Fact]
    public async Task Faults_of_price_lists_are_named_where_they_stand()
    {
        await using var box = await ImportBox.Open(peopled: true);
        box["price_lists.csv"] = "code,name,currency,source,percent\na,A,EUR,gift,\nb,B,EUR,list,101\n";
        box["price_list_companies.csv"] = "price_list_code,company_number\ndealer,N-9\n";
        box["price_list_groups.csv"] = "price_list_code,customer_group_code\ndealer,none\n";
        box["price_list_discounts.csv"] = "price_list_code,category_code,percent\ndealer,none,5\n";
        var faults = await box.Faults();
        Assert.Equal(5, faults.Length);
        Assert.Contains(faults, fault => fault.StartsWith("price_lists.csv, line 2, source 'gift'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("price_lists.csv, line 3, percent '101'", StringComparison.Ordinal));
    }

    private static async Task<string[]> Why(Visitor visitor, string path) =>
        [.. (await visitor.Get(path)).Document.QuerySelectorAll(".price-why li").Select(line => string.Join(' ', line.TextContent.Replace('\u00A0', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    private static async Task<string> PriceOf(TestShop shop, string buyer)
    {
        var page = await (await shop.As(buyer)).Get("/product/P-100");
        Assert.Empty(page.Document.QuerySelectorAll(".price-why"));
        return page.Document.QuerySelector(".product-source")!.TextContent;
    }
}
