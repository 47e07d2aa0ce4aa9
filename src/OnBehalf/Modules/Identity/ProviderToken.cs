using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OnBehalf.Modules.Identity;

/// <summary>Who the provider says that it is.</summary>
/// <param name="Email">Null unless the provider says that it is verified.</param>
/// <param name="Session">How the provider calls the session there.</param>
internal sealed record ProviderPerson(
    string Subject, string? Email, string? FirstName, string? LastName, IReadOnlyList<string> Groups, DateTimeOffset? ProvedAt, bool HasSecondFactor, string? Session)
{
    /// <summary>When he proved who he is, or at least when the token was made.</summary>
    public required DateTimeOffset KnownAt { get; init; }
}

/// <summary>Who is signed out at the provider, and where: at least one of the two is known.</summary>
/// <param name="Id">Of the token, which counts once.</param>
internal sealed record ProviderLogout(string? Subject, string? Session, string Id, DateTimeOffset At);

/// <summary>
/// The checks of an id_token (OpenID Connect Core 1.0, section 3.1.3.7) and of a logout_token (Back-Channel Logout 1.0, section 2.6): all of them, and nothing
/// is believed before. Neither passes for the other: the one needs a nonce, the other must have none.
/// </summary>
internal static class ProviderToken
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>So long ago a token may have been issued.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromMinutes(10);

    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    // Asymmetric ones only: with these nobody who can verify can also sign, and "none" is no algorithm.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>The claims of a sound id_token; throws with what is wrong.</summary>
    public static async Task<JsonElement> Check(string token, ProviderSettings settings, ProviderClient client, string nonce, DateTimeOffset now, CancellationToken cancel)
    {
        var claims = await Signed(token, settings, client, now, cancel);
        var isSeveral = claims.TryGetProperty("aud", out var audience) && audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() > 1;
        var party = ProviderClient.Text(claims, "azp");
        if ((isSeveral || party is not null) && party != settings.ClientId)
        {
            throw new ProviderException("token-party");
        }

        if (ProviderClient.Text(claims, "nonce") is not { } said || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.UTF8.GetBytes(nonce)))
        {
            throw new ProviderException("token-nonce");
        }

        return Known(claims, "sub") is not null ? claims : throw new ProviderException("token-subject");
    }

    /// <summary>What a sound logout_token says; throws with what is wrong.</summary>
    public static async Task<ProviderLogout> CheckLogout(string token, ProviderSettings settings, ProviderClient client, DateTimeOffset now, CancellationToken cancel)
    {
        var claims = await Signed(token, settings, client, now, cancel);
        if (!claims.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(LogoutEvent, out var logout) || logout.ValueKind != JsonValueKind.Object)
        {
            throw new ProviderException("token-event");
        }

        if (claims.TryGetProperty("nonce", out _))
        {
            throw new ProviderException("token-nonce");
        }

        var (subject, session) = (Known(claims, "sub"), Known(claims, "sid"));
        return subject is null && session is null ? throw new ProviderException("token-subject")
            : new ProviderLogout(subject, session, Known(claims, "jti") ?? throw new ProviderException("token-id"), Time(claims, "iat")!.Value);
    }

    private static string? Known(JsonElement claims, string name) => ProviderClient.Text(claims, name) is { Length: > 0 and <= 255 } text ? text : null;

    // Signature, issuer, audience and time: what every token has to have.
    private static async Task<JsonElement> Signed(string token, ProviderSettings settings, ProviderClient client, DateTimeOffset now, CancellationToken cancel)
    {
        JsonWebToken read;
        try
        {
            read = new JsonWebToken(token);
        }
        catch (Exception error) when (error is ArgumentException or SecurityTokenException)
        {
            throw new ProviderException("token-unreadable", error);
        }

        var result = await new JsonWebTokenHandler { MaximumTokenSizeInBytes = 64 * 1024, MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms, RequireSignedTokens = true, RequireExpirationTime = true, ValidIssuer = settings.IssuerText, ValidAudience = settings.ClientId,
            IssuerSigningKeys = await client.Keys(read.Kid is { Length: > 0 } kid ? kid : null, cancel), ValidateIssuerSigningKey = true, ClockSkew = Skew,
            TryAllIssuerSigningKeys = read.Kid is not { Length: > 0 },
        });
        if (!result.IsValid)
        {
            throw new ProviderException(result.Exception switch
            {
                SecurityTokenInvalidIssuerException => "token-issuer",
                SecurityTokenInvalidAudienceException => "token-audience",
                SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => "token-time",
                _ => "token-signature",
            });
        }

        using var document = JsonDocument.Parse(Base64UrlEncoder.Decode(read.EncodedPayload));
        var claims = document.RootElement.Clone();
        if (Time(claims, "iat") is not { } issued || issued > now + Skew || issued < now - Oldest)
        {
            throw new ProviderException("token-time");
        }

        return claims;
    }

    /// <summary>The person of a checked token; what the token leaves out is taken from what the provider says beside it, if that is about the same person.</summary>
    public static ProviderPerson Person(JsonElement claims, JsonElement? beside, ProviderSettings settings)
    {
        var more = beside is { } info && ProviderClient.Text(info, "sub") == ProviderClient.Text(claims, "sub") ? info : default;
        var source = claims.TryGetProperty("email", out _) ? claims : more;
        var isVerified = source.ValueKind == JsonValueKind.Object && source.TryGetProperty("email_verified", out var verified)
            && (verified.ValueKind == JsonValueKind.True || (verified.ValueKind == JsonValueKind.String && verified.GetString() == "true"));
        return new ProviderPerson(
            ProviderClient.Text(claims, "sub")!, isVerified ? ProviderClient.Text(source, "email") : null, Text("given_name"), Text("family_name"),
            [.. List(claims, settings.GroupClaim).Concat(List(more, settings.GroupClaim)).Distinct()], Time(claims, "auth_time"), List(claims, "amr").Contains("mfa"),
            Known(claims, "sid"))
        {
            KnownAt = Time(claims, "auth_time") ?? Time(claims, "iat")!.Value,
        };

        string? Text(string name) => ProviderClient.Text(claims, name) ?? ProviderClient.Text(more, name);
    }

    /// <summary>Whether the token alone does not say who it is and what he may.</summary>
    public static bool NeedsMore(JsonElement claims, ProviderSettings settings) =>
        !claims.TryGetProperty("email", out _) || !claims.TryGetProperty(settings.GroupClaim, out _);

    private static IEnumerable<string> List(JsonElement json, string name) =>
        json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
        : [];

    private static DateTimeOffset? Time(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
