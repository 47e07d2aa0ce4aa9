using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>A checkpoint that has just been published, for witnesses.</summary>
internal sealed record Published(Checkpoint Head, SignedNote Note);

/// <summary>Makes what the world sees of the log: first the tiles, then the signature, last the checkpoint, so that whoever sees a checkpoint finds all that it stands for.</summary>
internal sealed class Publisher
{
    // What came since the last checkpoint is kept in memory, up to here; more is read from the database again.
    private const int MostKept = 65_536;

    // So many checkpoints wait for their witnesses before everybody is shown one without.
    private const int MostUnshown = 20;

    private readonly WorkConnection _work;
    private readonly LogTiles _tiles;
    private readonly LogSigner _signer;
    private readonly List<Leaf> _kept = [];
    private Frontier _published;
    private string _origin;
    private bool _isAllKept = true;

    private Publisher(WorkConnection work, LogTiles tiles, LogSigner signer, Frontier published, string origin) =>
        (_work, _tiles, _signer, _published, _origin) = (work, tiles, signer, published, origin);

    public static async Task<Publisher> Open(WorkConnection work, LogTiles tiles, LogSigner signer, CancellationToken cancel)
    {
        var row = (await work.Rows("select published, size from audit_tree", reader => (Published: reader.GetInt64(0), Size: reader.GetInt64(1)), cancel))[0];
        var origin = signer.Verifier.Name;
        var published = await Frontier.FromTiles(row.Published, tiles.Reader(origin), cancel);
        var signed = await work.Rows(
            "select root from audit_checkpoint where origin = @origin and size = @size", reader => Hash.Of(reader.GetFieldValue<byte[]>(0)), cancel, ("origin", origin), ("size", row.Published));
        if (signed is [var root] && root != published.Root())
        {
            // A file is damaged. If it is the database, what is made anew gives another root as well, and is not signed.
            await tiles.MakeAnew(origin, row.Published, cancel);
            published = await Frontier.FromTiles(row.Published, tiles.Reader(origin), cancel);
        }

        return new Publisher(work, tiles, signer, published, origin) { _isAllKept = row.Published == row.Size };
    }

    public bool HasGrown(Frontier tree) => tree.Size > _published.Size;

    /// <summary>What forbids to sign this tree; null when it continues what was signed.</summary>
    public Task<Refusal?> Judge(Frontier tree, CancellationToken cancel) => Judge(HeadOf(tree), cancel);

    /// <summary>Remembers leaves for the next checkpoint.</summary>
    public void Add(IReadOnlyList<Leaf> leaves)
    {
        if (_kept.Count + leaves.Count > MostKept)
        {
            _isAllKept = false;
            _kept.Clear();
        }

        if (_isAllKept)
        {
            _kept.AddRange(leaves);
        }
    }

    /// <param name="hasWitnesses">Everybody is shown what is published when its witnesses have cosigned it.</param>
    public async Task<Outcome<Published>> Publish(Frontier tree, DateTimeOffset now, bool hasWitnesses, CancellationToken cancel)
    {
        var head = HeadOf(tree);
        if (head.Origin != _origin)
        {
            // It goes on under another name, in a folder of its own.
            _published = await Frontier.FromTiles(_published.Size, _tiles.Reader(head.Origin), cancel);
            _origin = head.Origin;
        }

        // Before a tile is written, so that none of another tree takes the place of one that was signed.
        if (await Judge(head, cancel) is { } refusal)
        {
            return refusal;
        }

        await WriteTiles(tree, cancel);

        // Who has lost the place meanwhile is told so by his connection, and signs nothing.
        await _work.Count("select 1", cancel);
        var signed = await _signer.Sign(head, _tiles.Reader(_origin), now, cancel);
        if (signed.Refusal is { } refused)
        {
            return refused;
        }

        await Store(head, signed.Value, hasWitnesses, cancel);
        _published = tree.Copy();
        _kept.Clear();
        _isAllKept = true;
        return new Published(head, signed.Value);
    }

    // What does not fit may be a damaged file: the database is asked itself before the log stands still.
    private async Task<Refusal?> Judge(Checkpoint head, CancellationToken cancel)
    {
        var refusal = await _signer.Judge(head, _tiles.Reader(_origin), cancel);
        if (refusal?.Code != LogRefusals.OtherCode || await _signer.Judge(head, _tiles.FromDatabase, cancel) is not null)
        {
            return refusal;
        }

        await _tiles.MakeAnew(_origin, _published.Size, cancel);
        _published = await Frontier.FromTiles(_published.Size, _tiles.Reader(_origin), cancel);
        return await _signer.Judge(head, _tiles.Reader(_origin), cancel);
    }

    private Checkpoint HeadOf(Frontier tree) => new(_signer.Verifier.Name, tree.Size, tree.Root());

    private async Task WriteTiles(Frontier tree, CancellationToken cancel)
    {
        var (folder, from) = (_tiles.Folder(_origin), _published.Size);
        var hashes = _isAllKept ? [.. _kept.Select(leaf => leaf.Hash)]
            : await _work.Rows("select leaf_hash from audit_leaf where leaf_index >= @from and leaf_index < @to order by leaf_index", reader => Hash.Of(reader.GetFieldValue<byte[]>(0)), cancel, ("from", from), ("to", tree.Size));
        foreach (var tile in await TileGrowth.Grow(_published, hashes.ToArray(), _tiles.Reader(_origin), cancel))
        {
            folder.Write(tile);
        }

        foreach (var tile in TileCoordinate.Grown(from, tree.Size).Where(tile => tile.IsEntries))
        {
            await WriteBundle(folder, tile, cancel);
        }

        foreach (var tile in TileCoordinate.Grown(from, tree.Size).Where(tile => !tile.IsPartial))
        {
            folder.RemovePartial(tile);
        }
    }

    private async Task WriteBundle(TileFolder folder, TileCoordinate tile, CancellationToken cancel)
    {
        var first = (int)(tile.FirstLeaf - _published.Size);
        if (_isAllKept && first >= 0)
        {
            folder.Write(new Tile(tile, EntryBundle.Write([.. _kept.Skip(first).Take(tile.Width).Select(leaf => new ReadOnlyMemory<byte>(leaf.Entry))])));
        }
        else if (await _tiles.Read(_origin, tile, cancel) is { } made)
        {
            folder.Write(new Tile(tile, made));
        }
    }

    private async Task Store(Checkpoint head, SignedNote note, bool hasWitnesses, CancellationToken cancel)
    {
        using var gate = await _work.Database.WriterGate(cancel);
        await _work.Begin(writes: true, cancel);
        try
        {
            await _work.Run(
                $"""
                insert into audit_checkpoint (origin, size, root, at, note, is_witnessed) values (@origin, @size, @root, {_work.Database.Now}, @note, @no)
                on conflict (origin, size) do update set note = excluded.note
                """,
                cancel, ("origin", head.Origin), ("size", head.Size), ("root", head.Root.ToArray()), ("note", note.ToString()), ("no", false));
            await _work.Run(
                """
                update audit_tree set origin = @origin, published = @size, trouble = null, trouble_code = null, shown = case when @all = 1 or shown = 0 or origin <> @origin
                    or (select count(*) from audit_checkpoint c where c.origin = @origin and c.size > audit_tree.shown) > @most then @size else shown end
                """,
                cancel, ("origin", head.Origin), ("size", head.Size), ("all", hasWitnesses ? 0 : 1), ("most", MostUnshown));
            await _work.Commit(cancel);
        }
        catch
        {
            await _work.RollBack();
            throw;
        }
    }
}
