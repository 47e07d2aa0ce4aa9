using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>An administrator of a company lets orders wait, approves one and declines another.</summary>
[Trait("Category", "Browser")]
public sealed class ApprovalsLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task An_administrator_approves_an_order_and_declines_another(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var jonas = await Window.Open(shop, "approvals", width);
        await jonas.Enter(await shop.As("jonas"));
        await jonas.Go("/account/company/approvals", "approvals-none");
        await jonas.Go("/account/company/mandates/new");
        await jonas.Page.SelectOptionAsync("#Input_By", "staff");
        await jonas.Page.FillAsync("#Input_ApprovalAbove", "100");
        await jonas.Click(jonas.Button("Give the mandate"), "approvals-mandate");
        Assert.Contains("orders above 100.00 EUR wait for approval", await jonas.Text());

        var inside = await (await shop.As("karim")).Assisting("ines");
        var (first, second) = (await inside.Order(), await inside.Order("P-100", "12"));
        await jonas.Go("/account/company/approvals", "approvals-open");
        await jonas.Click(jonas.Button($"Approve and place {first}"), "approvals-approved");
        Assert.Contains("approved and placed", await jonas.Text());
        await jonas.Page.ClickAsync("summary:has-text('Decline')");
        await jonas.Click(jonas.Button($"Decline {second}"), "approvals-why");
        await jonas.Page.FillAsync($"#why-{second}", "We still have enough of them");
        await jonas.Click(jonas.Button($"Decline {second}"), "approvals-declined");
        Assert.Contains("Nothing waits", await jonas.Text());
        await jonas.Go($"/account/orders/{second}", "approvals-order-declined");
        Assert.Contains("We still have enough of them", await jonas.Text());

        await jonas.Go("/account/company/budgets");
        await jonas.Page.FillAsync("#Input_Amount", "500");
        await jonas.Click(jonas.Button("Add the budget"), "approvals-budgets");
        Assert.Contains("All of the company: 500.00 EUR a month", await jonas.Text());
        await jonas.Page.SelectOptionAsync("#approver-0", Characters.MembershipIdOf("jonas").ToString());
        await jonas.Click(jonas.Button("Store who approves"), "approvals-chain");
        await jonas.Go("/account/company/approvals", "approvals-away");
        jonas.Close();
    }
}
