using OnBehalf.Kernel;

namespace OnBehalf.Catalog.Tests;

public sealed class ProductSearchTests
{
    private static readonly ProductCandidate Frame58 = Found("FR-R92B-58", "HL Road Frame - Black, 58", 300);
    private static readonly ProductCandidate Frame62 = Found("FR-R92B-62", "HL Road Frame - Black, 62", 300);
    private static readonly ProductCandidate RoadBike = Found("BK-R50B-58", "Road-650 Black, 58", 300);
    private static readonly ProductCandidate Tyre = Found("TI-R092", "LL Road Tire", 280);

    [Theory]
    [InlineData("road frame", "road|road frame|frame")]
    [InlineData("FR-R92B 58", "frr92b|fr,r92b 58|58")]
    [InlineData("  Señal,Lampe ", "senal|senal lampe|lampe")]
    [InlineData("--- &", "")]
    [InlineData(null, "")]
    public void A_question_is_read_chunk_by_chunk(string? text, string chunks) =>
        Assert.Equal(chunks, string.Join(' ', ProductQuestion.Of(text).Chunks.Select(chunk => $"{chunk.Whole}|{string.Join(',', chunk.Parts)}")));

    [Fact]
    public void A_question_without_end_is_cut()
    {
        var question = ProductQuestion.Of(string.Join(' ', Enumerable.Range(0, 1000)));

        Assert.Equal(ProductQuestion.MostChunks, question.Chunks.Count);
        Assert.Equal(ProductQuestion.LongestText, question.Text.Length);
    }

    [Theory]
    [InlineData("FR-R92B-58")]
    [InlineData("frr92b58")]
    [InlineData("fr r92b 58")]
    public void The_number_itself_comes_first(string asked) => Assert.Equal(Frame58.Id, ProductRanking.Order([RoadBike, Frame62, Tyre, Frame58], asked)[0]);

    [Fact]
    public void A_name_that_begins_as_asked_comes_before_one_that_only_has_the_words() =>
        Assert.Equal([RoadBike.Id, Frame58.Id], ProductRanking.Order([Frame58, RoadBike], "road"));

    [Fact]
    public void Better_words_come_first_and_equals_by_name() =>
        Assert.Equal([Frame58.Id, Frame62.Id, Tyre.Id], ProductRanking.Order([Tyre, Frame62, Frame58], "black tire road"));

    private static ProductCandidate Found(string sku, string name, int score) => new(IId<ProductId>.New(), sku, SearchText.SortName(name), score);
}
