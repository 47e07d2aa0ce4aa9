using System.Globalization;

namespace OnBehalf.Orders;

/// <summary>Numbers for people: `SO-2026-000123`, the year of the shop's time zone and a counter that leaves gaps and never starts again.</summary>
public static class OrderNumbers
{
    public const string Invoice = "IN";

    public const string CreditNote = "CN";

    public static string Of(DateTimeOffset placedAt, TimeZoneInfo shop, long counter) => Of("SO", placedAt, shop, counter);

    /// <summary>Of another document, with a counter of its own: `IN-2026-000123`.</summary>
    public static string Of(string prefix, DateTimeOffset madeAt, TimeZoneInfo shop, long counter) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{TimeZoneInfo.ConvertTime(madeAt, shop).Year:0000}-{counter:000000}");

    /// <summary>The numbers of this year and the last that somebody means who types only the digits at the end; else what he typed.</summary>
    public static (string ThisYears, string LastYears) MeantBy(string typed, int year)
    {
        if (typed.Length is 0 or > 9 || !typed.All(char.IsAsciiDigit))
        {
            return (typed, typed);
        }

        var counter = long.Parse(typed, CultureInfo.InvariantCulture);
        return (string.Create(CultureInfo.InvariantCulture, $"SO-{year:0000}-{counter:000000}"), string.Create(CultureInfo.InvariantCulture, $"SO-{year - 1:0000}-{counter:000000}"));
    }
}
