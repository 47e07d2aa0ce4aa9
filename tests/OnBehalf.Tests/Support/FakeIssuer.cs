using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace OnBehalf.Tests.Support;

/// <summary>A small provider of sign-ins on loopback that says whatever a test wants: the hostile sort.</summary>
public sealed class FakeIssuer : IAsyncDisposable
{
    public const string Client = "onbehalf";

    public const string Secret = "a secret of this shop that is long enough for a signature with it";

    private readonly WebApplication _app;

    private FakeIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public RsaSecurityKey Key { get; set; } = NewKey("first");

    /// <summary>The nonce that the shop has asked for.</summary>
    public string Nonce { get; set; } = "";

    /// <summary>What is different in the next token.</summary>
    public Action<Dictionary<string, object>> Claims { get; set; } = _ => { };

    /// <summary>How the next token is signed; by default as it should be.</summary>
    public Func<Dictionary<string, object>, string>? Sign { get; set; }

    /// <summary>What is different in the document.</summary>
    public Action<Dictionary<string, object>> Document { get; set; } = _ => { };

    public Dictionary<string, object> UserInfo { get; set; } = [];

    public bool IsDown { get; set; }

    public int KeyReads { get; private set; }

    /// <summary>The form of the last exchange of a code.</summary>
    public IReadOnlyDictionary<string, string> Exchange { get; private set; } = new Dictionary<string, string>();

    public static async Task<FakeIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var issuer = new FakeIssuer(app);
        app.Run(issuer.Answer);
        await app.StartAsync();
        return issuer;
    }

    public static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    public string Signed(Dictionary<string, object> claims, SigningCredentials credentials) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(JsonSerializer.Serialize(claims), credentials);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        object answer;
        switch (context.Request.Path.Value)
        {
            case var _ when IsDown:
                context.Response.StatusCode = StatusCodes.Status502BadGateway;
                return;
            case "/.well-known/openid-configuration":
                var document = new Dictionary<string, object>
                {
                    ["issuer"] = Address, ["authorization_endpoint"] = Address + "/authorize", ["token_endpoint"] = Address + "/token", ["jwks_uri"] = Address + "/keys",
                    ["userinfo_endpoint"] = Address + "/me",
                };
                Document(document);
                answer = document;
                break;
            case "/keys":
                KeyReads++;
                var public_ = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(Key.Rsa.ExportParameters(false)) { KeyId = Key.KeyId });
                answer = new { keys = new[] { new { kty = "RSA", use = "sig", kid = Key.KeyId, n = public_.N, e = public_.E } } };
                break;
            case "/token":
                Exchange = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
                answer = new Dictionary<string, object> { ["access_token"] = "access", ["token_type"] = "Bearer", ["id_token"] = Token() };
                break;
            case "/me":
                answer = UserInfo;
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
        }

        await context.Response.WriteAsJsonAsync(answer);
    }

    private string Token()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Address, ["sub"] = "karim-1", ["aud"] = Client, ["exp"] = now + 300, ["iat"] = now, ["nonce"] = Nonce, ["email"] = "Karim@OnBehalf.example",
            ["email_verified"] = true, ["groups"] = new[] { "everybody", "sales" },
        };
        Claims(claims);
        return Sign?.Invoke(claims) ?? Signed(claims, new SigningCredentials(Key, SecurityAlgorithms.RsaSha256));
    }
}
