using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Backup;

/// <summary>What a backup of PostgreSQL says of itself, as `manifest.json`.</summary>
/// <param name="Schema">Number of the newest migration that the database had.</param>
internal sealed record Manifest(int Schema, DateTimeOffset TakenAt, IReadOnlyList<BackupTable> Tables, IReadOnlyDictionary<string, long> Sequences);

/// <param name="Digest">SHA-256 of the rows as they lie in the file.</param>
internal sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows, string Digest);

/// <summary>What was written or restored.</summary>
internal sealed record BackupSummary(int Schema, int Tables, long Rows);

internal static class BackupFile
{
    public static readonly Refusal NotEmpty = Refusal.Conflict(
        "backup.database-not-empty", "The database is not empty. A backup is restored into a new one only; nothing was changed.");

    public static readonly Refusal NotABackup = Refusal.Invalid("backup.not-a-backup", "This file is no backup that was written by `backup`, or it is damaged. Nothing was changed.");

    /// <summary>Which database a file comes from, by its first bytes: a SQLite database, or a zip archive with the tables of PostgreSQL.</summary>
    public static DatabaseKind? KindOf(string file)
    {
        Span<byte> head = stackalloc byte[16];
        using var stream = File.OpenRead(file);
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head.StartsWith("SQLite format 3\0"u8) ? DatabaseKind.Sqlite : head.StartsWith("PK\x03\x04"u8) ? DatabaseKind.Postgres : null;
    }

    public static Refusal OtherKind(DatabaseKind backup) => Refusal.Invalid(
        "backup.other-database", $"This is a backup of {(backup == DatabaseKind.Sqlite ? "SQLite" : "PostgreSQL")}. It can only be restored into the same kind of database. Nothing was changed.");

    public static Refusal Newer(int theirs, int ours) => Refusal.Conflict(
        "backup.newer", $"This backup has schema {theirs}; this version knows schemas up to {ours}. Restore it with the newer version. Nothing was changed.");
}

/// <summary>The whole database was copied into a file; `digest` is the SHA-256 of that file.</summary>
internal sealed record BackupWritten(Code Digest, long Bytes, int Tables, long Rows) : Fact
{
    public override string Name => "backup.written";
}

/// <summary>This database was filled from a backup.</summary>
internal sealed record BackupRestored(Code Digest, int Tables, long Rows) : Fact
{
    public override string Name => "backup.restored";
}
