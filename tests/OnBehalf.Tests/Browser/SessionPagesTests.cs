using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The pages on which sessions are seen and stopped, with something on them.</summary>
[Trait("Category", "Browser")]
public sealed class SessionPagesTests
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_buyer_reports_a_session_and_a_supervisor_closes_the_case(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        var inside = await (await shop.As("karim")).Assisting("ines");
        await inside.Post("/cart/lines", [("sku", "P-100"), ("quantity", "3")], from: "/product/P-100");
        await (await shop.As("rosa")).Assisting("paul");
        await using var ines = await Window.Open(shop, "ines-reports", width);
        await ines.Enter(await shop.As("ines"));
        await ines.Go("/account/assistance", "who-acted");
        await ines.Click(ines.Link("I did not ask for this"), "report");
        await ines.Click(ines.Button("Report it and stop everybody"), "reported");
        Assert.Contains("We have been told", await ines.Text());
        ines.Close();

        await using var vera = await Window.Open(shop, "vera-looks", width);
        await vera.Enter(await shop.As("vera"));
        await vera.Go("/admin/sessions", "running");
        await vera.Go("/admin/sessions/stop", "stop");
        await vera.Go("/admin/cases", "case");
        await vera.Page.GetByLabel("What was found").FillAsync("A wrong number: Karim meant another Ines.");
        await vera.Click(vera.Button("Close the case"), "closed");
        Assert.Contains("A wrong number", await vera.Text());
        vera.Close();
    }
}
