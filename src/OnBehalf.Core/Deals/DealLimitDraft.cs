using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Deals;

/// <summary>A limit as somebody typed it; customer group and category are looked up by who stores it.</summary>
public sealed record DealLimitDraft(
    string? Name, string? Place, StaffRole? Role, string? StaffGroup, string? CustomerGroup, string? Category, string? Currency, string? From, string? MostOff, string? LeastMargin, string? Month)
{
    /// <summary>In minor units.</summary>
    private const long Highest = 1_000_000_000_000;

    /// <summary>The limit without customer group and category, its name and its place in the list, from 1 on.</summary>
    public Outcome<(string Name, int Place, DealLimit Limit)> Read()
    {
        if (Name?.Trim() is not { Length: > 0 and <= DealLimit.LongestName } name)
        {
            return Refusal.Invalid("deals.name", $"Name: up to {DealLimit.LongestName} characters, for the list and the audit log.", "Name");
        }

        if (!int.TryParse(Place?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place is < 1 or > 1_000)
        {
            return Refusal.Invalid("deals.place", "Place: a whole number from 1 to 1000; the lowest is looked at first.", "Place");
        }

        if (StaffGroup?.Trim().Length > DealLimit.LongestName)
        {
            return Refusal.Invalid("deals.staff-group", $"Staff group: at most {DealLimit.LongestName} characters.", "StaffGroup");
        }

        var currency = default(Currency);
        if ((IsTyped(From) || IsTyped(Month)) && !Kernel.Currency.TryParse(Currency?.Trim() ?? "", out currency))
        {
            return Refusal.Invalid("pricing.currency", "Currency: a code of three capital letters, such as EUR.", "Currency");
        }

        Money? from = null, month = null;
        if (IsTyped(From) && (from = ReadMoney(From, currency)) is null)
        {
            return Refusal.Invalid("deals.from", "From a cart of: an amount with a dot and at most the decimals of its currency, such as 1000.00.", "From");
        }

        if (IsTyped(Month) && (month = ReadMoney(Month, currency)) is null)
        {
            return Refusal.Invalid("deals.month", "In a month: an amount with a dot and at most the decimals of its currency, such as 500.00.", "Month");
        }

        var (most, margin) = (ReadPercent(MostOff), ReadPercent(LeastMargin));
        return IsTyped(MostOff) && most is null ? Refusal.Invalid("deals.most-off", "At most off: from 0 to 100 with at most four decimals after a dot, such as 7.5.", "MostOff")
            : IsTyped(LeastMargin) && margin is not { Millionths: < 1_000_000 } ? Refusal.Invalid("deals.least-margin", "Margin: from 0 to below 100 with at most four decimals after a dot, such as 20.", "LeastMargin")
            : most is null && margin is null && month is null ? Refusal.Invalid("deals.nothing", "At most off: a limit says at least one of the three: how much off, which margin stays, or how much in a month.", "MostOff")
            : (name, place, new DealLimit(new DealScope(Role, IsTyped(StaffGroup) ? StaffGroup!.Trim() : null, null, null, from), most, margin, month));
    }

    private static bool IsTyped(string? text) => !string.IsNullOrWhiteSpace(text);

    private static Percentage? ReadPercent(string? text) => IsTyped(text) && Percentage.TryParsePercent(text!.Trim(), out var percent) && percent.Millionths is >= 0 and <= 1_000_000 ? percent : null;

    private static Money? ReadMoney(string? text, Currency currency) => Money.TryParse(text?.Trim(), currency, out var money) && money.Minor is >= 0 and <= Highest ? money : null;
}
