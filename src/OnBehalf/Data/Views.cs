using System.Collections.Concurrent;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>
/// Somebody looks at a page in a session: "last seen", the number of the entry and the event itself, in one command. On SQLite what waits for the one writer is
/// written together, so that a disk that is asked by many is asked once.
/// </summary>
public sealed class Views(Database database)
{
    // The entry is made without its number, which only the database knows. In JSON these two cannot stand inside of a text.
    private const string Columns = "(id, at, name, operator_staff_ref, operator_buyer_ref, buyer_ref, company_id, session_id, order_id, session_mode, reason_code, ticket_ref, outcome, entry)";

    private const string InsertOnPostgres = $$"""
        with seen as (
            update assisted_session_activity set last_seen_at = clock_timestamp(), entries = entries + 1 where session_id = {0} and not is_over
            returning entries, ticket, ticket_ref)
        insert into audit_event {{Columns}}
        select cast({1} as uuid), cast({2} as timestamptz), cast({3} as text), cast({4} as uuid), cast({5} as uuid), cast({6} as uuid), cast({7} as uuid), {0}, cast({8} as uuid), cast({9} as text), cast({10} as text), ticket_ref, cast({11} as text),
            replace(replace(cast({12} as text), '"n":0', '"n":' || entries), '"session-ticket#":""', '"session-ticket#":"' || coalesce(ticket, '') || '"')
        from seen returning 1 as "Value"
        """;

    // A trigger of the event does what the update does on PostgreSQL.
    private const string InsertOnSqlite = $$"""
        insert into audit_event {{Columns}}
        select {1}, {2}, {3}, {4}, {5}, {6}, {7}, session_id, {8}, {9}, {10}, ticket_ref, {11},
            replace(replace({12}, '"n":0', '"n":' || (entries + 1)), '"session-ticket#":""', '"session-ticket#":"' || coalesce(ticket, '') || '"')
        from assisted_session_activity where session_id = {0} and not is_over returning 1 as "Value"
        """;

    private readonly ConcurrentQueue<View> _waiting = new();
    private int _isWriting;

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
        _waiting.Enqueue(view);
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _isWriting, 1, 0) == 0)
        {
            await WriteWaiting();
            // A full fence: who puts a view in the queue now finds the place free, or is found here.
            Interlocked.Exchange(ref _isWriting, 0);
        }

        return await view.Written.Task;
    }

    // Others wait for the same commit, so nobody's cancellation counts here.
    private async Task WriteWaiting()
    {
        var views = new List<View>();
        var areWritten = new List<bool>();
        try
        {
            await database.OnSqlite(async db =>
            {
                while (_waiting.TryDequeue(out var view))
                {
                    views.Add(view);
                    areWritten.Add(await Write(db, InsertOnSqlite, view, CancellationToken.None));
                }
            });
            for (var i = 0; i < views.Count; i++)
            {
                views[i].Written.SetResult(areWritten[i]);
            }
        }
        catch (Exception error)
        {
            while (_waiting.TryDequeue(out var view))
            {
                views.Add(view);
            }

            views.ForEach(view => view.Written.TrySetException(error));
        }
    }

    private static async Task<bool> Write(ShopDb db, string sql, View view, CancellationToken cancel)
    {
        var row = view.Row;
        return await db.Rows<int>(
            sql, row.SessionId!.Value.Value, row.Id.Value, row.At, row.Name, row.OperatorStaffRef, row.OperatorBuyerRef, row.BuyerRef, row.CompanyId?.Value, row.OrderId?.Value, row.SessionMode, row.ReasonCode, row.Outcome, row.Entry)
            .ToListAsync(cancel) is [_];
    }

    private sealed record View(AuditEventRow Row)
    {
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
