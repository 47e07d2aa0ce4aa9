using Microsoft.EntityFrameworkCore;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>An entry of the session that it names, also when it is not that session which asks.</summary>
public interface ISessionFact
{
    AssistedSessionId Session { get; }
}

/// <summary>The first entry of a session.</summary>
public interface IStartsSession : ISessionFact;

/// <summary>The last entry of a session; it says how many there are, and none follows.</summary>
public interface IEndsSession : ISessionFact;

/// <summary>The row that counts the entries of a session.</summary>
internal interface ISessionCounter
{
    AssistedSessionId SessionId { get; }

    int Entries { get; set; }

    bool IsOver { get; set; }

    string? Ticket { get; set; }

    string? TicketRef { get; set; }
}

/// <summary>The place of an entry in its session: 1, 2, 3 … without a gap, because the number is given in the transaction that stores the entry.</summary>
/// <param name="Ticket">The commitment to the ticket of the session; null without one.</param>
/// <param name="TicketRef">By which its events are found.</param>
internal readonly record struct SessionEntry(long N, string? Ticket, string? TicketRef);

/// <summary>
/// Numbers the entries of sessions. The counter is a row beside the session's; whoever ends the session closes it, so that after the end's entry there is no
/// number to be had, on whatever node and by whatever way the end came.
/// </summary>
internal static class SessionEntries
{
    private const string Next = """
        update assisted_session_activity set entries = entries + {1}, is_over = {2}, ticket = coalesce({3}, ticket), ticket_ref = coalesce({4}, ticket_ref) where session_id = {0} and not is_over
        returning entries as "Entries", ticket as "Ticket", ticket_ref as "TicketRef"
        """;

    /// <summary>Whose entry a fact is; null when it is no session's.</summary>
    public static AssistedSessionId? Of(Caller caller, Fact fact) => (fact as ISessionFact)?.Session ?? caller.Session?.Id;

    /// <summary>Facts in the order in which they are stored: nothing of a session comes after its end.</summary>
    public static IReadOnlyList<(EventId Id, Fact Fact)> InOrder(Caller caller, IReadOnlyList<(EventId Id, Fact Fact)> facts)
    {
        if (!facts.Any(fact => fact.Fact is IEndsSession))
        {
            return facts;
        }

        var ordered = facts.ToList();
        for (var i = ordered.Count - 1; i >= 0; i--)
        {
            if (ordered[i].Fact is IEndsSession end && ordered.FindLastIndex(fact => Of(caller, fact.Fact) == end.Session) is var last && last > i)
            {
                var fact = ordered[i];
                ordered.RemoveAt(i);
                ordered.Insert(last, fact);
            }
        }

        return ordered;
    }

    /// <summary>Places for entries of sessions, in their order; none for those of a session that is over.</summary>
    public static async Task<SessionEntry?[]> Number(Tx tx, IReadOnlyList<AuditDraft> drafts)
    {
        var places = new SessionEntry?[drafts.Count];
        // In the order of their ids: two transactions that count in the same sessions never wait for each other.
        foreach (var session in drafts.Select(draft => draft.Session).OfType<AssistedSessionId>().Distinct().OrderBy(session => session.Value))
        {
            var own = Enumerable.Range(0, drafts.Count).Where(i => drafts[i].Session == session).ToList();
            var start = drafts.FirstOrDefault(draft => draft.Fact is IStartsSession && draft.Session == session);
            var isOver = own.Exists(i => drafts[i].Fact is IEndsSession);
            if (start is not null && CounterThatBegins(tx, session) is { } first)
            {
                (first.Entries, first.IsOver, first.Ticket, first.TicketRef) = (own.Count, isOver, start.CommitmentOf("ticket"), start.TicketRef);
                for (var i = 0; i < own.Count; i++)
                {
                    places[own[i]] = new SessionEntry(i + 1, first.Ticket, first.TicketRef);
                }
            }
            else if (await tx.Db.Rows<Counted>(Next, session.Value, own.Count, isOver, start?.CommitmentOf("ticket"), start?.TicketRef).ToListAsync(tx.Cancel) is [var counted])
            {
                for (var i = 0; i < own.Count; i++)
                {
                    places[own[i]] = new SessionEntry(counted.Entries - own.Count + i + 1, counted.Ticket, counted.TicketRef);
                }
            }
        }

        return places;
    }

    // Nobody else can count in a session that is not stored yet, so its counter is stored with the number: two commands fewer at each start.
    private static ISessionCounter? CounterThatBegins(Tx tx, AssistedSessionId session) =>
        tx.Db.ChangeTracker.Entries<ISessionCounter>().SingleOrDefault(entry => entry.State == EntityState.Added && entry.Entity.SessionId == session)?.Entity;

    private sealed record Counted(int Entries, string? Ticket, string? TicketRef);
}
