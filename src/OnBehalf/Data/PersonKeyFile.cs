using System.Security.Cryptography;
using System.Text;
using OnBehalf.Transparency;

namespace OnBehalf.Data;

/// <summary>The file with the keys is missing, damaged or another one; the message says which and what to do, and no key.</summary>
public sealed class PersonKeyException(string message) : Exception(message);

/// <summary>A key that wraps the keys of people. Its id is made of it, so that a wrong file is told from a right one.</summary>
internal sealed record WrappingKey(byte[] Bytes)
{
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData((byte[])[.. "onbehalf wrapping key"u8, .. Bytes]).AsSpan(0, 8));
}

/// <summary>What stands in the file: the keys that wrap, the newest last, and one by which people are found again whose names are gone.</summary>
/// <param name="Waiting">Added, and wraps nothing yet: every node has to know it first. Null: none waits.</param>
internal sealed record WrappingKeys(byte[] Lookup, IReadOnlyList<WrappingKey> All, WrappingKey? Waiting)
{
    public WrappingKey Newest => All[^1];

    public WrappingKey? Find(string id) => Waiting?.Id == id ? Waiting : All.FirstOrDefault(key => key.Id == id);
}

/// <summary>
/// The keys of personal values lie outside the database: who has a copy of it alone reads none of them, and a key that was taken from it is gone from the
/// shop and not from a page that was not overwritten. A text file, a key a line; made at the first start, readable by its owner only.
/// </summary>
internal sealed partial class PersonKeyFile(string path, ILogger<PersonKeyFile> log)
{
    private const string Head = "# OnBehalf: keys of the personal values in the audit log. Keep a copy apart from the database and its backups. Lines are added, never changed.";

    private readonly Lock _lock = new();
    private WrappingKeys? _keys;
    private DateTime _readAt;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Null when there is no file.</summary>
    public WrappingKeys? Read()
    {
        lock (_lock)
        {
            var changedAt = File.GetLastWriteTimeUtc(Path);
            if (_keys is null || changedAt != _readAt)
            {
                (_keys, _readAt) = (File.Exists(Path) ? Parse(File.ReadAllLines(Path)) : null, changedAt);
            }

            return _keys;
        }
    }

    /// <summary>Makes the file with its first key; when another process was first, its keys count.</summary>
    public WrappingKeys Create()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var part = $"{Path}.{Guid.NewGuid():N}";
        Store(part, [Head, Line("lookup", RandomNumberGenerator.GetBytes(32)), Line("wrap", RandomNumberGenerator.GetBytes(32))]);
        try
        {
            // What carries the name is whole, and a file that is there is never replaced.
            File.Move(part, Path, overwrite: false);
            DurableFile.FlushFolder(System.IO.Path.GetDirectoryName(Path)!);
            LogMade(log, Path);
        }
        catch (IOException) when (File.Exists(Path))
        {
            File.Delete(part);
        }

        return Read()!;
    }

    /// <summary>Adds a key that waits: it can be read by, and wraps nothing before <see cref="Use"/>. One that waits already stays the one.</summary>
    public async Task<WrappingKey> Add()
    {
        await using var alone = await Alone();
        if (Read()!.Waiting is { } waiting)
        {
            return waiting;
        }

        var key = new WrappingKey(RandomNumberGenerator.GetBytes(32));
        Append(Line("next", key.Bytes));
        return key;
    }

    /// <summary>The key that waits wraps from now on; the older ones stay for what they have wrapped. Null: none waits.</summary>
    public async Task<WrappingKey?> Use()
    {
        await using var alone = await Alone();
        if (Read()!.Waiting is not { } key)
        {
            return null;
        }

        Append(Line("wrap", key.Bytes));
        return key;
    }

    // Two that change the file at once would each write what it has read, and the key of one would be lost with all that it wrapped.
    private async Task<FileStream> Alone()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    private void Append(string line)
    {
        var part = $"{Path}.{Guid.NewGuid():N}";
        Store(part, [.. File.ReadAllLines(Path), line]);
        File.Move(part, Path, overwrite: true);
        DurableFile.FlushFolder(System.IO.Path.GetDirectoryName(Path)!);
        lock (_lock)
        {
            // Its time alone would not tell two changes of one moment apart.
            _keys = null;
        }
    }

    private static string Line(string what, byte[] key) => $"{what} {Convert.ToBase64String(key)}";

    private static void Store(string file, IEnumerable<string> lines)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(Encoding.ASCII.GetBytes(string.Join('\n', lines) + '\n'));
        stream.Flush(flushToDisk: true);
    }

    private WrappingKeys Parse(string[] lines)
    {
        byte[]? lookup = null;
        WrappingKey? waiting = null;
        var keys = new List<WrappingKey>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() is not { Length: > 0 } line || line[0] == '#')
            {
                continue;
            }

            var key = new byte[33];
            if (line.Split(' ') is not [var what and ("lookup" or "wrap" or "next"), var text] || !Convert.TryFromBase64String(text, key, out var length) || length != 32)
            {
                throw new PersonKeyException($"Line {i + 1} of the key file {Path} cannot be read. Put the copy of the file in its place; nothing was changed.");
            }

            if (what == "lookup")
            {
                lookup ??= key[..32];
            }
            else if (what == "next")
            {
                waiting = new WrappingKey(key[..32]);
            }
            else
            {
                keys.Add(new WrappingKey(key[..32]));
                waiting = waiting?.Id == keys[^1].Id ? null : waiting;
            }
        }

        return lookup is not null && keys.Count > 0
            ? new WrappingKeys(lookup, keys, waiting)
            : throw new PersonKeyException($"The key file {Path} is not whole: it needs a line `lookup` and a line `wrap`. Put the copy of the file in its place; nothing was changed.");
    }

    [LoggerMessage(LogLevel.Warning, "Made the key file {Path}. Personal values of the audit log can be read with it only: keep a copy of it apart from the database and its backups.")]
    private static partial void LogMade(ILogger log, string path);
}
