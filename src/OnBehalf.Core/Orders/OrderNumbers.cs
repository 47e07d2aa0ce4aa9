using System.Globalization;

namespace OnBehalf.Orders;

/// <summary>Numbers for people: `SO-2026-000123`, the year of the shop's time zone and a counter that leaves gaps and never starts again.</summary>
public static class OrderNumbers
{
    public static string Of(DateTimeOffset placedAt, TimeZoneInfo shop, long counter) =>
        string.Create(CultureInfo.InvariantCulture, $"SO-{TimeZoneInfo.ConvertTime(placedAt, shop).Year:0000}-{counter:000000}");
}
