using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>Where somebody lands after signing in: the page that he wanted, when it is a page of the same surface of this shop.</summary>
public static class ReturnUrl
{
    private const int Longest = 2_000;

    public static string Of(Surface surface, string? wanted)
    {
        var home = surface == Surface.Shop ? "/account" : "/staff";
        return wanted is { Length: > 0 and <= Longest } && IsLocal(wanted) && IsOf(surface, wanted) ? wanted : home;
    }

    // What a browser would read as another host: //, /\ and both with signs in between that it drops.
    private static bool IsLocal(string path) =>
        path[0] == '/' && !path.StartsWith("//", StringComparison.Ordinal) && !path.Any(c => c == '\\' || char.IsControl(c) || c > '~');

    private static bool IsOf(Surface surface, string path)
    {
        // As a browser resolves it: dots and all.
        if (!Uri.TryCreate("http://shop" + path, UriKind.Absolute, out var uri) || uri.Host != "shop")
        {
            return false;
        }

        var resolved = uri.AbsolutePath;
        var isStaffs = Starts(resolved, "/staff") || Starts(resolved, "/admin");
        var isDoor = Starts(resolved, "/account/login") || Starts(resolved, "/account/logout") || Starts(resolved, "/as")
            || (Starts(resolved, "/staff/account") && !Starts(resolved, "/staff/account/password") && !Starts(resolved, "/staff/account/security"));
        return !isDoor && isStaffs == surface is not Surface.Shop;
    }

    private static bool Starts(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == prefix.Length || path[prefix.Length] == '/');
}
