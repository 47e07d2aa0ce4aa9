using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>A place in a list of orders that goes from new to old: just behind this order. In a URL "1767225600000000-…": microseconds since 1970 and the order's id.</summary>
public readonly record struct OrderPlace(DateTimeOffset PlacedAt, OrderId Id)
{
    // The year 9999.
    private const long LastMicrosecond = 253_402_300_799_999_999;

    public static OrderPlace? Read(string? text)
    {
        var parts = text?.Split('-', 2) ?? [];
        return parts is [var time, var id]
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds <= LastMicrosecond
            && Guid.TryParseExact(id, "N", out var guid)
            ? new OrderPlace(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), new OrderId(guid))
            : null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(PlacedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}-{Id.Value:N}");
}
