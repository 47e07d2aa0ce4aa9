using Microsoft.AspNetCore.Diagnostics;

namespace OnBehalf.Modules.Assistance;

/// <summary>The page from which a session began and to which its end leads back: of the Sales Portal or Back Office, for a colleague of the shop; and the one on which it begins.</summary>
public static class ReturnPath
{
    public const string Desk = "/staff";

    /// <summary>The page on which an order is typed at once.</summary>
    public const string FastOrder = "/fast-order";

    /// <summary>Where a colleague goes on when there is nothing else.</summary>
    public const string Dashboard = "/account";

    /// <summary>Names the page for the one step from the end to it: when that page is gone, the error page leads on to the desk.</summary>
    public const string Cookie = "returning";

    private const int Longest = 1_000;

    private static readonly string[] Foreign = ["/staff", "/admin", "/as", "/assist", "/api", "/assisted-session", "/error"];

    /// <summary>The wanted page when it is one of ours, else the other one. Never another site, and nothing that a browser would read differently.</summary>
    public static string Of(string? wanted, string otherwise) =>
        PathOf(wanted) is { } path && (Starts(path, "/staff") || Starts(path, "/admin")) && !Starts(path, "/staff/account") ? wanted! : otherwise;

    /// <summary>The same for the page of the Buyer Portal on which a session begins.</summary>
    public static string Landing(string? wanted, string otherwise) =>
        PathOf(wanted) is { } path && Foreign.All(prefix => !Starts(path, prefix)) ? wanted! : otherwise;

    /// <summary>The page that was not there is the one to which the end of a session has just led, and no other that was opened meanwhile.</summary>
    public static bool IsReturning(HttpRequest request, IStatusCodeReExecuteFeature asked) =>
        request.Cookies[Cookie] is { } page
        && string.Equals(Uri.UnescapeDataString(page), Uri.UnescapeDataString(asked.OriginalPath + asked.OriginalQueryString), StringComparison.Ordinal);

    private static string? PathOf(string? wanted) =>
        wanted is { Length: > 0 and <= Longest } && wanted[0] == '/' && !wanted.StartsWith("//", StringComparison.Ordinal)
            && !wanted.Any(c => c is '\\' or '#' or <= ' ' or > '~')
            && Uri.TryCreate("http://shop" + wanted, UriKind.Absolute, out var uri) && uri.Host == "shop"
            && uri.AbsolutePath.Length <= wanted.Length && wanted.StartsWith(uri.AbsolutePath, StringComparison.Ordinal)
            ? uri.AbsolutePath : null;

    private static bool Starts(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == prefix.Length || path[prefix.Length] == '/');
}
