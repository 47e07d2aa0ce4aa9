using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>What the shop allows who may give lines of a cart another price.</summary>
/// <param name="Reasons">Codes, of which one has to be chosen; empty: none is asked for.</param>
/// <param name="OffersAlternatives">The other prices that the shop has for a line are offered.</param>
/// <param name="AllowsZero">Something may be given for nothing.</param>
public sealed record PriceEditing(IReadOnlyList<string> Reasons, bool OffersAlternatives, bool AllowsZero)
{
    public const int LongestTyped = 20;

    /// <summary>In minor units.</summary>
    public const long Highest = 1_000_000_000_000;

    /// <summary>What somebody typed for a line: a price such as "85.00", or a percentage: "5%" and "-5%" are taken off, "+5%" is put on.</summary>
    /// <param name="typed">A comma counts as the dot before decimals where it can mean nothing else.</param>
    /// <param name="reason">The code that was chosen.</param>
    /// <param name="quote">What the line would cost without it.</param>
    public Outcome<PriceAdjustment> Read(string? typed, string? reason, PriceQuote quote)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length > LongestTyped || ReadPrice(text, quote.Unit) is not { } read)
        {
            return PriceRefusals.NotAPrice(quote.Unit.Amount.Currency);
        }

        if (Reasons.Count > 0 && !Reasons.Contains(reason, StringComparer.Ordinal))
        {
            return PriceRefusals.ReasonMissing;
        }

        return Judge(read with { Reason = Reasons.Count > 0 ? reason : null }, quote);
    }

    /// <summary>One of the prices that the shop has for the line, as the page offered it.</summary>
    /// <param name="alternatives">Those that there are now.</param>
    /// <param name="place">Of the one that was chosen.</param>
    /// <param name="minor">Its amount, as the page showed it: whoever chose another one than stands there now is told so.</param>
    /// <param name="quote">What the line would cost without it.</param>
    public Outcome<PriceAdjustment> Choose(IReadOnlyList<PriceAlternative> alternatives, int place, long minor, PriceQuote quote) =>
        !OffersAlternatives || place < 0 || place >= alternatives.Count || alternatives[place].Price.Amount.Minor != minor ? PriceRefusals.AlternativeGone
        : Judge(new PriceAdjustment(alternatives[place].Price, Percentage.Zero, null, alternatives[place].Name), quote);

    /// <summary>What somebody typed to be taken off a whole cart: "20.00", or "10%".</summary>
    /// <param name="typed">As it was typed.</param>
    /// <param name="reason">The code that was chosen.</param>
    /// <param name="lines">What the articles cost of which something may be taken off.</param>
    public Outcome<AgreedDiscount> ReadDiscount(string? typed, string? reason, Money lines)
    {
        var text = typed?.Trim() ?? "";
        if (text.Length > LongestTyped || ReadPrice(text, new UnitPrice(lines)) is not { } read || read.Off.Millionths < 0 || (read.Price is { Amount.IsZero: true }) || (read.Price is null && read.Off.Millionths == 0))
        {
            return PriceRefusals.NotADiscount(lines.Currency);
        }

        if (Reasons.Count > 0 && !Reasons.Contains(reason, StringComparer.Ordinal))
        {
            return PriceRefusals.ReasonMissing with { Field = "DiscountReason" };
        }

        var discount = new AgreedDiscount(read.Price?.Amount, read.Off, Reasons.Count > 0 ? reason : null);
        return !AllowsZero && discount.Of(lines) == lines ? PriceRefusals.AllGivenAway : discount;
    }

    /// <summary>What somebody typed that sending is to cost: "5.00"; "0" is free shipping.</summary>
    public Outcome<AgreedShipping> ReadShipping(string? typed, string? reason, Currency currency)
    {
        var text = typed?.Trim() ?? "";
        if (!Money.TryParse(WithDot(text, currency.Decimals), currency, out var cost) || cost.Minor > Highest)
        {
            return PriceRefusals.NotShipping(currency);
        }

        // Free shipping is one click, with a reason or without.
        return Reasons.Count > 0 && !cost.IsZero && !Reasons.Contains(reason, StringComparer.Ordinal) ? PriceRefusals.ReasonMissing with { Field = "ShippingReason" }
            : new AgreedShipping(cost, Reasons.Contains(reason, StringComparer.Ordinal) ? reason : null);
    }

    /// <summary>What somebody else has approved: only what is for nothing is looked at again.</summary>
    public Outcome<PriceAdjustment> Take(UnitPrice price, string? reason, PriceQuote quote) => Judge(new PriceAdjustment(price, Percentage.Zero, reason), quote);

    private Outcome<PriceAdjustment> Judge(PriceAdjustment adjustment, PriceQuote quote) =>
        !AllowsZero && adjustment.Over(quote).Unit.Amount.IsZero ? PriceRefusals.Zero : adjustment;

    private static PriceAdjustment? ReadPrice(string text, UnitPrice regular)
    {
        if (!text.EndsWith('%'))
        {
            return Money.TryParse(WithDot(text, regular.Amount.Currency.Decimals), regular.Amount.Currency, out var amount) && amount.Minor <= Highest
                ? new PriceAdjustment(regular with { Amount = amount }, Percentage.Zero, null) : null;
        }

        var isMore = text.StartsWith('+');
        var number = text[(isMore || text.StartsWith('-') || text.StartsWith('−') ? 1 : 0)..^1].Trim();
        return Percentage.TryParsePercent(WithDot(number, 4), out var share) && (isMore || share.Millionths <= 1_000_000)
            ? new PriceAdjustment(null, isMore ? new Percentage(-share.Millionths) : share, null) : null;
    }

    // "85,50" is a price where people write so; "1,000" could be a thousand, and is refused.
    private static string WithDot(string text, int decimals) =>
        text.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma && text.Length - comma - 1 is > 0 and var digits && digits <= decimals && digits != 3 && !text.Contains('.', StringComparison.Ordinal)
            ? text.Replace(',', '.') : text;
}

/// <summary>Every "no" to another price.</summary>
public static class PriceRefusals
{
    public static readonly Refusal NotAllowed = Refusal.Forbidden("prices.not-allowed", "Prices can be changed by staff who have the right to, in a session, while the shop allows it.");

    public static readonly Refusal Fixed = Refusal.Invalid("prices.fixed", "The price of this article stays: the shop has excluded it from being changed.", "Price");

    public static readonly Refusal Zero = Refusal.Invalid("prices.zero", "Nothing is given away: the price has to be above zero.", "Price");

    public static readonly Refusal ReasonMissing = Refusal.Invalid("prices.reason-missing", "Choose a reason for the other price.", "Reason");

    public static readonly Refusal AlternativeGone = Refusal.Conflict("prices.alternative-gone", "This price is not there any more. Look at the prices again; nothing was changed.");

    public static readonly Refusal AllGivenAway = Refusal.Invalid("prices.all-given-away", "The discount takes off all that the articles cost, and nothing is given away here.", "Discount");

    public static Refusal NotADiscount(Currency currency) => Refusal.Invalid(
        "prices.not-a-discount", $"What is taken off: an amount in {currency.Code} with at most {currency.Decimals} decimals, or a percentage such as 10%.", "Discount");

    public static Refusal NotShipping(Currency currency) => Refusal.Invalid(
        "prices.not-shipping", $"What shipping costs: an amount in {currency.Code} with at most {currency.Decimals} decimals; 0 is free shipping.", "Shipping");

    public static Refusal NotAPrice(Currency currency) => Refusal.Invalid(
        "prices.not-a-price", $"A price in {currency.Code} with at most {currency.Decimals} decimals, or a percentage: 5% is taken off, +5% is put on.", "Price");
}
