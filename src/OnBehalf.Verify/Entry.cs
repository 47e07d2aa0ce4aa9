using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace OnBehalf.Verify;

/// <summary>What the verifier needs to know of an entry. Times are microseconds since the year 1.</summary>
internal readonly record struct Entry(Guid Id, long At, Guid? Session, long Number, long Entries, string? NodeKey)
{
    private const int MostDepth = 16;
    private const int MostExactDigits = 15;

    private enum Field
    {
        Other, V, Id, Name, At, Outcome, Session, Number, Entries, NodeKey,
    }

    /// <summary>Reads an entry and says what is wrong with it, in words; null when it is canonical JSON with all that every entry has.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, out Entry entry)
    {
        entry = default;
        if (!Utf8.IsValid(bytes))
        {
            return "is not UTF-8";
        }

        try
        {
            return new Reader(bytes).Read(out entry);
        }
        catch (JsonException)
        {
            return "is not JSON";
        }
    }

    /// <summary>
    /// One way through the tokens. The canonical form (RFC 8785) has no blanks, sorted names without repetition, and one spelling for each text and number,
    /// so each token must begin exactly where the one before ended.
    /// </summary>
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private Utf8JsonReader _json = new(bytes, new JsonReaderOptions { MaxDepth = MostDepth });
        private long _position;
        private bool _afterValue;
        private int _seen;
        private Entry _entry;

        public string? Read(out Entry entry)
        {
            entry = default;
            Span<(int Start, int Length)> names = stackalloc (int, int)[MostDepth + 2];
            var field = Field.Other;
            while (_json.Read())
            {
                var type = _json.TokenType;
                if (_position == 0 && type != JsonTokenType.StartObject)
                {
                    return "is not a JSON object";
                }

                if (_json.TokenStartIndex != _position + (_afterValue && type is not (JsonTokenType.EndObject or JsonTokenType.EndArray) ? 1 : 0))
                {
                    return "is not canonical: it has blanks between its parts";
                }

                if (Token(type, names, ref field) is { } fault)
                {
                    return fault;
                }
            }

            if (_position != _bytes.Length)
            {
                return "is not canonical: something follows its end";
            }

            entry = _entry;
            return Missing();
        }

        private string? Token(JsonTokenType type, scoped Span<(int Start, int Length)> names, scoped ref Field field)
        {
            _afterValue = true;
            _position = _json.TokenStartIndex;
            switch (type)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    names[_json.CurrentDepth + 1] = default;
                    (_afterValue, _position) = (false, _position + 1);
                    return OfNoText(field);
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _position++;
                    return null;
                case JsonTokenType.PropertyName:
                    (_afterValue, _position) = (false, _position + _json.ValueSpan.Length + 3);
                    field = _json.CurrentDepth == 1 ? FieldOf(_json.ValueSpan) : Field.Other;
                    return _json.BytesConsumed != _position ? "is not canonical: it has blanks between its parts"
                        : IsText(_json.ValueSpan) && IsSorted(names) ? null : "is not canonical: its names are not sorted, or one stands there twice";
                case JsonTokenType.String:
                    _position += _json.ValueSpan.Length + 2;
                    return IsText(_json.ValueSpan) ? Text(field) : "is not canonical: it escapes what needs no escape";
                case JsonTokenType.Number:
                    _position += _json.ValueSpan.Length;
                    return IsNumber(_json.ValueSpan) ? Number(field) : "is not canonical: a number is not written in the one way";
                default:
                    _position += _json.ValueSpan.Length;
                    return OfNoText(field);
            }
        }

        private readonly string? OfNoText(Field field) => _json.CurrentDepth == 1 && field != Field.Other ? $"has a value for {Word(field)} that it cannot have" : null;

        private string? Text(Field field)
        {
            if (_json.CurrentDepth != 1)
            {
                return null;
            }

            switch (field)
            {
                case Field.Id when Guid.TryParseExact(_json.GetString(), "D", out var id):
                    _entry = _entry with { Id = id };
                    break;
                case Field.At when TryReadTime(_json.ValueSpan, out var at):
                    _entry = _entry with { At = at };
                    break;
                case Field.Session when Utf8Parser.TryParse(_json.ValueSpan, out Guid session, out var used, 'D') && used == _json.ValueSpan.Length:
                    _entry = _entry with { Session = session };
                    break;
                case Field.Name when _json.ValueSpan.Length > 0:
                    break;
                case Field.Outcome when _json.ValueSpan.SequenceEqual("done"u8) || _json.ValueSpan.SequenceEqual("refused"u8):
                    break;
                case Field.NodeKey:
                    _entry = _entry with { NodeKey = _json.GetString() };
                    break;
                case Field.Other:
                    return null;
                default:
                    return $"has a value for {Word(field)} that it cannot have";
            }

            _seen |= 1 << (int)field;
            return null;
        }

        private string? Number(Field field)
        {
            if (_json.CurrentDepth != 1 || field == Field.Other)
            {
                return null;
            }

            if (!_json.TryGetInt64(out var number) || number < 1 || (field == Field.V && number != 1))
            {
                return $"has a value for {Word(field)} that it cannot have";
            }

            switch (field)
            {
                case Field.V:
                    break;
                case Field.Number:
                    _entry = _entry with { Number = number };
                    break;
                case Field.Entries:
                    _entry = _entry with { Entries = number };
                    break;
                default:
                    return $"has a value for {Word(field)} that it cannot have";
            }

            _seen |= 1 << (int)field;
            return null;
        }

        private readonly string? Missing()
        {
            foreach (var field in (ReadOnlySpan<Field>)[Field.V, Field.Id, Field.Name, Field.At, Field.Outcome])
            {
                if ((_seen & (1 << (int)field)) == 0)
                {
                    return $"has no {Word(field)}";
                }
            }

            return (_entry.Session is null) != (_entry.Number == 0) ? "has a session without its number in it, or a number without a session"
                : _entry.Entries != 0 && _entry.Session is null ? "ends a session without naming it"
                : null;
        }

        // Sorted by UTF-16, as the canonical form has it: the same as by bytes for what is ASCII.
        private readonly bool IsSorted(scoped Span<(int Start, int Length)> names)
        {
            ref var last = ref names[_json.CurrentDepth];
            var before = _bytes.Slice(last.Start, last.Length);
            var name = _json.ValueSpan;
            var isFirst = last.Start == 0;
            last = ((int)_json.TokenStartIndex + 1, name.Length);
            return isFirst || (System.Text.Ascii.IsValid(before) && System.Text.Ascii.IsValid(name) && !before.Contains((byte)'\\') && !name.Contains((byte)'\\')
                ? before.SequenceCompareTo(name) < 0
                : string.CompareOrdinal(Decoded(before), Decoded(name)) < 0);
        }

        private static string Decoded(ReadOnlySpan<byte> name) => JsonSerializer.Deserialize<string>([(byte)'"', .. name, (byte)'"'])!;
    }

    private static Field FieldOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("v"u8) ? Field.V
        : name.SequenceEqual("id"u8) ? Field.Id
        : name.SequenceEqual("name"u8) ? Field.Name
        : name.SequenceEqual("at"u8) ? Field.At
        : name.SequenceEqual("outcome"u8) ? Field.Outcome
        : name.SequenceEqual("in-session"u8) ? Field.Session
        : name.SequenceEqual("n"u8) ? Field.Number
        : name.SequenceEqual("entries"u8) ? Field.Entries
        : name.SequenceEqual("node-key"u8) ? Field.NodeKey
        : Field.Other;

    private static string Word(Field field) => field switch
    {
        Field.Session => "in-session",
        Field.Number => "n",
        Field.NodeKey => "node-key",
        _ => field.ToString().ToLowerInvariant(),
    };

    /// <summary>Whether only that is escaped which must be, in the one way: quote, backslash, and the control characters, the common ones by a letter.</summary>
    private static bool IsText(ReadOnlySpan<byte> raw)
    {
        for (var at = raw.IndexOf((byte)'\\'); at >= 0; at = raw.IndexOf((byte)'\\'))
        {
            var rest = raw[(at + 1)..];
            if ("\"\\bfnrt"u8.Contains(rest[0]))
            {
                raw = rest[1..];
                continue;
            }

            if (rest.Length < 5 || !rest.StartsWith("u00"u8) || rest[3] is not ((byte)'0' or (byte)'1')
                || !int.TryParse(rest.Slice(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || code is '\b' or '\t' or '\n' or '\f' or '\r' || rest[4] is >= (byte)'A' and <= (byte)'F')
            {
                return false;
            }

            raw = rest[5..];
        }

        return true;
    }

    /// <summary>Whole numbers, and decimals short enough to be written in one way only. Entries need no others.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        var digits = text[0] == '-' ? text[1..] : text;
        var dot = digits.IndexOf((byte)'.');
        return digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') == dot
            && (dot < 0 ? digits.Length <= 19 && (text.Length == digits.Length || digits[0] != '0')
                : digits.Length - 1 <= MostExactDigits && digits[^1] != '0' && digits[(dot + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
                && (digits[0] != '0' || digits[(dot + 1)..].IndexOfAnyExcept((byte)'0') < 6));
    }

    /// <summary>`2026-11-22T11:40:00.123456Z` and nothing else.</summary>
    private static bool TryReadTime(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length != 27 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[26] != 'Z'
            || !TryDigits(text[..4], out var year) || !TryDigits(text.Slice(5, 2), out var month) || !TryDigits(text.Slice(8, 2), out var day)
            || !TryDigits(text.Slice(11, 2), out var hour) || !TryDigits(text.Slice(14, 2), out var minute) || !TryDigits(text.Slice(17, 2), out var second)
            || !TryDigits(text.Slice(20, 6), out var fraction) || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        microseconds = (new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerMicrosecond) + fraction;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
