using System.Globalization;
using System.Text;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Import;

/// <summary>The value of a cell as it is staged: text or a number, or nothing.</summary>
internal readonly record struct Cell(string? Text, long Number, int Places, bool HasValue)
{
    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss'+00:00'", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd"];

    /// <summary>Reads a cell. Returns the reason when it is not what its column holds; the cell is then empty.</summary>
    public static string? Read(Column column, string text, out Cell cell)
    {
        cell = default;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return column.Required ? "Required, but empty." : column.Default is { } otherwise ? Read(column, otherwise, out cell) : null;
        }

        if (trimmed.Length != text.Length)
        {
            text = trimmed.ToString();
        }

        if (text.Length > column.Longest)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Longer than {column.Longest} characters.");
        }

        return Forbidden(text, column.Kind == CellKind.LongText) ?? column.Kind switch
        {
            CellKind.Text or CellKind.LongText => Take(text, out cell),
            CellKind.Word => Word(column, text, out cell),
            CellKind.Email or CellKind.EmailReference => Email(column.Kind, text, out cell),
            CellKind.Country => Country.TryParse(text, out _) ? Take(text, out cell) : "Not a country of ISO 3166: two capital letters, such as DE.",
            CellKind.Countries => Countries(text, out cell),
            CellKind.Currency => Currency.TryParse(text, out _) ? Take(text, out cell) : "Not a currency of ISO 4217: three capital letters, such as EUR.",
            CellKind.Amount => Amount(text, out cell),
            CellKind.Quantity => Amount(text, 3, out cell) && cell.Number is > 0 and <= 1_000_000_000
                ? null : Nothing("Not a quantity: above 0, at most 1000000, with at most three decimals after a dot.", out cell),
            CellKind.Count => Amount(text, 3, out cell) && cell.Number <= 1_000_000_000
                ? null : Nothing("Not a count: from 0 to 1000000, with at most three decimals after a dot.", out cell),
            CellKind.Fraction => Percentage.TryParseFraction(text, out var fraction) && fraction.Millionths <= 1_000_000
                ? Take(fraction.Millionths, out cell) : "Not a rate: a fraction from 0 to 1 with at most six decimals after a dot, such as 0.19.",
            CellKind.Percent => Percentage.TryParsePercent(text, out var percent) && percent.Millionths <= 1_000_000
                ? Take(percent.Millionths, out cell) : "Not a percentage: from 0 to 100 with at most four decimals after a dot, such as 1.5.",
            CellKind.Grams => Grams(text, out cell),
            CellKind.Flag => Flag(text, out cell),
            CellKind.TaxId => VatNumber.Read(text, null) is (var id, null) ? Take(id!, out cell) : Nothing("Not a tax id: " + VatNumber.Read(text, null).Wrong, out cell),
            _ => Time(text, out cell),
        };
    }

    private static string? Take(string text, out Cell cell)
    {
        cell = new Cell(text, 0, 0, true);
        return null;
    }

    private static string? Take(long number, out Cell cell)
    {
        cell = new Cell(null, number, 0, true);
        return null;
    }

    private static string Nothing(string reason, out Cell cell)
    {
        cell = default;
        return reason;
    }

    private static string? Forbidden(string text, bool mayBreak)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) && !(mayBreak && c is '\n' or '\r' or '\t'))
            {
                return c == '\0' ? "Holds a NUL character." : mayBreak ? "Holds a control character." : "Holds a line break or another control character.";
            }
        }

        return null;
    }

    private static string? Word(Column column, string text, out Cell cell)
    {
        cell = default;
        foreach (var word in column.Words)
        {
            if (word == text)
            {
                return Take(word, out cell);
            }
        }

        return $"Not one of: {string.Join(", ", column.Words)}.";
    }

    private static string? Email(CellKind kind, string text, out Cell cell)
    {
        if (!EmailAddress.TryParse(text, out var address))
        {
            return Nothing("Not a mail address.", out cell);
        }

        return Take(kind == CellKind.Email ? address.Text : address.Normalized, out cell);
    }

    private static string? Countries(string text, out Cell cell)
    {
        var codes = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var wrong = Array.Find(codes, code => !Country.TryParse(code, out _));
        return wrong is null
            ? Take(string.Join(' ', codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), out cell)
            : Nothing($"'{wrong}' is not a country of ISO 3166: two capital letters each, with blanks between.", out cell);
    }

    // The decimals of its currency are judged when the currency is known.
    private static string? Amount(string text, out Cell cell) =>
        Amount(text, 4, out cell) ? null : Nothing("Not an amount: digits, and a dot before the decimals, such as 12.50; no sign, no grouping.", out cell);

    private static bool Amount(string text, int scale, out Cell cell)
    {
        cell = default;
        var number = 0L;
        var places = -1;
        if (text.Length > 18)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c == '.' && places < 0)
            {
                places = 0;
                continue;
            }

            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            number = (number * 10) + (c - '0');
            places += places < 0 ? 0 : 1;
        }

        if (places == 0 || text[0] == '.' || places > scale || text.Length - places > 14)
        {
            return false;
        }

        var given = Math.Max(places, 0);
        for (var i = given; i < scale; i++)
        {
            number *= 10;
        }

        cell = new Cell(null, number, given, true);
        return true;
    }

    private static string? Grams(string text, out Cell cell)
    {
        const string reason = "Not a weight in grams: digits with a dot before the decimals, below a billion, such as 1016.04.";
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var grams) && grams < 1_000_000_000m
            ? Take((long)decimal.Round(grams * 1_000m, MidpointRounding.AwayFromZero), out cell)
            : Nothing(reason, out cell);
    }

    private static string? Flag(string text, out Cell cell) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) ? Take(1, out cell)
        : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? Take(0, out cell)
        : Nothing("Neither true nor false.", out cell);

    private static string? Time(string text, out Cell cell)
    {
        var isTime = DateTimeOffset.TryParseExact(
    text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        return isTime && time.Year is >= 1900 and < 2200
            ? Take(MicrosecondsConverter.ToMicroseconds(time), out cell)
            : Nothing("Not a time in UTC of ISO 8601, such as 2026-11-21T14:30:00Z.", out cell);
    }

    /// <summary>Writes it into the columns that its own column has in the staging table.</summary>
    public void Stage(Column column, BulkWriter rows)
    {
        switch (column.Kind)
        {
            case CellKind.Email:
                rows.Write(Text);
                rows.Write(Text is null ? null : EmailAddress.Normalize(Text));
                break;
            case CellKind.Amount:
                rows.Write(HasValue ? Number : null);
                rows.Write(HasValue ? (long)Places : null);
                break;
            case CellKind.Quantity or CellKind.Count or CellKind.Fraction or CellKind.Percent or CellKind.Grams:
                rows.Write(HasValue ? Number : null);
                break;
            case CellKind.Flag:
                rows.Write(Number == 1);
                break;
            case CellKind.Time:
                rows.Write(HasValue ? MicrosecondsConverter.FromMicroseconds(Number) : null);
                break;
            default:
                rows.Write(Text);
                break;
        }
    }
}
