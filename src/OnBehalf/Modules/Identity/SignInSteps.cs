using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Sign-ins that are not finished. Short-lived, bound to one browser, used once.</summary>
public static class SignInSteps
{
    /// <summary>The password was right; a code of the app, a recovery code or a passkey has to follow.</summary>
    public const string Second = "second";

    /// <summary>The password was right; his role needs a second step, and he has none yet.</summary>
    public const string SetUp = "set-up";

    /// <summary>The cookie of the browser that began.</summary>
    public const string Cookie = "staff-step";

    public static readonly Refusal Dead = Refusal.Invalid("identity.step-dead", "This took too long, or was done already. Sign in again from the beginning.");

    public static string PageOf(string kind) => kind == SetUp ? "/staff/account/second-step/set-up" : "/staff/account/second-step";

    internal static readonly OldRows LongExpired = new("sign-in-steps", static async (tx, before, most) =>
        await tx.Db.Set<SignInStepRow>().Where(row => row.ExpiresAt < before).OrderBy(row => row.ExpiresAt).Take(most).ToListAsync(tx.Cancel));

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(10);

    /// <summary>A new step; the token is known here and in the cookie, nowhere else.</summary>
    internal static string Begin(Tx tx, string kind, StaffRow? staff = null, string? method = null, string? state = null, string? returnUrl = null, string? providerSession = null)
    {
        var (token, hash) = Cookies.NewToken();
        tx.Db.Add(new SignInStepRow
        {
            Id = Guid.CreateVersion7(), TokenHash = hash, Kind = kind, StaffId = staff?.Id, Stamp = staff?.SecurityStamp, Method = method, State = state,
            ReturnUrl = returnUrl, ProviderSession = providerSession, CreatedAt = tx.Now, ExpiresAt = tx.Now + Validity,
        });
        return token;
    }

    /// <summary>The step that this browser is at; null when it is over, used, or of another kind.</summary>
    internal static async Task<SignInStepRow?> Find(Tx tx, byte[]? hash, string kind)
    {
        var row = hash is null ? null : await tx.Db.Set<SignInStepRow>().SingleOrDefaultAsync(row => row.TokenHash == hash && row.Kind == kind, tx.Cancel);
        return row is { UsedAt: null } && row.ExpiresAt > tx.Now ? row : null;
    }

    /// <summary>The same for showing a page: whose step it is.</summary>
    internal static async Task<WaitingStep?> Look(Database database, HttpContext context, string kind)
    {
        if (Cookies.Hash(context.Request, Cookie) is not { } hash)
        {
            return null;
        }

        await using var db = database.Read();
        return (await db.Rows<WaitingStep>(
            $"""
            select s.id as "Staff", s.email as "Email", t.return_url as "ReturnUrl" from sign_in_step t join staff s on s.id = t.staff_id
            where t.token_hash = {"{0}"} and t.kind = {"{1}"} and t.used_at is null and t.expires_at > {database.Now} and s.status = 'active' and s.security_stamp = t.stamp
            """,
            hash, kind).ToListAsync(context.RequestAborted)).SingleOrDefault();
    }
}

/// <summary>Whose sign-in waits, and where he wanted to go.</summary>
internal sealed record WaitingStep(Guid Staff, string Email, string? ReturnUrl);
