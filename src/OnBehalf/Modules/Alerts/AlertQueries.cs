using System.Globalization;
using OnBehalf.Data;
using OnBehalf.Modules.Exports;

namespace OnBehalf.Modules.Alerts;

/// <summary>A rule as it is now.</summary>
public sealed record RuleNow(AlertRule Rule, bool IsOn, long Threshold);

/// <summary>An alert as it is listed.</summary>
public sealed record ShownAlert(Guid Id, string Rule, DateTimeOffset At, long Threshold, string Events)
{
    public IReadOnlyList<string> EventIds => Events.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public string Title => AlertRule.Of(Rule)?.Title.ToString() ?? Rule;

    public string Words => AlertRule.Of(Rule)?.Words(Threshold) ?? Rule;
}

/// <summary>An event that a rule counts, and for whom it was.</summary>
public sealed record Counted(Guid Id, DateTimeOffset At, Guid? Customer);

/// <summary>Reads rules, alerts, and what rules count.</summary>
public sealed class AlertQueries(Database database)
{
    /// <summary>An alert names at most so many events.</summary>
    public const int MostNamed = 20;

    public const int MostShown = 100;

    private const string By = Selected + "(operator_staff_ref = {0} or operator_buyer_ref = {0})" + Within;

    private const string ByOrAs = Selected + "(operator_staff_ref = {0} or operator_buyer_ref = {0} or buyer_ref = {0})" + Within;

    private const string Selected = "select id as \"Id\", at as \"At\", coalesce(buyer_ref, company_id) as \"Customer\" from audit_event where ";

    // The bound of seq keeps the search from walking through all that was ever done: the indexes that it may take are ordered by seq, not by time.
    private const string Within = """
         and name = {1} and at > {2} and at <= {3} and seq > coalesce((select e.seq from audit_event e where e.at <= {4} order by e.at desc limit 1), 0)
        order by seq desc limit {5}
        """;

    // By so much the order of times and the order of numbers may differ: the time is that of the beginning of a transaction, and an import may take an hour.
    private static readonly TimeSpan Disorder = TimeSpan.FromHours(1);

    private readonly string _long = $"""
        select s.id as "Id" from assisted_session s where s.status = 'active' and {database.SecondsSince("s.started_at")} > {"{0}"} * 60
            and not exists (select 1 from alert a where a.rule = 'long-session' and a.about = lower(cast(s.id as text))) limit 100
        """;

    /// <summary>Every rule, as it comes with the product or as somebody has changed it.</summary>
    public static async Task<IReadOnlyList<RuleNow>> Rules(ShopDb db, CancellationToken cancel)
    {
        var changed = (await db.Rows<Changed>("select rule as \"Rule\", is_on as \"IsOn\", threshold as \"Threshold\" from alert_rule").ToListAsync(cancel)).ToDictionary(row => row.Rule);
        return [.. AlertRule.All.Select(rule => changed.TryGetValue(rule.Code, out var now) ? new RuleNow(rule, now.IsOn, now.Threshold) : new RuleNow(rule, rule.IsOn, rule.Threshold))];
    }

    public async Task<IReadOnlyList<RuleNow>> Rules(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Rules(db, cancel);
    }

    /// <summary>The newest alerts.</summary>
    public async Task<IReadOnlyList<ShownAlert>> Newest(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ShownAlert>(
            $"select id as \"Id\", rule as \"Rule\", at as \"At\", threshold as \"Threshold\", events as \"Events\" from alert order by at desc, id desc limit {MostShown}").ToListAsync(cancel);
    }

    /// <summary>Where to go on, and whether there is anything to look at.</summary>
    public async Task<(long Next, bool IsAny)> Cursor(CancellationToken cancel)
    {
        await using var db = database.Read();
        var row = (await db.Rows<Place>("select c.next_index as \"Next\", t.size as \"Size\" from alert_cursor c, audit_tree t").ToListAsync(cancel))[0];
        return (row.Next, row.Size > row.Next);
    }

    /// <summary>Sessions that run too long and of which nobody was told.</summary>
    public async Task<IReadOnlyList<Guid>> LongSessions(long minutes, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Guid>(_long, minutes).ToListAsync(cancel);
    }

    /// <summary>The newest events of a kind by one person within a time, at most <paramref name="most"/> of them; where the person himself is meant, those as him too.</summary>
    public static async Task<IReadOnlyList<Counted>> Events(ShopDb db, string name, Guid person, bool isAlsoAsHim, DateTimeOffset after, DateTimeOffset to, long most, CancellationToken cancel) =>
        await db.Rows<Counted>(isAlsoAsHim ? ByOrAs : By, person, name, after, to, after - Disorder, most).ToListAsync(cancel);

    /// <summary>Whether something was said of the same already.</summary>
    public static async Task<bool> Has(ShopDb db, string rule, string about, CancellationToken cancel) =>
        await db.Rows<int>("select 1 as \"Value\" from alert where rule = {0} and about = {1}", rule, about).ToListAsync(cancel) is not [];

    /// <summary>One word for a span of time, so that the same is said once in it.</summary>
    public static string Span(DateTimeOffset at, TimeSpan within) => (at.UtcTicks / within.Ticks).ToString(CultureInfo.InvariantCulture);

    private sealed record Changed(string Rule, bool IsOn, long Threshold);

    private sealed record Place(long Next, long Size);
}
