using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// The external provider says that somebody is signed out there (OpenID Connect Back-Channel Logout 1.0): his sign-ins here end, with the assisted sessions
/// on them, before it is answered. It speaks from server to server, so there is no cookie and no browser: the token alone says who.
/// </summary>
public sealed partial class ProviderSignOut(Database database, People<StaffRow> people, ProviderDoor door, TimeProvider clock, ILogger<ProviderSignOut> log)
{
    public const string Path = "/staff/account/provider/logout";

    /// <summary>A token that has counted, kept among the <see cref="SignInSteps"/> for as long as it would be sound.</summary>
    private const string Kind = "provider-logout";

    private static readonly Code Cause = "provider-signed-out";

    private static readonly Refusal NoProvider = Refusal.Missing("identity.no-provider-logout", "There is no external sign-in here.");

    private static readonly Refusal Unsound = Refusal.Invalid("identity.provider-logout-unsound", "This logout token does not count. Nothing was changed.");

    /// <summary>Its keys could not be had, so nobody knows whether the token is sound: it is to be sent again.</summary>
    private static readonly Refusal Unanswered = Refusal.Conflict("identity.provider-unanswered", "The provider could not be asked for its keys. Nothing was changed; send it again.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, Answer).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));

    /// <summary>Ends what the token names; a token counts once.</summary>
    public async Task<Outcome<Done>> End(string token, CancellationToken cancel)
    {
        if (door.Settings is not { } settings)
        {
            return NoProvider;
        }

        ProviderLogout logout;
        try
        {
            logout = await ProviderToken.CheckLogout(token, settings, door.Client!, clock.GetUtcNow(), cancel);
        }
        catch (ProviderException why)
        {
            LogRefused(log, why);
            return why.IsOfToken ? Unsound : Unanswered;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.IssuerText} {logout.Id}"));
        return await database.Write<Done>(
            Caller.Machine("external-sign-in"),
            async tx =>
            {
                if (await tx.Db.Set<SignInStepRow>().AnyAsync(row => row.TokenHash == hash, tx.Cancel))
                {
                    return Unsound;
                }

                tx.Db.Add(new SignInStepRow
                {
                    Id = Guid.CreateVersion7(), TokenHash = hash, Kind = Kind, CreatedAt = tx.Now, UsedAt = tx.Now, ExpiresAt = tx.Now + (2 * ProviderToken.Oldest),
                });
                await ProviderAbsences.Remember(tx, settings, logout);
                var users = people.In(tx);
                foreach (var staff in await Meant(tx, settings, logout))
                {
                    await End(tx, users, staff, logout);
                }

                return Done.It;
            },
            cancel);
    }

    // Whom the subject names; where only the session is named, whoever came in with it, or is about to.
    private static async Task<IReadOnlyList<StaffId>> Meant(Tx tx, ProviderSettings settings, ProviderLogout logout)
    {
        if (logout.Subject is { } subject)
        {
            return await tx.Db.Set<ProviderLinkRow>().Where(row => row.Issuer == settings.IssuerText && row.Subject == subject).Select(row => row.StaffId).ToListAsync(tx.Cancel);
        }

        var open = await tx.Db.Set<SignInRow>().Where(row => row.ProviderSession == logout.Session && row.EndedAt == null).Select(row => row.StaffId).ToListAsync(tx.Cancel);
        var coming = await tx.Db.Set<SignInStepRow>().Where(row => row.ProviderSession == logout.Session && row.UsedAt == null).Select(row => row.StaffId).ToListAsync(tx.Cancel);
        return [.. open.Concat(coming).OfType<StaffId>().Distinct()];
    }

    // Without a session he is signed out there altogether, and so he is here, however he came in. With one: what came from that session, and what came from
    // there without saying from which.
    private static async Task End(Tx tx, UserManager<StaffRow> users, StaffId staff, ProviderLogout logout)
    {
        // His row is locked first: whoever is just coming in waits, or is found.
        var person = (await users.FindByIdAsync(staff.ToString()))!;
        var steps = await tx.Db.Set<SignInStepRow>().Where(row => row.StaffId == staff && row.UsedAt == null).ToListAsync(tx.Cancel);
        foreach (var step in steps.Where(step => logout.Session is null || IsOf(logout.Session, step.ProviderSession, step.Method)))
        {
            step.UsedAt = tx.Now;
        }

        if (logout.Session is null)
        {
            await SignInEnds.EndAll(tx, person, Cause);
            return;
        }

        foreach (var row in await tx.Db.Set<SignInRow>().Where(row => row.StaffId == staff && row.EndedAt == null).OrderBy(row => row.Id).ToListAsync(tx.Cancel))
        {
            if (IsOf(logout.Session, row.ProviderSession, row.Method))
            {
                await SignInEnds.End(tx, row, Cause);
            }
        }
    }

    private static bool IsOf(string session, string? known, string? method) =>
        known is null ? method is SignInMethods.Provider or SignInMethods.ProviderAndCode : known == session;

    private static async Task<IResult> Answer(HttpContext context, ProviderSignOut provider, SignInLimits limits)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!await limits.AdmitsProvider(context))
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var token = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))["logout_token"].ToString() : "";
        var outcome = await provider.End(token, context.RequestAborted);
        return outcome.Refusal is not { } refusal ? Results.Ok()
            : refusal == NoProvider ? Results.NotFound()
            : refusal == Unanswered ? Again(context)
            : Results.Json(new { error = "invalid_request", error_description = refusal.Sentence }, statusCode: StatusCodes.Status400BadRequest);
    }

    private static IResult Again(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "30";
        return Results.Json(new { error = "temporarily_unavailable", error_description = Unanswered.Sentence }, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    [LoggerMessage(LogLevel.Warning, "A logout token of the external sign-in was refused.")]
    private static partial void LogRefused(ILogger log, Exception why);
}
