using System.Globalization;

namespace OnBehalf.Catalog;

/// <summary>An article among those of its model.</summary>
public readonly record struct Variant(string Sku, string? Color, string? Size);

/// <summary>A colour or a size that can be chosen, and the article to which it leads.</summary>
/// <param name="IsHere">It is the one that is looked at.</param>
/// <param name="IsExact">What was chosen otherwise stays; else there is none so, and the nearest is taken.</param>
public sealed record VariantOption(string Words, string Sku, bool IsHere, bool IsExact);

/// <summary>Leads from one article of a model to the others by colour and size.</summary>
public static class VariantChooser
{
    private static readonly string[] Letters = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"];

    /// <summary>The colours of the model; nothing where there is one or none.</summary>
    public static IReadOnlyList<VariantOption> Colors(Variant here, IReadOnlyList<Variant> others) =>
        Options(here, others, one => one.Color, one => one.Size, words => words.OrderBy(word => word, StringComparer.OrdinalIgnoreCase));

    /// <summary>The sizes of the model, the smallest first; nothing where there is one or none.</summary>
    public static IReadOnlyList<VariantOption> Sizes(Variant here, IReadOnlyList<Variant> others) =>
        Options(here, others, one => one.Size, one => one.Color, words => words.OrderBy(Rank).ThenBy(word => word, StringComparer.OrdinalIgnoreCase));

    private static List<VariantOption> Options(
        Variant here, IReadOnlyList<Variant> others, Func<Variant, string?> of, Func<Variant, string?> rest, Func<IEnumerable<string>, IEnumerable<string>> inOrder)
    {
        Variant[] all = [here, .. others];
        var words = all.Select(of).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return words.Count < 2 ? [] : [.. inOrder(words).Select(word =>
        {
            var these = all.Where(one => string.Equals(of(one), word, StringComparison.OrdinalIgnoreCase)).ToList();
            var exact = these.FindIndex(one => string.Equals(rest(one), rest(here), StringComparison.OrdinalIgnoreCase));
            return new VariantOption(word, these[Math.Max(exact, 0)].Sku, string.Equals(word, of(here), StringComparison.OrdinalIgnoreCase), exact >= 0);
        })];
    }

    // 38 before 44 before S before XL before whatever else there is.
    private static decimal Rank(string size) =>
        decimal.TryParse(size, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : Array.IndexOf(Letters, size.ToUpperInvariant()) is >= 0 and var place ? 1_000_000 + place : 2_000_000;
}
