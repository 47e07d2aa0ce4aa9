using OnBehalf.Kernel;

namespace OnBehalf.Modules.Import;

/// <summary>What an import is told.</summary>
internal sealed record ImportOptions(string Folder)
{
    /// <summary>Leave out rows with faults, and what depends on them, instead of changing nothing.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>For trials: the one password of everybody in the package who has none.</summary>
    public string? Password { get; init; }

    /// <summary>Mail everybody in the package who has no password and was never invited.</summary>
    public bool Invite { get; init; }

    /// <summary>Where rejected rows are written when rows are skipped.</summary>
    public string RejectsFile { get; init; } = "rejects.csv";

    /// <summary>Where all faults are written when nothing is changed because of them.</summary>
    public string FaultsFile { get; init; } = "faults.csv";
}

/// <summary>How far an import is: in reading a file (of so many bytes), or in a step after it (0 of 0).</summary>
internal sealed record ImportProgress(string Step, long Rows, long Bytes, long TotalBytes);

/// <summary>What became of a file.</summary>
internal sealed record FileReport(string File, long Read, Merged Merged, long Rejected, string Digest);

/// <param name="Done">Whether the package was stored.</param>
/// <param name="Faults">How many faults there are; of rows that only depend on a faulty one none are counted.</param>
/// <param name="FirstFaults">The first of them, at most <see cref="Shown"/>.</param>
/// <param name="Invited">How many people were mailed.</param>
/// <param name="Written">The file that holds all of them; null when there are none.</param>
internal sealed record ImportReport(bool Done, IReadOnlyList<FileReport> Files, long Faults, IReadOnlyList<ImportFault> FirstFaults, string? Written, int Invited = 0)
{
    public const int Shown = 200;
}

/// <summary>A file of a package was stored. Rows only; `digest` is the SHA-256 of the file.</summary>
internal sealed record FileImported(Code File, Code Digest, long Read, long New, long Changed, long Unchanged, long Removed, long Rejected) : Fact
{
    public override string Name => "import.file-imported";
}
