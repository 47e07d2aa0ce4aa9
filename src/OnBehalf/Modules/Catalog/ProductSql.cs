using OnBehalf.Catalog;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>The columns of an article that say in which quantities it can be ordered, as a part of a row that a query reads.</summary>
public sealed record RuleColumns(string Unit, long Pack, long? Least, long? Most)
{
    /// <param name="product">Alias of the article; where it may be absent, all are given a value.</param>
    public static string Of(string product) => $"""
        coalesce({product}.unit, '{QuantityRule.Piece}') as "Unit", coalesce({product}.pack_thousandths, 1000) as "Pack", {product}.min_thousandths as "Least", {product}.max_thousandths as "Most"
        """;

    public QuantityRule Rule => new(new Quantity(Pack), Least is { } least ? new Quantity(least) : null, Most is { } most ? new Quantity(most) : null, Unit);
}

/// <summary>What is sold in the place of a discontinued article.</summary>
public sealed record Successor(string Sku, string Name);
