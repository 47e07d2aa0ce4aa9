using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OnBehalf.Data;

namespace OnBehalf.Modules.Privacy;

/// <summary>
/// Who was erased, outside the database: a backup does not know it, and brings everybody back. A line an erasure, with a keyed hash of the person's id; it tells
/// nothing to who has not both the key file and the person. Lines are added, never changed.
/// </summary>
internal sealed class ErasedList(PersonKeyFile keys, TimeProvider clock)
{
    private readonly Lock _lock = new();

    public string Path { get; } = System.IO.Path.ChangeExtension(keys.Path, ".erased");

    /// <summary>Before the commit of the erasure: after a crash in between he is erased at the next start, as was decided.</summary>
    public void Add(KeyOwner person) => Append('+', person);

    /// <summary>The erasure came to nothing.</summary>
    public void Withdraw(KeyOwner person) => Append('-', person);

    /// <summary>The hashes of all who are erased.</summary>
    public IReadOnlySet<string> Read()
    {
        var erased = new HashSet<string>(StringComparer.Ordinal);
        if (!File.Exists(Path))
        {
            return erased;
        }

        foreach (var line in File.ReadAllLines(Path))
        {
            // A line that a crash has cut is of an erasure that was not committed.
            switch (line.Split(' '))
            {
                case ["+", { Length: 64 } hash, _]:
                    erased.Add(hash);
                    break;
                case ["-", { Length: 64 } hash, _]:
                    erased.Remove(hash);
                    break;
            }
        }

        return erased;
    }

    public string HashOf(KeyOwner person) => Convert.ToHexStringLower(
        HMACSHA256.HashData(keys.Read()!.Lookup, (byte[])[.. Encoding.ASCII.GetBytes($"erased {person.Kind} "), .. person.Id.ToByteArray(bigEndian: true)]));

    private void Append(char sign, KeyOwner person)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{sign} {HashOf(person)} {clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}\n");
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        lock (_lock)
        {
            // What a crash has cut must not take this line with it.
            var isCut = File.Exists(Path) && File.ReadAllBytes(Path) is [.., not (byte)'\n'];
            using var file = new FileStream(Path, options);
            file.Write(Encoding.ASCII.GetBytes(isCut ? "\n" + line : line));
            file.Flush(flushToDisk: true);
        }
    }
}
