using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Pricing;

public sealed class TaxesAndShippingTests
{
    [Fact]
    public async Task An_administrator_keeps_rates_and_ways_of_sending_and_the_checkout_follows()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: "/product/P-100");
        await ada.Submit(await ada.Get("/admin/taxes"), "#rate", ("Input.Country", "DE"), ("Input.Percent", "16"));
        Assert.Contains("Tax 16 %", (await ines.Get("/checkout")).Text);
        await ada.Submit(await ada.Get("/admin/taxes"), "#rate", ("Input.Country", "DE"), ("Input.Region", "Kiel"), ("Input.Percent", "7"));
        await ada.Submit(await ada.Get("/admin/taxes"), "#rate", ("Input.Country", "DE"), ("Input.Region", "Kiel"), ("Input.Percent", ""));

        // Without its rate nothing would be taxed any more, and nobody would see why.
        Assert.Contains("Type 0 where nothing is due", (await ada.Submit(await ada.Get("/admin/taxes"), "#rate", ("Input.Country", "DE"), ("Input.Percent", ""))).Text);
        Assert.Contains("Tax 16 %", (await ines.Get("/checkout")).Text);

        await ada.Submit(await ada.Get("/admin/shipping?code=parcel"), "#method", ("Input.Price", "12.34"), ("Input.FreeFrom", ""));
        await ada.Submit(await ada.Get("/admin/shipping"), "#method", ("Input.Code", "express"), ("Input.Name", "Express"), ("Input.Price", "25.00"), ("Input.Currency", "EUR"), ("Input.Countries", "de, at"));
        var methods = (await ines.Get("/checkout")).Document.QuerySelector("#methods")!.TextContent;
        Assert.Contains("12.34", methods);
        Assert.Contains("Express", methods);
        await ada.Post("/admin/shipping?handler=remove", [("code", "express")], "/admin/shipping");
        Assert.DoesNotContain("Express", (await ines.Get("/checkout")).Document.QuerySelector("#methods")!.TextContent);
        Assert.Equal(
            [.. Enumerable.Repeat("pricing.tax-rate-changed", 3), .. Enumerable.Repeat("pricing.shipping-changed", 4)],
            (await shop.Facts()).Where(fact => fact.StartsWith("pricing.", StringComparison.Ordinal)));

        foreach (var (path, form, field, value, why) in new[]
        {
            ("/admin/taxes", "#rate", "Input.Country", "XX", "Country: choose"), ("/admin/shipping?code=parcel", "#method", "Input.Countries", "DE XX", "Countries: XX is none"),
            ("/admin/shipping?code=parcel", "#method", "Input.Price", "-1", "Price: an amount in EUR"),
        })
        {
            Assert.Contains(why, (await ada.Submit(await ada.Get(path), form, (field, value))).Text);
        }
    }
}
