using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Pricing;
using OnBehalf.Pricing;
using OnBehalf.Tests.Performance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>What lists are narrowed by, and that every number beside a choice is the number of articles one gets by it.</summary>
public sealed class FacetTests(AdventureWorks world) : IClassFixture<AdventureWorks>
{
    private const string Dealer = "scott3@adventure-works.com";

    [Theory]
    [InlineData("/category/bikes")]
    [InlineData("/category/bikes?color=Red&color=Black&size=44")]
    [InlineData("/products?color=Silver")]
    [InlineData("/search?q=mountain")]
    [InlineData("/search?q=jersey&size=M")]
    public async Task Each_number_is_what_the_choice_gives(string path)
    {
        var buyer = await world.Buyer(Dealer);
        var page = await buyer.Get(path);
        var links = page.Document.QuerySelectorAll(".facet a:not([aria-current])").Where(link => link.QuerySelector(".facet-count") is not null).ToList();
        Assert.True(links.Count > 3, $"{path} has {links.Count} choices.");
        foreach (var group in links.GroupBy(link => link.Closest("details")!.QuerySelector("summary")!.TextContent).ToList())
        {
            foreach (var link in new[] { group.First(), group.Last() }.Distinct())
            {
                // Where nothing of the kind is chosen the number is all one gets; else it comes on top of what is there.
                var before = page.Document.QuerySelectorAll(".facet-chosen a").Any() && link.Closest("details")!.QuerySelector("[aria-current]") is not null ? Count(page) : 0;
                Assert.Equal(before + int.Parse(link.QuerySelector(".facet-count")!.TextContent, null), Count(await buyer.Get(link.GetAttribute("href")!)));
            }
        }
    }

    [Fact]
    public async Task A_choice_is_a_chip_that_takes_it_back_and_stays_on_the_next_page()
    {
        var page = await world.Shop.Anonymous().Get("/category/bikes?color=Red&size=44&sort=number");
        Assert.All(Numbers(page), number => Assert.Contains("R-44", number));
        Assert.Equal(["Without Red", "Without Size 44"], page.Document.QuerySelectorAll(".facet-chosen li:not(:last-child)").Select(chip => chip.TextContent.Trim()));
        Assert.NotNull(page.Document.QuerySelector(".facet-chosen a[href='/category/bikes?sort=number&size=44']"));
        var black = await world.Shop.Anonymous().Get("/products?color=Black");
        Assert.Contains("color=Black", black.Document.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal("/products?sort=newest&color=Black", black.Document.QuerySelectorAll(".sort-links a")[2].GetAttribute("href"));
    }

    [Fact]
    public async Task What_has_nothing_says_so_and_leads_back()
    {
        var page = await world.Shop.Anonymous().Get("/search?q=helmet&color=Chartreuse");
        Assert.Empty(Numbers(page));
        Assert.Contains("Nothing has all that was chosen", page.Text);
        Assert.NotNull(page.Document.QuerySelector(".empty a[href='/search?q=helmet']"));
    }

    [Fact]
    public async Task Nothing_that_is_not_in_the_assortment_is_counted()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update product set color = case sku when 'P-100' then 'Red' else 'Blue' end where status = 'active'");
        var (ines, ada) = (await shop.As("ines"), await shop.As("ada"));
        Assert.Equal(["Blue 3", "Red 1"], Colors(await ines.Get("/products")));
        await ada.Post("/admin/assortments", [("Input.Code", "most"), ("Input.Name", "Most")], from: "/admin/assortments");
        await ada.Post("/admin/assortments/most", [("Input.Do", "add-articles"), ("Input.Numbers", "P-100 P-200 P-400")], from: "/admin/assortments/most");
        await ada.Post("/admin/assortments/most", [("Input.Do", "give-company"), ("Input.Company", "N-1001")], from: "/admin/assortments/most");
        Assert.Equal(["Blue 2", "Red 1"], Colors(await ines.Get("/products")));
        Assert.Equal(["P-200", "P-400"], Numbers(await ines.Get("/products?color=Blue")).Order());
        Assert.Equal(["P-200"], Numbers(await ines.Get("/search?q=cable&color=Blue")));
        Assert.Equal(["Blue 3", "Red 1"], Colors(await shop.Anonymous().Get("/products")));

        static IEnumerable<string> Colors(Answer page) => page.Document.QuerySelectorAll(".facet a[href*='color=']").Select(link => link.TextContent.Trim());
    }

    [Fact]
    public async Task Who_may_not_see_prices_cannot_ask_for_them()
    {
        var page = await world.Shop.Anonymous().Get("/category/bikes?price=500-1000&sort=price");
        Assert.DoesNotContain("Price", page.Document.QuerySelectorAll(".facet summary").Select(kind => kind.TextContent));
        Assert.Empty(page.Document.QuerySelectorAll(".facet-chosen"));
        Assert.Equal(Numbers(await world.Shop.Anonymous().Get("/category/bikes")), Numbers(page));
    }

    [Fact]
    public async Task The_order_by_price_is_that_of_the_callers_own_prices()
    {
        var buyer = await world.Buyer(Dealer);
        var seen = new List<decimal>();
        for (var page = await buyer.Get("/search?q=frame&sort=price"); ;)
        {
            seen.AddRange(page.Document.QuerySelectorAll(".product-price").Select(price => decimal.Parse(new string([.. price.TextContent.Where(c => char.IsDigit(c) || c == '.')]), System.Globalization.CultureInfo.InvariantCulture)));
            if (page.Document.QuerySelector("a[rel=next]") is not { } next)
            {
                break;
            }

            page = await buyer.Get(next.GetAttribute("href")!);
        }

        Assert.True(seen.Count > 24);
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public async Task The_prices_of_lists_are_those_of_the_engine()
    {
        await using var shop = await TestShop.Start();
        await ManyRows.Enter(shop, 60);
        await using var db = shop.Database.Read();
        var products = await db.Set<ProductRow>().AsTracking().ToListAsync();
        await EnterPrices(db, products);
        var pricing = shop.Services.GetRequiredService<PricingQueries>();
        var company = new CallerCompany(Characters.Nordlicht, "N-1001", "Nordlicht GmbH", "DE", Currency.Of("EUR"), Characters.Dealer, CompanyStatus.Active);
        var caller = new Caller(Actor.Anonymous, new CallerBuyer(Characters.BuyerIdOf("ines"), Characters.MembershipIdOf("ines"), "Ines Albrecht", "", BuyerRole.Purchaser), company, null, Rights.None);
        var engine = await pricing.Prices(db, caller, [.. products.Select(product => product.Id)], default);
        var order = await pricing.Precedence(db, default);
        var parts = OwnPriceQueries.Parts(shop.Database, order, "x");
        var own = (await db.Rows<OwnPrice>(
            $"with recursive x as (select id, category_id, price_minor, price_per, currency from product), {parts} select id as \"Id\", unit as \"Unit\" from own_price",
            "EUR", Characters.Dealer.Value, Characters.Nordlicht.Value, Guid.Empty).ToListAsync(default)).ToDictionary(row => row.Id, row => row.Unit);
        Assert.True(engine.Values.Select(prices => prices.Quote(Quantity.One)?.Source).Distinct().Count() >= 5);
        foreach (var (product, prices) in engine)
        {
            long? unit = prices.Quote(Quantity.One)?.Unit is { } price ? price.Amount.Minor * (1000 / price.PerUnits) : null;
            Assert.Equal(unit, own.TryGetValue(product.Value, out var found) ? found : null);
        }
    }

    // Lists of all sources for everybody, with tiers and percentages at random, the same each time.
    private static async Task EnterPrices(ShopDb db, List<ProductRow> products)
    {
        var random = new Random(11);
        var categories = await db.Set<CategoryRow>().Select(row => row.Id).ToListAsync();
        foreach (var product in products)
        {
            (product.PricePer, product.Currency) = (new[] { 1, 10, 100, 1000 }[random.Next(4)], Currency.Of(random.Next(6) == 0 ? "CHF" : "EUR"));
        }

        foreach (var source in PriceSources.All.Concat(PriceSources.All))
        {
            var list = new PriceListRow
            {
                Id = IId<PriceListId>.New(), Code = $"t-{random.Next()}", Name = "A list", Currency = Currency.Of(random.Next(5) == 0 ? "CHF" : "EUR"), Source = source, ForEverybody = true,
                PercentMillionths = random.Next(3) == 0 ? random.Next(1, 300_000) : null,
            };
            db.Add(list);
            foreach (var product in products.Where(_ => random.Next(4) == 0))
            {
                foreach (var from in new[] { 500, 1_000, 5_000 }.Where(_ => random.Next(2) == 0))
                {
                    db.Add(new PriceRow { PriceListId = list.Id, ProductId = product.Id, MinQuantityThousandths = from, PriceMinor = random.Next(1, 2_000), PricePer = new[] { 1, 10, 100 }[random.Next(3)] });
                }
            }

            foreach (var category in categories.Where(_ => random.Next(6) == 0))
            {
                db.Add(new PriceListDiscountRow { PriceListId = list.Id, CategoryId = category, PercentMillionths = random.Next(1, 500_000) });
            }
        }

        await db.SaveChangesAsync();
    }

    private static IReadOnlyList<string> Numbers(Answer page) => [.. page.Document.QuerySelectorAll("[data-sku]").Select(card => card.GetAttribute("data-sku")!)];

    private static int Count(Answer page) => page.Document.QuerySelector("#count") is { } count ? int.Parse(count.TextContent.Trim().Split(' ')[0], null) : 0;

    public sealed record OwnPrice(Guid Id, long Unit);
}
