using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Catalog;

/// <summary>How much of an article there is.</summary>
/// <param name="Available">In the warehouse and not promised to an order; below zero when more was promised.</param>
/// <param name="BackOn">When there will be more.</param>
public readonly record struct StockLevel(Quantity Available, DateTimeOffset? BackOn)
{
    /// <summary>Settings of `catalog.stock`: nobody keeps it, it is told, or no order takes more than there is.</summary>
    public const string Off = "off";
    public const string Shown = "shown";
    public const string Held = "held";

    /// <summary>"In stock", "Few left", "Back on 3 Dec 2026", "On request".</summary>
    /// <param name="few">Up to so many units are few.</param>
    public string InWords(int few, DateTimeOffset now) =>
        Available > Quantity.Of(few) ? Say("In stock")
        : Available.IsPositive ? "Few left"
        : BackOn is { } day && day > now ? Say($"Back on {day.UtcDateTime:d MMM yyyy}")
        : Say("On request");

    /// <summary>Why so much cannot be ordered; null when it can.</summary>
    public Refusal? Check(string sku, Quantity wanted) => wanted <= Available ? null : TooLittle(sku, Available);

    public static Refusal TooLittle(string sku, Quantity available) => Refusal.Conflict(
        "catalog.stock-short", available.IsPositive
            ? Phrase.Of($"There are only {available} of {sku} left: take less, or call us.") : Phrase.Of($"There is nothing left of {sku}: take it out of the cart, or call us."));
}

/// <summary>What somebody counted or expects, before and after; empty: none.</summary>
public sealed record StockChanged(Code Article, Code What, Code Before, Code After) : Fact
{
    public override string Name => "catalog.stock-changed";
}
