using System.Net;

namespace OnBehalf.Modules.Settings;

/// <summary>
/// Where people reach the shop, for links in mails. The host of a request is not believed (whoever asks for somebody's reset link could put his own there),
/// except where it is this machine.
/// </summary>
public sealed class ShopAddress(ShopSettings settings)
{
    /// <summary>`https://shop.example.com` without a slash at the end; null when nobody has set it.</summary>
    public async ValueTask<string?> Of(HttpRequest request)
    {
        var configured = await settings.Get(ShopSettings.ShopAddress, request.HttpContext.RequestAborted);
        return configured.Length > 0 ? configured.TrimEnd('/')
            : IsLoopback(request.Host.Host) ? $"{request.Scheme}://{request.Host}"
            : null;
    }

    internal static bool IsOne(string text) =>
        text.Length <= 200 && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" };

    private static bool IsLoopback(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
