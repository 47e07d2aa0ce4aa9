using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A place in a list of sessions that goes from new to old: just behind this one. In a URL "1767225600000000-…": microseconds since 1970 and its id.</summary>
public readonly record struct SessionPlace(DateTimeOffset StartedAt, AssistedSessionId Id)
{
    // The year 9999.
    private const long LastMicrosecond = 253_402_300_799_999_999;

    public static SessionPlace? Read(string? text) =>
        (text?.Split('-', 2) ?? []) is [var time, var id]
            && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds <= LastMicrosecond
            && Guid.TryParseExact(id, "N", out var guid)
            ? new SessionPlace(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), new AssistedSessionId(guid))
            : null;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(StartedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}-{Id.Value:N}");
}
