using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The way in right after creating somebody.</summary>
[Trait("Category", "Browser")]
public sealed class NewCustomerLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task Supervisor_and_rep_create_a_customer_and_an_employee_and_act_at_once(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var vera = await Window.Open(shop, "new-customer", width);
        await vera.Enter(await shop.As("vera"));
        await vera.Go("/staff/customers?q=weserblick", "nobody");
        await vera.Click(vera.Link("New customer"), "form");
        await vera.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Nordlicht");
        await vera.Page.GetByLabel("Country").SelectOptionAsync("DE");
        await vera.Page.GetByLabel("Street and number").FillAsync("Am Deich 7");
        await vera.Page.GetByLabel("City").FillAsync("Bremen");
        await vera.Click(vera.Button("Only create"), "missing");
        await Person(vera, "Wiebke", "Wolff", "wiebke@weserblick.example");
        await vera.Click(vera.Button("Only create"), "likely-duplicate");
        await vera.Click(vera.Button("Only create anyway"), "made");
        Assert.Contains("Wiebke Wolff", await vera.Text());
        await vera.Go("/staff/consumers/new", "private");
        vera.Close();

        await using var karim = await Window.Open(shop, "new-employee", width);
        await karim.Enter(await shop.As("karim"));
        await karim.Go("/staff/customers/N-1001", "customer");
        await karim.Click(karim.Link("New employee"), "form");
        await Person(karim, "Nora", "Nilsson", "ines@buyers.example");
        await karim.Click(karim.Button("Create and act"), "already-there");
        await karim.Page.GetByLabel("E-mail").FillAsync("nora@nordlicht.example");
        await karim.Click(karim.Button("Create and act"), "last-step");
        karim.Session = ("Karim Weiss", "Nora Nilsson");
        await karim.Click(karim.Button("Act for Nora"), "inside");
        karim.Close();

        await using var jonas = await Window.Open(shop, "new-member", width);
        await jonas.Enter(await shop.As("jonas"));
        await jonas.Go("/account/company/people", "people");
        await jonas.Click(jonas.Link("New employee"), "form");
        jonas.Close();
    }

    private static async Task Person(Window window, string first, string last, string email)
    {
        await window.Page.GetByLabel("First name").FillAsync(first);
        await window.Page.GetByLabel("Last name").FillAsync(last);
        await window.Page.GetByLabel("E-mail").FillAsync(email);
    }
}
