using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

public sealed class OrderHistoryTests
{
    private static readonly DateTimeOffset Then = new(2025, 5, 5, 5, 5, 5, TimeSpan.Zero);
    private static readonly CostCentreId Workshop = new(new Guid("0197b5a4-0000-7000-8000-0000000000c1"));

    [Fact]
    public async Task Everybody_sees_the_orders_that_his_rights_reach_and_no_other()
    {
        await using var shop = await TestShop.Start();
        await Enter(shop);

        // Ines buys, Jonas runs it, Lena only looks, Mira is named for the cost centre by an own role, Paul runs nothing of it. Südwind is a subsidiary of Nordlicht.
        var jonas = await shop.As("jonas");
        await jonas.Post("/account/company/roles/new", [("Input.Name", "Workshop"), ("Input.Rights", "orders.view-centre")], from: "/account/company/roles/new");
        var role = await shop.Scalar<string>("select cast(id as text) from company_role");
        await shop.Sql($"update membership set role = 'own', company_role_id = '{role}' where id = '{Characters.MembershipIdOf("mira")}'");
        await shop.Sql($"update company set parent_id = '{Characters.Nordlicht}', kind = 'subsidiary' where id = '{Characters.Sudwind}'");

        await Sees(await shop.As("ines"), "", ["INES", "CENTRE"]);
        await Sees(await shop.As("lena"), "", ["INES", "MIRA", "CENTRE"]);
        await Sees(await shop.As("lena"), "?of=tree", ["INES", "MIRA", "CENTRE"]);
        await Sees(await shop.As("lena"), "?of=own", []);
        await Sees(await shop.As("mira"), "", ["MIRA", "CENTRE"]);
        await Sees(await shop.As("mira"), "?of=company", ["MIRA", "CENTRE"]);
        await Sees(jonas, "", ["INES", "MIRA", "CENTRE"]);
        await Sees(jonas, "?of=tree", ["INES", "MIRA", "CENTRE", "PAUL"]);
        await Sees(await shop.As("paul"), "?of=tree", ["PAUL"]);

        await Opens(await shop.As("ines"), ["INES", "CENTRE"]);
        await Opens(await shop.As("lena"), ["INES", "MIRA", "CENTRE"]);
        await Opens(await shop.As("mira"), ["MIRA", "CENTRE"]);
        await Opens(jonas, ["INES", "MIRA", "CENTRE", "PAUL"]);
        await Opens(await shop.As("paul"), ["PAUL"]);

        // To see an order is not to cancel it: that is for the company itself. These are too old to be cancelled, which only who could cancel them is told.
        Assert.Equal(HttpStatusCode.SeeOther, (await jonas.Get("/account/orders/SO-INES/steps/cancelled")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await jonas.Get("/account/orders/SO-PAUL/steps/cancelled")).Status);

        // Whoever acts for Jonas acts for one company; and a partner below it keeps its orders to itself.
        await Sees(await (await shop.As("karim")).Assisting("jonas"), "?of=tree", ["INES", "MIRA", "CENTRE"]);
        await shop.Sql($"update company set kind = 'partner' where id = '{Characters.Sudwind}'");
        await Opens(jonas, ["INES", "MIRA", "CENTRE"]);
    }

    private static async Task Sees(Visitor visitor, string query, string[] orders)
    {
        var page = await visitor.Get("/account/orders" + query);
        Assert.Equal(orders.Order(), page.Document.QuerySelectorAll("td.order-number a").Select(link => link.TextContent.Trim()[3..]).Order());
    }

    private static async Task Opens(Visitor visitor, string[] orders)
    {
        foreach (var order in new[] { "INES", "MIRA", "CENTRE", "PAUL" })
        {
            foreach (var page in new[] { "", "/print" })
            {
                Assert.Equal(orders.Contains(order) ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await visitor.Get($"/account/orders/SO-{order}{page}")).Status);
            }
        }
    }

    private static async Task Enter(TestShop shop)
    {
        await using var db = shop.Database.Read();
        db.Add(new CostCentreRow { Id = Workshop, CompanyId = Characters.Nordlicht, Code = "1", Name = "Workshop", IsActive = true, CreatedAt = Then, Version = 1 });
        db.Add(new CostCentreMemberRow { CostCentreId = Workshop, MembershipId = Characters.MembershipIdOf("mira") });
        Order("INES", "ines", Characters.Nordlicht, null);
        Order("CENTRE", "ines", Characters.Nordlicht, Workshop);
        Order("MIRA", "mira", Characters.Nordlicht, null);
        Order("PAUL", "paul", Characters.Sudwind, null);
        await db.SaveChangesAsync();

        void Order(string number, string who, CompanyId company, CostCentreId? centre) => db.Add(new OrderRow
        {
            Id = IId<OrderId>.New(), Number = "SO-" + number, MembershipId = Characters.MembershipIdOf(who), BuyerId = Characters.BuyerIdOf(who), CompanyId = company, Status = "placed", PlacedAt = Then,
            Currency = Currency.Of("EUR"), LinesMinor = 90_00, TotalMinor = 90_00, BuyerName = who, CompanyName = "A company", CompanyNumber = "N-1", CostCentreId = centre, Version = 1,
        });
    }
}
