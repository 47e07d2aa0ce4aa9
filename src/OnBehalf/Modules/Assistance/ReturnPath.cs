namespace OnBehalf.Modules.Assistance;

/// <summary>The page of the Sales Portal or Back Office from which a session began, and to which its end leads back.</summary>
public static class ReturnPath
{
    public const string Desk = "/staff";

    /// <summary>Set for the one step from the end to the page: when that page is gone, the error page leads on to the desk.</summary>
    public const string Cookie = "returning";

    private const int Longest = 1_000;

    /// <summary>The wanted page when it is one of ours, else the other one. Never another site, and nothing that a browser would read differently.</summary>
    public static string Of(string? wanted, string otherwise) =>
        wanted is { Length: > 0 and <= Longest } && wanted[0] == '/' && !wanted.StartsWith("//", StringComparison.Ordinal)
            && !wanted.Any(c => c is '\\' or '#' or <= ' ' or > '~')
            && Uri.TryCreate("http://shop" + wanted, UriKind.Absolute, out var uri) && uri.Host == "shop"
            && uri.AbsolutePath.Length <= wanted.Length && wanted.StartsWith(uri.AbsolutePath, StringComparison.Ordinal)
            && (Starts(uri.AbsolutePath, "/staff") || Starts(uri.AbsolutePath, "/admin")) && !Starts(uri.AbsolutePath, "/staff/account")
            ? wanted : otherwise;

    private static bool Starts(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == prefix.Length || path[prefix.Length] == '/');
}
