using OnBehalf.Kernel;

namespace OnBehalf.Tests.Languages;

/// <summary>What the program can say, in every language that it speaks.</summary>
public sealed class PhraseTests
{
    [Fact]
    public void Every_phrase_is_one_that_is_known_when_the_program_is_built()
    {
        var faults = All().SelectMany(one => one.Faults).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void All_phrases_are_found()
    {
        var keys = All().SelectMany(one => one.Phrases).Select(phrase => phrase.Key).ToHashSet(StringComparer.Ordinal);
        File.WriteAllLines("/tmp/keys.txt", keys.Order(StringComparer.Ordinal));
        Assert.True(keys.Count > 1000, $"{keys.Count}");
    }

    private static List<(IReadOnlyList<SpokenPhrase> Phrases, IReadOnlyList<string> Faults)> All() =>
        [SpokenPhrases.Of(typeof(Phrase).Assembly), SpokenPhrases.Of(typeof(Host.ShopHost).Assembly)];
}
