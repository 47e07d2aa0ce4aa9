using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Import;

/// <summary>The real data sets, which lie beside the repository and are no part of it.</summary>
internal static class SharedData
{
    public static string AdventureWorks => PathTo("adventure-works");

    public static string OnlineRetail => PathTo("online-retail");

    private static string PathTo(string package)
    {
        var folder = Environment.GetEnvironmentVariable("ONBEHALF_SHARED_DATA") is { Length: > 0 } given ? given : Repository.PathTo("..", "shared", "data");
        var path = Path.Combine(folder, package);
        return Directory.Exists(path) ? path : throw new DirectoryNotFoundException(
            $"This test imports real data, and {path} is not there. The data lie in shared/data beside the repository, or where ONBEHALF_SHARED_DATA says.");
    }
}
