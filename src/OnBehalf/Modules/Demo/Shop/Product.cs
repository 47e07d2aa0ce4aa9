using OnBehalf.Modules.Demo.Drawings;

namespace OnBehalf.Modules.Demo.Shop;

/// <summary>A model of the range, told once; its items differ in size, colour or contents.</summary>
internal sealed record Family(string Sku, string Category, string Model, string Noun, string Text, Drawing Drawing, params Item[] Items)
{
    public string TaxClass { get; init; } = "standard";

    /// <summary>Nothing that a Swiss installer could use: no price in francs, so "price on request" there.</summary>
    public bool NotForSwitzerland { get; init; }
}

/// <param name="Cents">Base price in euro cents, before tax.</param>
/// <param name="Shape">What the drawing understands by it.</param>
internal sealed record Item(string Suffix, string Label, string Size, string Color, int Grams, long Cents, int Shape, bool Discontinued = false);

/// <summary>One article as the package lists it.</summary>
internal sealed record Product(Family Family, Item Item)
{
    public string Sku => $"{Family.Sku}-{Item.Suffix}";

    public string Name => $"{Family.Model} {Family.Noun}, {Item.Label}";

    public string Image => $"{Sku.ToLowerInvariant()}.svg";

    public string Svg()
    {
        var tint = Tint.Of(Item.Color);
        var sheet = new Sketch(Name, Tint.Of("Blue"));
        Family.Drawing(sheet, tint, Item.Shape);
        return sheet.Svg;
    }
}
