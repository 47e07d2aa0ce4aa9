using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Host;

/// <summary>What a monitor shows to read more than `ok`: `Authorization: Bearer` and the value of `Metrics:Token`. Without that configuration there is nothing to read.</summary>
public sealed class MetricsToken(IConfiguration configuration)
{
    public const int Least = 20;

    private readonly byte[]? _hash = Of(configuration) is { } token ? Hash(token) : null;

    public bool IsShown(HttpRequest request) =>
        _hash is { } hash && request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(Hash(header["Bearer ".Length..]), hash);

    internal static string? Of(IConfiguration configuration) => configuration["Metrics:Token"] is { Length: >= Least } token ? token : null;

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
