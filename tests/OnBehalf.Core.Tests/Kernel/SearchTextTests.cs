using FsCheck;
using FsCheck.Fluent;

namespace OnBehalf.Kernel.Tests;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Müller & Søn, LED-12", "muller son led 12 led12")]
    [InlineData("FR-R92B-58", "fr r92b 58 frr92b58")]
    [InlineData("Straße Łódź Æther", "strasse lodz aether")]
    [InlineData("ﬁne  ½ m²", "fine 1 2 12 m2")]
    [InlineData("josé1@adventure-works.com", "jose1 adventure works com jose1adventureworkscom")]
    [InlineData("ΣΊΣΥΦΟΣ", "σισυφοσ")]
    [InlineData("again again Again", "again")]
    [InlineData("--- , ;", "")]
    [InlineData(null, "")]
    public void Text_becomes_words(string? text, string words) => Assert.Equal(words, string.Join(' ', SearchText.Words(text)));

    [Fact]
    public void Composed_and_decomposed_letters_are_the_same() => Assert.Equal(SearchText.Words("Jos\u00e9"), SearchText.Words("Jose\u0301"));

    [Fact]
    public void Very_long_words_are_cut_when_stored_and_when_asked() =>
        Assert.Equal([new string('a', SearchText.LongestWord)], SearchText.Words(new string('a', 500)));

    [Theory]
    [InlineData("Ørsted", "orsted")]
    [InlineData("HL Road Frame - Black, 58", "hl road frame black 58")]
    [InlineData("  L'Étoile  ", "l etoile")]
    public void Names_sort_without_accents_and_case(string name, string sortName) => Assert.Equal(sortName, SearchText.SortName(name));

    [Theory]
    [InlineData("saw\ud83d blade", "saw blade")]
    [InlineData("\ude00saw", "saw")]
    [InlineData("sa\ufffew", "sa w")]
    [InlineData("saw\0 blade\u0007", "saw blade")]
    public void What_is_no_text_separates_words(string text, string words) => Assert.Equal(words, string.Join(' ', SearchText.Words(text)));

    [Fact]
    public void Words_of_words_are_the_same_words() => Prop.ForAll<string>(text =>
    {
        var words = SearchText.Words(text);
        return words.All(word => word.Length is > 0 and <= SearchText.LongestWord) && SearchText.Words(string.Join(' ', words)).SequenceEqual(words);
    }).QuickCheckThrowOnFailure();
}
