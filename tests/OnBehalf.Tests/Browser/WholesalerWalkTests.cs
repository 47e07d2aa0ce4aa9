using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>A wholesaler sets up a company, which keeps a budget; an order goes over it, is approved on a phone, half shipped, invoiced, and the rest is cancelled.</summary>
[Trait("Category", "Browser")]
public sealed class WholesalerWalkTests
{
    [Fact]
    public async Task From_the_company_with_two_subsidiaries_to_the_order_of_which_half_was_shipped()
    {
        await using var shop = await TestShop.Start(listen: true);
        var (ada, ines, jonas, vera) = (await shop.As("ada"), await shop.As("ines"), await shop.As("jonas"), await shop.As("vera"));
        await using var office = await Window.Open(shop, "walk-office", 1280);
        await office.Enter(ada);

        // Two subsidiaries, an assortment, a contract price.
        foreach (var number in new[] { "N-1002", "N-1003" })
        {
            await ada.Submit(await ada.Get($"/admin/customers/{number}/kind"), "main form", ("Input.Kind", "subsidiary"), ("Input.Parent", "N-1001"));
        }

        await office.Go("/admin/customers/N-1001", "company");
        Assert.Equal(2L, await shop.Scalar<long>("select count(*) from company c join company p on p.id = c.parent_id where p.number = 'N-1001'"));
        await ada.Post("/admin/assortments", [("Input.Code", "range"), ("Input.Name", "Tools only")], "/admin/assortments");
        await ada.Post("/admin/assortments/range", [("Input.Do", "add-category"), ("Input.Category", "tools")], "/admin/assortments/range");
        await ada.Post("/admin/assortments/range", [("Input.Do", "give-company"), ("Input.Company", "N-1001")], "/admin/assortments/range");
        await ada.Submit(await ada.Get("/admin/prices"), "#new", ("Input.Code", "frame"), ("Input.Name", "Frame contract"), ("Input.Currency", "EUR"), ("Input.Source", "contract"));
        await ada.Submit(await ada.Get("/admin/prices/frame"), "#lines", ("Part.Lines", "P-100;;52.10"));
        await ada.Submit(await ada.Get("/admin/prices/frame"), "#company", ("Part.Whom", "N-1001"));
        await office.Go("/admin/prices/frame", "contract");

        // A budget of 500; the buyer orders for 619.99.
        await using var phone = await Window.Open(shop, "walk-phone", 375);
        await phone.Enter(jonas);
        await phone.Go("/account/company/budgets", "budgets");
        await phone.Page.FillAsync("#Input_Amount", "500");
        await phone.Click(phone.Button("Add the budget"), "budget");
        await ines.Put("P-100", "10");
        await using var desk = await Window.Open(shop, "walk-buyer", 1280);
        await desk.Enter(ines);
        await desk.Go("/checkout", "checkout");
        Assert.Contains("619.99", await desk.Page.Locator("#total").InnerTextAsync());
        await desk.Click(desk.Button("Submit order for approval"), "waits");
        Assert.Contains("Waits for approval", await desk.Text());
        var order = await shop.Scalar<string>("select number from orders");

        // The approver answers on a phone.
        await phone.Go("/account/company/approvals", "approvals");
        await phone.Click(phone.Button($"Approve and place {order}"), "approved");
        Assert.Equal("placed", await shop.Scalar<string>("select status from orders"));
        phone.Close();

        // Staff ship half, invoice it and cancel the rest.
        await using var store = await Window.Open(shop, "walk-store", 1280);
        await store.Enter(vera);
        await store.Go($"/admin/orders/{order}/steps/shipped", "ship");
        await store.Page.FillAsync("#part-1", "5");
        await store.Click(store.Button("Ship"), "shipped");
        await store.Click(store.Link("Invoice"), "invoice");
        await store.Click(store.Button("Invoice"), "invoiced");
        await store.Go($"/admin/orders/{order}/steps/cancelled", "cancel");
        await store.Page.SelectOptionAsync("#reason", "not-available");
        await store.Click(store.Button("Cancel"), "cancelled");
        Assert.Equal("invoiced", await shop.Scalar<string>("select status from orders"));
        await desk.Go($"/account/orders/{order}", "order");
        Assert.Contains("5 shipped, 5 cancelled", await desk.Text());
        await desk.Go($"/account/orders/{order}/documents/2", "papers");
        Assert.Contains("310.00", await desk.Text());
        store.Close();
        desk.Close();
        office.Close();
    }
}
