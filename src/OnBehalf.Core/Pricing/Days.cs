using System.Globalization;

namespace OnBehalf.Pricing;

/// <summary>Days between which something counts, as people type them.</summary>
internal static class Days
{
    /// <summary>Nothing, one day, or null when it is none.</summary>
    public static DateOnly[]? Read(string? text) =>
        string.IsNullOrWhiteSpace(text) ? []
        : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9990 ? [day] : null;

    /// <summary>The moment in which a day begins.</summary>
    public static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
