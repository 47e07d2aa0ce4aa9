using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>What staff agreed for a line, as its columns have it.</summary>
internal static class PriceColumns
{
    /// <summary>Null: nothing was agreed.</summary>
    public static PriceAdjustment? Agreed(long? minor, int? per, int? offMillionths, string? reason, string? alternative, Currency currency) =>
        minor is { } amount ? new PriceAdjustment(new UnitPrice(new Money(amount, currency), per ?? 1), Percentage.Zero, reason, alternative)
        : offMillionths is { } off ? new PriceAdjustment(null, new Percentage(off), reason, alternative)
        : null;
}
