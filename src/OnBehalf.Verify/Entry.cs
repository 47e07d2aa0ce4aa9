using System.Text.Json;
using System.Text.Unicode;

namespace OnBehalf.Verify;

/// <summary>What the verifier needs to know of an entry. Times are microseconds since the year 1.</summary>
/// <param name="SessionEndsAt">In the first entry of a session: when it ends at the latest; 0 elsewhere.</param>
/// <param name="IsAboutLog">Its name begins with `log.`.</param>
/// <param name="IsOfMachine">Written by a part of the shop that works by itself, as the import does.</param>
internal readonly record struct Entry(Guid Id, long At, Guid? Session, long Number, long Entries, string? NodeKey, bool IsOfMachine, long SessionEndsAt, bool IsAboutLog)
{
    private const int MostDepth = 16;

    private enum Field
    {
        Other, V, Id, Name, At, Outcome, Session, Number, Entries, NodeKey, Part, EndsAt,
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
                        : CanonicalForm.IsText(_json.ValueSpan) && IsSorted(names) ? null : "is not canonical: its names are not sorted, or one stands there twice";
                case JsonTokenType.String:
                    _position += _json.ValueSpan.Length + 2;
                    return CanonicalForm.IsText(_json.ValueSpan) ? Text(field) : "is not canonical: it escapes what needs no escape";
                case JsonTokenType.Number:
                    _position += _json.ValueSpan.Length;
                    return CanonicalForm.IsNumber(_json.ValueSpan) ? Number(field) : "is not canonical: a number is not written in the one way";
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
                case Field.Id when CanonicalForm.TryReadId(_json.ValueSpan, out var id):
                    _entry = _entry with { Id = id };
                    break;
                case Field.At when CanonicalForm.TryReadTime(_json.ValueSpan, out var at):
                    _entry = _entry with { At = at };
                    break;
                case Field.Session when CanonicalForm.TryReadId(_json.ValueSpan, out var session):
                    _entry = _entry with { Session = session };
                    break;
                case Field.Name when _json.ValueSpan.Length > 0:
                    _entry = _entry with { IsAboutLog = _json.ValueSpan.StartsWith("log."u8) };
                    break;
                case Field.EndsAt when CanonicalForm.TryReadTime(_json.ValueSpan, out var endsAt):
                    _entry = _entry with { SessionEndsAt = endsAt };
                    break;
                case Field.Outcome when _json.ValueSpan.SequenceEqual("done"u8) || _json.ValueSpan.SequenceEqual("refused"u8):
                    break;
                case Field.NodeKey:
                    _entry = _entry with { NodeKey = _json.GetString() };
                    break;
                case Field.Part:
                    _entry = _entry with { IsOfMachine = true };
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
        : name.SequenceEqual("actor-part"u8) ? Field.Part
        : name.SequenceEqual("session-ends-at"u8) ? Field.EndsAt
        : Field.Other;

    private static string Word(Field field) => field switch
    {
        Field.Session => "in-session",
        Field.Number => "n",
        Field.NodeKey => "node-key",
        Field.Part => "actor-part",
        Field.EndsAt => "session-ends-at",
        _ => field.ToString().ToLowerInvariant(),
    };
}
