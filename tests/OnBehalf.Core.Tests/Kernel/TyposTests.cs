using FsCheck;
using FsCheck.Fluent;

namespace OnBehalf.Kernel;

public sealed class TyposTests
{
    [Theory]
    [InlineData("albrecht", "albrecht", 0)]
    [InlineData("albrehct", "albrecht", 1)]
    [InlineData("nordlict", "nordlicht", 1)]
    [InlineData("nordlichtt", "nordlicht", 1)]
    [InlineData("meyer", "meier", 1)]
    [InlineData("mayer", "meier", 2)]
    [InlineData("ablrehct", "albrecht", 2)]
    public void Mistakes_are_counted_as_people_make_them(string typed, string known, int mistakes) =>
        Assert.Equal(mistakes, Typos.Between(typed, known, 2));

    [Theory]
    [InlineData("weiss", "albrecht")]
    [InlineData("an", "anna-lena")]
    [InlineData("", "abc")]
    public void Other_words_are_not_mistakes(string typed, string known) => Assert.Null(Typos.Between(typed, known, 2));

    [Fact]
    public void Short_words_must_be_right() => Assert.Equal([0, 0, 1, 1, 2], new[] { 2, 3, 4, 7, 8 }.Select(Typos.Allowed));

    [Fact]
    public void Taking_any_letter_away_is_one_mistake_in_both_directions() =>
        Prop.ForAll(Gen.Elements("albrecht", "nordlicht", "wisniewski").ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (word, at) =>
        {
            var shorter = word.Remove(at, 1);
            return Typos.Between(shorter, word, 2) == 1 && Typos.Between(word, shorter, 2) == 1;
        }).QuickCheckThrowOnFailure();
}
