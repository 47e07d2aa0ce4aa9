using System.Net;
using OnBehalf.Data;
using OnBehalf.Modules.Audit;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Audit;

public sealed class AuditPageTests
{
    [Fact]
    public async Task What_was_done_in_a_session_reads_with_both_names_and_every_filter_finds_it()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        var added = await karim.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        Assert.True(added.Status is HttpStatusCode.SeeOther, added.Html);
        var vera = await shop.As("vera");

        string[] filters = ["", "?action=carts", "?person=ines@buyers.example", "?person=karim@onbehalf.example", "?company=N-1001", $"?session={karim.Session}"];
        foreach (var filter in filters)
        {
            var page = await vera.Get("/admin/audit" + filter);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.True(page.Text.Contains("Karim Weiss for Ines Albrecht put an article into the cart"), filter + ": " + page.Text);
        }

        foreach (var filter in new[] { "?action=orders", "?person=paul@buyers.example", "?company=N-1002", "?session=00000000-0000-0000-0000-000000000001", "?to=2001-01-01" })
        {
            Assert.DoesNotContain("Karim Weiss for Ines Albrecht put an article", (await vera.Get("/admin/audit" + filter)).Text);
        }
    }

    [Theory]
    [InlineData("?session=x", "Session")]
    [InlineData("?from=yesterday", "From")]
    [InlineData("?to=2026-02-31", "To")]
    [InlineData("?before=-1", "does not exist")]
    public async Task A_filter_that_cannot_be_read_is_named(string query, string word)
    {
        await using var shop = await TestShop.Start();
        var page = await (await shop.As("ada")).Get("/admin/audit" + query);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(word, page.Document.QuerySelector("[role=alert]")!.TextContent);
    }

    [Fact]
    public async Task One_event_shows_its_personal_values_and_looking_is_an_event_itself()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await ada.Get("/admin/audit?person=nobody@example.com");
        await using var db = shop.Database.Read();
        var read = db.Set<AuditEventRow>().Single(row => row.Name == "audit.read");
        Assert.DoesNotContain("nobody@example.com", read.Entry);

        var page = await ada.Get($"/admin/audit/{read.Id}");
        Assert.Contains("Ada Novak read the audit log", page.Text);
        Assert.Contains("nobody@example.com", page.Text);
        Assert.Equal(2, (await shop.Facts()).Count(name => name == "audit.read"));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Get($"/admin/audit/{Guid.Empty}")).Status);
    }

    [Fact]
    public async Task Every_kind_of_event_has_its_words()
    {
        var facts = typeof(AuditWords).Assembly.GetTypes().Concat(typeof(Kernel.Fact).Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Kernel.Fact)) && !type.IsAbstract);
        var names = facts.Select(type => ((Kernel.Fact)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)).Name).Distinct();
        Assert.Empty(names.Except(AuditWords.Names));
        await Task.CompletedTask;
    }
}
