using System.Text.Json;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Log;

namespace OnBehalf.Modules.Audit;

/// <summary>A session of which the log tells.</summary>
public sealed record AuditSession(
    Guid Id, string Handle, string? Operator, string? Role, string? Dealer, string? Buyer, Guid? BuyerId, string? Company, string? CompanyNumber, string Mode, string Reason, string? Text, string? Ticket, string Rule,
    int Policy, bool IsEmergency, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Cause)
{
    public string Who => OperatorKey.Name(Operator ?? Say("An erased person"), Dealer);

    public string ForWhom => Buyer ?? Company ?? Say("an erased person");

    public string HowItEnded => Cause is null ? Say("it runs") : EndCauses.Word(Cause);
}

/// <summary>An event of a session as a line; of pages that were looked at one after the other, all of them.</summary>
/// <param name="N">Its number in the session; null for what came after the end.</param>
/// <param name="Leaf">Its place in the log; null while it waits.</param>
public sealed record AuditStep(Guid Id, long Seq, DateTimeOffset At, string Name, string Outcome, string? OrderNumber, int? N, long? Leaf, AuditSentence Sentence)
{
    public IReadOnlyList<AuditStep> Pages { get; init; } = [];
}

/// <param name="Next">Behind which number further steps lie; null when these are all.</param>
public sealed record AuditTimeline(AuditSession Session, IReadOnlyList<AuditStep> Steps, long? Next, long Published);

/// <summary>What happened in a session, from its start to its end.</summary>
public sealed class AuditTimelineQueries(Database database, AuditSentenceQueries sentencesOf, LogQueries log)
{
    public const int Most = 300;

    private static readonly string Session = $"""
        select s.id as "Id", s.handle as "Handle", coalesce(o.first_name || ' ' || o.last_name, p.first_name || ' ' || p.last_name) as "Operator", o.role as "Role", {OperatorKey.DealerSql("s.operator_membership_id", "s.company_id")} as "Dealer",
            b.first_name || ' ' || b.last_name as "Buyer", s.buyer_id as "BuyerId", c.name as "Company", c.number as "CompanyNumber", s.mode as "Mode", s.reason_code as "Reason", s.reason_text as "Text",
            s.ticket as "Ticket", s.rule as "Rule", s.policy_version as "Policy", s.is_emergency as "IsEmergency", s.started_at as "StartedAt", s.ended_at as "EndedAt", s.end_cause as "Cause"
        from assisted_session s
        left join staff o on o.id = s.operator_staff_id
        left join buyer p on p.id = s.operator_buyer_id
        left join buyer b on b.id = s.buyer_id
        left join company c on c.id = s.company_id
        where s.id = {"{0}"}
        """;

    private const string Events = """
        select e.id as "Id", e.seq as "Seq", e.at as "At", e.name as "Name", e.outcome as "Outcome", e.entry as "Entry", r.number as "OrderNumber", l.leaf_index as "Leaf"
        from (select id, seq, at, name, outcome, entry, order_id from audit_event where session_id = {0} and seq > {1} order by seq limit {2}) e
        left join orders r on r.id = e.order_id
        left join audit_leaf l on l.event_id = e.id
        order by e.seq
        """;

    public async Task<AuditTimeline?> Of(AssistedSessionId id, long behind, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await db.Rows<AuditSession>(Session, id.Value).ToListAsync(cancel) is not [var session])
        {
            return null;
        }

        var rows = await db.Rows<EventRow>(Events, id.Value, behind, Most + 1).ToListAsync(cancel);
        var told = rows.GetRange(0, Math.Min(Most, rows.Count));
        var sentences = await sentencesOf.Of(db, [.. told.Select(row => (row.Id, row.Name, row.Entry))], cancel);
        var steps = told.ConvertAll(row => new AuditStep(row.Id, row.Seq, row.At, row.Name, row.Outcome, row.OrderNumber, NumberOf(row.Entry), row.Leaf, sentences[row.Id]));
        return new AuditTimeline(session, Fold(steps), rows.Count > Most ? told[^1].Seq : null, (await log.Extent(cancel)).Published);
    }

    /// <summary>Several pages that were looked at with nothing between become one line.</summary>
    internal static IReadOnlyList<AuditStep> Fold(IReadOnlyList<AuditStep> steps)
    {
        var folded = new List<AuditStep>();
        for (var i = 0; i < steps.Count;)
        {
            var next = i;
            while (next < steps.Count && steps[next].Name == "pages.viewed")
            {
                next++;
            }

            if (next - i > 1)
            {
                folded.Add(steps[i] with { Sentence = new AuditSentence($"looked at {next - i} pages"), Pages = [.. steps.Skip(i).Take(next - i)] });
                i = next;
            }
            else
            {
                folded.Add(steps[i++]);
            }
        }

        return folded;
    }

    private static int? NumberOf(string entry)
    {
        using var json = JsonDocument.Parse(entry);
        return json.RootElement.TryGetProperty("n", out var number) ? number.GetInt32() : null;
    }

    private sealed record EventRow(Guid Id, long Seq, DateTimeOffset At, string Name, string Outcome, string Entry, string? OrderNumber, long? Leaf);
}
