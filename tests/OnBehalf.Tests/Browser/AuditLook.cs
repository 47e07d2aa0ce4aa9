using Microsoft.Playwright;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>How the audit log is searched and read: the form, who of several is meant, a session step by step, an event, and searches that are kept.</summary>
[Trait("Category", "Browser")]
public sealed class AuditLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task The_log_is_searched_and_a_session_is_read_from_start_to_end(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.Ticket", "INC-7"));
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/product/P-100");
        await karim.Get(inside + "/cart");
        await karim.Submit(await karim.Get(inside + "/account/data"), "main form[method=post]", ("Input.Phone", "+49 431 999"));
        await Sessions.End(karim, inside);
        await shop.Sequence();
        var session = await shop.Scalar<string>("select lower(cast(id as text)) from assisted_session");

        await using var ada = await Window.Open(shop, "audit", width, script: true);
        await ada.Enter(await shop.As("ada"));
        await ada.Go("/admin/audit", "log");
        await ada.Page.GetByLabel("Person", new() { Exact = true }).FillAsync("A");
        await ada.Click(ada.Page.Locator("form[action='/admin/audit'] button"), "several");
        await ada.Go("/admin/audit", "log-again");
        await ada.Page.GetByLabel("Person", new() { Exact = true }).FillAsync("Ines Albrecht");
        await ada.Page.GetByLabel("Ticket").FillAsync("INC-7");
        await ada.Click(ada.Page.Locator("form[action='/admin/audit'] button"), "found");
        Assert.DoesNotContain("nes", ada.Page.Url, StringComparison.Ordinal);
        await ada.Page.GetByLabel("Save this search as").FillAsync("All of INC-7");
        await ada.Click(ada.Page.Locator(".audit-keep button"), "saved");
        await ada.Go("/admin/audit?from=yesterday&mode=order", "wrong");
        await ada.Go($"/admin/audit/sessions/{session}", "session");
        await ada.Click(ada.Page.GetByText("Looked at 2 pages"), "pages");
        await ada.Click(ada.Page.GetByRole(AriaRole.Link, new() { Name = "Changed the account data" }), "event");
        await ada.Go("/admin/settings", "settings");
        ada.Close();
    }
}
