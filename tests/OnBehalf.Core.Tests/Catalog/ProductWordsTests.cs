namespace OnBehalf.Catalog.Tests;

public sealed class ProductWordsTests
{
    [Fact]
    public void The_number_counts_before_the_name_and_the_name_before_what_describes_it()
    {
        var words = ProductWords.Of("HL-U509-R", "Sport-100 Helmet, Red", "Sport-100", "Red", "M", "Helmets");

        Assert.Equal(ProductWords.OfNumber, words["hlu509r"]);
        Assert.InRange(words["helmet"], ProductWords.OfAttribute + 1, ProductWords.OfName);
        Assert.Equal(words["helmet"] - 1, words["red"]);
        Assert.Equal(ProductWords.OfAttribute, words["helmets"]);
        Assert.Equal(ProductWords.OfAttribute, words["m"]);
    }

    [Fact]
    public void A_word_weighs_more_early_and_in_a_short_name()
    {
        static int Lamp(string name) => ProductWords.Of("X-1", name, null, null, null, null)["lamp"];

        Assert.True(Lamp("Lamp") > Lamp("Lamp holder"));
        Assert.True(Lamp("Lamp holder") > Lamp("Holder for a lamp"));
        Assert.True(Lamp($"{string.Join(' ', Enumerable.Range(0, 80))} lamp") > ProductWords.OfAttribute);
    }

    [Theory]
    [InlineData("helmet", true)]
    [InlineData("señal", true)]
    [InlineData("red", false)]
    [InlineData("hlu509r", false)]
    public void Only_words_of_letters_are_offered_to_somebody_who_mistyped(string word, bool isTerm) => Assert.Equal(isTerm, ProductWords.IsTerm(word));
}
