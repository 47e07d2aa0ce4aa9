using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>A place in a list of carts that goes from new to old: just behind this one. In a URL "1767225600000000-…": microseconds since 1970 and its id.</summary>
public readonly record struct CartPlace(DateTimeOffset ChangedAt, CartId Id)
{
    // The year 9999.
    private const long LastMicrosecond = 253_402_300_799_999_999;

    public static CartPlace? Read(string? text) =>
        (text?.Split('-', 2) ?? []) is [var time, var id]
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds <= LastMicrosecond
            && Guid.TryParseExact(id, "N", out var guid)
            ? new CartPlace(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), new CartId(guid))
            : null;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(ChangedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}-{Id.Value:N}");
}
