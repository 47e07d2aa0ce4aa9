using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OnBehalf.Kernel;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>
/// Signs checkpoints, and remembers in a file outside the database what it signed last. It writes that down before anybody sees the signature, and signs only
/// what continues it, so that a database from before is noticed and not signed.
/// </summary>
internal sealed class LogSigner(string folder)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _key = Path.Combine(folder, "key");
    private readonly string _state = Path.Combine(folder, "state");

    public bool HasKey => File.Exists(_key);

    public string KeyFile => Path.GetFullPath(_key);

    /// <summary>The public key. Read anew each time, because another process may let the log go on under another one.</summary>
    public VerifierKey Verifier
    {
        get
        {
            using var key = SignerKey.Load(_key);
            return key.Verifier;
        }
    }

    /// <summary>What was signed last; a tree of nothing before the first time.</summary>
    /// <exception cref="InvalidDataException">The file is damaged. To take it for none would let an old database be signed.</exception>
    public Checkpoint Last => !File.Exists(_state) ? new Checkpoint(Verifier.Name, 0, Merkle.EmptyRoot)
        : Checkpoint.TryParse(File.ReadAllText(_state), out var last) ? last!
        : throw new InvalidDataException($"{Path.GetFullPath(_state)} does not say what the log signed last. Bring the file back as it was; nothing is signed without it.");

    /// <summary>Makes the key of a new log.</summary>
    public void Create(string origin)
    {
        MakeFolder();
        using var key = SignerKey.Generate(origin);
        key.Save(_key);
    }

    /// <summary>What forbids to sign this tree; null when it continues what was signed.</summary>
    public async Task<Refusal?> Judge(Checkpoint next, TileReader read, CancellationToken cancel)
    {
        var last = Last;
        if (last.Size > next.Size)
        {
            return LogRefusals.Older(last.Size, next.Size);
        }

        return Proofs.VerifyConsistency(last.Size, next.Size, last.Root, next.Root, await Proofs.Consistency(last.Size, next.Size, read, cancel))
            ? null : LogRefusals.Other(last.Size);
    }

    public async Task<Outcome<SignedNote>> Sign(Checkpoint next, TileReader read, DateTimeOffset now, CancellationToken cancel)
    {
        if (await Judge(next, read, cancel) is { } refusal)
        {
            return refusal;
        }

        using var key = SignerKey.Load(_key);
        var text = next.ToString();
        DurableFile.Replace(_state, Encoding.UTF8.GetBytes(text), mode: Private);
        return SignedNote.Sign(text, now, key);
    }

    /// <summary>Begins another log under the next name, with a key of its own. The old key and what it signed stay beside it.</summary>
    public VerifierKey Renew()
    {
        var (before, last) = (Verifier.Name, Last);
        var (name, number) = before.LastIndexOf("/v", StringComparison.Ordinal) is > 0 and var cut && int.TryParse(before[(cut + 2)..], CultureInfo.InvariantCulture, out var had) ? (before[..cut], had) : (before, 1);
        File.Move(_key, $"{_key}.{number}");
        DurableFile.Replace($"{_state}.{number}", Encoding.UTF8.GetBytes(last.ToString()), mode: Private);
        Create(string.Create(CultureInfo.InvariantCulture, $"{name}/v{number + 1}"));
        File.Delete(_state);
        return Verifier;
    }

    /// <summary>A name for a log that nobody has named.</summary>
    public static string NameOf(string? address) =>
        (Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : "onbehalf-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))) + "/log";

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, Private | UnixFileMode.UserExecute);
        }
    }
}
