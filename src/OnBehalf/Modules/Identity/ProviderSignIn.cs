using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// Signing in by the external provider: authorization code with PKCE, state and nonce bound to this browser by a cookie and a row of `sign_in_step`. The
/// provider is asked outside of transactions.
/// </summary>
public sealed partial class ProviderSignIn(
    Database database, People<StaffRow> people, SignIns signIns, ProviderStaff staff, ProviderDoor door, ShopAddress shop, IDataProtectionProvider protection,
    TimeProvider clock, ILogger<ProviderSignIn> log)
{
    /// <summary>The cookie of the browser that was sent there.</summary>
    public const string Cookie = "staff-provider";

    public const string CallbackPath = "/staff/account/provider/callback";

    private const string Kind = "provider";

    public static readonly Refusal Down = Refusal.Conflict(
        "identity.provider-down", "The external sign-in does not answer at the moment. Try again later, or sign in with your password.");

    public static readonly Refusal Unsound = Refusal.Invalid(
        "identity.provider-unsound", "The external sign-in did not let you in, or its answer does not fit. Nothing was changed. Begin again from here.");

    public static readonly Refusal NoEntry = Refusal.Forbidden(
        "identity.provider-no-entry", "You are known there, but not here: no staff account is yours, or none of your groups leads to a role. Ask an administrator.");

    private static readonly Refusal NoAddress = Refusal.Conflict(
        "identity.provider-no-address", "The address of the shop is not set, so the external sign-in cannot lead back. An administrator sets it under Settings.");

    private readonly IDataProtector _protector = protection.CreateProtector("provider-step");

    /// <summary>The address of the provider to which the browser goes.</summary>
    public async Task<Outcome<string>> Begin(HttpContext context, string? returnUrl)
    {
        if (door.Settings is not { } settings)
        {
            return Refusal.Missing("identity.no-provider", "There is no external sign-in here.");
        }

        if (await shop.Of(context.Request) is not { } address)
        {
            return NoAddress;
        }

        ProviderDocument document;
        try
        {
            document = await door.Client!.Document(context.RequestAborted);
        }
        catch (ProviderException why)
        {
            LogFailed(log, why);
            return why.IsDown ? Down : Unsound;
        }

        var step = new Journey(Random(), Random(), Random(), address + CallbackPath);
        var state = _protector.Protect(JsonSerializer.Serialize(step));
        var outcome = await database.Write<string>(
            context.Nobody(), tx => Task.FromResult<Outcome<string>>(SignInSteps.Begin(tx, Kind, state: state, returnUrl: returnUrl)), context.RequestAborted);
        Cookies.Give(context, Cookie, outcome.Value);
        return QueryHelpers.AddQueryString(document.Authorization.AbsoluteUri, new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = settings.ClientId, ["redirect_uri"] = step.Redirect, ["scope"] = settings.Scopes, ["state"] = step.State,
            ["nonce"] = step.Nonce, ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(step.Verifier))),
            ["code_challenge_method"] = "S256",
        });
    }

    /// <summary>The provider has sent the browser back; returns where to go on.</summary>
    public async Task<Outcome<string>> Finish(HttpContext context, string? code, string? state, string? issuer)
    {
        if (door.Settings is not { } settings)
        {
            return Unsound;
        }

        var taken = await Take(context);
        Cookies.Take(context, Cookie);
        if (taken is not var (journey, returnUrl) || !IsSame(journey.State, state))
        {
            return await Failed(context, "provider-state", Unsound);
        }

        ProviderPerson person;
        try
        {
            var document = await door.Client!.Document(context.RequestAborted);
            if ((document.NamesIssuer || issuer is not null) && issuer != settings.IssuerText)
            {
                throw new ProviderException("answer-issuer");
            }

            var tokens = await door.Client.Redeem(code is { Length: > 0 and < 4_000 } ? code : throw new ProviderException("no-code"), journey.Verifier, journey.Redirect, context.RequestAborted);
            var claims = await ProviderToken.Check(tokens.IdToken, settings, door.Client, journey.Nonce, clock.GetUtcNow(), context.RequestAborted);
            var beside = ProviderToken.NeedsMore(claims, settings) ? await door.Client.UserInfo(tokens.AccessToken, context.RequestAborted) : null;
            person = ProviderToken.Person(claims, beside, settings);
        }
        catch (ProviderException why)
        {
            LogFailed(log, why);
            return await Failed(context, $"provider-{why.Message}", why.IsDown ? Down : Unsound);
        }

        var outcome = await database.Write<Entered>(
            context.Nobody(),
            async tx =>
            {
                if (await ProviderAbsences.Has(tx, settings, person))
                {
                    tx.Add(new SignInFailed("staff", null, null, "provider-signed-out", person.Email ?? "", context.Connection.RemoteIpAddress?.ToString()));
                    return Entered.SignedOut;
                }

                var users = people.In(tx);
                var (member, why) = await staff.Find(tx, users, settings, person);
                if (member is null)
                {
                    tx.Add(new SignInFailed("staff", null, null, why, person.Email ?? "", context.Connection.RemoteIpAddress?.ToString()));
                    return Entered.Refused;
                }

                return settings.IsSecondFactorTrusted && person.HasSecondFactor
                    ? new Entered(await signIns.Start(tx, context, member, SignInMethods.Provider, isSecondFactor: true, person.ProvedAt, person.Session), null)
                    : await signIns.Admit(tx, context, users, member, SignInMethods.Provider, returnUrl, person.ProvedAt, person.Session);
            },
            context.RequestAborted);
        return outcome.Refusal is { } refusal ? refusal
            : outcome.Value == Entered.SignedOut ? Unsound
            : outcome.Value.Token is null ? NoEntry
            : SignIns.Open(context, outcome.Value, Cookies.Staff) ?? ReturnUrl.Of(Surface.Staff, returnUrl);
    }

    // Used up by the first answer, whatever it is: a second one with the same state finds nothing.
    private async Task<(Journey Journey, string? ReturnUrl)?> Take(HttpContext context)
    {
        var hash = Cookies.Hash(context.Request, Cookie);
        var outcome = await database.Write<SignInStepRow?>(
            context.Nobody(),
            async tx =>
            {
                var step = await SignInSteps.Find(tx, hash, Kind);
                step?.UsedAt = tx.Now;
                return step;
            },
            context.RequestAborted);
        return outcome.Value is { State: { } state } row && JsonSerializer.Deserialize<Journey>(_protector.Unprotect(state)) is { } journey ? (journey, row.ReturnUrl) : null;
    }

    private async Task<Refusal> Failed(HttpContext context, string why, Refusal refusal)
    {
        await database.Record(
            context.Nobody(), new SignInFailed("staff", null, null, why, "", context.Connection.RemoteIpAddress?.ToString()), context.RequestAborted);
        return refusal;
    }

    private static bool IsSame(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static string Random() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    [LoggerMessage(LogLevel.Warning, "The external sign-in of staff failed.")]
    private static partial void LogFailed(ILogger log, Exception why);

    private sealed record Journey(string State, string Nonce, string Verifier, string Redirect);
}

/// <summary>The external sign-in, when one is configured.</summary>
public sealed class ProviderDoor(ProviderSettings? settings, TimeProvider clock) : IDisposable
{
    public ProviderSettings? Settings => settings;

    public ProviderClient? Client { get; } = settings is null ? null : new ProviderClient(settings, clock);

    public void Dispose() => Client?.Dispose();
}
