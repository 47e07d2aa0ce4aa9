using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace OnBehalf.Host;

/// <summary>
/// The credentials of this product: 256 random bits in a cookie, of which the database knows only the SHA-256. Over HTTPS the names start with `__Host-`.
/// </summary>
public static class Cookies
{
    public const string Staff = "staff";
    public const string Shop = "shop";

    public static string Assist(string handle) => $"assist-{handle}";

    public static (string Token, byte[] Hash) NewToken()
    {
        var bytes = RandomNumberGenerator.GetBytes(32);
        return (WebEncoders.Base64UrlEncode(bytes), SHA256.HashData(bytes));
    }

    /// <summary>What the database knows of a token; null when it is not of our making.</summary>
    public static byte[]? Hash(string? token)
    {
        if (token is not { Length: 43 })
        {
            return null;
        }

        try
        {
            return SHA256.HashData(WebEncoders.Base64UrlDecode(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The hash to look up, or null when the cookie is absent or not of our making.</summary>
    public static byte[]? Hash(HttpRequest request, string name) => Hash(request.Cookies[NameOf(request, name)]);

    /// <summary>The value of a cookie as the browser sent it.</summary>
    public static string? Of(HttpRequest request, string name) => request.Cookies[NameOf(request, name)];

    /// <param name="lifetime">Without one it lives as long as the browser; what it is worth is decided by the database anyway.</param>
    public static void Give(HttpContext context, string name, string token, TimeSpan? lifetime = null)
    {
        var options = Options(context.Request, name);
        options.MaxAge = lifetime;
        context.Response.Cookies.Append(NameOf(context.Request, name), token, options);
    }

    public static void Take(HttpContext context, string name) =>
        context.Response.Cookies.Delete(NameOf(context.Request, name), Options(context.Request, name));

    /// <summary>What this browser holds of assisted sessions but one: what the database knows of each.</summary>
    /// <param name="handle">Of the one that is left out.</param>
    public static List<byte[]> OtherAssists(HttpRequest request, string handle)
    {
        var (prefix, own) = (NameOf(request, Assist("")), NameOf(request, Assist(handle)));
        List<byte[]> others = [];
        foreach (var (name, token) in request.Cookies)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && name != own && Hash(token) is { } hash)
            {
                others.Add(hash);
            }
        }

        return others;
    }

    /// <summary>Gives the browser a session that has begun, and takes what it holds of others that no longer run.</summary>
    /// <param name="beside">Handles of those that go on.</param>
    public static void GiveAssist(HttpContext context, string handle, string token, IReadOnlyList<string> beside)
    {
        var prefix = NameOf(context.Request, Assist(""));
        foreach (var name in context.Request.Cookies.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !beside.Contains(name[prefix.Length..])))
        {
            context.Response.Cookies.Delete(name, Options(context.Request, name));
        }

        Give(context, Assist(handle), token);
    }

    private static string NameOf(HttpRequest request, string name) => request.IsHttps ? "__Host-" + name : name;

    private static CookieOptions Options(HttpRequest request, string name) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        Path = "/",
        SameSite = name == Staff ? SameSiteMode.Strict
            // Comes back with a form of the staff host, which may be of another site; worth nothing without the code in that form.
            : name == Modules.Assistance.HandOvers.Cookie && request.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
        IsEssential = true,
    };
}
