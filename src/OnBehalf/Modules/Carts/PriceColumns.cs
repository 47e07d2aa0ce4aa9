using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>What staff agreed, as the columns of carts and their lines have it.</summary>
internal static class PriceColumns
{
    /// <summary>Null: nothing was agreed.</summary>
    public static PriceAdjustment? Agreed(long? minor, int? per, int? offMillionths, string? reason, string? alternative, Currency currency) =>
        minor is { } amount ? new PriceAdjustment(new UnitPrice(new Money(amount, currency), per ?? 1), Percentage.Zero, reason, alternative)
        : offMillionths is { } off ? new PriceAdjustment(null, new Percentage(off), reason, alternative)
        : null;

    public static AgreedDiscount? Discount(long? minor, int? millionths, string? reason, StaffId? by, Currency currency) =>
        minor is null && millionths is null ? null : new AgreedDiscount(minor is { } amount ? new Money(amount, currency) : null, new Percentage(millionths ?? 0), reason) { By = by };

    public static AgreedShipping? Shipping(long? minor, string? reason, StaffId? by, Currency currency) =>
        minor is { } cost ? new AgreedShipping(new Money(cost, currency), reason) { By = by } : null;
}
