using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Data;

/// <summary>
/// A flat JSON object in the canonical form of RFC 8785: names in the order of their UTF-16 code units, no blanks, one spelling for each text and number. The
/// same members give the same bytes wherever they are written. A name that comes twice is a mistake and throws.
/// </summary>
internal sealed class CanonicalObject
{
    /// <summary>Longer texts are cut and end with the digest of the whole, so that no entry can outgrow the 65,535 bytes that a log takes.</summary>
    public const int MostBytes = 2_000;

    private const int KeptCharacters = 150;

    // Beyond it numbers are not the same for everybody who reads JSON, and are written as texts.
    private const long GreatestNumber = (1L << 53) - 1;

    // What is escaped, and surrogates, which may be half.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    private readonly List<Member> _members = new(32);

    public void Add(string name, string text) => _members.Add(new Member(name, text, 0, Kind.Text));

    public void Add(string name, bool value) => _members.Add(new Member(name, value ? "true" : "false", 0, Kind.Word));

    public void Add(string name, long number)
    {
        if (number is >= -GreatestNumber and <= GreatestNumber)
        {
            _members.Add(new Member(name, null, number, Kind.Number));
        }
        else
        {
            Add(name, number.ToString(CultureInfo.InvariantCulture));
        }
    }

    public string? TextOf(string name) => _members.Find(member => member.Name == name).Text;

    public override string ToString()
    {
        _members.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        var json = new StringBuilder(1024).Append('{');
        var before = "";
        foreach (var member in _members)
        {
            if (member.Name == before)
            {
                throw new InvalidOperationException($"An entry of the audit log has the member '{before}' twice.");
            }

            Quote(json.Append(before.Length == 0 ? "" : ","), member.Name);
            json.Append(':');
            before = member.Name;
            switch (member.Kind)
            {
                case Kind.Number:
                    json.Append(CultureInfo.InvariantCulture, $"{member.Number}");
                    break;
                case Kind.Word:
                    json.Append(member.Text);
                    break;
                default:
                    Quote(json, Short(member.Text!));
                    break;
            }
        }

        return json.Append('}').ToString();
    }

    private static string Short(string text) =>
        // An escaped character has at most six bytes.
        text.Length * 6 <= MostBytes || Length(text) <= MostBytes ? text
            : $"{text[..KeptCharacters]}… sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static int Length(string text)
    {
        var json = new StringBuilder();
        Quote(json, text);
        return Encoding.UTF8.GetByteCount(json.ToString());
    }

    // A surrogate without its other half is no text, and becomes U+FFFD.
    private static void Quote(StringBuilder json, string text)
    {
        json.Append('"');
        if (!text.AsSpan().ContainsAny(Special))
        {
            json.Append(text);
        }
        else
        {
            foreach (var rune in text.EnumerateRunes())
            {
                Escape(json, rune);
            }
        }

        json.Append('"');
    }

    private static void Escape(StringBuilder json, Rune rune) => _ = rune.Value switch
    {
        '"' => json.Append("\\\""),
        '\\' => json.Append("\\\\"),
        '\b' => json.Append("\\b"),
        '\t' => json.Append("\\t"),
        '\n' => json.Append("\\n"),
        '\f' => json.Append("\\f"),
        '\r' => json.Append("\\r"),
        < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
        _ => json.Append(rune.ToString()),
    };

    private enum Kind
    {
        Text,
        Number,
        Word,
    }

    private readonly record struct Member(string Name, string? Text, long Number, Kind Kind);
}
