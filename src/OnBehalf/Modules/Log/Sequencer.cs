using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>An event that has become a leaf.</summary>
internal readonly record struct Leaf(Guid Event, byte[] Entry, Hash Hash);

/// <summary>
/// Takes events from the queue and gives them their places in the tree: a batch, its leaves and the frontier in one transaction. One at a time: it holds the
/// leader's connection. An event is in the log when it is no longer in the queue, whatever its number, so that late commits lose nothing.
/// </summary>
internal sealed class Sequencer(WorkConnection work)
{
    /// <summary>The largest number of events that are taken at once.</summary>
    public const int Most = 4096;

    private const string TakeOnPostgres = """
        with taken as (delete from audit_pending where seq in (select seq from audit_pending order by seq limit @most) returning seq, event_id)
        select t.event_id, e.entry from taken t left join audit_event e on e.seq = t.seq and e.id = t.event_id order by t.seq
        """;

    private const string TakeOnSqlite = """
        select p.event_id, e.entry, p.seq from audit_pending p left join audit_event e on e.seq = p.seq and e.id = p.event_id order by p.seq limit @most
        """;

    private const string StoreOnPostgres = """
        insert into audit_leaf (leaf_index, event_id, leaf_hash) select @from + place - 1, event, hash from unnest(@events, @hashes) with ordinality row (event, hash, place)
        """;

    private const string StoreOnSqlite = """
        insert into audit_leaf (leaf_index, event_id, leaf_hash) select @from + key, value ->> 0, unhex(value ->> 1) from json_each(@rows)
        """;

    public Frontier Tree { get; private set; } = new();

    /// <summary>Reads the tree as the database has it.</summary>
    public async Task Load(CancellationToken cancel)
    {
        var rows = await work.Rows("select size, frontier from audit_tree", reader => (Size: reader.GetInt64(0), Bytes: reader.GetFieldValue<byte[]>(1)), cancel);
        Tree = rows[0].Size == 0 ? new Frontier() : Frontier.FromBytes(rows[0].Bytes);
    }

    /// <summary>The next batch, in the order of the events' numbers; empty when nothing waits.</summary>
    public async Task<IReadOnlyList<Leaf>> Next(CancellationToken cancel)
    {
        if (await work.Count("select count(*) from (select 1 from audit_pending limit 1) p", cancel) == 0)
        {
            return [];
        }

        using var gate = await work.Database.WriterGate(cancel);
        await work.Begin(writes: true, cancel);
        try
        {
            var leaves = Tree.Size == 0 ? await First(cancel) : await Take(Most, cancel);
            var grown = Tree.Copy();
            foreach (var leaf in leaves)
            {
                grown.Append(leaf.Hash);
            }

            await Store(leaves, cancel);
            var moved = await work.Run(
                "update audit_tree set size = @to, frontier = @frontier where id = 1 and size = @from", cancel, ("to", grown.Size), ("frontier", grown.ToBytes()), ("from", Tree.Size));
            if (moved != 1)
            {
                throw new InvalidOperationException("Somebody else has written the tree of the log.");
            }

            await work.Commit(cancel);
            Tree = grown;
            return leaves;
        }
        catch
        {
            await work.RollBack();
            throw;
        }
    }

    /// <summary>Events that were there before the queue was: how many, the first, the last, and one hash over all.</summary>
    public async Task<(long Count, Guid? First, Guid? Last, Code? Hash)> Older(CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (count, first, last) = (0L, (Guid?)null, (Guid?)null);
        var length = new byte[sizeof(int)];
        const string Sql = "select e.id, e.entry from audit_event e where not exists (select 1 from audit_pending p where p.seq = e.seq) order by e.seq";
        await foreach (var (id, entry) in work.Each(Sql, reader => (reader.GetGuid(0), Encoding.UTF8.GetBytes(reader.GetString(1))), cancel))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, entry.Length);
            hash.AppendData(length);
            hash.AppendData(entry);
            (count, first, last) = (count + 1, first ?? id, id);
        }

        return (count, first, last, count == 0 ? (Code?)null : new Code(Convert.ToHexStringLower(hash.GetCurrentHash())));
    }

    // The log says of itself where it begins.
    private async Task<List<Leaf>> First(CancellationToken cancel)
    {
        const string Sql = "from audit_pending where seq = (select min(e.seq) from audit_pending p join audit_event e on e.seq = p.seq where e.name = 'log.began')";
        var began = await work.Rows(
            $"select e.id, e.entry from audit_event e where e.seq = (select seq {Sql})", Read, cancel);
        return began is [_] && await work.Run($"delete {Sql}", cancel) == 1 ? began : throw new InvalidOperationException("The log has no beginning: no event says so.");
    }

    private async Task<List<Leaf>> Take(int most, CancellationToken cancel)
    {
        if (work.Kind == DatabaseKind.Postgres)
        {
            return await work.Rows(TakeOnPostgres, Read, cancel, ("most", most));
        }

        var rows = await work.Rows(TakeOnSqlite, reader => (Leaf: Read(reader), Seq: reader.GetInt64(2)), cancel, ("most", most));
        // Nobody else writes meanwhile, so what is before the last one is what was read.
        await work.Run("delete from audit_pending where seq <= @last", cancel, ("last", rows.Count == 0 ? 0 : rows[^1].Seq));
        return rows.ConvertAll(row => row.Leaf);
    }

    private Task Store(IReadOnlyList<Leaf> leaves, CancellationToken cancel) => work.Kind == DatabaseKind.Postgres
        ? work.Run(
            StoreOnPostgres, cancel, ("from", Tree.Size), ("events", leaves.Select(leaf => leaf.Event).ToArray()), ("hashes", leaves.Select(leaf => leaf.Hash.ToArray()).ToArray()))
        : work.Run(
            StoreOnSqlite, cancel, ("from", Tree.Size), ("rows", $"[{string.Join(',', leaves.Select(leaf => $"[\"{leaf.Event.ToString().ToUpperInvariant()}\",\"{leaf.Hash.ToHex()}\"]"))}]"));

    private static Leaf Read(DbDataReader reader)
    {
        if (reader.IsDBNull(1))
        {
            throw new InvalidDataException($"Event {reader.GetGuid(0)} waits for its place in the log, and is gone.");
        }

        var entry = Encoding.UTF8.GetBytes(reader.GetString(1));
        return new Leaf(reader.GetGuid(0), entry, Merkle.LeafHash(entry));
    }
}
