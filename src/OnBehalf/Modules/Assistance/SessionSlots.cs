using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// Room for one more session beside those that an operator runs: as many as the rules say, one where they say nothing, and never two for the same customer. A
/// start holds the operator's row, so it sees all the others; the number of the slot is unique among them in the database, too.
/// </summary>
/// <param name="Free">The number for the new session.</param>
/// <param name="Beside">What goes on.</param>
/// <param name="Ending">What ends before it begins: on purpose, or because it has run out anyway.</param>
internal sealed record SessionSlots(int Free, IReadOnlyList<RunningSession> Beside, IReadOnlyList<RunningSession> Ending)
{
    /// <summary>Null when there is no room.</summary>
    /// <param name="most">What the rules say that were read behind the lock of starts: none come into force, and end what is too many, before the commit.</param>
    public static async Task<SessionSlots?> Find(Data.Tx tx, int most, OperatorKey actor, SessionRequest request)
    {
        var running = await RunningSessions.Find(tx.Database, tx.Db, actor.Where, actor.Value, tx.Cancel);
        var ending = running.FindAll(session => request.TakeOver || session.Id == request.InsteadOf || !session.IsAlive);
        var beside = running.FindAll(session => !ending.Contains(session));
        return beside.Count >= most || beside.Exists(session => session.IsFor(request.Subject))
            ? null
            : new SessionSlots(Enumerable.Range(1, most).First(slot => !beside.Exists(session => session.Slot == slot)), beside, ending);
    }

    /// <summary>
    /// Those that are too many where an operator may have so many at once: a condition over `s` (the session), true only for what is not {0}. What has run out
    /// and waits to be written down takes no room.
    /// </summary>
    /// <param name="ended">What this transaction has ended already and not stored yet.</param>
    public static string Beyond(Data.Database database, int most, IReadOnlyCollection<Guid> ended) =>
        $"""
        s.id <> {"{0}"} and (select count(*) from assisted_session o
            join assisted_session_activity r on r.session_id = o.id join sign_in i on i.id = o.operator_sign_in_id
            where o.status = 'active' and o.hard_ends_at > {database.Now} and {database.SecondsSince("r.last_seen_at")} < o.idle_seconds
                and {SignInQueries.Alive(database, "i")}{Without(database, ended)} and (o.operator_staff_id = s.operator_staff_id or o.operator_buyer_id = s.operator_buyer_id)
                and (o.started_at, o.id) < (s.started_at, s.id)) >= {most}
        """;

    private static string Without(Data.Database database, IReadOnlyCollection<Guid> ended) => ended.Count == 0 ? ""
        : $" and o.id not in ({string.Join(", ", ended.Select(id => database.Kind == Data.DatabaseKind.Postgres ? $"cast('{id}' as uuid)" : $"'{id.ToString().ToUpperInvariant()}'"))})";
}
