using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>
/// What a search says beside its hits, over the real catalogue of AdventureWorks. Which article comes first is held by <see cref="QueryTests"/>.
/// </summary>
public sealed class SearchTests(AdventureWorks world) : IClassFixture<AdventureWorks>
{
    [Fact]
    public async Task A_mistyped_word_is_said_and_what_was_taken_for_it()
    {
        Assert.Contains("No article has “hemlet”. This is what has “helmet”.", (await Ask("hemlet blue")).Text);
        Assert.DoesNotContain("No article has", (await Ask("helmet blue")).Text);
    }

    [Fact]
    public async Task A_word_that_resembles_nothing_is_left_out_and_said()
    {
        var page = await Ask("helmet zzyzxq");
        Assert.Contains("No article has “zzyzxq”. It was left out.", page.Text);
        Assert.Equal("HL-U509", page.Document.QuerySelector("[data-sku]")?.GetAttribute("data-sku"));
    }

    [Fact]
    public async Task Words_that_no_article_has_together_are_offered_one_by_one()
    {
        var page = await Ask("helmet derailleur");
        Assert.Empty(page.Document.QuerySelectorAll("[data-sku]"));
        Assert.Contains("No article has all of these words. Try one of them: helmet derailleur", page.Text);
        Assert.NotNull(page.Document.QuerySelector("a[href='/search?q=helmet']"));
    }

    [Fact]
    public async Task Who_finds_nothing_is_shown_where_to_look()
    {
        var page = await Ask("zzyzxq");
        Assert.Contains("Nothing found for “zzyzxq”", page.Text);
        Assert.NotNull(page.Document.QuerySelector(".empty a[href='/category/bikes']"));
        Assert.Contains("What are you looking for?", (await Ask("")).Text);
    }

    [Fact]
    public async Task An_article_that_is_no_longer_sold_is_named_and_not_listed()
    {
        var byNumber = await Ask("BK-R93R-62");
        Assert.Contains("Road-150 Red, 62 (BK-R93R-62) is no longer sold.", byNumber.Text);
        Assert.NotNull(byNumber.Document.QuerySelector("a[href='/product/BK-R93R-62']"));
        Assert.Empty(byNumber.Document.QuerySelectorAll("[data-sku]"));
        Assert.Contains("Cable Lock (LO-C100) is no longer sold. Nothing on sale for “lock”", (await Ask("lock")).Text);
    }

    [Fact]
    public async Task All_hits_can_be_paged_through_and_none_stands_twice()
    {
        var seen = new List<string>();
        var page = await Ask("mountain");
        var count = await world.Shop.Scalar<int>("select count(*) from product where status = 'active' and (lower(name) like '%mountain%' or lower(model) like '%mountain%')");
        Assert.Contains($"{count} articles", page.Text);
        seen.AddRange(Numbers(page));
        while (seen.Count <= count && page.Document.QuerySelector("a[rel=next]") is { } next)
        {
            page = await world.Shop.Anonymous().Get(next.GetAttribute("href")!);
            seen.AddRange(Numbers(page));
        }

        Assert.Equal(count, seen.Count);
        Assert.Equal(count, seen.Distinct().Count());
    }

    [Fact]
    public async Task What_was_typed_is_text_and_never_markup()
    {
        var page = await Ask("<b>chain</b> \"onload=");
        Assert.Empty(page.Document.QuerySelectorAll("main b"));
        Assert.Equal("<b>chain</b> \"onload=", page.Document.QuerySelector("input[name=q]")!.GetAttribute("value"));
    }

    private static IEnumerable<string> Numbers(Answer page) => page.Document.QuerySelectorAll("[data-sku]").Select(card => card.GetAttribute("data-sku")!);

    private Task<Answer> Ask(string text) => world.Shop.Anonymous().Get("/search?q=" + Uri.EscapeDataString(text));
}
