using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;

namespace OnBehalf.Modules.Assistance;

/// <summary>Something that somebody tried, and what another version of the rules would have made of it.</summary>
/// <param name="WasRefused">It was refused then.</param>
public sealed record SimulatedAttempt(DateTimeOffset At, string Operator, string Buyer, string? Company, bool WasRefused, SimulatedChange Change);

/// <summary>What a version of the rules would have changed.</summary>
/// <param name="Sessions">How many sessions were held against it.</param>
/// <param name="Refusals">How many refused starts.</param>
/// <param name="IsAll">False when there were more than are looked at.</param>
public sealed record Simulation(int Sessions, int Refusals, bool IsAll, IReadOnlyList<SimulatedAttempt> Changed)
{
    public IEnumerable<(SimulatedEffect Effect, string Rule, int Count)> Counts => Changed.GroupBy(attempt => (attempt.Change.Effect, attempt.Change.Rule))
        .Select(group => (group.Key.Effect, group.Key.Rule, Count: group.Count())).OrderBy(row => row.Effect).ThenByDescending(row => row.Count);
}

/// <summary>Runs the sessions and refused starts of the last 30 days through two versions of the rules, with people and assignments as they stand today.</summary>
public sealed class SimulationQueries(Database database, ShopPolicies policies)
{
    public const int Days = 30;
    private const int Most = 2_000;

    private readonly string _sessions = $"""
        select x.started_at as "At", x.reason_code as "Reason", x.ticket as "Ticket", {Standing.Columns(database)}
        from assisted_session x
        {Standing.Joins(database, "x")}
        where x.started_at >= {"{0}"} order by x.started_at desc limit {Most + 1}
        """;

    private readonly string _refusals = $"""
        select e.at as "At", cast(null as text) as "Reason", cast(null as text) as "Ticket", {Standing.Columns(database)}
        from audit_event e
        left join person_key ks on ks.ref = e.operator_staff_ref
        left join staff s on s.id = ks.person_id
        left join person_key ko on ko.ref = e.operator_buyer_ref
        left join buyer p on p.id = ko.person_id
        left join person_key kb on kb.ref = e.buyer_ref
        left join membership q on q.buyer_id = p.id and q.company_id = e.company_id
        left join membership m on m.buyer_id = kb.person_id and (m.company_id = e.company_id or (m.company_id is null and e.company_id is null))
        left join buyer b on b.id = m.buyer_id
        left join company c on c.id = e.company_id
        {Standing.Agreements(database, "null")}
        where e.name = 'assistance.session-refused' and (s.id is not null or q.id is not null)
            and (m.id is not null or (e.buyer_ref is null and c.id is not null)) and e.at >= {"{0}"} order by e.seq desc limit {Most + 1}
        """;

    public async Task<Simulation> Run(ShopPolicy before, ShopPolicy after, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = database.Read();
        var since = now.AddDays(-Days);
        var sessions = await db.Rows<Tried>(_sessions, since).ToListAsync(cancel);
        var refusals = await db.Rows<Tried>(_refusals, since).ToListAsync(cancel);
        var changed = new List<SimulatedAttempt>();
        foreach (var (tried, wasRefused) in sessions.Take(Most).Select(row => (row, false)).Concat(refusals.Take(Most).Select(row => (row, true))))
        {
            var attempt = new Attempt(Moment.Before, await policies.Local(db, tried.At, cancel)) { ReasonCode = tried.Reason, Ticket = tried.Ticket };
            if (PolicySimulation.Compare(tried.Standing.In(after, attempt), before, after) is { } change)
            {
                changed.Add(new SimulatedAttempt(tried.At, tried.Standing.OperatorName, tried.Standing.BuyerName, tried.Standing.CompanyName, wasRefused, change));
            }
        }

        return new Simulation(
            Math.Min(sessions.Count, Most), Math.Min(refusals.Count, Most), sessions.Count <= Most && refusals.Count <= Most,
            [.. changed.OrderByDescending(attempt => attempt.At)]);
    }

    private sealed record Tried(DateTimeOffset At, string? Reason, string? Ticket, Standing Standing);
}
