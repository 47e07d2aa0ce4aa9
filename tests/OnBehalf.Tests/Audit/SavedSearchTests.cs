using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Audit;

public sealed class SavedSearchTests
{
    [Fact]
    public async Task A_search_is_kept_for_oneself_or_for_all_who_may_read_the_log_and_names_nobody()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        var (ada, vera) = (await shop.As("ada"), await shop.As("vera"));
        var search = $"/admin/audit?action=carts&person={Characters.BuyerIdOf("ines")}&from=2026-01-01";
        foreach (var (name, shared) in new[] { ("Carts of one", "false"), ("Carts for all", "true") })
        {
            var saved = await ada.Submit(await ada.Get(search), "form.audit-keep", ("Input.Name", name), ("Input.IsShared", shared));
            Assert.True(saved.Status is HttpStatusCode.SeeOther, saved.Html);
        }

        Assert.DoesNotContain(Characters.BuyerIdOf("ines").ToString(), await shop.Dump("audit_search"), StringComparison.OrdinalIgnoreCase);
        var own = await ada.Get("/admin/audit/searches");
        Assert.Contains("Carts of one only for you", own.Text, StringComparison.Ordinal);
        Assert.Contains("Carts for all yours, for all who may read the log", own.Text, StringComparison.Ordinal);
        var others = await vera.Get("/admin/audit/searches");
        Assert.DoesNotContain("Carts of one", others.Text, StringComparison.Ordinal);
        var link = others.Document.QuerySelector(".list-group a")!;
        Assert.Equal("Carts for all", link.TextContent);
        Assert.Null(others.Document.QuerySelector(".list-group form"));
        Assert.Contains("Karim Weiss for Ines Albrecht put 2", (await vera.Get(link.GetAttribute("href")!)).Text, StringComparison.Ordinal);

        // Opening it was a read like any other, and nobody deletes another one's.
        Assert.Equal("audit.read", (await shop.Facts())[^1]);
        await vera.Post("/admin/audit/searches", [("Input.Delete", own.Document.QuerySelector("[name='Input.Delete']")!.GetAttribute("value")!)], from: "/admin/audit/searches");
        Assert.Equal(2, await shop.Scalar<int>("select cast(count(*) as integer) from audit_search"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(own, ".list-group form")).Status);
        Assert.Equal(1, await shop.Scalar<int>("select cast(count(*) as integer) from audit_search"));
        Assert.Equal(["audit.search-saved", "audit.search-saved", "audit.search-deleted"], (await shop.Facts()).Where(name => name.StartsWith("audit.search", StringComparison.Ordinal)));
        // Of whom the log never spoke there is no reference to keep.
        var silent = await ada.Submit(await ada.Get($"/admin/audit?person={Characters.BuyerIdOf("bruno")}"), "form.audit-keep", ("Input.Name", "Bruno"));
        Assert.Equal(HttpStatusCode.Conflict, silent.Status);
        Assert.Contains("never spoken of this person", silent.Text, StringComparison.Ordinal);
        var nameless = await ada.Submit(await ada.Get(search), "form.audit-keep", ("Input.Name", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.Status);
        Assert.Contains("Name of the search", nameless.Text, StringComparison.Ordinal);
    }
}
