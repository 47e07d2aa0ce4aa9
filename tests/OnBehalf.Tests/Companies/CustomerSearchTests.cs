using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Companies;

public sealed class CustomerSearchTests
{
    [Theory]
    [InlineData("nor", "Nordlicht GmbH")]
    [InlineData("nordlicht gmbh", "Nordlicht GmbH")]
    [InlineData("N-1001", "Nordlicht GmbH")]
    [InlineData("n1001", "Nordlicht GmbH")]
    [InlineData("X1001", "Nordlicht GmbH")]
    [InlineData("ct-1001", "Nordlicht GmbH")]
    [InlineData("ines@buyers.example", "Nordlicht GmbH")]
    [InlineData("albrecht ines", "Nordlicht GmbH")]
    [InlineData("ines nordlicht", "Nordlicht GmbH")]
    [InlineData("akesson", "Nordlicht GmbH")]
    [InlineData("ÅKE", "Nordlicht GmbH")]
    [InlineData("albrehct", "Nordlicht GmbH")]
    [InlineData("nordlict", "Nordlicht GmbH")]
    [InlineData("albrehct nordl", "Nordlicht GmbH")]
    [InlineData("paus", "Pausenhof KG")]
    public async Task What_people_type_finds_the_customer_first(string query, string first)
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(first, Names(await Search(shop, "karim", query)).FirstOrDefault());
    }

    [Fact]
    public async Task While_somebody_types_the_same_page_gives_the_list_alone()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var whole = await karim.Get("/staff/customers?q=nor");
        var part = await Typing(karim, "/staff/customers?q=nor&go=1");
        Assert.Equal(HttpStatusCode.OK, part.Status);
        Assert.Equal("found", part.Response.Headers.GetValues("HX-Fragment").Single());
        Assert.Contains("no-store", part.Response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain("<html", part.Html);
        Assert.Equal(whole.Document.GetElementById("found")!.InnerHtml.Trim(), part.Document.Body!.InnerHtml.Trim());
        Assert.Equal("One customer.", part.Document.GetElementById("found-count")!.TextContent.Trim());
        Assert.Contains("from=%2Fstaff%2Fcustomers%3Fq%3Dnor\"", part.Html);
        Assert.Contains("No customer of yours fits “zzzz”", (await Typing(karim, "/staff/customers?q=zzzz")).Text);
        Assert.Contains("Pausenhof KG", (await Typing(karim, "/staff/customers?q=")).Html);
        Assert.DoesNotContain("Nordlicht", (await Typing(await shop.As("rosa"), "/staff/customers?q=nor")).Html);

        // Without a sign-in there is no list, and nothing that could be taken for one.
        var away = await Typing(shop.Anonymous(), "/staff/customers?q=nor");
        Assert.StartsWith("/staff/account/login?", away.Location);
        Assert.False(away.Response.Headers.Contains("HX-Fragment"));

        static Task<Answer> Typing(Visitor visitor, string path)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("HX-Request", "true");
            return visitor.Send(request);
        }
    }

    [Fact]
    public async Task The_person_who_was_typed_is_the_person_with_the_button()
    {
        await using var shop = await TestShop.Start();
        foreach (var query in new[] { "albrecht", "ines nordlicht", "nordlicht ines", "albrehct nordlicht" })
        {
            var page = await Search(shop, "karim", query);
            Assert.Equal(["Ines Albrecht Purchaser"], People(page));
        }

        Assert.Equal(3, People(await Search(shop, "karim", "nordlicht")).Count());
    }

    [Fact]
    public async Task Nobody_finds_customers_that_are_not_his()
    {
        await using var shop = await TestShop.Start();
        foreach (var query in new[] { "südwind", "N-1002", "paul", "paul@buyers.example", "conti", "sudwidn" })
        {
            Assert.Empty(Names(await Search(shop, "karim", query)));
        }

        Assert.Equal(["Südwind AG"], Names(await Search(shop, "rosa", "sud")));
        Assert.Empty(Names(await Search(shop, "rosa", "carla")));
        Assert.Equal(["Carla Conti"], Names(await Search(shop, "sam", "carla")));
        Assert.Empty(Names(await Search(shop, "tom", "pausenhof")));
    }

    [Fact]
    public async Task A_buyer_of_two_companies_is_found_in_both_of_them()
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(["Nordlicht GmbH", "Südwind AG"], Names(await Search(shop, "sam", "mira")).Order());
        Assert.Equal(["Südwind AG"], Names(await Search(shop, "rosa", "mira")));
        Assert.Equal(["Südwind AG"], Names(await Search(shop, "sam", "mira sudwind")));
    }

    [Fact]
    public async Task Enter_leads_to_the_only_hit_and_to_the_list_when_there_are_several()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        Assert.Equal("/staff/customers/N-1001", (await karim.Get("/staff/customers?q=nordl&go=1")).Location);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/staff/customers?q=100&go=1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/staff/customers?q=nothing-like-it&go=1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/staff/customers?q=nordl")).Status);
    }

    [Fact]
    public async Task Without_a_query_everybody_leafs_through_his_own_customers_by_name()
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(["Altmetall OHG", "Nordlicht GmbH", "Pausenhof KG"], Names(await Search(shop, "karim", "")));
        Assert.Equal(["Nordlicht GmbH"], Names(await Search(shop, "tom", "")));
        Assert.Equal(["Altmetall OHG", "Carla Conti", "Nordlicht GmbH", "Pausenhof KG", "Südwind AG"], Names(await Search(shop, "vera", "")));
    }

    [Fact]
    public async Task The_list_goes_on_where_the_page_before_ended()
    {
        await using var shop = await TestShop.Start();
        for (var i = 0; i < 45; i++)
        {
            var id = Guid.CreateVersion7().ToString().ToUpperInvariant();
            await shop.Sql($"""
                insert into company (id, number, name, sort_name, currency, status, order_count, created_at, version)
                select '{id}', 'M-{i:00}', 'Same name', 'same name', 'EUR', 'active', 0, created_at, 1 from company where number = 'N-1001'
                """);
            await shop.Sql($"""
                insert into staff_assignment (staff_id, company_id, assigned_at)
                select staff_id, '{id}', assigned_at from staff_assignment where company_id = (select id from company where number = 'N-1003')
                """);
        }

        foreach (var who in new[] { "karim", "vera" })
        {
            var visitor = await shop.As(who);
            var numbers = new List<string>();
            for (var path = "/staff/customers"; path is not null;)
            {
                var page = await visitor.Get(path);
                numbers.AddRange(page.Document.QuerySelectorAll("table.customers tbody tr td:first-child div").Select(cell => cell.TextContent));
                path = page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href");
            }

            Assert.Equal(who == "karim" ? 48 : 50, numbers.Count);
            Assert.Equal(45, numbers.Where(number => number.StartsWith("M-")).Distinct().Count());
        }
    }

    [Fact]
    public async Task A_customer_for_whom_nobody_can_act_says_why()
    {
        await using var shop = await TestShop.Start();
        var blocked = await Search(shop, "karim", "altmetall");
        Assert.Equal("assistance.company-blocked", blocked.Document.QuerySelector(".why-not")?.GetAttribute("data-code"));
        Assert.Contains("You cannot act for Altmetall OHG: it is blocked", blocked.Text);
        Assert.Empty(blocked.Document.QuerySelectorAll("a[href*='/act']"));

        await shop.Sql("update membership set status = 'inactive' where buyer_id = (select id from buyer where email like 'ines@%')");
        var left = await Search(shop, "karim", "albrecht");
        Assert.Equal("assistance.membership-inactive", left.Document.QuerySelector(".why-not")?.GetAttribute("data-code"));
    }

    [Theory]
    [InlineData("'")]
    [InlineData("%")]
    [InlineData("\\")]
    [InlineData("  ,;& ")]
    [InlineData("a b c d e f g h i j k l m n o p")]
    [InlineData("\u0000")]
    [InlineData("ß")]
    [InlineData("日本")]
    public async Task Nothing_that_can_be_typed_breaks_it(string query)
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(HttpStatusCode.OK, (await Search(shop, "karim", query)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Search(shop, "vera", query + new string('x', 5_000))).Status);
    }

    private static async Task<Answer> Search(TestShop shop, string who, string query) =>
        await (await shop.As(who)).Get("/staff/customers?q=" + Uri.EscapeDataString(query));

    private static IEnumerable<string> Names(Answer page) =>
        page.Document.QuerySelectorAll("table.customers tbody tr td:first-child a").Select(link => link.TextContent);

    private static IEnumerable<string> People(Answer page) =>
        page.Document.QuerySelectorAll("ul.people li > span:first-child").Select(person => person.TextContent.Trim());
}
