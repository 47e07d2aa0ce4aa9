using OnBehalf.Modules.Demo;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Demo;

public sealed class GenerateTests
{
    [Fact]
    public async Task A_generated_shop_goes_into_an_empty_database_and_into_no_other()
    {
        await using var shop = await TestShop.Start(database: await TestDatabase.Empty());
        var size = VolumeShopSize.Of(customers: 60, products: 50, orders: 30, staff: 5);
        Assert.Equal(0, await DemoCommands.Fill(shop.Services, size, null, default));
        Assert.Equal((60, 50, 30), (await shop.Scalar<int>("select count(*) from buyer"), await shop.Scalar<int>("select count(*) from product"), await shop.Scalar<int>("select count(*) from orders")));
        Assert.Equal(50, await shop.Scalar<int>("select count(distinct product_id) from product_word"));
        var before = await shop.Dump("product", "company", "orders");
        Assert.Equal(1, await DemoCommands.Fill(shop.Services, size, null, default));
        Assert.Equal(before, await shop.Dump("product", "company", "orders"));
    }
}
