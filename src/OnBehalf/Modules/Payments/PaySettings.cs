using System.Net;

namespace OnBehalf.Modules.Payments;

/// <summary>
/// The payment provider, as the installation is configured: `Payments:…`. Key and secret stand in the configuration and nowhere else. Without an address there is none, and nothing is paid online.
/// </summary>
public sealed record PaySettings(Uri Address, string Name, string Key, string Secret, IReadOnlyList<string> Hosts)
{
    /// <summary>A shorter secret could be guessed.</summary>
    public const int LeastSecret = 32;

    public static PaySettings? Of(IConfiguration configuration) =>
        configuration["Payments:Address"] is not { Length: > 0 } text || !Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var address) ? null
        : new PaySettings(
            address, configuration["Payments:Name"] is { Length: > 0 } name ? name : address.Host, configuration["Payments:Key"] ?? "", configuration["Payments:Secret"] ?? "",
            [address.Host, .. (configuration["Payments:Hosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);

    /// <summary>What is wrong with the configuration, a sentence each.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        if (configuration["Payments:Address"] is not { Length: > 0 } text)
        {
            yield break;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !IsSafe(address) || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            yield return "Payments__Address is no https address of a payment provider (plain http only on this machine itself).";
        }

        if (configuration["Payments:Key"] is not { Length: > 0 })
        {
            yield return "Payments__Key is missing: with what the shop shows the provider who it is.";
        }

        if (configuration["Payments:Secret"] is not { Length: >= LeastSecret })
        {
            yield return $"Payments__Secret is missing or shorter than {LeastSecret} characters: with what the provider signs its callbacks.";
        }
    }

    /// <summary>Whether buyers may be sent there: the provider's own host or one that is named beside it, over TLS but for this machine.</summary>
    public bool MaySend(Uri address) => IsSafe(address) && Hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase);

    private static bool IsSafe(Uri uri) => uri.Scheme == Uri.UriSchemeHttps
        || (uri.Scheme == Uri.UriSchemeHttp && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))));
}
