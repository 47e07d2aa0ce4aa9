using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>The last orders on the desk and on the pages of customers: what each staff member may see, and how it came about.</summary>
public sealed class LastOrdersTests
{
    [Fact]
    public async Task Desk_and_customer_show_the_last_five_orders_and_who_placed_them_for_whom()
    {
        await using var shop = await TestShop.Start();
        await Enter(shop, "ines", 6, null);
        await Enter(shop, "paul", 1, null);
        await Enter(shop, "carla", 1, null);
        await Enter(shop, "mira", 1, "tom");

        // Karim's customers, newest first; the sixth is left for the list of all.
        string[] ofNordlicht = ["mira-1", "ines-6", "ines-5", "ines-4", "ines-3"];
        var karim = await shop.As("karim");
        foreach (var path in new[] { "/staff", "/staff/customers/N-1001" })
        {
            var page = await karim.Get(path);
            Assert.Equal(ofNordlicht, Numbers(page));
            Assert.Contains("placed by Tom Berg for Mira Åkesson", page.Text);
            Assert.Contains("placed by Ines Albrecht", page.Text);
            Assert.Contains("106.00", page.Text);
            Assert.NotNull(page.Document.QuerySelector("a[href='/staff/orders/ines-6']"));
        }

        // Rosa's own customers only; telesales only what it placed; Sam also private persons.
        var (rosa, tom, sam) = (await shop.As("rosa"), await shop.As("tom"), await shop.As("sam"));
        Assert.Equal(["paul-1"], Numbers(await rosa.Get("/staff")));
        Assert.Equal(["mira-1"], Numbers(await tom.Get("/staff")));
        Assert.Equal(["mira-1"], Numbers(await tom.Get("/staff/customers/N-1001")));
        Assert.Equal(["mira-1", "carla-1", "paul-1", "ines-6", "ines-5"], Numbers(await sam.Get("/staff")));
        Assert.Equal(["carla-1"], Numbers(await sam.Get($"/staff/consumers/{Characters.MembershipIdOf("carla")}")));
        Assert.Empty(Numbers(await karim.Get("/staff/customers/N-1003")));
    }

    private static IEnumerable<string> Numbers(Answer page) => page.Document.QuerySelectorAll(".desk-order-number").Select(link => link.TextContent);

    // Later calls order later.
    private static async Task Enter(TestShop shop, string buyer, int count, string? staff)
    {
        var company = buyer switch { "carla" => (CompanyId?)null, "paul" => Characters.Sudwind, _ => Characters.Nordlicht };
        var before = await shop.Scalar<int>("select count(*) from orders");
        await using var db = shop.Database.Read();
        for (var i = 1; i <= count; i++)
        {
            db.Add(new OrderRow
            {
                Id = IId<OrderId>.New(), Number = $"{buyer}-{i}", MembershipId = Characters.MembershipIdOf(buyer), BuyerId = Characters.BuyerIdOf(buyer),
                CompanyId = company, Status = "placed", PlacedAt = new DateTimeOffset(2025, 6, 1, 10, 0, 0, TimeSpan.Zero).AddDays(before + i),
                Currency = Currency.Of("EUR"), TotalMinor = 10_000 + (i * 100), CompanyName = company is null ? null : "A company",
                BuyerName = buyer switch { "ines" => "Ines Albrecht", "mira" => "Mira Åkesson", "paul" => "Paul Südmann", _ => "Carla Conti" },
                OperatorStaffId = staff is null ? null : Characters.StaffIdOf(staff), OperatorName = staff is null ? null : "Tom Berg", Version = 1,
            });
        }

        await db.SaveChangesAsync();
    }
}
