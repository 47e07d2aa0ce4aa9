using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Log;

namespace OnBehalf.Tests.Support;

/// <summary>
/// A whole shop for one test: own database, own host. `await using var shop = await TestShop.Start(); var ines = await shop.As("ines");`
/// </summary>
public sealed class TestShop : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private readonly bool _isFirst;

    private TestShop(TestDatabase database, WebApplication app, bool isFirst) => (_database, _app, _isFirst) = (database, app, isFirst);

    public Database Database => _app.Services.GetRequiredService<Database>();

    public IServiceProvider Services => _app.Services;

    /// <summary>The data folder: master key, mail files.</summary>
    public string Folder => _database.Folder;

    public string ConnectionString => _database.ConnectionString;

    /// <summary>Where it listens when started with <paramref name="listen"/>; a browser needs a real address, a request of a test does not.</summary>
    public string Address => _app.Urls.First();

    public static async Task<TestShop> Start(Action<WebApplicationBuilder>? configure = null, bool listen = false, TestDatabase? database = null, bool watchesLog = false)
    {
        return await Start(database ?? await TestDatabase.Peopled(), isFirst: true, configure, listen, watchesLog);
    }

    /// <summary>Another node beside this one: a host of its own on the same database. Dispose it first.</summary>
    public Task<TestShop> Beside(Action<WebApplicationBuilder>? configure = null) => Start(_database, isFirst: false, configure, listen: false, watchesLog: false);

    private static async Task<TestShop> Start(TestDatabase database, bool isFirst, Action<WebApplicationBuilder>? configure, bool listen, bool watchesLog)
    {
        var builder = ShopHost.Builder([.. database.Settings, "--urls=http://127.0.0.1:0"]);
        if (!listen)
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("OnBehalf.Modules.Log", LogLevel.None).AddFilter("OnBehalf.Data.PersonKeyFile", LogLevel.None);
        if (!watchesLog)
        {
            builder.Services.AddSingleton<LogWatch, UnwatchedLog>();
        }

        configure?.Invoke(builder);
        var app = ShopHost.Build(builder);
        await app.Services.GetRequiredService<Migrator>().Migrate();
        await app.StartAsync();
        return new TestShop(database, app, isFirst);
    }

    /// <summary>Somebody who is not signed in.</summary>
    public Visitor Anonymous() => new(this, NewHandler(), "");

    /// <summary>One of the <see cref="Characters"/>, signed in with a fresh browser.</summary>
    public async Task<Visitor> As(string character)
    {
        var visitor = Anonymous();
        var isStaff = Characters.Staff.Contains(character);
        var (token, hash) = Cookies.NewToken();
        await using var db = Database.Read();
        var now = TimeProvider.System.GetUtcNow();
        var signIn = new SignInRow
        {
            Id = IId<SignInId>.New(), StaffId = isStaff ? Characters.StaffIdOf(character) : null, BuyerId = isStaff ? null : Characters.BuyerIdOf(character),
            MembershipId = isStaff ? null : Characters.MembershipIdOf(character), TokenHash = hash, CreatedAt = now, LastSeenAt = now, ProvedAt = now, IdleSeconds = 900,
            HardEndsAt = now.AddHours(12),
        };
        db.Add(signIn);
        await db.SaveChangesAsync();
        visitor.Cookies[isStaff ? Cookies.Staff : Cookies.Shop] = token;
        visitor.Character = character;
        visitor.SignIn = signIn.Id;
        return visitor;
    }

    /// <summary>Runs SQL on the test's database: ages rows instead of sleeping.</summary>
    public async Task<int> Sql(string sql)
    {
        await using var connection = await Database.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<T> Scalar<T>(string sql)
    {
        await using var connection = await Database.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var value = await command.ExecuteScalarAsync();
        return (T)Convert.ChangeType(value!, typeof(T), CultureInfo.InvariantCulture);
    }

    /// <summary>Moves a time column of matching rows into the past.</summary>
    public Task<int> Age(string table, string column, TimeSpan by, string where = "1 = 1")
    {
        var seconds = (long)by.TotalSeconds;
        // Time passes without an event, so the triggers that hold rows of sessions to theirs are not asked.
        return Sql(Database.Kind == DatabaseKind.Postgres
            ? $"set session_replication_role = replica; update {table} set {column} = {column} - interval '{seconds} seconds' where {where}; reset session_replication_role"
            : $"update audit_closed set seq = -1; update {table} set {column} = {column} - {seconds * 1_000_000} where {where}; update audit_closed set seq = coalesce((select max(seq) from audit_event), 0)");
    }

    /// <summary>All rows of a table as text, in a stable order: for "nothing has changed".</summary>
    public async Task<string> Dump(params string[] tables)
    {
        await using var connection = await Database.Open();
        var lines = new List<string>();
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select * from {table}";
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
            {
                rows.Add(table + ": " + string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))));
            }

            rows.Sort(StringComparer.Ordinal);
            lines.AddRange(rows);
        }

        return string.Join('\n', lines);

        static string Text(object value) => value switch
        {
            byte[] bytes => Convert.ToHexString(bytes),
            DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
    }

    /// <summary>
    /// Brings all that was committed into a signed checkpoint, as the worker would within seconds: in a test no worker runs, so that none costs anything and nobody
    /// waits. False when another node leads.
    /// </summary>
    public async Task<bool> Sequence()
    {
        await Services.GetRequiredService<NodeKey>().Refresh(CancellationToken.None);
        var leads = await Services.GetRequiredService<LogLeader>().Round(atOnce: true, CancellationToken.None);
        await Services.GetRequiredService<LogWitnesses>().Settle();
        await Services.GetRequiredService<NodeKey>().Refresh(CancellationToken.None);
        Services.GetRequiredService<LogWatch>().Forget();
        return leads;
    }

    /// <summary>Personal values of this field in the audit log that can still be read, in the order of their events.</summary>
    public async Task<IReadOnlyList<string>> Personal(string field)
    {
        await using var db = Database.Read();
        var events = await db.Set<AuditEventRow>().OrderBy(row => row.Seq).Select(row => row.Id).ToListAsync();
        var values = (await Database.Keys.Values(Database, db, events, default)).Where(value => value.Field == field).ToLookup(value => value.Event, value => value.Value);
        return [.. events.SelectMany(id => values[id.Value])];
    }

    /// <summary>What stands for somebody in the audit log.</summary>
    public async Task<string> RefOf(Guid person)
    {
        await using var db = Database.Read();
        return (await db.Set<PersonKeyRow>().SingleAsync(row => row.PersonId == person)).Ref.ToString();
    }

    /// <summary>Names of the facts in the audit log, oldest first; without the pages that were looked at.</summary>
    public async Task<IReadOnlyList<string>> Facts()
    {
        await using var db = Database.Read();
        return await db.Set<AuditEventRow>().Where(row => row.Name != "pages.viewed").OrderBy(row => row.Seq).Select(row => row.Name).ToListAsync();
    }

    /// <summary>
    /// Comes back when <paramref name="work"/> waits for a lock that somebody else holds, and fails when it is done instead. PostgreSQL says who waits. The
    /// driver of SQLite waits for nothing, so that whoever has called it and has no answer yet stands before its one writer.
    /// </summary>
    public async Task WaitsForALock(Task work, string otherwise)
    {
        if (Database.Kind == DatabaseKind.Postgres)
        {
            var patience = System.Diagnostics.Stopwatch.StartNew();
            while (!work.IsCompleted && await Scalar<int>("select count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid where not l.granted and a.datname = current_database()") == 0)
            {
                Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "Nobody waits for a lock.");
                await Task.Delay(5);
            }
        }

        Assert.False(work.IsCompleted, otherwise);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_isFirst)
        {
            await _database.DisposeAsync();
        }
    }

    internal async Task<(AssistedSessionId Id, string Handle, string Token)> StartSession(string character, SignInId signIn, string buyer, Mode mode)
    {
        await using var db = Database.Read();
        var membership = await db.Set<MembershipRow>().SingleAsync(row => row.Id == Characters.MembershipIdOf(buyer));
        var extras = await db.Set<StaffRow>().AnyAsync(staff => staff.Id == Characters.StaffIdOf(character) && staff.MayAdjustPrices) ? SessionRights.Extras : Rights.None;
        return await Enter(db, new Began(character, signIn, Membership: membership, membership.CompanyId, await RightsOf(db, membership) | extras, mode));
    }

    /// <summary>A colleague begins to act, by a mandate of their company for just that.</summary>
    internal async Task<(AssistedSessionId Id, string Handle, string Token)> StartColleagueSession(string colleague, SignInId signIn, string buyer)
    {
        await using var db = Database.Read();
        var membership = await db.Set<MembershipRow>().SingleAsync(row => row.Id == Characters.MembershipIdOf(buyer));
        var mandate = new AssistMandateRow
        {
            Id = Guid.NewGuid(), MandateId = Guid.NewGuid(), Version = 1, CompanyId = membership.CompanyId!.Value, OperatorMembershipId = Characters.MembershipIdOf(colleague),
            MembershipId = membership.Id, Highest = Mode.Order, Rights = (long)SessionRights.Lendable.Bits, Days = 0, Currency = Currency.Of("EUR"), Status = "active",
            CreatedAt = TimeProvider.System.GetUtcNow(), CreatedById = Characters.BuyerIdOf("jonas"), CreatedBy = "Jonas Petersen",
        };
        db.Add(mandate);
        return await Enter(db, new Began(colleague, signIn, membership, membership.CompanyId, await RightsOf(db, membership), Mode.Order) { Mandate = mandate.Id });
    }

    /// <summary>A staff member begins to act for a company as a whole.</summary>
    internal async Task<(AssistedSessionId Id, string Handle, string Token)> StartSession(string character, SignInId signIn, CompanyId company)
    {
        await using var db = Database.Read();
        return await Enter(db, new Began(character, signIn, Membership: null, company, BuyerRoles.OfCompany, Mode.Order));
    }

    private static async Task<Rights> RightsOf(ShopDb db, MembershipRow membership) => membership.CompanyId is not { } company ? BuyerRoles.RightsOf(membership.Role)
        : (await CompanyRoleQueries.Held(db, company, membership.Given, default))!.Rights;

    private sealed record Began(string Operator, SignInId SignIn, MembershipRow? Membership, CompanyId? Company, Rights Rights, Mode Mode)
    {
        public Guid? Mandate { get; init; }

        public bool IsStaff => Characters.Staff.Contains(Operator);
    }

    private static async Task<(AssistedSessionId Id, string Handle, string Token)> Enter(ShopDb db, Began began)
    {
        var (token, hash) = Cookies.NewToken();
        var now = TimeProvider.System.GetUtcNow();
        var session = new AssistedSessionRow
        {
            Id = IId<AssistedSessionId>.New(), Handle = Guid.NewGuid().ToString("N")[..12], TokenHash = hash,
            OperatorStaffId = began.IsStaff ? Characters.StaffIdOf(began.Operator) : null, OperatorBuyerId = began.IsStaff ? null : Characters.BuyerIdOf(began.Operator),
            OperatorMembershipId = began.IsStaff ? null : Characters.MembershipIdOf(began.Operator), MandateId = began.Mandate,
            OperatorSignInId = began.SignIn, Slot = 1, MembershipId = began.Membership?.Id, BuyerId = began.Membership?.BuyerId, CompanyId = began.Company, Mode = began.Mode,
            ReasonCode = "phone-order", Rule = "test", Rights = (long)(began.Rights.Bits & ~Rights.Of(Right.AccountSecure).Bits), ReturnPath = "/staff",
            Status = "active", StartedAt = now, IdleSeconds = 900, HardEndsAt = now.AddHours(1),
        };
        db.Add(session);
        db.Add(new AssistedSessionActivityRow { SessionId = session.Id, LastSeenAt = now });
        await db.SaveChangesAsync();
        return (session.Id, session.Handle, token);
    }

    // Without a worker every log is behind after a minute.
    private sealed class UnwatchedLog(LogQueries queries, TimeProvider clock) : LogWatch(queries, clock)
    {
        public override Task<LogState> State(CancellationToken cancel) => Task.FromResult(new LogState("", 0, 0, 0, null));
    }

    internal HttpMessageHandler NewHandler() =>
        _app.Services.GetService<Microsoft.AspNetCore.Hosting.Server.IServer>() is TestServer server
            ? server.CreateHandler()
            : new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
}
