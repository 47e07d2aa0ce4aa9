using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>
/// What staff agreed with a customer for one line of a cart: a price, which stays however many are ordered, or a percentage, which is taken off whatever price counts.
/// It stands over the prices of the shop and changes none of them.
/// </summary>
/// <param name="Price">Without tax, not negative; null: a percentage.</param>
/// <param name="Off">Of a percentage: what is taken off, at most 100 %; negative: what is put on.</param>
/// <param name="Reason">Code of one of the shop's reasons; null: none was asked for.</param>
/// <param name="Alternative">The name of the price that was chosen instead, of those that the shop has for the line; null: a free one.</param>
public sealed record PriceAdjustment(UnitPrice? Price, Percentage Off, string? Reason, string? Alternative = null)
{
    /// <summary>Who agreed it.</summary>
    public StaffId? By { get; init; }

    /// <summary>Who approved it, where it was beyond the limits of who agreed it.</summary>
    public StaffId? ApprovedBy { get; init; }

    /// <summary>It counts for exactly so many; null: however many are ordered.</summary>
    public Quantity? Only { get; init; }

    /// <summary>It counts until then; null: always.</summary>
    public DateTimeOffset? Until { get; init; }

    public bool CountsFor(Quantity quantity) => Only is null || Only == quantity;

    /// <summary>The quote with what was agreed; the same quote where that was in another currency.</summary>
    public PriceQuote Over(PriceQuote quote)
    {
        var regular = quote.Regular ?? quote.Unit;
        if (Price is { } agreed && agreed.Amount.Currency != regular.Amount.Currency)
        {
            return quote;
        }

        return new AgreedQuote(Price ?? Changed(regular), quote.List, Words, regular);
    }

    /// <summary>Where the price comes from: "Agreed: price match".</summary>
    public string Words => Alternative is { } name ? Say($"Agreed: {name}") : Reason is { } code ? Say($"Agreed: {PriceReasons.Inside(code)}") : Say("Agreed price");

    private UnitPrice Changed(UnitPrice regular)
    {
        var amount = regular.Amount;
        amount = Off.Millionths < 0 ? amount + amount.Percent(new Percentage(-Off.Millionths)) : amount - amount.Percent(Off);

        // Rounding gives nothing away for free: only all of it does.
        return regular with { Amount = amount.IsZero && !regular.Amount.IsZero && Off.Millionths < 1_000_000 ? new Money(1, amount.Currency) : amount };
    }
}
