using OnBehalf.Catalog;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>Articles of one model, chosen by colour and size.</summary>
public sealed class VariantTests
{
    [Fact]
    public async Task The_page_of_an_article_leads_to_the_other_colours_and_sizes_of_its_model_without_a_script()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update product set model = 'Drill', color = 'Red', size = 'M' where sku = 'P-100'");
        await shop.Sql("update product set model = 'Drill', color = 'Blue', size = 'M' where sku = 'P-200'");
        await shop.Sql("update product set model = 'Drill', color = 'Red', size = 'XL' where sku = 'P-300'");
        await shop.Sql("update product set model = 'Drill', color = 'Green', size = 'S' where sku = 'P-900'");
        var page = await (await shop.As("ines")).Get("/product/P-100");
        Assert.Equal(["Blue /product/P-200", "Red /product/P-100"], Row(page, "Colour"));
        Assert.Equal(["M /product/P-100", "XL /product/P-300"], Row(page, "Size"));
        Assert.Equal(2, page.Document.QuerySelectorAll(".variant-row [aria-current]").Length);

        // What is not there for somebody is no choice.
        await shop.Sql("update product set status = 'discontinued' where sku = 'P-300'");
        Assert.Empty(Row(await (await shop.As("ines")).Get("/product/P-100"), "Size"));
    }

    [Fact]
    public void A_choice_keeps_the_rest_where_it_can_and_sizes_stand_in_their_order()
    {
        Variant here = new("A", "Red", "M");
        Variant[] others = [new("B", "Red", "10"), new("C", "Blue", "XL"), new("D", "Blue", "9"), new("E", "Red", "wide"), new("F", null, null)];
        Assert.Equal(["9:D", "10:B", "M:A", "XL:C", "wide:E"], VariantChooser.Sizes(here, others).Select(option => $"{option.Words}:{option.Sku}"));
        Assert.Equal([false, true, true, false, true], VariantChooser.Sizes(here, others).Select(option => option.IsExact));
        Assert.Equal(["Blue:C", "Red:A"], VariantChooser.Colors(here, others).Select(option => $"{option.Words}:{option.Sku}"));
        Assert.Empty(VariantChooser.Colors(here, [new("B", "red", "L")]));
    }

    private static IEnumerable<string> Row(Answer page, string title) =>
        page.Document.QuerySelectorAll($".variant-row[aria-label='{title}'] a").Select(link => $"{link.TextContent} {link.GetAttribute("href")}");
}
