using System.Globalization;

namespace OnBehalf.Catalog;

/// <summary>By what a list of articles can be narrowed.</summary>
public enum FacetKind
{
    Category,
    Color,
    Size,
    Price,
}

/// <summary>One choice: the code of a category, a colour or size as articles have it, or the word of a <see cref="PriceBands"/>.</summary>
public readonly record struct FacetValue(FacetKind Kind, string Value);

/// <summary>What somebody chose: of one kind any of the values, of several kinds each.</summary>
public sealed record ProductFilter(IReadOnlyList<FacetValue> Chosen)
{
    /// <summary>Of each kind; what is more is not looked at.</summary>
    public const int MostValues = 12;

    public const int LongestValue = 200;

    public static readonly ProductFilter None = new([]);

    public static readonly IReadOnlyList<FacetKind> Kinds = Enum.GetValues<FacetKind>();

    public bool IsEmpty => Chosen.Count == 0;

    /// <summary>The name of a kind in addresses.</summary>
    public static string FieldOf(FacetKind kind) => kind switch
    {
        FacetKind.Category => "in",
        FacetKind.Color => "color",
        FacetKind.Size => "size",
        _ => "price",
    };

    /// <param name="fields">The values of an address by the name of a kind.</param>
    /// <param name="hasPrices">Whoever may not see prices cannot ask for them either.</param>
    public static ProductFilter Of(Func<string, IEnumerable<string?>> fields, bool hasPrices)
    {
        List<FacetValue>? chosen = null;
        foreach (var kind in Kinds)
        {
            if (kind == FacetKind.Price && !hasPrices)
            {
                continue;
            }

            foreach (var value in fields(FieldOf(kind)).Take(MostValues))
            {
                if (value is { Length: > 0 and <= LongestValue } && !value.Contains('\0', StringComparison.Ordinal) && (kind != FacetKind.Price || PriceBands.Find(value) is not null)
                    && chosen?.Contains(new FacetValue(kind, value)) != true)
                {
                    (chosen ??= []).Add(new FacetValue(kind, value));
                }
            }
        }

        return chosen is null ? None : new ProductFilter(chosen);
    }

    public bool Has(FacetKind kind)
    {
        for (var i = 0; i < Chosen.Count; i++)
        {
            if (Chosen[i].Kind == kind)
            {
                return true;
            }
        }

        return false;
    }

    public bool Has(FacetKind kind, string value)
    {
        for (var i = 0; i < Chosen.Count; i++)
        {
            if (Chosen[i].Kind == kind && Chosen[i].Value == value)
            {
                return true;
            }
        }

        return false;
    }

    public IReadOnlyList<string> Of(FacetKind kind) => [.. Chosen.Where(value => value.Kind == kind).Select(value => value.Value)];

    /// <summary>The chosen prices as bits: the first band is 1.</summary>
    public long Bands => Of(FacetKind.Price).Select(PriceBands.Find).OfType<int>().Aggregate(0L, (bits, band) => bits | (1L << band));
}

/// <summary>Steps of prices, the same for every list, so that an address means the same tomorrow: "10-20" is from 10.00 to 19.99 of the buyer's currency.</summary>
public static class PriceBands
{
    /// <summary>Where each begins, in whole units of the currency.</summary>
    public static readonly IReadOnlyList<int> From = [0, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

    private static readonly string[] Words = [.. From.Select((from, i) => string.Create(CultureInfo.InvariantCulture, $"{from}-{(i + 1 < From.Count ? From[i + 1] : null)}"))];

    public static string Word(int band) => Words[band];

    public static int? Find(string word) => Array.IndexOf(Words, word) is >= 0 and var band ? band : null;

    /// <summary>As people read it: "10 – 20 EUR", "under 2 EUR", "from 5,000 EUR".</summary>
    public static string Title(int band, string currency) =>
        band == 0 ? Say($"under {From[1]} {currency}")
        : band == From.Count - 1 ? Say($"from {From[band]:N0} {currency}")
        : string.Create(CultureInfo.CurrentCulture, $"{From[band]:N0} – {From[band + 1]:N0} {currency}");
}
