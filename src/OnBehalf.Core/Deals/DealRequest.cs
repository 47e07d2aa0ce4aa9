using OnBehalf.Kernel;

namespace OnBehalf.Deals;

/// <summary>A price beyond somebody's limits, for which he asked.</summary>
/// <param name="Quantity">For at least so many.</param>
/// <param name="Asked">Without tax, of as many units as the regular price.</param>
public sealed record DealRequest(UnitPrice Regular, UnitPrice Asked, Quantity Quantity)
{
    public const int LongestNote = 300;

    /// <summary>Waits for somebody who may approve it.</summary>
    public const string Waiting = "waiting";

    public const string Approved = "approved";

    /// <summary>Another price was approved than was asked for.</summary>
    public const string Countered = "countered";

    public const string Declined = "declined";

    /// <summary>By who asked.</summary>
    public const string TakenBack = "taken-back";

    /// <summary>How much less the customer would pay for the quantity.</summary>
    public Money Given => Regular.Times(Quantity) - Asked.Times(Quantity);

    /// <summary>Of the regular price, in percent with one decimal.</summary>
    public decimal OffPercent => Regular.Amount.IsZero ? 0 : Math.Round((Regular.Amount.Minor - Asked.Amount.Minor) * 100m / Regular.Amount.Minor, 1, MidpointRounding.AwayFromZero);

    /// <summary>Of the asked price, what is left above the cost, in percent with one decimal; null: the cost is not known, or nothing is paid.</summary>
    public decimal? MarginPercent(Money? cost) => cost is not { } known || known.Currency != Asked.Amount.Currency || Asked.Amount.IsZero ? null
        : Math.Round((Asked.Amount.Minor - (known.Minor * (decimal)Asked.PerUnits)) * 100m / Asked.Amount.Minor, 1, MidpointRounding.AwayFromZero);

    /// <summary>What who decides may answer with.</summary>
    /// <param name="price">The price that he approves.</param>
    /// <param name="floor">How low he goes himself; null: any price.</param>
    public Refusal? Judge(UnitPrice price, UnitPrice? floor) =>
        price != Asked && (price.Amount.Currency != Asked.Amount.Currency || price.Amount <= Asked.Amount || price.Amount >= Regular.Amount) ? DealRefusals.NotBetween(Asked, Regular)
        : floor is { } lowest && price.Amount < lowest.Amount ? DealRefusals.BeyondYours(lowest)
        : null;
}
