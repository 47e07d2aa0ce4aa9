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
    private readonly string _next = Path.Combine(folder, "key.next");
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

    /// <summary>
    /// What was signed last; a tree of nothing before the first time. Null when the memory is gone, damaged, or of another log: to take that for "nothing" would let
    /// an old database be signed.
    /// </summary>
    public Checkpoint? Last => File.Exists(_state) && Checkpoint.TryParse(File.ReadAllText(_state), out var last) && last!.Origin == Verifier.Name ? last : null;

    /// <summary>Somebody began to let the log go on under another name, and was not let finish.</summary>
    public bool IsHalfway => File.Exists(_next);

    /// <summary>Makes the key of a new log. The memory that nothing was signed is there before it: a key without memory signs nothing.</summary>
    /// <exception cref="InvalidDataException">A log was signed here, and its key is gone.</exception>
    public void Create(string origin)
    {
        if (File.Exists(_state) && !(Checkpoint.TryParse(File.ReadAllText(_state), out var last) && last!.Size == 0))
        {
            throw new InvalidDataException($"{Path.GetFullPath(_state)} remembers a log whose key is not here. Bring the key back, or move the whole folder aside if that log is over.");
        }

        MakeFolder();
        Remember(new Checkpoint(origin, 0, Merkle.EmptyRoot));
        using var key = SignerKey.Generate(origin);
        key.Save(_key);
    }

    /// <summary>From now on nothing is signed that does not continue this.</summary>
    public void Remember(Checkpoint last) => DurableFile.Replace(_state, Encoding.UTF8.GetBytes(last.ToString()), mode: Private);

    /// <summary>What forbids to sign this tree; null when it continues what was signed.</summary>
    public async Task<Refusal?> Judge(Checkpoint next, TileReader read, CancellationToken cancel)
    {
        if (Last is not { } last)
        {
            return LogRefusals.NoMemory;
        }

        if (last.Size > next.Size)
        {
            return LogRefusals.Older(last.Size, next.Size);
        }

        return Proofs.VerifyConsistency(last.Size, next.Size, last.Root, next.Root, await Proofs.Consistency(last.Size, next.Size, read, cancel))
            ? null : LogRefusals.Other(last.Size);
    }

    public async Task<Outcome<SignedNote>> Sign(Checkpoint next, TileReader read, DateTimeOffset now, CancellationToken cancel)
    {
        // Nobody else signs between the look at what was signed last and the note of what is signed now.
        await using var alone = await Hold(cancel);
        if (await Judge(next, read, cancel) is { } refusal)
        {
            return refusal;
        }

        using var key = SignerKey.Load(_key);
        var text = next.ToString();
        Remember(next);
        return SignedNote.Sign(text, now, key);
    }

    /// <summary>The key under which the log is to go on; made at the first time, and found again when that was not finished.</summary>
    public VerifierKey Prepare()
    {
        if (!IsHalfway)
        {
            var (name, number) = Numbered(Verifier.Name);
            using var made = SignerKey.Generate(string.Create(CultureInfo.InvariantCulture, $"{name}/v{number + 1}"));
            made.Save(_next);
        }

        using var next = SignerKey.Load(_next);
        return next.Verifier;
    }

    /// <summary>
    /// Puts the prepared key in the place of the old one, which stays beside it with what it signed. Broken off it signs nothing, because key and memory are of two
    /// logs, and can be done again.
    /// </summary>
    public void Switch()
    {
        var number = Numbered(Verifier.Name).Number;
        if (Last is { } last)
        {
            DurableFile.Replace($"{_state}.{number}", Encoding.UTF8.GetBytes(last.ToString()), mode: Private);
        }

        DurableFile.Replace($"{_key}.{number}", File.ReadAllBytes(_key), mode: Private);
        Remember(new Checkpoint(Prepare().Name, 0, Merkle.EmptyRoot));
        DurableFile.Replace(_key, File.ReadAllBytes(_next), mode: Private);
        File.Delete(_next);
    }

    /// <summary>A name for a log that nobody has named.</summary>
    public static string NameOf(string? address) =>
        (Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : "onbehalf-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))) + "/log";

    // `shop.example/log` is the first of its name, `shop.example/log/v2` the second.
    private static (string Name, int Number) Numbered(string name) =>
        name.LastIndexOf("/v", StringComparison.Ordinal) is > 0 and var cut && int.TryParse(name[(cut + 2)..], CultureInfo.InvariantCulture, out var had) ? (name[..cut], had) : (name, 1);

    private async Task<FileStream> Hold(CancellationToken cancel)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(_state + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 200)
            {
                await Task.Delay(50, cancel);
            }
        }
    }

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
