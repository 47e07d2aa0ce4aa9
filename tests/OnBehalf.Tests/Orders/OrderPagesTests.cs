using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

public sealed class OrderPagesTests
{
    [Fact]
    public async Task An_order_is_found_by_those_who_may_see_it_and_by_nobody_else()
    {
        await using var shop = await TestShop.Start();
        var number = await (await shop.As("ines")).Order();

        foreach (var character in new[] { "ines", "jonas", "lena" })
        {
            var visitor = await shop.As(character);
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/account/orders/{number}")).Status);
            Assert.Contains(number, (await visitor.Get("/account/orders")).Text);
        }

        foreach (var character in new[] { "mira", "paul", "carla" })
        {
            var visitor = await shop.As(character);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/account/orders/{number}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/account/orders/{number}/print")).Status);
            Assert.DoesNotContain(number, (await visitor.Get("/account/orders")).Text);
        }

        foreach (var character in new[] { "karim", "sam", "vera", "ada" })
        {
            var visitor = await shop.As(character);
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/staff/orders/{number}")).Status);
            Assert.Contains(number, (await visitor.Get("/staff/orders?tab=customers")).Text);
            Assert.DoesNotContain(number, (await visitor.Get("/staff/orders")).Text);
        }

        // Tom's customer too, but telesales sees only what it placed.
        foreach (var character in new[] { "rosa", "tom" })
        {
            var visitor = await shop.As(character);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/staff/orders/{number}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/staff/orders/{number}/print")).Status);
            Assert.DoesNotContain(number, (await visitor.Get("/staff/orders?tab=customers")).Text);
            Assert.DoesNotContain(number, (await visitor.Get("/staff/orders.csv?tab=customers")).Html);
        }
    }

    [Fact]
    public async Task Telesales_finds_what_it_placed()
    {
        await using var shop = await TestShop.Start();
        var tom = await shop.As("tom");
        var number = await (await tom.Assisting("ines")).Order();

        Assert.Contains(number, (await tom.Get("/staff/orders")).Text);
        Assert.Equal(HttpStatusCode.OK, (await tom.Get($"/staff/orders/{number}")).Status);
        Assert.Null((await tom.Get("/staff/orders")).Document.QuerySelector(".nav-tabs"));
    }

    [Fact]
    public async Task A_private_persons_order_is_seen_by_those_who_look_after_private_persons()
    {
        await using var shop = await TestShop.Start();
        await Enter(shop, 1, company: false);

        Assert.Equal(HttpStatusCode.OK, (await (await shop.As("sam")).Get("/staff/orders/T-0001")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("karim")).Get("/staff/orders/T-0001")).Status);
    }

    [Fact]
    public async Task A_long_list_is_turned_page_by_page_and_shows_every_order_once()
    {
        await using var shop = await TestShop.Start();
        await Enter(shop, 60);
        foreach (var (character, path) in new[] { ("ines", "/account/orders"), ("karim", "/staff/orders?tab=customers"), ("ada", "/staff/orders?tab=customers") })
        {
            var visitor = await shop.As(character);
            var seen = new List<string>();
            var next = path;
            while (next is not null)
            {
                var page = await visitor.Get(next);
                seen.AddRange(page.Document.QuerySelectorAll(".order-table tbody tr td:first-child a").Select(link => link.TextContent));
                next = page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href");
            }

            Assert.Equal(Enumerable.Range(1, 60).Select(i => $"T-{i:0000}"), seen.Order());
            Assert.Equal(seen.Select(Day).OrderDescending(), seen.Select(Day));
        }
    }

    [Theory]
    [InlineData("q=T-0007", "T-0007")]
    [InlineData("q=t-0007", "T-0007")]
    [InlineData("q=PO-3", "T-0003")]
    [InlineData("q=%25", "")]
    [InlineData("q=_", "")]
    [InlineData("q='", "")]
    [InlineData("before=nonsense&q=T-0001", "T-0001")]
    [InlineData("before=99999999999999999999-00000000000000000000000000000000&q=T-0001", "T-0001")]
    public async Task A_buyer_finds_an_order_by_its_numbers(string query, string found)
    {
        await using var shop = await TestShop.Start();
        await Enter(shop, 9);

        var page = await (await shop.As("ines")).Get("/account/orders?" + query);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(found, string.Join(' ', page.Document.QuerySelectorAll(".order-table tbody tr td:first-child a").Select(link => link.TextContent)));
    }

    [Theory]
    [InlineData("q=T-0007", "T-0007")]
    [InlineData("q=nordlicht&to=2025-06-02", "T-0002 T-0001")]
    [InlineData("q=N-1001&from=2025-06-08&to=2025-06-08", "T-0008")]
    [InlineData("q=albrecht&from=2025-06-09", "T-0009")]
    [InlineData("q=t-000&to=2025-06-01", "T-0001")]
    [InlineData("q=nordlcht&to=2025-06-01", "T-0001")]
    [InlineData("q=südwind", "")]
    [InlineData("status=placed", "")]
    [InlineData("status=shipped&to=2025-06-01", "T-0001")]
    [InlineData("status=nonsense", "")]
    [InlineData("q=%27%3B+drop+table+orders", "")]
    public async Task Staff_filter_orders_in_the_address(string query, string found)
    {
        await using var shop = await TestShop.Start();
        await Enter(shop, 9);
        foreach (var character in new[] { "karim", "ada" })
        {
            var page = await (await shop.As(character)).Get("/staff/orders?tab=customers&" + query);

            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(found, string.Join(' ', page.Document.QuerySelectorAll(".order-table tbody tr td:first-child a").Select(link => link.TextContent)));
        }
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2025-13-01", "to")]
    [InlineData("from=0001-01-01", "from")]
    [InlineData("to=9999-12-31", "to")]
    public async Task A_day_that_is_none_is_said_at_its_field(string query, string field)
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");

        var page = await karim.Get("/staff/orders?" + query);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("A day is written like", page.ErrorAt(field));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Get("/staff/orders.csv?" + query)).Status);
    }

    [Fact]
    public async Task The_list_comes_as_a_file_without_formulas()
    {
        await using var shop = await TestShop.Start();
        await Enter(shop, 2);
        await shop.Sql("update orders set company_name = '=1+1', purchase_order_number = 'a,b' where number = 'T-0002'");

        var file = await (await shop.As("karim")).Get("/staff/orders.csv?tab=customers&q=T-0002");

        Assert.Equal("text/csv", file.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            "number,placed_at,status,company_number,company,buyer,placed_by,staff_group,representative,purchase_order_number,cost_centre,total,currency,discount,coupons,requested_delivery,terms,given,your_commission\r\n"
            + "T-0002,2025-06-02T10:00:00Z,shipped,N-1001,\"'=1+1\",Ines Albrecht,Ines Albrecht,,,\"a,b\",,102.00,EUR,0.00,,,,,\r\n",
            file.Html.TrimStart('\uFEFF'));
    }

    [Fact]
    public async Task The_digits_at_the_end_of_a_number_are_enough()
    {
        await using var shop = await TestShop.Start();
        var number = await (await shop.As("ines")).Order();

        Assert.Contains(number, (await (await shop.As("vera")).Get("/staff/orders?tab=customers&q=1")).Text);
        Assert.Contains(number, (await (await shop.As("karim")).Get("/staff/orders?tab=customers&q=0001")).Text);
        Assert.DoesNotContain(number, (await (await shop.As("rosa")).Get("/staff/orders?tab=customers&q=1")).Text);
    }

    [Fact]
    public async Task Recent_orders_are_the_last_five_that_concern_the_caller()
    {
        await using var shop = await TestShop.Start();
        await Enter(shop, 7);
        var orders = (OrdersQueries)shop.Services.GetService(typeof(OrdersQueries))!;
        await using var db = shop.Database.Read();
        var ines = new Caller(
            Actor.Anonymous, new CallerBuyer(Characters.BuyerIdOf("ines"), Characters.MembershipIdOf("ines"), "Ines Albrecht", "", BuyerRole.Purchaser), null, null, Rights.None);

        var recent = await orders.Recent(db, ines, default);

        Assert.Equal(["T-0007", "T-0006", "T-0005", "T-0004", "T-0003"], recent.Select(order => order.Number));
    }

    private static int Day(string number) => int.Parse(number[2..]) / 3;

    private static async Task Enter(TestShop shop, int count, bool company = true)
    {
        await using var db = shop.Database.Read();
        for (var i = 1; i <= count; i++)
        {
            // Three orders at the same instant now and then: the place in the list is time and id.
            var day = count > 10 ? i / 3 : i - 1;
            db.Add(new OrderRow
            {
                Id = IId<OrderId>.New(), Number = $"T-{i:0000}", MembershipId = Characters.MembershipIdOf(company ? "ines" : "carla"),
                BuyerId = Characters.BuyerIdOf(company ? "ines" : "carla"), CompanyId = company ? Characters.Nordlicht : null, Status = "shipped",
                PlacedAt = new DateTimeOffset(2025, 6, 1, 10, 0, 0, TimeSpan.Zero).AddDays(day), Currency = Currency.Of("EUR"), TotalMinor = 10_000 + (i * 100),
                BuyerName = company ? "Ines Albrecht" : "Carla Conti", CompanyName = company ? "Nordlicht GmbH" : null, CompanyNumber = company ? "N-1001" : null,
                PurchaseOrderNumber = $"PO-{i}", IsImported = true, Version = 1,
            });
        }

        await db.SaveChangesAsync();
    }
}
