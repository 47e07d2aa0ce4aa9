using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>What staff agreed to take off a whole cart, before tax and before coupons: a share of its lines, or an amount, at most what they cost.</summary>
/// <param name="Amount">Null: a share.</param>
/// <param name="Reason">Code of one of the shop's reasons; null: none was asked for.</param>
public sealed record AgreedDiscount(Money? Amount, Percentage Share, string? Reason)
{
    /// <summary>Who agreed it.</summary>
    public StaffId? By { get; init; }

    /// <summary>What is taken off lines of this sum; nothing where it was agreed in another currency.</summary>
    public Money Of(Money lines) => Amount is not { } amount ? lines.Percent(Share)
        : amount.Currency != lines.Currency ? Money.Zero(lines.Currency)
        : amount < lines ? amount : lines;

    /// <summary>"Agreed discount: loyalty".</summary>
    public string Words => Reason is { } code ? Say($"Agreed discount: {PriceReasons.Inside(code)}") : Say("Agreed discount");

    /// <summary>"10 %" or "20.00 EUR".</summary>
    public string Terms => Amount?.ToString() ?? Share.ToString();
}

/// <summary>What staff agreed that sending costs, whichever way that costs anything is chosen.</summary>
/// <param name="Cost">Without tax; zero: free shipping.</param>
/// <param name="Reason">Code of one of the shop's reasons; null: none.</param>
public sealed record AgreedShipping(Money Cost, string? Reason)
{
    /// <summary>Who agreed it.</summary>
    public StaffId? By { get; init; }

    /// <summary>"Agreed shipping costs: loyalty".</summary>
    public string Words => Reason is { } code ? Say($"Agreed shipping costs: {PriceReasons.Inside(code)}") : Say("Agreed shipping costs");

    /// <summary>What it costs instead of a price; that price where it was agreed in another currency, or is nothing anyway.</summary>
    public Money Instead(Money regular) => regular.IsZero || Cost.Currency != regular.Currency ? regular : Cost;
}
