namespace OnBehalf.Tests.Support;

/// <summary>Where the source code lies that these tests were built from.</summary>
public static class Repository
{
    private const string InMemory = "/dev/shm";

    /// <summary>The folder of OnBehalf.slnx; scripts, lock files and the sources are below it.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>
    /// Where the databases of a run lie: in memory where there is room for them, because a thousand short-lived databases otherwise wait for the disk.
    /// </summary>
    public static string Scratch { get; } = HasRoomInMemory() ? InMemory : Path.GetTempPath();

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static bool HasRoomInMemory() => Directory.Exists(InMemory) && new DriveInfo(InMemory).AvailableFreeSpace > 6L << 30;

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException($"OnBehalf.slnx is nowhere above {AppContext.BaseDirectory}.")
        : File.Exists(Path.Combine(folder.FullName, "OnBehalf.slnx")) ? folder.FullName
        : Find(folder.Parent);
}
