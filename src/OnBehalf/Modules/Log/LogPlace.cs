using Npgsql;
using OnBehalf.Data;

namespace OnBehalf.Modules.Log;

/// <summary>
/// The leader's place: a connection of its own, under the sequencer's role where the configuration names one, that holds a lock which one node at a time can have.
/// What is sequenced is written over this connection, so that who has lost the place can write nothing more.
/// </summary>
internal sealed class LogPlace(Database database, IConfiguration configuration) : IAsyncDisposable
{
    private const long Lock = 7_203_991_284_106_417L;

    private readonly NpgsqlDataSource? _own = database.Kind == DatabaseKind.Postgres && configuration.GetConnectionString("Sequencer") is { Length: > 0 } connection
        ? new NpgsqlDataSourceBuilder(connection).Build() : null;

    /// <summary>The place, or null when another node has it. On SQLite there is one process, and it has the place.</summary>
    public async Task<WorkConnection?> Take(CancellationToken cancel)
    {
        var work = await Open(cancel);
        try
        {
            if (work.Kind == DatabaseKind.Sqlite || await work.Count($"select case when pg_try_advisory_lock({Lock}) then 1 else 0 end", cancel) == 1)
            {
                return work;
            }
        }
        catch
        {
            await work.DisposeAsync();
            throw;
        }

        await work.DisposeAsync();
        return null;
    }

    /// <summary>Gives the place back. A connection that is closed lies in its pool for a while, with its lock, unless somebody says so.</summary>
    public static async Task Leave(WorkConnection work)
    {
        try
        {
            await work.RollBack();
            if (work.Kind == DatabaseKind.Postgres)
            {
                await work.Run($"select pg_advisory_unlock({Lock})", CancellationToken.None);
            }
        }
        catch (Exception gone) when (gone is System.Data.Common.DbException or InvalidOperationException or IOException)
        {
            // The connection is lost, and the lock with it.
        }

        await work.DisposeAsync();
    }

    /// <summary>A connection under the same role, without the place.</summary>
    public async Task<WorkConnection> Open(CancellationToken cancel) =>
        _own is null ? await database.OpenWork(cancel) : new WorkConnection(database, await _own.OpenConnectionAsync(cancel));

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }
}
