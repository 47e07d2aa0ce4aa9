using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The rooms for prices, and what customers and staff see of them.</summary>
[Trait("Category", "Browser")]
public sealed class PricesLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task Prices_are_kept_given_explained_and_taken_off(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/customer-groups"), "#new", ("Input.Code", "retail"), ("Input.Name", "Retail"));
        await ada.Submit(await ada.Get("/admin/prices/dealer"), "#discount", ("Part.Category", "tools"), ("Part.Off", "7.5"));
        await ada.Submit(await ada.Get("/admin/prices/dealer"), "#company", ("Part.Whom", "N-1002"));
        await ada.Submit(await ada.Get("/admin/coupons"), "#new", ("Input.Code", "spring10"), ("Input.Name", "Spring"), ("Input.Percent", "10"), ("Input.Times", "100"));
        await using var office = await Window.Open(shop, "prices", width);
        await office.Enter(ada);
        foreach (var (path, name) in new[]
        {
            ("/admin/prices", "lists"), ("/admin/prices/dealer", "list"), ("/admin/customer-groups", "groups"), ("/admin/customers/N-1001/terms", "terms"), ("/admin/coupons", "coupons"),
            ("/admin/coupons/SPRING10", "coupon"), ("/admin/taxes", "taxes"), ("/admin/shipping?code=parcel", "shipping"),
        })
        {
            await office.Go(path, name);
        }

        office.Close();
        var ines = await shop.As("ines");
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "10")], from: "/product/P-100");
        await using var buyer = await Window.Open(shop, "prices-buyer", width);
        await buyer.Enter(ines);
        await buyer.Go("/checkout", "checkout");
        await buyer.Page.GetByLabel("Coupons").FillAsync("spring10");
        await buyer.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Update totals" }).Last.ClickAsync();
        await buyer.Page.GetByText("Spring (SPRING10)").WaitForAsync();
        await buyer.Look("coupon");
        buyer.Close();
    }
}
