using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>The second step of a sign-in: a code of the app or a recovery code, or the app's set-up where the role needs one.</summary>
public sealed class SecondStep(Database database, People<StaffRow> people, SecondFactors factors, SignIns signIns, Outbox outbox, ShopSettings settings, TimeProvider clock)
{
    public static readonly Refusal WrongCode = Refusal.Invalid(
        "identity.code-wrong", "Code: this one does not count, or not any more. Take the one that your app shows now. After five failures the account rests for 15 minutes.", "Code");

    /// <summary>Judges a code and, when it is right, finishes the sign-in of this browser; returns where he wanted to go.</summary>
    public async Task<Outcome<string>> Enter(HttpContext context, string? code)
    {
        if (await SignInSteps.Look(database, context, SignInSteps.Second) is not { } waiting)
        {
            return SignInSteps.Dead;
        }

        var secret = await factors.Open(new StaffId(waiting.Staff), context.RequestAborted);
        return await Finish(context, SignInSteps.Second, waiting, async (tx, staff) =>
        {
            if (await SecondFactors.Use(tx, staff, secret, code) is not { } how)
            {
                return false;
            }

            if (how.Value == "recovery-code")
            {
                outbox.Add(tx, SecondStepMails.RecoveryCodeUsed(staff, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel)));
            }

            return true;
        });
    }

    /// <summary>Confirms a new app and finishes the sign-in; returns the recovery codes, once.</summary>
    public async Task<Outcome<string[]>> SetUp(HttpContext context, NewAuthenticator authenticator, string? code)
    {
        if (await SignInSteps.Look(database, context, SignInSteps.SetUp) is not { } waiting || waiting.Staff != authenticator.Staff.Value)
        {
            return SignInSteps.Dead;
        }

        // A slip of the finger with one's own new key is no guess, and is not counted as one.
        if (authenticator.Match(clock.GetUtcNow(), code) is null)
        {
            return WrongCode;
        }

        var secret = factors.Protect(authenticator.Secret);
        string[] codes = [];
        var outcome = await Finish(context, SignInSteps.SetUp, waiting, async (tx, staff) =>
        {
            if (authenticator.Match(tx.Now, code) is not { } step)
            {
                return false;
            }

            codes = await SecondFactors.Put(tx, staff, secret, step);
            outbox.Add(tx, SecondStepMails.Set(staff, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel)));
            return true;
        });
        return outcome.Refusal is { } refusal ? refusal : codes;
    }

    private async Task<Outcome<string>> Finish(HttpContext context, string kind, WaitingStep waiting, Func<Tx, StaffRow, Task<bool>> prove)
    {
        var hash = Cookies.Hash(context.Request, SignInSteps.Cookie);
        string? token = null;
        var outcome = await database.Write<bool>(
            context.Nobody(),
            async tx =>
            {
                token = null;
                var users = people.In(tx);
                var staff = await users.FindByIdAsync(waiting.Staff.ToString());
                if (await SignInSteps.Find(tx, hash, kind) is not { } step || staff is not { Status: "active" } || staff.SecurityStamp != step.Stamp)
                {
                    return SignInSteps.Dead;
                }

                var isLocked = await users.IsLockedOutAsync(staff);
                if (isLocked || !await prove(tx, staff))
                {
                    await SignIns.NoteFailure(tx, users, staff, isLocked ? "locked-out" : "wrong-code", context);
                    return false;
                }

                step.UsedAt = tx.Now;
                await users.ResetAccessFailedCountAsync(staff);
                token = await signIns.Start(tx, context, staff, SignInMethods.WithCode(step.Method), isSecondFactor: true, providerSession: step.ProviderSession);
                return true;
            },
            context.RequestAborted);
        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        if (token is null)
        {
            return WrongCode;
        }

        Cookies.Take(context, SignInSteps.Cookie);
        Cookies.Give(context, Cookies.Staff, token);
        return ReturnUrl.Of(Surface.Staff, waiting.ReturnUrl);
    }
}
