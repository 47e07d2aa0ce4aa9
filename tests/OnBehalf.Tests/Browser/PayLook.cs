using Microsoft.Extensions.Configuration;
using OnBehalf.Data;
using OnBehalf.PayProvider;
using OnBehalf.Tests.Payments;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The baton over real addresses: shop, provider and the buyer's browser speak HTTP with each other.</summary>
[Trait("Category", "Browser")]
public sealed class PayLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_rep_hands_an_order_over_the_buyer_pays_it_and_the_rep_sees_it(int width)
    {
        await using var provider = await TestProvider.Start(OnlinePaymentTests.Key, OnlinePaymentTests.Secret);
        await using var shop = await TestShop.Start(
            builder => builder.Configuration.AddInMemoryCollection(
            [
                new("Payments:Address", provider.Address), new("Payments:Key", OnlinePaymentTests.Key), new("Payments:Secret", OnlinePaymentTests.Secret), new("Payments:Name", "Testpay"),
            ]), listen: true);
        await shop.Sql($"insert into payment_method (code, is_on, countries, customers) values ('online', {(shop.Database.Kind == DatabaseKind.Postgres ? "true" : "1")}, '', 'staff-only')");
        await using var vera = await Window.Open(shop, "pay-hands-over", width);
        var session = await (await shop.As("vera")).Assisting("ines");
        await vera.Enter(session);
        vera.Session = ("Vera Blum", "Ines Albrecht");
        var root = session.PathBase;
        await vera.Go($"{root}/product/P-100", "product");
        await vera.Click(vera.Button("Add to cart"), "cart");
        await vera.Go($"{root}/checkout", "checkout");
        await vera.Page.CheckAsync("input[name='Input.Payment'][value='online']");
        await vera.Click(vera.Page.Locator("button[name='Input.Place']").First, "ordered");
        await vera.Click(vera.Button("Send Ines Albrecht a pay link"), "link");
        var link = await vera.Page.InputValueAsync("#link");
        await vera.Click(vera.Link("Back to the order"), "waits");

        await using (var ines = await Window.Open(shop, "pay-pays", width))
        {
            await ines.Go(link, "opened");
            Assert.DoesNotContain("code=", ines.Page.Url);
            await ines.Button("Pay at Testpay").ClickAsync();
            await ines.Page.WaitForURLAsync(provider.Address + "/pay/**");
            await ines.Page.ClickAsync("button[value='true']");
            await ines.Page.WaitForURLAsync(shop.Address + "/pay");
            await ines.Look("paid");
            Assert.Contains("This order is paid", await ines.Text());
            ines.Close();
        }

        await vera.Page.ReloadAsync();
        await vera.Look("done");
        Assert.Contains("All of it is paid.", await vera.Text());
        vera.Close();
    }
}
