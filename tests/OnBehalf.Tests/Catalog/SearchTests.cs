using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>
/// What people type and which article they expect first, over the real catalogue of AdventureWorks. The same on both databases: the suite runs on each.
/// </summary>
public sealed class SearchTests(AdventureWorks world) : IClassFixture<AdventureWorks>
{
    [Theory]
    // By number, whole or begun, set apart in any way.
    [InlineData("FR-R92B-58", "FR-R92B-58")]
    [InlineData("fr-r92b-58", "FR-R92B-58")]
    [InlineData("fr r92b 58", "FR-R92B-58")]
    [InlineData("frr92b58", "FR-R92B-58")]
    [InlineData("FR-R92B", "FR-R92B-44")]
    [InlineData("BK-M18", "BK-M18B-40")]
    [InlineData("TI-R982", "TI-R982")]
    [InlineData("ch-0234", "CH-0234")]
    [InlineData("4759", "CS-4759")]
    // By name.
    [InlineData("chain", "CH-0234")]
    [InlineData("CHAIN", "CH-0234")]
    [InlineData("logo cap", "CA-1098")]
    [InlineData("road frame", "FR-R92B-44")]
    [InlineData("frame road", "FR-R92B-44")]
    [InlineData("water bottle", "WB-H098")]
    [InlineData("bottle cage", "BC-M005")]
    [InlineData("road bottle cage", "BC-R205")]
    [InlineData("patch kit", "PK-7098")]
    [InlineData("kit", "PK-7098")]
    [InlineData("hl mountain pedal", "PD-M562")]
    [InlineData("pedal", "PD-T852")]
    [InlineData("crankset", "CS-9183")]
    [InlineData("front brakes", "FB-9873")]
    [InlineData("rear derailleur", "RD-2308")]
    [InlineData("seat", "SE-M940")]
    [InlineData("saddle touring ml", "SE-T762")]
    [InlineData("bike wash", "CL-9009")]
    [InlineData("4-bike", "RA-H123")]
    [InlineData("4bike rack", "RA-H123")]
    [InlineData("women's shorts", "SH-W890-S")]
    [InlineData("womens shorts m", "SH-W890-M")]
    // With what describes it.
    [InlineData("red helmet", "HL-U509-R")]
    [InlineData("helmets blue", "HL-U509-B")]
    [InlineData("long sleeve jersey xl", "LJ-0192-X")]
    [InlineData("mountain-200", "BK-M68B-38")]
    [InlineData("mountain 200 silver 46", "BK-M68S-46")]
    [InlineData("yellow touring 1000 54", "BK-T79Y-54")]
    [InlineData("blue touring frame 54", "FR-T98U-54")]
    // Begun.
    [InlineData("hydr", "HY-1023-70")]
    [InlineData("crank", "CS-9183")]
    [InlineData("fend", "FE-6654")]
    // Accents, and small typing errors.
    [InlineData("pédal", "PD-T852")]
    [InlineData("hemlet", "HL-U509")]
    [InlineData("chian", "CH-0234")]
    [InlineData("sadle", "SE-M940")]
    [InlineData("crankest", "CS-9183")]
    [InlineData("derailer", "FD-2342")]
    [InlineData("hidration pack", "HY-1023-70")]
    [InlineData("moutain bik", "BK-M68B-38")]
    [InlineData("wather botle", "WB-H098")]
    public async Task The_first_hit_is_the_expected_one(string asked, string sku)
    {
        var page = await Ask(asked);
        Assert.Equal(sku, page.Document.QuerySelector("[data-sku]")?.GetAttribute("data-sku"));
    }

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
