using OnBehalf.Tests.Audit;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>What pages say of rows that were made for somebody else, and the lists that are narrowed to who made them.</summary>
[Trait("Category", "Browser")]
public sealed class DelegatedRowsLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task Rows_say_who_made_them_for_whom(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await DelegatedRowsTests.Work(shop);
        await (await (await shop.As("vera")).Assisting("ines")).Put("P-300", "1");
        await using var ines = await Window.Open(shop, "rows-ines", width);
        await ines.Enter(await shop.As("ines"));
        await ines.Go("/account/addresses?by=Karim+Weiss", "addresses");
        await ines.Go("/account/data", "data");
        await ines.Go("/account/orders", "orders");
        await ines.Go("/cart", "cart");
        ines.Close();
        await using var ada = await Window.Open(shop, "rows-ada", width);
        await ada.Enter(await shop.As("ada"));
        await ada.Go("/admin/customers/N-1001", "customer");
        await ada.Go($"/admin/buyers/{Characters.MembershipIdOf("ines")}", "buyer");
        await ada.Go("/admin/orders?by=Weiss", "orders");
        Assert.Contains("Karim Weiss", await ada.Text());
        await ada.Go($"/admin/orders/{await shop.Scalar<string>("select number from orders")}", "order");
        await ada.Go("/admin/settings", "settings");
        await ada.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "History" }).ClickAsync();
        Assert.Contains("/admin/audit?action=settings", ada.Page.Url, StringComparison.Ordinal);
        ada.Close();
    }
}
