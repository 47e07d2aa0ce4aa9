using OnBehalf.Kernel;

namespace OnBehalf.Modules.Log;

/// <summary>
/// The first leaf of a log: from here on every event is one. Those that were there before are held by one hash over all of them, in the order of their numbers:
/// SHA-256 over each entry after its length in four bytes, big-endian.
/// </summary>
/// <param name="Older">How many events are older than the log.</param>
public sealed record LogBegan(Code Origin, Code Key, long Older, Guid? First, Guid? Last, Code? OlderHash) : Fact
{
    public override string Name => "log.began";
}

/// <summary>Nothing is signed any more, because the database does not hold what was signed.</summary>
public sealed record LogStopped(Code Origin, Code Why, long SignedSize, Code SignedRoot, long Size) : Fact
{
    public override string Name => "log.stopped";
}

/// <summary>A witness says that it has cosigned more than there is, or something else, and as many others as the policy wants have cosigned this log: it goes on.</summary>
/// <param name="Theirs">How many entries it says that it has cosigned; 0: others.</param>
public sealed record WitnessDiffers(Code Origin, Code Witness, long Theirs, long Size) : Fact
{
    public override string Name => "log.witness-differs";
}

/// <summary>Somebody let the log go on, under another name, from a database that does not hold all that was signed under the old one.</summary>
/// <param name="Key">The public key under which it goes on.</param>
/// <param name="Agrees">The size of the newest checkpoint under the old name that this log continues.</param>
public sealed record LogResumed(Code Before, Code Origin, Code Key, long SignedSize, Code SignedRoot, long Size, long Agrees, string By, string Reason) : Fact
{
    public override string Name => "log.resumed";
}

/// <summary>The signer had lost what it signed last, and somebody gave it the newest checkpoint that could be found.</summary>
public sealed record LogMemoryGiven(Code Origin, long SignedSize, Code SignedRoot, long Size, string By, string Reason) : Fact
{
    public override string Name => "log.memory-given";
}

/// <summary>Entries before <paramref name="First"/> are not kept any more; their hashes are. Its name and key are here because the entry that said them may be gone.</summary>
/// <param name="Before">Older entries than this were to go.</param>
/// <param name="By">Who decided it; null when the setting did.</param>
public sealed record LogPruned(Code Origin, Code Key, long First, DateTimeOffset Before, string? By) : Fact
{
    public override string Name => "log.pruned";
}

/// <summary>Receipts of this key count no more from here on: its node was taken over, or is gone.</summary>
public sealed record NodeKeyRevoked(Code RevokedKey, string By, string Reason) : Fact
{
    public override string Name => "log.node-key-revoked";
}

/// <summary>From here on the receipts of a node are signed with this key.</summary>
/// <param name="NodeKey">The public key; its name in the entry is agreed with those who check receipts.</param>
public sealed record NodeKeyAdded(Code NodeKey) : Fact
{
    public override string Name => "log.node-key-added";
}

/// <summary>An auditor was given a token with which he fetches the entries of the log, until the given time.</summary>
public sealed record LogAccessMade(Guid Access, string For, DateTimeOffset Until) : Fact
{
    public override string Name => "log.access-made";
}

public sealed record LogAccessRevoked(Guid Access) : Fact
{
    public override string Name => "log.access-revoked";
}

/// <summary>Somebody fetched entries of the log with a token; once in ten minutes of a token's use.</summary>
public sealed record LogAccessUsed(Guid Access) : Fact
{
    public override string Name => "log.access-used";
}
