using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Orders;

/// <summary>What staff gave away in the orders of a month, by whom and why. Months are those of the shop's time zone.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class GivenPage(GivenQueries queries, ShopSettings settings, TimeProvider clock) : ShopPage
{
    /// <summary>`2026-03`; anything else is the month that runs.</summary>
    [BindProperty(SupportsGet = true, Name = "month")]
    public string? Asked { get; set; }

    [BindProperty(SupportsGet = true, Name = "before")]
    public string? Before { get; set; }

    public DateOnly Month { get; private set; }

    public DateOnly? Next { get; private set; }

    public bool IsFirst { get; private set; }

    public GivenListing Listing { get; private set; } = new([], [], null);

    public async Task OnGet()
    {
        var zone = await settings.TimeZone(Cancel);
        var now = MonthOf(null, clock.GetUtcNow(), zone);
        Month = MonthOf(Asked, clock.GetUtcNow(), zone);
        Next = Month < now ? Month.AddMonths(1) : null;
        var (from, until) = Bounds(Month, zone);
        var place = OrderPlace.Read(Before);
        IsFirst = place is null;
        Listing = await queries.Page(from, until, place, Cancel);
    }

    public static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    internal static DateOnly MonthOf(string? asked, DateTimeOffset now, TimeZoneInfo zone) =>
        DateOnly.TryParseExact(asked, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is > 2000 and < 9999 ? month
        : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date) is var today ? today.AddDays(1 - today.Day) : default;

    internal static (DateTimeOffset From, DateTimeOffset Until) Bounds(DateOnly month, TimeZoneInfo zone) => (Start(month, zone), Start(month.AddMonths(1), zone));

    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }
}
