using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Performance;

/// <summary>A shop of some size with the people who ask it.</summary>
public sealed record BudgetShop(TestShop Shop, Visitor Session, Visitor Ines, Visitor Vera, Visitor Rosa)
{
    public static async Task<BudgetShop> Start(Budget budget, int size)
    {
        var shop = await TestShop.Start(budget.Configure);
        await ManyRows.Enter(shop, size);
        var session = await (await shop.As("karim")).Assisting("ines");
        await session.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        return new BudgetShop(shop, session, await shop.As("ines"), await shop.As("vera"), await shop.As("rosa"));
    }
}

/// <summary>Two shops, one a thousand times the size of the other, filled once.</summary>
public sealed class SmallAndLarge : IAsyncLifetime
{
    public Budget Budget { get; } = new();

    public BudgetShop Small { get; private set; } = null!;

    public BudgetShop Large { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        (Small, Large) = (await BudgetShop.Start(Budget, 100), await BudgetShop.Start(Budget, 100_000));

    public async ValueTask DisposeAsync()
    {
        await Small.Shop.DisposeAsync();
        await Large.Shop.DisposeAsync();
        Budget.Dispose();
    }
}

/// <summary>At most 8 SQL commands and 150 KB a request, whatever the size of the shop.</summary>
[Collection(Budget.Alone)]
public sealed class BudgetTests(SmallAndLarge shops, ITestOutputHelper output) : IClassFixture<SmallAndLarge>
{
    private const int MostCommands = 8;
    private const double MostKilobytes = 150;

    [Theory]
    [InlineData("/", "Volume 7")]
    [InlineData("/category/volume-7", "Bracket ")]
    [InlineData("/products", "Bracket ")]
    [InlineData("/search?q=bracket", "Bracket ")]
    [InlineData("/search?q=v-42", "V-42")]
    [InlineData("/product/V-42", "Bracket 42")]
    [InlineData("/cart", "Cordless drill")]
    public Task A_page_of_the_shop_in_a_session(string path, string holds) => Hold(path, holds, shop => shop.Session);

    [Theory]
    [InlineData("/account", "Ines")]
    [InlineData("/account/orders", "VO-")]
    [InlineData("/checkout", "Cordless drill")]
    public Task A_page_of_the_account_in_a_session(string path, string holds) => Hold(path, holds, shop => shop.Session);

    [Theory]
    [InlineData("/staff", "VO-")]
    [InlineData("/staff/customers", "Volumen")]
    [InlineData("/staff/customers?q=vol", "Volumen")]
    [InlineData("/staff/customers?q=number17", "Number17")]
    [InlineData("/staff/customers?q=numbr17", "customer")]
    [InlineData("/staff/customers?q=volumen+vc", "Volumen")]
    [InlineData("/staff/customers/VC-7", "Volumen 7")]
    [InlineData("/staff/customers/VC-7/people/new", "New employee of Volumen 7")]
    [InlineData("/staff/organisations", "Volumen")]
    [InlineData("/staff/organisations?country=DE&segment=Trade&status=active", "Volumen")]
    [InlineData("/staff/organisations?country=DE&status=blocked", "Select organisation")]
    [InlineData("/staff/organisations?q=vol&country=DE", "Volumen")]
    [InlineData("/staff/orders?tab=customers", "VO-")]
    [InlineData("/staff/carts", "Carts")]
    [InlineData("/staff/carts?q=vol", "Carts")]
    public async Task A_page_of_the_desk(string path, string holds)
    {
        await Hold(path, holds, shop => shop.Vera);
        await Hold(path, holds, shop => shop.Rosa);
    }

    [Theory]
    [InlineData("/admin/customers", "Volumen")]
    [InlineData("/admin/customers/VC-7", "Volumen 7")]
    [InlineData("/admin/given-away", "Given away")]
    [InlineData("/staff/deals", "Prices asked for")]
    public Task A_page_of_the_Back_Office(string path, string holds) => Hold(path, holds, shop => shop.Vera);

    private async Task Hold(string path, string holds, Func<BudgetShop, Visitor> visitorOf)
    {
        foreach (var shop in new[] { shops.Small, shops.Large })
        {
            var visitor = visitorOf(shop);
            Assert.Contains(holds, (await visitor.Get(path)).Text);
            var cost = await shops.Budget.Of(visitor, path);
            output.WriteLine($"{(shop == shops.Small ? "small" : "large")} {cost.Commands} commands, {cost.Kilobytes:F0} KB: {path}");
            Assert.True(cost.Commands <= MostCommands, $"{path}: {cost.Commands} SQL commands");
            Assert.True(cost.Kilobytes <= MostKilobytes, $"{path}: {cost.Kilobytes:F0} KB");
        }
    }
}
