using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace OnBehalf.Modules.Identity;

/// <summary>The provider does not answer, or not soundly. For the log; people get one sentence.</summary>
internal sealed class ProviderException(string why, Exception? inner = null) : Exception(why, inner)
{
    /// <summary>It could not be reached at all, or said itself that it cannot.</summary>
    public bool IsDown { get; init; }

    /// <summary>What was sent is wrong, and would be so again; otherwise it is the provider from which something could not be had.</summary>
    public bool IsOfToken => Message.StartsWith("token-", StringComparison.Ordinal);
}

/// <summary>Where the provider is asked for what (OpenID Connect Discovery 1.0).</summary>
internal sealed record ProviderDocument(Uri Authorization, Uri Token, Uri Keys, Uri? UserInfo, bool NamesIssuer);

/// <summary>
/// Asks the provider: only its own host and those named beside it, at most ten seconds and 256 KB, no redirects followed. The document and the keys are kept
/// for an hour; an unknown key has them fetched again, at most once in ten seconds.
/// </summary>
public sealed class ProviderClient(ProviderSettings settings, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Keeps = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeyPause = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = true, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 256 * 1024,
    };

    private (ProviderDocument Document, long ReadAt)? _document;
    private (IReadOnlyList<SecurityKey> Keys, long ReadAt)? _keys;
    private long _soughtAt;

    internal async Task<ProviderDocument> Document(CancellationToken cancel)
    {
        if (_document is { } kept && clock.GetElapsedTime(kept.ReadAt) < Keeps)
        {
            return kept.Document;
        }

        var json = await Ask(new HttpRequestMessage(HttpMethod.Get, $"{settings.IssuerText.TrimEnd('/')}/.well-known/openid-configuration"), cancel);
        if (Text(json, "issuer") != settings.IssuerText)
        {
            throw new ProviderException("discovery-issuer");
        }

        var document = new ProviderDocument(
            Address(json, "authorization_endpoint")!, Address(json, "token_endpoint")!, Address(json, "jwks_uri")!, Address(json, "userinfo_endpoint", isNeeded: false),
            json.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind == JsonValueKind.True);
        _document = (document, clock.GetTimestamp());
        return document;
    }

    /// <summary>The keys that sign. With an unknown key they are fetched again: providers change them.</summary>
    internal async Task<IReadOnlyList<SecurityKey>> Keys(string? keyId, CancellationToken cancel)
    {
        if (_keys is { } kept && clock.GetElapsedTime(kept.ReadAt) < Keeps)
        {
            if (keyId is null || kept.Keys.Any(key => key.KeyId == keyId) || (_soughtAt != 0 && clock.GetElapsedTime(_soughtAt) < KeyPause))
            {
                return kept.Keys;
            }

            _soughtAt = clock.GetTimestamp();
        }

        var json = await Ask(new HttpRequestMessage(HttpMethod.Get, (await Document(cancel)).Keys), cancel);
        try
        {
            // Only what others can verify: a symmetric key in a public list signs nothing here.
            var keys = new JsonWebKeySet(json.GetRawText()).Keys.Where(key => key.Use is null or "" or "sig" && key.Kty is "RSA" or "EC").ToList<SecurityKey>();
            _keys = (keys, clock.GetTimestamp());
            return keys;
        }
        catch (ArgumentException error)
        {
            throw new ProviderException("keys-unreadable", error);
        }
    }

    /// <summary>The tokens for a code.</summary>
    internal async Task<(string IdToken, string? AccessToken)> Redeem(string code, string verifier, string redirect, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, (await Document(cancel)).Token);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect, ["code_verifier"] = verifier,
        };
        if (settings.ClientSecret is { } secret)
        {
            var pair = $"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            form["client_id"] = settings.ClientId;
        }

        request.Content = new FormUrlEncodedContent(form);
        var json = await Ask(request, cancel);
        return (Text(json, "id_token") ?? throw new ProviderException("no-id-token"), Text(json, "access_token"));
    }

    /// <summary>What the provider says of the person beside the token.</summary>
    internal async Task<JsonElement?> UserInfo(string? accessToken, CancellationToken cancel)
    {
        if (accessToken is null || (await Document(cancel)).UserInfo is not { } address)
        {
            return null;
        }

        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return await Ask(request, cancel);
    }

    public void Dispose() => _http.Dispose();

    internal static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private Uri? Address(JsonElement json, string name, bool isNeeded = true) =>
        Text(json, name) is not { } text ? isNeeded ? throw new ProviderException($"discovery-{name}") : null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && settings.MayAsk(uri) ? uri
        : throw new ProviderException($"discovery-{name}");

    private async Task<JsonElement> Ask(HttpRequestMessage request, CancellationToken cancel)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await _http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
            {
                throw new ProviderException($"status-{(int)response.StatusCode}") { IsDown = (int)response.StatusCode >= 500 };
            }

            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel));
            return document.RootElement.Clone();
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ProviderException(error is JsonException ? "no-json" : "unreachable", error) { IsDown = error is not JsonException };
        }
        finally
        {
            request.Dispose();
        }
    }
}
