using System.Globalization;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;

namespace OnBehalf.Modules.Audit;

/// <summary>Who did what for whom, newest first. Looking is itself an event.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class AuditPage(AuditQueries audit, LogWatch log, Database database) : ShopPage
{
    public AuditFilter Filter { get; private set; } = new(null, null, null, null, null, null, null);

    public LogState Log { get; private set; } = null!;

    public IReadOnlyList<AuditLine> Lines { get; private set; } = [];

    /// <summary>Where the next, older page begins; null on the last one.</summary>
    public long? Next { get; private set; }

    public bool IsFirstPage { get; private set; }

    public string? Problem { get; private set; }

    public async Task OnGet(string? action, string? person, string? company, string? order, string? session, string? from, string? to, string? before)
    {
        Log = await log.State(Cancel);
        Filter = new AuditFilter(
            Typed(action), Typed(person), Typed(company), Typed(order),
            Read(session, "Session: the id of a session, as an event shows it.", text => Guid.TryParse(text, out var id) ? id : (Guid?)null),
            Read(from, "From: a day, such as 2026-03-01.", Day),
            Read(to, "To: a day, such as 2026-03-31.", Day));
        var seq = Read(before, "This page of the log does not exist.", text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null);
        IsFirstPage = seq is null;
        if (Problem is not null)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return;
        }

        var found = await audit.Find(Filter, seq, Cancel);
        Lines = [.. found.Take(AuditQueries.PageSize)];
        Next = found.Count > AuditQueries.PageSize ? Lines[^1].Seq : null;
        await database.Record(Caller, new AuditRead(Lines.Count, Filter.Action, Filter.Person, Filter.Company, Filter.Order, null), Cancel);
    }

    public string Link(long? before) => "/admin/audit" + QueryString.Create(new Dictionary<string, string?>
    {
        ["action"] = Filter.Action, ["person"] = Filter.Person, ["company"] = Filter.Company, ["order"] = Filter.Order, ["session"] = Filter.Session?.ToString(),
        ["from"] = Filter.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["to"] = Filter.To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["before"] = before?.ToString(CultureInfo.InvariantCulture),
    }.Where(pair => pair.Value is { Length: > 0 }));

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim() is var typed && typed.Length > 254 ? typed[..254] : typed;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9999 ? day : null;

    private T? Read<T>(string? text, string problem, Func<string, T?> parse)
        where T : struct
    {
        if (Typed(text) is not { } typed)
        {
            return null;
        }

        var value = parse(typed);
        Problem ??= value is null ? problem : null;
        return value;
    }
}

/// <summary>Somebody looked into the log: at so many events, found by these filters, or at one.</summary>
public sealed record AuditRead(int Events, string? Action, [property: Personal(Whose.Nobody)] string? Person, string? ByCompany, string? ByOrder, Guid? Event) : Fact
{
    public override string Name => "audit.read";
}
