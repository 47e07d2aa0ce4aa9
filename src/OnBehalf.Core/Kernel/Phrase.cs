using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnBehalf.Kernel;

/// <summary>
/// Words of ours, written in English where they are used, with places for values: "At most {0} pieces." The English is also the key under which
/// <see cref="Phrasebook"/> has them in other languages; which one is decided when they are read, by the culture of whoever reads. A literal becomes a phrase by
/// its type, so tables and refusals that are made once speak every language.
/// </summary>
[InterpolatedStringHandler]
[JsonConverter(typeof(AsWords))]
public sealed class Phrase(int literalLength, int formattedCount) : IEquatable<Phrase>
{
    private readonly string?[] _literals = new string?[formattedCount + 1];
    private readonly Value[] _values = formattedCount == 0 ? [] : new Value[formattedCount];
    private readonly int _length = literalLength;
    private int _count;

    private Phrase(string words)
        : this(words.Length, 0) => _literals[0] = words;

    /// <summary>The English with numbers for the values: "At most {0} pieces."</summary>
    public string Key
    {
        get
        {
            if (_count == 0)
            {
                return _literals[0] ?? "";
            }

            var key = new StringBuilder(_length + (4 * _count)).Append(_literals[0]);
            for (var i = 0; i < _count; i++)
            {
                key.Append('{').Append(i).Append('}').Append(_literals[i + 1]);
            }

            return key.ToString();
        }
    }

    /// <summary>The words at the beginning of a line.</summary>
    public string Capital => ToString() is { Length: > 0 } words ? char.ToUpper(words[0], CultureInfo.CurrentCulture) + words[1..] : "";

    public static implicit operator Phrase(string words) => new(words);

    /// <summary>For a choice between phrases: `count == 1 ? Phrase.Of("One line.") : Phrase.Of($"{count} lines.")`.</summary>
    public static Phrase Of(Phrase phrase) => phrase;

    /// <summary>Words that somebody else has made, or that were said already: they stay what they are.</summary>
    public static Phrase Made(string words) => new(0, 1) { _values = { [0] = new Value(words, null) }, _count = 1 };

    /// <summary>Words that are put together when somebody reads them, in his language.</summary>
    public static Phrase Later(Func<string> compose) => new(0, 1) { _values = { [0] = new Value(new Composed(compose), null) }, _count = 1 };

    [return: NotNullIfNotNull(nameof(phrase))]
    public static implicit operator string?(Phrase? phrase) => phrase?.ToString();

    public void AppendLiteral(string words) => _literals[_count] = _literals[_count] is { } before ? before + words : words;

    public void AppendFormatted<T>(T value) => _values[_count++] = new Value(value, null);

    public void AppendFormatted<T>(T value, string? format) => _values[_count++] = new Value(value, format);

    public override string ToString()
    {
        if (_count == 0)
        {
            return Phrasebook.Find(_literals[0] ?? "");
        }

        if (Phrasebook.IsEnglish)
        {
            // Nothing but the words themselves is made.
            var english = new DefaultInterpolatedStringHandler(_length, _count, CultureInfo.CurrentCulture);
            english.AppendLiteral(_literals[0] ?? "");
            for (var i = 0; i < _count; i++)
            {
                english.AppendFormatted(_values[i].What, 0, _values[i].Format);
                english.AppendLiteral(_literals[i + 1] ?? "");
            }

            return english.ToStringAndClear();
        }

        var text = new StringBuilder(_length + (16 * _count));
        Write(text, static (text, words) => text.Append(words), static (text, value, format) => text.Append(InWords(value, format)));
        return text.ToString();
    }

    /// <summary>Hands over words and values in the order of the language that is read.</summary>
    public void Write<T>(T to, Action<T, ReadOnlySpan<char>> words, Action<T, object?, string?> value)
    {
        if (Phrasebook.IsEnglish)
        {
            words(to, _literals[0]);
            for (var i = 0; i < _count; i++)
            {
                value(to, _values[i].What, _values[i].Format);
                words(to, _literals[i + 1]);
            }

            return;
        }

        ReadOnlySpan<char> rest = Phrasebook.Find(Key);
        while (Place(rest) is var (at, place) && at >= 0)
        {
            words(to, rest[..at]);
            value(to, _values[place].What, _values[place].Format);
            rest = rest[(at + 3)..];
        }

        words(to, rest);
    }

    /// <summary>A value as people of the current culture read it.</summary>
    public static string InWords(object? value, string? format) =>
        value is IFormattable formattable ? formattable.ToString(format is null ? null : Phrasebook.DatePattern(format), CultureInfo.CurrentCulture) : value?.ToString() ?? "";

    public bool Equals(Phrase? other) => other is not null && string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Phrase);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    // The next "{n}" of a value that there is; no sentence has ten.
    private (int At, int Place) Place(ReadOnlySpan<char> words)
    {
        for (var at = words.IndexOf('{'); at >= 0 && at + 2 < words.Length;)
        {
            if (words[at + 2] == '}' && words[at + 1] - '0' is var place && place >= 0 && place < _count)
            {
                return (at, place);
            }

            var next = words[(at + 1)..].IndexOf('{');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return (-1, 0);
    }

    private readonly record struct Value(object? What, string? Format);

    private sealed class Composed(Func<string> compose)
    {
        public override string ToString() => compose();
    }

    private sealed class AsWords : JsonConverter<Phrase>
    {
        public override Phrase? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Words go out, and are never read.");

        public override void Write(Utf8JsonWriter writer, Phrase value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}

/// <summary>Words where they are needed at once.</summary>
public static class Speech
{
    /// <summary>The phrase in the language of who reads now: never for what is made once and kept.</summary>
    public static string Say(Phrase phrase) => phrase.ToString();

    /// <summary>The same for words without values, of which a page has many: nothing is made for them.</summary>
    public static string Say(string words) => Phrasebook.Find(words);
}
