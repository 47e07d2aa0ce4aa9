using OnBehalf.Kernel;

namespace OnBehalf.Deals;

/// <summary>When a limit counts; null is any.</summary>
/// <param name="Role">Of who agrees the price.</param>
/// <param name="StaffGroup">The same.</param>
/// <param name="CustomerGroup">To which the customer belongs.</param>
/// <param name="Category">In which the article is, or in one below.</param>
/// <param name="From">What the cart costs at the regular prices, without tax, at least.</param>
public sealed record DealScope(StaffRole? Role, string? StaffGroup, CustomerGroupId? CustomerGroup, CategoryId? Category, Money? From);

/// <summary>In which circumstances somebody agrees prices.</summary>
/// <param name="Value">What the cart costs at the regular prices, without tax.</param>
public sealed record DealCircumstances(StaffRole Role, string? StaffGroup, CustomerGroupId? CustomerGroup, Money Value);

/// <summary>How far staff go by themselves below the prices of the shop. Of several the first that fits counts.</summary>
/// <param name="MostOff">Of the regular price, from 0 to 100 %; null: not looked at.</param>
/// <param name="LeastMargin">Of the agreed price, what has to be left above the cost of the article: from 0 to below 100 %; null: not looked at.</param>
/// <param name="Month">What somebody may give away in a calendar month in all; null: any sum.</param>
public sealed record DealLimit(DealScope Scope, Percentage? MostOff, Percentage? LeastMargin, Money? Month)
{
    public const int LongestName = 100;

    /// <summary>A limit with sums in another currency than the cart's does not fit: what it says could not be counted.</summary>
    /// <param name="of">The circumstances.</param>
    /// <param name="categories">Of the article, with those above; empty: of what is no article, such as shipping.</param>
    public bool Fits(DealCircumstances of, IReadOnlyCollection<CategoryId> categories) =>
        (Scope.Role is null || Scope.Role == of.Role)
        && (Scope.StaffGroup is null || Scope.StaffGroup == of.StaffGroup)
        && (Scope.CustomerGroup is null || Scope.CustomerGroup == of.CustomerGroup)
        && (Scope.Category is not { } category || categories.Contains(category))
        && (Scope.From is not { } from || (from.Currency == of.Value.Currency && of.Value >= from))
        && (Month is not { } month || month.Currency == of.Value.Currency);

    /// <summary>The lowest price that keeps it, never above the regular one; a margin of an article whose cost is not known cannot be kept below its regular price.</summary>
    /// <param name="regular">What the article costs the customer anyway.</param>
    /// <param name="cost">Of one unit, in the same currency; null: not known.</param>
    public UnitPrice Floor(UnitPrice regular, Money? cost)
    {
        var lowest = MostOff is { } off ? Up((Int128)regular.Amount.Minor * (1_000_000 - off.Millionths), 1_000_000) : 0;
        if (LeastMargin is { } margin)
        {
            lowest = cost is not { } known || known.Currency != regular.Amount.Currency ? regular.Amount.Minor
                : Math.Max(lowest, Up((Int128)known.Minor * regular.PerUnits * 1_000_000, 1_000_000 - margin.Millionths));
        }

        return regular with { Amount = new Money(Math.Min(lowest, regular.Amount.Minor), regular.Amount.Currency) };
    }

    // To the next minor unit above: a floor that was rounded down would not be one. What is beyond any price is as high as a price can be.
    private static long Up(Int128 numerator, Int128 denominator) => (long)Int128.Min((numerator + denominator - 1) / denominator, long.MaxValue);
}
