using System.Globalization;

namespace OnBehalf.Modules.Commissions;

/// <summary>A month of the shop's time zone, as `2026-03` in addresses.</summary>
public readonly record struct CommissionMonth(DateOnly First)
{
    /// <summary>Anything that is no month is the one that runs.</summary>
    public static CommissionMonth Read(string? asked, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (DateOnly.TryParseExact(asked, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 2000 and < 9999)
        {
            return new CommissionMonth(month);
        }

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date);
        return new CommissionMonth(today.AddDays(1 - today.Day));
    }

    public (DateTimeOffset From, DateTimeOffset Until) Bounds(TimeZoneInfo zone) => (Start(First, zone), Start(First.AddMonths(1), zone));

    public CommissionMonth Before => new(First.AddMonths(-1));

    public CommissionMonth Next => new(First.AddMonths(1));

    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }
}
