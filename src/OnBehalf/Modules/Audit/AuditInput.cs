using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Audit;

/// <summary>A search as it stands in a URL. Nobody is in it by name or address: the form is sent by POST, and people become references.</summary>
public sealed class AuditInput
{
    public string? Action { get; set; }

    /// <summary>A reference, or an id.</summary>
    public string? Person { get; set; }
    public string? Operator { get; set; }

    /// <summary>A number.</summary>
    public string? Company { get; set; }
    public string? Order { get; set; }

    /// <summary>An id or a handle.</summary>
    public string? Session { get; set; }
    public string? About { get; set; }
    public string? Outcome { get; set; }
    public string? Reason { get; set; }
    public string? Mode { get; set; }

    /// <summary>A reference of a ticket.</summary>
    public string? Ticket { get; set; }

    /// <summary>In the shop's time zone: 2026-03-01T14:30, or a whole day.</summary>
    public string? From { get; set; }
    public string? To { get; set; }

    /// <summary>`oldest`; else the newest come first.</summary>
    public string? Sort { get; set; }

    /// <summary>Where a further page begins.</summary>
    public string? Behind { get; set; }

    /// <summary>The search of a <see cref="Query"/>.</summary>
    public static AuditInput Parse(string query)
    {
        var values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        return new AuditInput
        {
            Action = Of("action"), Person = Of("person"), Operator = Of("operator"), Company = Of("company"), Order = Of("order"), Session = Of("session"), About = Of("about"),
            Outcome = Of("outcome"), Reason = Of("reason"), Mode = Of("mode"), Ticket = Of("ticket"), From = Of("from"), To = Of("to"), Sort = Of("sort"),
        };

        string? Of(string name) => values.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    public bool IsEmpty => Query().Length == 0;

    private IEnumerable<(string Name, string? Value)> Parts =>
    [
        ("action", Action), ("person", Person), ("operator", Operator), ("company", Company), ("order", Order), ("session", Session), ("about", About), ("outcome", Outcome),
        ("reason", Reason), ("mode", Mode), ("ticket", Ticket), ("from", From), ("to", To), ("sort", Sort),
    ];

    /// <summary>Without the place: `action=carts&amp;company=N-1001`.</summary>
    public string Query() => string.Join('&', Parts.Where(part => !string.IsNullOrWhiteSpace(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!.Trim())}"));

    public string Link(long? behind = null) =>
        "/admin/audit" + (Query(), behind) switch
        {
            ("", null) => "",
            (var query, null) => "?" + query,
            var (query, place) => $"?{query}{(query.Length == 0 ? "" : "&")}behind={place.Value.ToString(CultureInfo.InvariantCulture)}",
        };

    public AuditInput With(Action<AuditInput> change)
    {
        var other = (AuditInput)MemberwiseClone();
        other.Behind = null;
        change(other);
        return other;
    }

    /// <summary>The first moment of what was typed, or the first one after it: of a day, or of a minute.</summary>
    public static Outcome<DateTimeOffset?> Time(string? text, string field, TimeZoneInfo zone, bool isEnd)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return (DateTimeOffset?)null;
        }

        var isDay = DateTime.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        if (!isDay && !DateTime.TryParseExact(text.Trim(), ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
            || time.Year is < 1971 or > 9990)
        {
            return Refusal.Invalid("audit.not-a-time", $"{field}: a day or a time, such as 2026-03-31 or 2026-03-31 14:30.", field);
        }

        time = !isEnd ? time : isDay ? time.AddDays(1) : time.AddSeconds(time.Second == 0 ? 60 : 1);
        return new DateTimeOffset(time, zone.GetUtcOffset(time));
    }
}

/// <summary>The form, as it is filled in: names and numbers, before anything of it is looked up.</summary>
public sealed class AuditForm
{
    public string? Action { get; set; }
    public string? Person { get; set; }

    /// <summary>Who stood in the form when it was shown, by name and by reference: as long as the name is not touched, it is he.</summary>
    public string? PersonName { get; set; }
    public string? PersonKey { get; set; }
    public string? Operator { get; set; }
    public string? OperatorName { get; set; }
    public string? OperatorKey { get; set; }
    public string? Company { get; set; }
    public string? Order { get; set; }
    public string? Session { get; set; }
    public string? About { get; set; }
    public string? Outcome { get; set; }
    public string? Reason { get; set; }
    public string? Mode { get; set; }
    public string? Ticket { get; set; }
    public string? TicketName { get; set; }
    public string? TicketKey { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
    public string? Sort { get; set; }
}
