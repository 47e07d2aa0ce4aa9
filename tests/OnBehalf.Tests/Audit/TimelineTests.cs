using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Pricing;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Audit;

/// <summary>A session step by step, and the history of a thing, as whoever reads the log sees them.</summary>
public sealed class TimelineTests
{
    [Fact]
    public async Task A_session_reads_from_its_start_to_its_end_with_before_and_after_and_its_pages_folded()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.Ticket", "INC-7"));
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/product/P-100");
        await karim.Get(inside + "/cart");
        await karim.Submit(await karim.Get(inside + "/account/data"), "main form[method=post]", ("Input.Phone", "+49 431 999"));
        await karim.Get(inside + "/account");
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account/password")).Status);
        await Sessions.End(karim, inside);
        var session = await shop.Scalar<string>("select lower(cast(id as text)) from assisted_session");

        var ada = await shop.As("ada");
        var page = await ada.Get($"/admin/audit/sessions/{session}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Karim Weiss for Ines Albrecht", page.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Order by telephone, ticket INC-7", page.Text, StringComparison.Ordinal);
        Assert.Contains("Put 2 × Cordless drill 18 V (P-100) into the cart", page.Text, StringComparison.Ordinal);
        Assert.Contains("Changed the account data (phone)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ines Albrecht, +49 431 555010 became→ Ines Albrecht, +49 431 999", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ended the assisted session: ended by the operator", page.Text, StringComparison.Ordinal);
        Assert.Contains("of them not in the signed log yet", page.Text, StringComparison.Ordinal);
        var pages = page.Document.QuerySelectorAll(".audit-steps details");
        Assert.Contains("Looked at 2 pages", pages[0].QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Looked at /cart", pages[0].TextContent, StringComparison.Ordinal);
        Assert.Single(page.Document.QuerySelectorAll(".audit-steps > li .badge"));

        await shop.Sequence();
        page = await ada.Get($"/admin/audit/sessions/{session}");
        Assert.Contains("all of them in the signed log", page.Text, StringComparison.Ordinal);
        Assert.Contains("step 1, entry ", page.Text, StringComparison.Ordinal);
        Assert.Contains("No witness has cosigned it.", (await ada.Get("/admin/audit")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Get($"/admin/audit/sessions/{Guid.Empty}")).Status);
        Assert.Equal(3, (await shop.Facts()).Count(name => name == "audit.read"));

        // The buyer reads the same of it.
        var own = (await (await shop.As("ines")).Get("/account/assistance")).Text;
        Assert.Contains("Put 2 × Cordless drill 18 V (P-100) into the cart", own, StringComparison.Ordinal);
        Assert.Contains("Before Ines Albrecht, +49 431 555010", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_a_person_a_company_an_article_and_an_order_lead_to_their_history()
    {
        await using var shop = await TestShop.Start();
        await Security.MatrixSample.Enter(shop);
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[shop.name]", "Nordwind"));
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");

        var setting = await ada.Get((await ada.Get("/admin/settings")).Document.QuerySelector("a[href='/admin/audit?about=setting:shop.name']")!.GetAttribute("href")!);
        Assert.Contains("Ada Novak changed the setting shop.name", setting.Text, StringComparison.Ordinal);
        Assert.Contains("Nordwind", setting.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Karim", setting.Text, StringComparison.Ordinal);

        var article = await ada.Get($"/admin/audit?about=product:{Characters.Drill}");
        Assert.Contains("Karim Weiss for Ines Albrecht put 2 × Cordless drill", article.Text, StringComparison.Ordinal);
        Assert.Contains("About: article P-100", article.Text, StringComparison.Ordinal);
        await shop.Database.Record(Caller.Machine("test"), new PriceChanged("dealer", "P-100", "10", "85.00", "80.00"));
        var price = await ada.Get("/admin/audit?about=article:P-100");
        Assert.Contains("test changed the price of P-100, from 10 on, in the price list dealer 85.00 became→ 80.00", price.Text, StringComparison.Ordinal);
        foreach (var (from, link) in new[]
        {
            ("/admin/customers/N-1001", "/admin/audit?company=N-1001"), ("/admin/orders/SO-2025-000001", "/admin/audit?order=SO-2025-000001"),
            ($"/admin/buyers/{Characters.MembershipIdOf("ines")}", $"/admin/audit?person={Characters.BuyerIdOf("ines")}"),
        })
        {
            var page = await ada.Get(from);
            Assert.NotNull(page.Document.QuerySelector($"a[href='{link}']"));
            Assert.Equal(HttpStatusCode.OK, (await ada.Get(link)).Status);
        }

        // A cart is the buyer's: what was done to it is found by him, from the list of carts and from his own page.
        var cart = $"/admin/audit?action=carts&person={Characters.BuyerIdOf("ines")}";
        foreach (var from in new[] { "/admin/carts", $"/admin/buyers/{Characters.MembershipIdOf("ines")}" })
        {
            Assert.NotNull((await ada.Get(from)).Document.QuerySelector($"a[href='{cart}']"));
        }

        Assert.Contains("Karim Weiss for Ines Albrecht put 2 × Cordless drill", (await ada.Get(cart)).Text, StringComparison.Ordinal);
        Assert.Null((await (await shop.As("karim")).Get("/staff/carts")).Document.QuerySelector("a[href^='/admin/audit']"));
        Assert.NotNull((await ada.Get("/admin/prices/dealer")).Document.QuerySelector("a[href='/admin/audit?about=article:P-100']"));

        Assert.NotNull((await ada.Get($"/admin/staff/{Characters.StaffIdOf("karim")}")).Document.QuerySelector($"a[href='/admin/audit?person={Characters.StaffIdOf("karim")}']"));
    }
}
