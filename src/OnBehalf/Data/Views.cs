using System.Collections.Concurrent;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>
/// Somebody looks at a page in a session: "last seen", the number of the entry and the event itself, in one command. On SQLite what waits for the one writer is
/// written together, so that a disk that is asked by many is asked once.
/// </summary>
public sealed class Views(Database database)
{
    /// <summary>How many are written in one transaction, so that nobody waits for a queue that others make longer.</summary>
    internal const int Most = 256;

    // The entry is made without its number, which only the database knows, and with the time at which it was asked for, in whose place comes the time at which it is
    // written: an import may keep the one writer of SQLite for minutes. In JSON what is searched for cannot stand inside of a text.
    private const string Columns = "(id, at, name, operator_staff_ref, operator_buyer_ref, buyer_ref, company_id, session_id, order_id, session_mode, reason_code, ticket_ref, outcome, entry)";

    private const string InsertOnPostgres = $$"""
        with seen as (
            update assisted_session_activity set last_seen_at = clock_timestamp(), entries = entries + 1 where session_id = {0} and not is_over
            returning entries, ticket, ticket_ref, last_seen_at)
        insert into audit_event {{Columns}}
        select cast({1} as uuid), last_seen_at, cast({2} as text), cast({3} as uuid), cast({4} as uuid), cast({5} as uuid), cast({6} as uuid), {0}, cast({7} as uuid), cast({8} as text), cast({9} as text), ticket_ref, cast({10} as text),
            replace(replace(replace(cast({11} as text), '"n":0', '"n":' || entries), '"session-ticket#":""', '"session-ticket#":"' || coalesce(ticket, '') || '"'),
                cast({12} as text), '"at":"' || to_char(last_seen_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '"')
        from seen returning 1 as "Value"
        """;

    // A trigger of the event does what the update does on PostgreSQL. In one statement "now" is one time.
    private const string InsertOnSqlite = $$"""
        insert into audit_event {{Columns}}
        select {1}, cast(round(unixepoch('subsec') * 1000) as integer) * 1000, {2}, {3}, {4}, {5}, {6}, session_id, {7}, {8}, {9}, ticket_ref, {10},
            replace(replace(replace({11}, '"n":0', '"n":' || (entries + 1)), '"session-ticket#":""', '"session-ticket#":"' || coalesce(ticket, '') || '"'),
                {12}, '"at":"' || strftime('%Y-%m-%dT%H:%M:%f000Z', 'now') || '"')
        from assisted_session_activity where session_id = {0} and not is_over returning 1 as "Value"
        """;

    private readonly ConcurrentQueue<View> _waiting = new();
    private int _isWriting;
    private int _unwritten;

    /// <summary>On SQLite: how many pages wait for the one writer.</summary>
    internal int Unwritten => Volatile.Read(ref _unwritten);

    /// <summary>False when the session is over, and nothing was written.</summary>
    public async Task<bool> Seen(Caller caller, Fact fact, CancellationToken cancel)
    {
        var session = caller.Session ?? throw new ArgumentException("Only pages in a session are written down.", nameof(caller));
        var keys = await database.Keys.Known(database, FactPeople.In(caller, [fact], session.AsOf), cancel);
        var draft = new AuditDraft(caller, session.AsOf, IId<EventId>.New(), fact, keys, database.Tickets);
        if (draft.Privates.Count > 0)
        {
            throw new InvalidOperationException($"{fact.Name} has personal values, for which there is no room in one command.");
        }

        var view = new View(draft.Finish(new SessionEntry(0, session.Ticket is null ? null : "", null)));
        if (database.Kind == DatabaseKind.Sqlite)
        {
            return await InTurn(view);
        }

        await using var db = database.Read();
        return await Write(db, InsertOnPostgres, view, cancel);
    }

    private async Task<bool> InTurn(View view)
    {
        Interlocked.Increment(ref _unwritten);
        _waiting.Enqueue(view);
        if (Interlocked.CompareExchange(ref _isWriting, 1, 0) == 0)
        {
            // In a task of its own: whoever came first has his answer when his own view is written, however many come after him.
            _ = Task.Run(Drain);
        }

        try
        {
            return await view.Written.Task;
        }
        finally
        {
            Interlocked.Decrement(ref _unwritten);
        }
    }

    private async Task Drain()
    {
        do
        {
            while (!_waiting.IsEmpty)
            {
                await WriteWaiting();
            }

            // A full fence: who puts a view in the queue now finds the place free, or is found here.
            Interlocked.Exchange(ref _isWriting, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _isWriting, 1, 0) == 0);
    }

    // Others wait for the same commit, so nobody's cancellation counts here.
    private async Task WriteWaiting()
    {
        var views = new List<View>();
        while (views.Count < Most && _waiting.TryDequeue(out var view))
        {
            views.Add(view);
        }

        if (await Together(views) is not null && views.Count > 1)
        {
            // Which of them it was that could not be written, the others need not suffer for.
            foreach (var view in views)
            {
                await Alone(view);
            }
        }
        else if (views is [var one] && !one.Written.Task.IsCompleted)
        {
            await Alone(one);
        }
    }

    private async Task Alone(View view)
    {
        if (await Together([view]) is { } error)
        {
            view.Written.SetException(error);
        }
    }

    /// <summary>Null when they are written, and who waits for them knows.</summary>
    private async Task<Exception?> Together(List<View> views)
    {
        try
        {
            var areWritten = new List<bool>(views.Count);
            await database.OnSqlite(async db =>
            {
                foreach (var view in views)
                {
                    areWritten.Add(await Write(db, InsertOnSqlite, view, CancellationToken.None));
                }
            });
            for (var i = 0; i < views.Count; i++)
            {
                views[i].Written.SetResult(areWritten[i]);
            }

            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private static async Task<bool> Write(ShopDb db, string sql, View view, CancellationToken cancel)
    {
        var row = view.Row;
        return await db.Rows<int>(
            sql, row.SessionId!.Value.Value, row.Id.Value, row.Name, row.OperatorStaffRef, row.OperatorBuyerRef, row.BuyerRef, row.CompanyId?.Value, row.OrderId?.Value, row.SessionMode, row.ReasonCode, row.Outcome,
            row.Entry, AtOf(row.At)).ToListAsync(cancel) is [_];
    }

    private static string AtOf(DateTimeOffset time) => $"\"at\":\"{AuditDraft.Time(time)}\"";

    private sealed record View(AuditEventRow Row)
    {
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
