using Microsoft.Playwright;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>A cart that is handed over, from the session to the buyer's order.</summary>
[Trait("Category", "Browser")]
public sealed class ProposalsLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_cart_is_handed_over_read_and_taken(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await shop.Sql("update staff set may_adjust_prices = true where email = 'karim@onbehalf.example'");
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Put("P-300", "1");
        var karim = await shop.As("karim");
        await using var rep = await Window.Open(shop, "proposal-rep", width);
        await rep.Enter(karim);
        await rep.Go("/staff");
        await rep.Page.GetByRole(AriaRole.Searchbox).First.FillAsync("nord");
        await rep.Page.GetByRole(AriaRole.Searchbox).First.PressAsync("Enter");
        await rep.Link("Act for Ines").ClickAsync();
        rep.Session = ("Karim Weiss", "Ines Albrecht");
        await rep.Button("Act for Ines").ClickAsync();
        await rep.Link("Cart").ClickAsync();
        await rep.Page.Locator("#sku").FillAsync("P-200");
        await rep.Page.Locator("#sku").PressAsync("Enter");
        await rep.Page.Locator("[data-sku='P-300'] .cart-remove").ClickAsync();
        await rep.Page.Locator("[data-sku='P-100'] .price-edit summary").ClickAsync();
        await rep.Page.GetByLabel("Reason of the price of Cordless").SelectOptionAsync("price-match");
        await rep.Page.GetByRole(AriaRole.Textbox, new() { Name = "Price of Cordless drill" }).FillAsync("82");
        await rep.Page.GetByRole(AriaRole.Textbox, new() { Name = "Price of Cordless drill" }).PressAsync("Enter");
        await Assertions.Expect(rep.Page.Locator("[data-sku='P-100']")).ToContainTextAsync("Agreed: price match");
        await rep.Page.GetByText("Hand over as a proposal to Ines Albrecht").ClickAsync();
        await rep.Page.Locator("#hand-over-words").FillAsync("As we said on the telephone: the drill at 82, and gloves for the new ones.");
        await rep.Look("words");
        await rep.Button("Hand over as a proposal").ClickAsync();
        await Assertions.Expect(rep.Page.Locator("#proposed")).ToContainTextAsync("Handed over");
        await rep.Look("handed-over");
        rep.Session = null;
        await rep.Go("/staff/proposals", "own");
        rep.Close();

        // She has changed the drill herself since.
        await ines.Submit(await ines.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "3"));
        await using var buyer = await Window.Open(shop, "proposal-buyer", width);
        await buyer.Enter(ines);
        await buyer.Go("/account", "dashboard");
        await buyer.Link("Look at the proposal").ClickAsync();
        await buyer.Look("proposal");
        await Assertions.Expect(buyer.Page.Locator("[data-state='Conflict']")).ToContainTextAsync("You have 3 now");
        await buyer.Page.GetByLabel("Take Cordless drill").CheckAsync();
        await buyer.Button("Take what is ticked").ClickAsync();
        await Assertions.Expect(buyer.Page.Locator("#state")).ToContainTextAsync("You have taken 3 of 3 lines");
        await buyer.Look("taken");
        await buyer.Link("Open the cart").ClickAsync();
        await Assertions.Expect(buyer.Page.Locator("[data-sku='P-100']")).ToContainTextAsync("82.00");
        await buyer.Page.Locator("[data-sku='P-100'] input.form-control").First.FillAsync("20");
        await buyer.Page.Locator("[data-sku='P-100'] input.form-control").First.PressAsync("Enter");
        await Assertions.Expect(buyer.Page.Locator(".price-bound")).ToContainTextAsync("82.00 EUR is agreed for a quantity of 2.");
        await buyer.Look("bound");
        await buyer.Go("/cart/proposals", "all");
        buyer.Close();
    }
}
