using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>
/// The shop's database and its two doors. <see cref="Write"/> is the only way in which a caller changes anything; <see cref="Record"/> adds a fact to the
/// audit log and nothing else. Safe for use by many threads.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>What people ask for is stored within so long from its beginning, or not at all: its events bear the time of its beginning, and who checks the log allows a minute.</summary>
    public static readonly TimeSpan LongestOfPeople = TimeSpan.FromSeconds(30);

    /// <summary>The same for what the shop does by itself, for which an hour is allowed.</summary>
    public static readonly TimeSpan LongestOfParts = TimeSpan.FromMinutes(45);

    public static readonly Refusal TookTooLong = Refusal.Conflict(
        "database.took-too-long", "This took longer than half a minute, because the shop is busy or somebody is changing the same. Nothing was changed. Try again.");

    private const int Attempts = 5;

    private readonly DbContextOptions<ShopDb> _options;
    private readonly PooledDbContextFactory<ShopDb> _contexts;
    private readonly NpgsqlDataSource? _postgres;
    private readonly NpgsqlDataSource? _postgresWorkers;
    private readonly SemaphoreSlim _sqliteWriter = new(1, 1);
    private readonly SqliteReaders? _sqliteReaders;
    private ShopDb? _sqliteWriting;
    private readonly FactHandlers _handlers;

    public Database(string connectionString, FactHandlers handlers, ILoggerFactory? logs = null, params Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor[] interceptors)
    {
        _handlers = handlers;
        Kind = KindOf(connectionString);
        var options = new DbContextOptionsBuilder<ShopDb>();
        if (Kind == DatabaseKind.Postgres)
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (settings.MaxAutoPrepare == 0)
            {
                settings.MaxAutoPrepare = 200;
                settings.AutoPrepareMinUsages = 2;
            }

            // Workers may leave locks and temporary tables behind; what answers requests does not, and would pay for the clean-up with every query.
            // They may take as long as they take: the commit of a big import checks every foreign key.
            _postgresWorkers = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { CommandTimeout = 0 }.ConnectionString).Build();
            settings.NoResetOnClose = true;

            // No request is worth a parallel worker or compiled expressions: either alone takes longer than what it looks for. Nor is it worth planning again what
            // was planned: of plans that differ little the server makes a new one at every call, which took a quarter of its time (measured).
            // And none takes longer than this.
            settings.Options = $"{settings.Options} -c max_parallel_workers_per_gather=0 -c jit=off -c plan_cache_mode=force_generic_plan -c statement_timeout=25s".TrimStart();
            _postgres = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
            ConnectionString = settings.ConnectionString;
            options.UseNpgsql(_postgres);
        }
        else
        {
            var settings = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true };
            ConnectionString = settings.ConnectionString;
            PlainSqlite.Use(options, settings.ConnectionString);
            _sqliteReaders = new SqliteReaders(settings.ConnectionString);
        }

        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).AddInterceptors(interceptors);
        if (logs is not null)
        {
            options.UseLoggerFactory(logs);
        }

        _options = options.Options;
        _contexts = new PooledDbContextFactory<ShopDb>(_options, poolSize: 128);
    }

    public DatabaseKind Kind { get; }

    public string ConnectionString { get; }

    /// <summary><see cref="LongestOfPeople"/>, but for tests.</summary>
    internal TimeSpan Longest { get; set; } = LongestOfPeople;

    internal TimeSpan LongestCommit { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Told of the events of every write in an assisted session, after its commit and before its answer.</summary>
    internal Action<Caller, IReadOnlyList<AuditEventRow>>? Delegated { get; set; }

    /// <summary>References and keys of the people in the audit log. Without them nobody can be spoken of.</summary>
    public PersonKeys Keys
    {
        get => field ?? throw new InvalidOperationException("This database was opened without the keys of its people.");
        init;
    }

    /// <summary>Makes references of tickets.</summary>
    internal TicketKey Tickets
    {
        get => field ?? throw new InvalidOperationException("This database was opened without the key of its tickets.");
        init;
    }

    /// <summary>The database's own clock as an SQL expression of the type of a time column.</summary>
    public string Now => Kind == DatabaseKind.Postgres ? "clock_timestamp()" : "cast(unixepoch('subsec') * 1000000 as integer)";

    /// <summary>Whole seconds from a time column to now, by the database's clock, as an SQL expression.</summary>
    public string SecondsSince(string column) =>
        Kind == DatabaseKind.Postgres ? $"cast(floor(extract(epoch from clock_timestamp() - {column})) as integer)" : $"(({Now} - {column}) / 1000000)";

    /// <summary>The condition that a column is one of a <see cref="List{TId}"/> of ids of any length, as SQL; the text is the same for every length.</summary>
    public string OneOf(string column, string parameter) =>
        Kind == DatabaseKind.Postgres ? $"{column} = any({parameter})" : $"{column} in (select value from json_each({parameter}))";

    /// <summary>Ids as the one parameter of <see cref="OneOf"/>.</summary>
    public object List<TId>(IReadOnlyCollection<TId> ids)
        where TId : struct, IId<TId> => List(ids.Select(id => id.Value));

    /// <summary>The same for ids of several kinds.</summary>
    public object List(IEnumerable<Guid> ids) =>
        Kind == DatabaseKind.Postgres ? ids.ToArray() : Json(ids);

    /// <summary>The same for words.</summary>
    public object List(IReadOnlyCollection<string> words) =>
        Kind == DatabaseKind.Postgres ? words.ToArray() : System.Text.Json.JsonSerializer.Serialize(words);

    // Every list of articles asks with one of these, so the ids are written in place.
    private static string Json(IEnumerable<Guid> ids)
    {
        var all = ids as IReadOnlyList<Guid> ?? [.. ids];
        return string.Create(Math.Max(2, (39 * all.Count) + 1), all, static (json, all) =>
        {
            (json[0], json[^1]) = ('[', ']');
            for (var i = 0; i < all.Count; i++)
            {
                var id = json.Slice((39 * i) + 2, 36);
                all[i].TryFormat(id, out _);
                foreach (ref var letter in id)
                {
                    letter = char.ToUpperInvariant(letter);
                }

                (json[(39 * i) + 1], json[(39 * i) + 38]) = ('"', '"');
                if (i > 0)
                {
                    json[39 * i] = ',';
                }
            }
        });
    }

    /// <summary>`Host=…` is PostgreSQL, `Data Source=…` is SQLite. Throws on anything else, naming the setting and not the value.</summary>
    public static DatabaseKind KindOf(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return parts.ContainsKey("Host") ? DatabaseKind.Postgres
            : parts.ContainsKey("Data Source") ? DatabaseKind.Sqlite
            : throw new ArgumentException("ConnectionStrings:Shop is neither 'Data Source=…' (SQLite) nor 'Host=…' (PostgreSQL).");
    }

    /// <summary>A context for reading: nothing is tracked, nothing can be saved through it by accident. Dispose it.</summary>
    public ShopDb Read()
    {
        var db = _contexts.CreateDbContext();
        (db.Readers, db.Source) = (_sqliteReaders, _postgres);
        return db;
    }

    /// <summary>For several queries at once, outside of transactions. Dispose it.</summary>
    public SqlTogether Together() => new(Read());

    /// <summary>
    /// The one door for writes: one transaction in which the caller's sign-in and session are locked and found alive, <paramref name="decide"/> loads and
    /// judges, and rows, facts, mail and idempotency results are stored together, or nothing is. A refusal rolls back.
    /// The function is run again with a fresh context when the database asks for it, so it must have no effect outside its <see cref="Tx"/>.
    /// </summary>
    public Task<Outcome<T>> Write<T>(Caller caller, Func<Tx, Task<Outcome<T>>> decide, CancellationToken cancel = default) =>
        Try(caller, decide, mustBeAlive: true, isLong: false, cancel);

    /// <summary>The same for a part of the product that may touch more rows than a request has time for: nothing stops a statement or the commit but <see cref="LongestOfParts"/>.</summary>
    internal Task<Outcome<T>> WriteLong<T>(Caller machine, Func<Tx, Task<Outcome<T>>> decide, CancellationToken cancel = default) => machine.Actor is Actor.Machine
        ? Try(machine, decide, mustBeAlive: true, isLong: true, cancel)
        : throw new ArgumentException("What somebody asks for is stored within half a minute.", nameof(machine));

    /// <summary>The second, small door: one fact into the audit log in a transaction of its own, also when the caller's authority is gone.</summary>
    public async Task Record(Caller caller, Fact fact, CancellationToken cancel = default) =>
        await Try<Done>(caller, tx => { tx.Add(fact); return Task.FromResult<Outcome<Done>>(Done.It); }, mustBeAlive: false, isLong: false, cancel);

    public async ValueTask DisposeAsync()
    {
        _sqliteWriter.Dispose();
        _sqliteReaders?.Dispose();
        CloseWriting();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
            await _postgresWorkers!.DisposeAsync();
        }
    }

    /// <summary>An open connection for the workers that are listed by name in the architecture test: migrator, import, backup.</summary>
    internal async Task<DbConnection> Open(CancellationToken cancel = default)
    {
        DbConnection connection = _postgresWorkers is not null ? _postgresWorkers.CreateConnection() : new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    /// <summary>The same for moving many rows; on SQLite one that is closed for good afterwards, with whatever temporary tables it has.</summary>
    internal async Task<WorkConnection> OpenWork(CancellationToken cancel = default)
    {
        if (_postgres is not null)
        {
            return new WorkConnection(this, await Open(cancel));
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        return new WorkConnection(this, connection);
    }

    /// <summary>Adds facts, mail and rows of the modules to the transaction of a worker, as <see cref="Write"/> would to its own.</summary>
    internal async Task WriteIn(WorkConnection work, Caller caller, Func<Tx, Task> decide, CancellationToken cancel = default)
    {
        await using var db = new ShopDb(_options);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        db.Database.SetDbConnection(work.Connection);
        await db.Database.UseTransactionAsync(work.Transaction, cancel);
        work.Tells();
        var (now, _) = await Authority.Lock(this, db, caller, mustBeAlive: false, cancel);
        var tx = new Tx(db, this, caller, now, cancel);
        await Decide<Done>(tx, async () =>
        {
            await decide(tx);
            return Done.It;
        });
        await tx.Save(mustBeAlive: false);
    }

    /// <summary>Whether the database asks for the same once more: it is busy, or somebody else was first.</summary>
    internal static bool IsPassing(Exception error) => IsTransient(error);

    /// <summary>Waits for the one writer's place of SQLite; nothing to wait for on PostgreSQL. Dispose to give it back.</summary>
    internal async Task<IDisposable> WriterGate(CancellationToken cancel = default)
    {
        if (Kind == DatabaseKind.Postgres)
        {
            return Gate.Open;
        }

        await _sqliteWriter.WaitAsync(cancel);
        return new Gate(_sqliteWriter);
    }

    /// <summary>One transaction of the one writer of SQLite, without a caller.</summary>
    internal async Task OnSqlite(Func<ShopDb, Task> write)
    {
        using var gate = await WriterGate();
        _sqliteWriting ??= await OpenWriting(CancellationToken.None);
        try
        {
            await using var transaction = await _sqliteWriting.Database.BeginTransactionAsync(IsolationLevel.Serializable);
            await write(_sqliteWriting);
            await transaction.CommitAsync();
        }
        catch
        {
            CloseWriting();
            throw;
        }
    }

    private async Task<Outcome<T>> Try<T>(Caller caller, Func<Tx, Task<Outcome<T>>> decide, bool mustBeAlive, bool isLong, CancellationToken cancel)
    {
        // What is written down is English, whoever does it; a mail says for itself to whom it speaks. It is over when this method is left.
        if (!Phrasebook.IsEnglish)
        {
            Phrasebook.SpeakEnglish();
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Attempt(caller, decide, mustBeAlive, isLong, cancel);
            }
            catch (Exception error) when (attempt < Attempts && IsTransient(error))
            {
                // The loser of a conflict sees the winner's rows on the next run.
            }
            catch (Exception error) when (IsStopped(error) && !cancel.IsCancellationRequested && mustBeAlive && caller.Actor is not Actor.Machine)
            {
                return TookTooLong;
            }
        }
    }

    private async Task<Outcome<T>> Attempt<T>(Caller caller, Func<Tx, Task<Outcome<T>>> decide, bool mustBeAlive, bool isLong, CancellationToken cancel)
    {
        using var gate = await WriterGate(cancel);
        if (Kind == DatabaseKind.Postgres)
        {
            // Connections of requests stop what takes longer than a request may.
            await using var patient = isLong ? await Open(cancel) : null;
            await using var db = patient is null ? _contexts.CreateDbContext() : new ShopDb(_options);
            if (patient is not null)
            {
                db.Database.SetDbConnection(patient);
            }

            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            return await Attempt(db, caller, decide, mustBeAlive, isLong, cancel);
        }

        _sqliteWriting ??= await OpenWriting(cancel);
        try
        {
            var outcome = await Attempt(_sqliteWriting, caller, decide, mustBeAlive, isLong, cancel);
            _sqliteWriting.ChangeTracker.Clear();
            return outcome;
        }
        catch
        {
            CloseWriting();
            throw;
        }
    }

    // There is one writer at a time, so he keeps his connection, with what it has compiled.
    private async Task<ShopDb> OpenWriting(CancellationToken cancel)
    {
        var db = new ShopDb(_options);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        await db.Database.OpenConnectionAsync(cancel);
        var connection = (KeepingConnection)db.Database.GetDbConnection();
        db.Writing = connection.Kept = new SqliteStatements(connection);
        return db;
    }

    private void CloseWriting()
    {
        var db = Interlocked.Exchange(ref _sqliteWriting, null);
        db?.Writing?.Dispose();
        db?.Dispose();
    }

    private async Task<Outcome<T>> Attempt<T>(ShopDb db, Caller caller, Func<Tx, Task<Outcome<T>>> decide, bool mustBeAlive, bool isLong, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(
            Kind == DatabaseKind.Postgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, cancel);
        var began = Stopwatch.GetTimestamp();
        var (now, refusal) = await Authority.Lock(this, db, caller, mustBeAlive, cancel);
        if (refusal is not null)
        {
            return refusal;
        }

        var tx = new Tx(db, this, caller, now, cancel);
        var outcome = await Decide(tx, () => decide(tx));
        if (outcome.IsRefused)
        {
            return outcome;
        }

        if (await tx.Save(mustBeAlive) is { } over)
        {
            return over;
        }

        if (Stopwatch.GetElapsedTime(began) > (caller.Actor is Actor.Machine ? LongestOfParts : Longest))
        {
            // Who does not look at the answer must not take this for done.
            return mustBeAlive && caller.Actor is not Actor.Machine ? TookTooLong : throw new TimeoutException("This transaction took too long for its events: nothing was stored.");
        }

        await Commit(transaction, isLong, cancel);
        tx.Committed();
        return outcome;
    }

    // What is checked at the commit can wait for others too, and no timeout of the server counts then: with what came before, it stays within the minute that the log allows.
    private async Task Commit(IDbContextTransaction transaction, bool isLong, CancellationToken cancel)
    {
        if (Kind == DatabaseKind.Sqlite || isLong)
        {
            await transaction.CommitAsync(cancel);
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(LongestCommit);
        await transaction.CommitAsync(patience.Token);
    }

    private async Task<Outcome<T>> Decide<T>(Tx tx, Func<Task<Outcome<T>>> decide)
    {
        tx.Db.IsDeciding = true;
        try
        {
            var outcome = await decide();
            if (!outcome.IsRefused)
            {
                await _handlers.Run(tx);
            }

            return outcome;
        }
        finally
        {
            tx.Db.IsDeciding = false;
        }
    }

    // The server has cancelled a statement, of its own accord or when the commit took too long.
    private static bool IsStopped(Exception error) => (error is DbUpdateException or OperationCanceledException ? error.InnerException : error) is PostgresException { SqlState: "57014" };

    private static bool IsTransient(Exception error) => (error is DbUpdateException ? error.InnerException : error) switch
    {
        // serialization failure, deadlock, unique violation (somebody else was first)
        PostgresException postgres => postgres.SqlState is "40001" or "40P01" or "23505",
        // busy, locked, unique constraint
        SqliteException sqlite => sqlite.SqliteErrorCode is 5 or 6 || sqlite.SqliteExtendedErrorCode is 2067 or 1555,
        DbUpdateConcurrencyException => true,
        _ => error is DbUpdateConcurrencyException,
    };

    private sealed class Gate(SemaphoreSlim? semaphore) : IDisposable
    {
        public static readonly Gate Open = new(null);

        public void Dispose() => semaphore?.Release();
    }
}
