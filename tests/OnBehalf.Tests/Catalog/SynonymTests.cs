using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>Words that mean the same.</summary>
public sealed class SynonymTests
{
    [Fact]
    public async Task A_synonym_finds_what_has_the_other_word_one_way_or_both_from_the_next_search_on()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        Assert.Empty(Numbers(await ines.Get("/search?q=torch")));
        await Post(ada, ("Input.Word", "Torch"), ("Input.Means", "lamp"));
        Assert.Equal(["P-300"], Numbers(await ines.Get("/search?q=torch")));
        Assert.Equal(["P-300"], Numbers(await ines.Get("/search?q=warning+torches")));
        Assert.Equal(["P-300"], Numbers(await ines.Get("/search?q=TÓRCH")));

        // One way only: the articles of the first word are not those of the second.
        await Post(ada, ("Input.Word", "wire"), ("Input.Means", "cable"), ("Input.BothWays", "true"));
        await shop.Sql("update product_word set word = 'wire' where word = 'drill'");
        Assert.Equal(["P-100", "P-200"], Numbers(await ines.Get("/search?q=wire")));
        Assert.Equal(["P-200", "P-100"], Numbers(await ines.Get("/search?q=cable")));
        await Post(ada, "/admin/synonyms?handler=remove", ("Input.Word", "cable"), ("Input.Means", "wire"), ("Input.BothWays", "true"));
        Assert.Equal(["P-100"], Numbers(await ines.Get("/search?q=wire")));
        Assert.Equal(["P-200"], Numbers(await ines.Get("/search?q=cable")));
        Assert.Equal(
            ["catalog.synonym-added", "catalog.synonym-added", "catalog.synonym-added", "catalog.synonym-removed", "catalog.synonym-removed"],
            (await shop.Facts()).Where(name => name.StartsWith("catalog.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Many_are_pasted_as_the_file_has_them_and_a_wrong_line_refuses_all()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var refused = await ada.Post("/admin/synonyms?handler=lines", [("Input.Lines", "saw;blade\ntorch lamp;light\n")], from: "/admin/synonyms");
        Assert.Contains("Line 2 is not “word;means”", refused.Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from search_synonym"));
        await Post(ada, "/admin/synonyms?handler=lines", ("Input.Lines", "word;means;ways\nsaw;blade;one\nT-Shirt;tee;both\n"));
        var file = (await ada.Get("/admin/synonyms?handler=file")).Html;
        Assert.Contains("saw,blade,one", file);
        Assert.Contains("tee,tshirt,both", file);
        await Post(ada, "/admin/synonyms?handler=lines", ("Input.Lines", file));
        Assert.Equal(3, await shop.Scalar<int>("select count(*) from search_synonym"));
        Assert.Contains("the same word already", (await ada.Post("/admin/synonyms", [("Input.Word", "Tée"), ("Input.Means", "tee")], from: "/admin/synonyms")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("vera")).Get("/admin/synonyms")).Status);
    }

    private static Task Post(Visitor ada, params (string, string)[] fields) => Post(ada, "/admin/synonyms", fields);

    private static async Task Post(Visitor ada, string path, params (string, string)[] fields)
    {
        var answer = await ada.Post(path, fields, from: "/admin/synonyms");
        Assert.True(answer.Status == HttpStatusCode.SeeOther, answer.Text);
    }

    private static IEnumerable<string> Numbers(Answer page) => page.Document.QuerySelectorAll("[data-sku]").Select(card => card.GetAttribute("data-sku")!);
}
