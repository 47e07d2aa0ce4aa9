namespace OnBehalf.Catalog.Tests;

public sealed class ProductQuestionTests
{
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
}
