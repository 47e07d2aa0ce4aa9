using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>Paging and order of the lists, over the real catalogue of AdventureWorks.</summary>
public sealed class ListTests(AdventureWorks world) : IClassFixture<AdventureWorks>
{
    [Theory]
    [InlineData("/products", "select sku from product where status = 'active' order by sort_name, sku")]
    [InlineData("/products?sort=number", "select sku from product where status = 'active' order by sku")]
    [InlineData("/category/road-frames", "select sku from product where status = 'active' and category_id = (select id from category where code = 'road-frames') order by sort_name, sku")]
    [InlineData("/category/bikes", "select sku from product where status = 'active' and category_id in (select c.id from category c join category p on p.id = c.parent_id where p.code = 'bikes') order by sort_name, sku")]
    [InlineData("/category/bikes?sort=number", "select sku from product where status = 'active' and category_id in (select c.id from category c join category p on p.id = c.parent_id where p.code = 'bikes') order by sku")]
    [InlineData("/products?sort=price", "select sku from product where status = 'active' order by price_minor, sku")]
    [InlineData("/category/bikes?sort=price-down", "select sku from product where status = 'active' and category_id in (select c.id from category c join category p on p.id = c.parent_id where p.code = 'bikes') order by price_minor desc, sku desc")]
    public async Task A_list_can_be_read_to_its_end_and_back(string path, string sql)
    {
        var expected = await Column(sql);
        var buyer = await world.Buyer("scott3@adventure-works.com");
        var pages = new List<IReadOnlyList<string>>();
        var page = await buyer.Get(path);
        pages.Add(Numbers(page));
        while (pages.Count <= expected.Count && page.Document.QuerySelector("a[rel=next]") is { } next)
        {
            page = await buyer.Get(next.GetAttribute("href")!);
            pages.Add(Numbers(page));
        }

        Assert.Equal(expected, pages.SelectMany(numbers => numbers));
        Assert.True(expected.Count > 24 == pages.Count > 1);
        for (var back = pages.Count - 2; back >= 0; back--)
        {
            page = await buyer.Get(page.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
            Assert.Equal(pages[back], Numbers(page));
        }

        Assert.Null(page.Document.QuerySelector("a[rel=prev]"));
    }

    [Theory]
    [InlineData("price", "order by price_minor, sku")]
    [InlineData("price-down", "order by price_minor desc, sku desc")]
    public async Task Who_sees_prices_can_sort_by_them(string sort, string order)
    {
        var bikes = "select sku from product where status = 'active' and category_id = (select id from category where code = 'mountain-bikes')";
        var byName = await Column($"{bikes} order by sort_name, sku");
        Assert.Equal(byName, Numbers(await world.Shop.Anonymous().Get($"/category/mountain-bikes?sort={sort}")));
        var buyer = await world.Buyer("scott3@adventure-works.com");
        Assert.Equal(await Column($"{bikes} {order}"), Numbers(await buyer.Get($"/category/mountain-bikes?sort={sort}")));
    }

    [Fact]
    public async Task A_page_that_is_gone_leads_back_to_the_beginning()
    {
        var answer = await world.Shop.Anonymous().Get("/products?sort=number&after=NO-SUCH");
        Assert.Equal("/products?sort=number", answer.Location);
    }

    [Fact]
    public async Task Dealers_see_their_prices_in_lists()
    {
        var page = await (await world.Buyer("scott3@adventure-works.com")).Get("/category/road-frames");
        var card = page.Document.QuerySelector("[data-sku='FR-R92B-58']")!;
        Assert.Equal("858.90\u00a0USD", card.QuerySelector(".product-price")!.TextContent.Trim());
        Assert.Contains("from 10: 815.96", card.TextContent.Replace('\u00a0', ' '));
    }

    [Fact]
    public async Task The_first_page_shows_the_roots_and_articles_of_different_kinds()
    {
        var home = await world.Shop.Anonymous().Get("/");
        Assert.Equal(["Bikes", "Components", "Clothing", "Accessories"], home.Document.QuerySelectorAll(".category-name").Select(name => name.TextContent.Trim()));
        Assert.Equal(8, Numbers(home).Count);
        Assert.All(home.Document.QuerySelectorAll(".product-card img"), picture => Assert.StartsWith("/pictures/", picture.GetAttribute("src")));
    }

    private static IReadOnlyList<string> Numbers(Answer page) => [.. page.Document.QuerySelectorAll("[data-sku]").Select(card => card.GetAttribute("data-sku")!)];

    private async Task<List<string>> Column(string sql)
    {
        await using var connection = await world.Shop.Database.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
