namespace OnBehalf.Tests.Support;

/// <summary>The real store data packages. They are not part of the product: they lie beside the repository, in `shared/data`, or where ONBEHALF_DATA says.</summary>
public static class RealData
{
    public static string AdventureWorks => PathTo("adventure-works");

    public static string OnlineRetail => PathTo("online-retail");

    private static string PathTo(string package)
    {
        if (Environment.GetEnvironmentVariable("ONBEHALF_DATA") is { Length: > 0 } given)
        {
            return Path.Combine(given, package);
        }

        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared", "data", package) is var path && Directory.Exists(path))
            {
                return path;
            }
        }

        throw new InvalidOperationException($"The data package {package} is in no folder shared/data beside or above {Repository.Root}. Name its folder in ONBEHALF_DATA.");
    }
}
