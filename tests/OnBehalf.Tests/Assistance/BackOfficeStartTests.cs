using System.Net;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Orders;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>The way into a session from the Back Office: customer, buyer or order, verification page, Buyer Portal, and back.</summary>
public sealed class BackOfficeStartTests
{
    private static string Verify => $"/admin/act/{Characters.MembershipIdOf("ines")}";

    [Fact]
    public async Task Customers_buyers_and_orders_of_the_Back_Office_lead_to_the_verification_page_and_its_session_back_to_them()
    {
        await using var shop = await TestShop.Start();
        var sam = await shop.As("sam");
        await Order(shop, "SO-2026-000009");
        Assert.Equal("/admin/customers/N-1001", (await sam.Get("/admin/customers?q=nordlicht&go=1")).Location);
        foreach (var path in new[] { "/admin/customers?q=nord", "/admin/customers", "/admin/customers/N-1001", $"/admin/buyers/{Characters.MembershipIdOf("ines")}", "/admin/orders/SO-2026-000009" })
        {
            var page = await sam.Get(path);
            var way = page.Document.QuerySelector($"a[href^='{Verify}']")?.GetAttribute("href");
            Assert.True(way is not null, path);

            // Whoever works here stays here.
            Assert.Empty(page.Document.QuerySelectorAll("main a[href^='/staff/customers'], main a[href^='/staff/orders?'], main a[href='/staff/orders']").Select(link => link.OuterHtml));
            var started = await sam.Submit(await sam.Get(way), "main form[method=post]", ("Input.TakeOver", "true"));
            Assert.Equal(HttpStatusCode.SeeOther, started.Status);
            Assert.Equal(path, (await Sessions.End(sam, started.Location![..started.Location!.IndexOf('/', 4)])).Location);
        }
    }

    [Fact]
    public async Task The_verification_page_says_who_for_whom_what_is_recorded_who_is_told_and_what_may_be_done()
    {
        await using var shop = await TestShop.Start();
        var sam = await shop.As("sam");
        var page = await sam.Get(Verify);
        foreach (var words in new[] { "Sam Okoye", "Support agent", "Ines Albrecht", "Nordlicht GmbH", "N-1001", "Active", "Both your names", "the administrators of Nordlicht GmbH see all of it" })
        {
            Assert.Contains(words, page.Text);
        }

        Assert.Equal("yes", page.Document.QuerySelector("tr[data-right='catalog.view'] td:last-child")?.TextContent);
        var secure = page.Document.QuerySelector("tr[data-right='account.secure']")!;
        Assert.All(secure.QuerySelectorAll("td"), cell => Assert.Equal("no", cell.TextContent));
        Assert.Contains("it stays with the buyer himself", secure.TextContent);
        Assert.NotNull((await (await shop.As("karim")).Get(Sessions.PathOf("ines"))).Document.QuerySelector("details table.rights"));

        var denied = await sam.Get($"/admin/act/{Characters.MembershipIdOf("bruno")}");
        Assert.Equal("assistance.company-blocked", denied.Document.QuerySelector("[role=alert]")?.GetAttribute("data-code"));
        Assert.Null(denied.Document.QuerySelector("main form[method=post]"));
        Assert.Equal(HttpStatusCode.NotFound, (await sam.Get($"/admin/act/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task A_company_as_a_whole_has_its_verification_page_and_its_session_leads_back_to_it()
    {
        await using var shop = await TestShop.Start();
        var sam = await shop.As("sam");
        const string Customer = "/admin/customers/N-1001";
        var way = (await sam.Get(Customer)).Document.QuerySelector($"a[href^='{Customer}/act']")!.GetAttribute("href")!;
        var page = await sam.Get(way);
        foreach (var words in new[] { "Sam Okoye", "the company as a whole", "N-1001", "CT-1001", "The administrators of Nordlicht GmbH see all of it" })
        {
            Assert.Contains(words, page.Text);
        }

        Assert.Equal("yes", page.Document.QuerySelector("tr[data-right='catalog.view'] td:last-child")?.TextContent);
        var started = await sam.Submit(page, "main form[method=post]");
        Assert.Equal(HttpStatusCode.SeeOther, started.Status);
        var inside = started.Location![..started.Location!.IndexOf('/', 4)];
        Assert.Contains("Nordlicht GmbH", (await sam.Get(inside + "/cart")).Html);
        Assert.Equal(Customer, (await Sessions.End(sam, inside)).Location);
        Assert.Equal("assistance.company-blocked", (await sam.Get("/admin/customers/N-1004/act")).Document.QuerySelector("[role=alert]")?.GetAttribute("data-code"));
        Assert.Equal(HttpStatusCode.NotFound, (await sam.Get("/admin/customers/none/act")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("karim")).Get(way)).Status);
    }

    [Fact]
    public async Task All_orders_of_a_customer_stay_in_the_Back_Office()
    {
        await using var shop = await TestShop.Start();
        var sam = await shop.As("sam");
        await Order(shop, "SO-2026-000009");
        foreach (var path in new[] { "/admin/customers/N-1001", $"/admin/buyers/{Characters.MembershipIdOf("ines")}" })
        {
            var all = (await sam.Get(path)).Document.QuerySelectorAll("main .card-actions a").Single(link => link.TextContent == "All orders").GetAttribute("href")!;
            Assert.StartsWith("/admin/orders?", all);
            var list = await sam.Get(all);
            Assert.NotNull(list.Document.QuerySelector("tbody a[href='/admin/orders/SO-2026-000009']"));
            Assert.Null(list.Document.QuerySelector(".nav-tabs"));
            Assert.DoesNotContain("SO-2026", (await sam.Get("/admin/orders?q=südwind")).Text);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("karim")).Get("/admin/orders")).Status);
    }

    [Fact]
    public async Task A_shorter_length_ends_the_session_sooner_and_never_later_than_the_rule()
    {
        await using var shop = await TestShop.Start();
        var sam = await shop.As("sam");
        var page = await sam.Get(Verify);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sam.Submit(page, "main form[method=post]", ("Input.Minutes", "100000"))).Status);
        await sam.Submit(page, "main form[method=post]", ("Input.Minutes", "15"));
        await using var db = shop.Database.Read();
        var session = await db.Set<AssistedSessionRow>().SingleAsync();
        Assert.Equal(TimeSpan.FromMinutes(15), session.HardEndsAt - session.StartedAt);

        await shop.PutTerms(terms => terms with { HardSeconds = 600 });
        var karim = await shop.As("karim");
        await Sessions.Begin(karim, "jonas", ("Input.Minutes", "240"));
        var of = await db.Set<AssistedSessionRow>().SingleAsync(row => row.OperatorStaffId == Characters.StaffIdOf("karim"));
        Assert.Equal(TimeSpan.FromMinutes(10), of.HardEndsAt - of.StartedAt);
    }

    [Fact]
    public async Task Who_has_no_Back_Office_has_no_way_in_through_it()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        foreach (var path in new[] { "/admin/customers", "/admin/customers/N-1001", $"/admin/buyers/{Characters.MembershipIdOf("ines")}", Verify })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(path)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(Verify, [("Input.Reason", "visit")], from: "/staff")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
    }

    private static async Task Order(TestShop shop, string number)
    {
        await using var db = shop.Database.Read();
        db.Add(new OrderRow
        {
            Id = IId<OrderId>.New(), Number = number, MembershipId = Characters.MembershipIdOf("ines"), BuyerId = Characters.BuyerIdOf("ines"),
            CompanyId = Characters.Nordlicht, Status = "placed", PlacedAt = TimeProvider.System.GetUtcNow(), Currency = Currency.Of("EUR"), LinesMinor = 90_00, TotalMinor = 90_00,
            BuyerName = "Ines Albrecht", CompanyName = "Nordlicht GmbH", CompanyNumber = "N-1001", Version = 1,
        });
        await db.SaveChangesAsync();
    }
}
