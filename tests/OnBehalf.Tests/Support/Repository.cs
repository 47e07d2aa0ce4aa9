namespace OnBehalf.Tests.Support;

/// <summary>Where the source code lies that these tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder of OnBehalf.slnx; scripts, lock files and the sources are below it.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string PathTo(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException($"OnBehalf.slnx is nowhere above {AppContext.BaseDirectory}.")
        : File.Exists(Path.Combine(folder.FullName, "OnBehalf.slnx")) ? folder.FullName
        : Find(folder.Parent);
}
