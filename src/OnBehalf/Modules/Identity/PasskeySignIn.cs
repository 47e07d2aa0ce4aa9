using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Signing in with a passkey: alone, or as the second step after the password.</summary>
public sealed class PasskeySignIn(Database database, People<StaffRow> people, PasskeyJudge judge, SignIns signIns)
{
    public static readonly Refusal Failed = Refusal.Invalid(
        "identity.passkey-failed", "This passkey does not count here, or your account cannot sign in at the moment. Try again, or sign in with your password.");

    /// <summary>Returns where he lands.</summary>
    public async Task<Outcome<string>> Enter(HttpContext context, string? credential, string? returnUrl)
    {
        var answers = await judge.Prepare(context);
        var waiting = await SignInSteps.Look(database, context, SignInSteps.Second);
        var stepHash = Cookies.Hash(context.Request, SignInSteps.Cookie);
        string? token = null;
        var outcome = await database.Write<Done>(
            context.Nobody(),
            async tx =>
            {
                token = null;
                var users = people.In(tx);
                var staff = await answers.Person(tx, users, credential, expected: null);
                var why = staff is null ? "wrong-passkey" : await users.IsLockedOutAsync(staff) ? "locked-out" : staff.Status != "active" ? "inactive" : null;
                if (why is not null)
                {
                    tx.Add(new SignInFailed("staff", staff?.Id, null, why, staff?.Email ?? "", context.Connection.RemoteIpAddress?.ToString()));
                    return Done.It;
                }

                var step = await SignInSteps.Find(tx, stepHash, SignInSteps.Second);
                step?.UsedAt = tx.Now;

                await users.ResetAccessFailedCountAsync(staff!);
                token = await signIns.Start(tx, context, staff!, SignInMethods.Passkey, isSecondFactor: true, providerSession: step?.ProviderSession);
                return Done.It;
            },
            context.RequestAborted);
        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        Cookies.Take(context, PasskeyJudge.Cookie);
        if (token is null)
        {
            return Failed;
        }

        Cookies.Take(context, SignInSteps.Cookie);
        Cookies.Give(context, Cookies.Staff, token);
        return ReturnUrl.Of(Surface.Staff, waiting?.ReturnUrl ?? returnUrl);
    }
}
