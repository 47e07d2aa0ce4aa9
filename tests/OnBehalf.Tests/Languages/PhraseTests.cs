using System.Text.Json;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

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
    public void All_phrases_are_found_and_each_value_has_its_place_in_their_translation()
    {
        var said = All().SelectMany(one => one.Phrases).Select(phrase => phrase.Key).ToHashSet(StringComparer.Ordinal);
        Assert.Contains("Sign in", said);
        Assert.Contains("At most {0} characters.", said);
        foreach (var language in (string[])["de", "fr"])
        {
            var words = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Repository.PathTo("src", "OnBehalf", "Texts", language + ".json")))!;
            Assert.Empty(words.Where(pair => Places(pair.Key) != Places(pair.Value)));
            Assert.Empty(words.Where(pair => pair.Key.StartsWith(' ') != pair.Value.StartsWith(' ') || pair.Key.EndsWith(' ') != pair.Value.EndsWith(' ')));
        }
    }

    private static string Places(string words) => string.Join(' ', words.Split('{').Skip(1).Select(rest => rest.Split('}')[0]).Order(StringComparer.Ordinal));

    private static List<(IReadOnlyList<SpokenPhrase> Phrases, IReadOnlyList<string> Faults)> All() =>
        [SpokenPhrases.Of(typeof(Phrase).Assembly), SpokenPhrases.Of(typeof(Host.ShopHost).Assembly)];
}
