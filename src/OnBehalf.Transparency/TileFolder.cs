namespace OnBehalf.Transparency;

/// <summary>A log as files in a folder, under the paths of c2sp.org/tlog-tiles, as any web server can serve it.</summary>
public sealed class TileFolder(string folder)
{
    /// <summary>The name of the file with the newest signed checkpoint.</summary>
    public const string CheckpointName = "checkpoint";

    public string PathOf(TileCoordinate tile) => Path.Combine(folder, tile.Path.Replace('/', Path.DirectorySeparatorChar));

    public string CheckpointPath => Path.Combine(folder, CheckpointName);

    public bool Has(TileCoordinate tile) => File.Exists(PathOf(tile));

    /// <summary>The bytes of a tile, of the full one where the partial one is gone, or null. A <see cref="TileReader"/>.</summary>
    public async ValueTask<byte[]?> Read(TileCoordinate tile, CancellationToken cancel = default)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(tile), cancel);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return tile.IsPartial ? await Read(tile.Full, cancel) : null;
        }
    }

    /// <summary>The text of the newest checkpoint, or null.</summary>
    public async Task<string?> ReadCheckpoint(CancellationToken cancel = default) =>
        File.Exists(CheckpointPath) ? Base64.ReadUtf8(await File.ReadAllBytesAsync(CheckpointPath, cancel)) : null;

    /// <summary>
    /// Writes a tile so that nobody ever reads half of it. Not flushed to the disk one by one: a tile can be made again, and
    /// <see cref="WriteCheckpoint"/> comes after all of them.
    /// </summary>
    public void Write(Tile tile) => DurableFile.Replace(PathOf(tile.At), tile.Bytes, flush: false);

    /// <summary>Replaces the checkpoint: the last thing that is written when a log grows.</summary>
    public void WriteCheckpoint(string note) => DurableFile.Replace(CheckpointPath, System.Text.Encoding.UTF8.GetBytes(note));

    /// <summary>Removes the partial tiles of a place that is full now, as the format allows.</summary>
    public void RemovePartial(TileCoordinate full)
    {
        var partial = PathOf(full.Full) + ".p";
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }
    }
}
