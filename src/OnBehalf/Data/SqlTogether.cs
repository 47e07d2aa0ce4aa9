using System.Data.Common;
using Npgsql;

namespace OnBehalf.Data;

/// <summary>
/// Queries that go to PostgreSQL on one way and come back on one, because the way costs more than most of what is asked; on SQLite one after the other:
/// `var rows = together.Rows&lt;Row&gt;(sql, …); await together.Read(cancel);` and then `rows()`. Outside of transactions.
/// </summary>
public sealed class SqlTogether(ShopDb db) : IAsyncDisposable
{
    private readonly List<Part> _parts = [];

    /// <summary>Adds a query. Its rows are there when <see cref="Read"/> is done.</summary>
    public Func<List<T>> Rows<T>(string sql, params object?[] arguments)
    {
        SqlCommands.Watch?.Invoke(sql, arguments);
        var part = new Part<T>(sql, arguments);
        _parts.Add(part);
        return () => part.Rows ?? throw new InvalidOperationException("Asked before it was read.");
    }

    public async Task Read(CancellationToken cancel)
    {
        if (db.Source is not { } source)
        {
            foreach (var part in _parts)
            {
                await part.Read(db, cancel);
            }

            return;
        }

        SqlCommands.Count.Add(_parts.Count);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var part in _parts)
        {
            batch.BatchCommands.Add(part.Command());
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var part in _parts)
        {
            await part.Read(reader, cancel);
            await reader.NextResultAsync(cancel);
        }
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();

    private abstract class Part
    {
        public abstract NpgsqlBatchCommand Command();

        public abstract Task Read(ShopDb db, CancellationToken cancel);

        public abstract Task Read(DbDataReader reader, CancellationToken cancel);
    }

    private sealed class Part<T>(string sql, object?[] arguments) : Part
    {
        public List<T>? Rows { get; private set; }

        public override NpgsqlBatchCommand Command() => SqlCommands.InBatch(SqlQuery<T>.Of(sql, isPostgres: true).Text, arguments);

        public override async Task Read(ShopDb db, CancellationToken cancel) => Rows = await db.Rows<T>(sql, arguments).ToListAsync(cancel);

        public override async Task Read(DbDataReader reader, CancellationToken cancel) => Rows = await SqlQuery<T>.Of(sql, isPostgres: true).ToListAsync(reader, cancel);
    }
}
