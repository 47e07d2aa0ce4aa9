using OnBehalf.Assistance;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>A rep asks for access, a supervisor grants it.</summary>
[Trait("Category", "Browser")]
public sealed class RequestPagesLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_rep_asks_for_access_and_a_supervisor_grants_it(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        var rule = ShopPolicy.Standard.Rules[0];
        await shop.Put(ShopPolicy.Standard with { Finders = [OperatorKind.SalesRep], Rules = [rule with { Terms = rule.Terms with { NeedsApproval = true, ProofSeconds = 600, PerOrder = [new(5_000_00, Kernel.Currency.Of("EUR"))] } }] });
        await using (var rosa = await Window.Open(shop, "asks", width))
        {
            await rosa.Enter(await shop.As("rosa"));
            await rosa.Go("/staff/customers?q=nordlicht", "found");
            await rosa.Click(rosa.Link("Request access to Nordlicht GmbH"), "access");
            await rosa.Page.FillAsync("#Input_Note", "Karim is on leave");
            await rosa.Click(rosa.Button("Request access"), "asked");
            await rosa.Go(Sessions.PathOf("paul"), "act");
            await rosa.Click(rosa.Button("Ask for approval"), "approval-asked");
            rosa.Close();
        }

        await using var vera = await Window.Open(shop, "grants", width);
        await vera.Enter(await shop.As("vera"));
        await vera.Go("/admin/assistance/requests");
        await vera.Click(vera.Button("Grant"), "granted");
        await vera.Click(vera.Button("Approve"), "approved");
        Assert.Contains("Access, by Vera Blum, until", await vera.Text());
        vera.Close();
    }
}
