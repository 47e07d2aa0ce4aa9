using System.Collections.ObjectModel;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>One transaction of the door: what a decision may load from and put into. Everything is stored together when the decision is not refused.</summary>
public sealed class Tx(ShopDb db, Database database, Caller caller, DateTimeOffset now, CancellationToken cancel)
{
    private readonly List<(EventId Id, Fact Fact)> _facts = [];
    private readonly List<Func<Task>> _beforeSave = [];
    private readonly List<Action> _afterCommit = [];
    private AuditEventRow? _repeated;
    private Caller? _speaker;

    /// <summary>Tracks what is loaded; changes are saved by the door.</summary>
    public ShopDb Db => db;

    public Database Database => database;

    public Caller Caller => caller;

    /// <summary>The database's clock at the start of the transaction.</summary>
    public DateTimeOffset Now => now;

    public CancellationToken Cancel => cancel;

    public IReadOnlyList<(EventId Id, Fact Fact)> Facts => _facts;

    /// <summary>Adds a fact; its event's id can be kept in the row that it is about.</summary>
    public EventId Add(Fact fact)
    {
        var id = IId<EventId>.New();
        _facts.Add((id, fact));
        return id;
    }

    /// <summary>
    /// For what is written past the session's own lock, because it changes the session: its facts are told as those of the session, in which they happen.
    /// </summary>
    internal void TellAs(Caller inSession) => _speaker = inSession;

    private Caller Speaker => _speaker ?? caller;

    /// <summary>The last that is put in: when all has been decided, and before it is stored.</summary>
    internal void BeforeSave(Func<Task> put) => _beforeSave.Add(put);

    /// <summary>Something harmless to lose that must not happen before the commit: waking a worker.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>
    /// Runs <paramref name="effect"/> once per key: a repetition with the same fingerprint gets the first result, one with another is refused.
    /// The result is stored with the effect, so after a crash there are both or neither.
    /// </summary>
    public async Task<Outcome<string>> Once(string principal, string route, string key, string fingerprint, Func<Task<Outcome<string>>> effect)
    {
        if (key.Length is < 8 or > 255)
        {
            return Refusal.Invalid("idempotency.key-missing", "This form has lost its one-time key. Reload the page and try again.");
        }

        var before = await db.Set<IdempotencyRow>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Principal == principal && row.Route == route && row.Key == key, cancel);
        if (before is not null)
        {
            if (before.Fingerprint != fingerprint)
            {
                return Refusal.Conflict("idempotency.key-reused", "This form was already sent with other content. Reload the page to see what was done.");
            }

            if (caller.IsAssisting && before.AuditEventId is { } told)
            {
                _repeated = await db.Set<AuditEventRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == told, cancel);
            }

            return before.Result;
        }

        var outcome = await effect();
        if (!outcome.IsRefused)
        {
            db.Add(new IdempotencyRow { Principal = principal, Route = route, Key = key, Fingerprint = fingerprint, Result = outcome.Value, CreatedAt = now, AuditEventId = Decisive });
        }

        return outcome;
    }

    /// <summary>The next number of a counter that leaves gaps: fast, unique, never reused.</summary>
    public async Task<long> NextNumber(string sequence) =>
        database.Kind == DatabaseKind.Postgres
            ? (await db.Rows<long>("select nextval(cast({0} as regclass)) as \"Value\"", sequence).ToListAsync(cancel))[0]
            : (await db.Rows<long>(
                "insert into counter (name, value) values ({0}, 1) on conflict (name) do update set value = value + 1 returning value as \"Value\"", sequence)
                .ToListAsync(cancel))[0];

    /// <summary>
    /// Stores what is tracked so far, so that SQL of the same transaction finds it. For rows of the seller's own, after their fact; a refusal still takes all of it back.
    /// </summary>
    internal async Task Flush()
    {
        if (_facts.Count == 0 || caller.IsAssisting)
        {
            throw new InvalidOperationException("Rows are stored early only after their fact, and never in a session.");
        }

        DelegatedRows.Stamp(this);
        (db.IsDeciding, db.Database.AutoSavepointsEnabled) = (false, false);
        await db.SaveChangesAsync(cancel);
        (db.IsDeciding, db.Database.AutoSavepointsEnabled) = (true, true);
    }

    /// <summary>The event of what was decided, and not of what followed from it: about the order where there is one, else the first.</summary>
    private EventId? Decisive => _facts.Count == 0 ? null : _facts.Find(fact => fact.Fact.Name.StartsWith("orders.", StringComparison.Ordinal)) is { Fact: not null } order ? order.Id : _facts[0].Id;

    internal void Committed()
    {
        _afterCommit.ForEach(action => action());
        if (caller.IsAssisting && database.Delegated is { } told)
        {
            // They are what was stored: nobody has to look for changes in them.
            var finds = db.ChangeTracker.AutoDetectChangesEnabled;
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            told(caller, _repeated is null ? [.. db.ChangeTracker.Entries<AuditEventRow>().Select(entry => entry.Entity)] : [_repeated]);
            db.ChangeTracker.AutoDetectChangesEnabled = finds;
        }
    }

    private async Task<IReadOnlyDictionary<Guid, PersonKey>> PeopleOf(IEnumerable<Fact> facts)
    {
        var owners = FactPeople.In(Speaker, facts, now);
        return owners.Count == 0 ? ReadOnlyDictionary<Guid, PersonKey>.Empty : await database.Keys.Of(this, owners);
    }

    /// <summary>Everything of the transaction but the commit. Refused when one of its facts would have to follow the end of its session.</summary>
    /// <param name="mustBeAlive">False lets such a fact be stored as what came after the end.</param>
    internal async Task<Refusal?> Save(bool mustBeAlive)
    {
        foreach (var put in _beforeSave)
        {
            await put();
        }

        DelegatedRows.Stamp(this);
        var keys = await PeopleOf(_facts.Select(fact => fact.Fact));

        // All changes are found. A savepoint would be two commands more, and nobody goes back to it.
        (db.Database.AutoSavepointsEnabled, db.ChangeTracker.AutoDetectChangesEnabled) = (false, false);
        try
        {
            return await SaveFound(mustBeAlive, keys);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    private async Task<Refusal?> SaveFound(bool mustBeAlive, IReadOnlyDictionary<Guid, PersonKey> keys)
    {
        if (mustBeAlive)
        {
            Quiet.Demand(this);
        }

        var drafts = SessionEntries.InOrder(Speaker, _facts).Select(fact => new AuditDraft(Speaker, now, fact.Id, fact.Fact, keys, database.Tickets)).ToList();
        var places = await SessionEntries.Number(this, drafts);
        for (var i = 0; i < drafts.Count; i++)
        {
            if (mustBeAlive && drafts[i] is { Session: not null, Fact: not IEndsSession } && places[i] is null)
            {
                return Authority.SessionOver;
            }

            db.Add(drafts[i].Finish(places[i]));
            db.AddRange(drafts[i].Privates);
        }

        await db.SaveChangesAsync(cancel);
        if (database.Kind == DatabaseKind.Sqlite && caller.IsAssisting && _facts.Count > 0)
        {
            await db.Rows<long>(DelegatedRows.CloseSql).ToListAsync(cancel);
        }

        return null;
    }
}
