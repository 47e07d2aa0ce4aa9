using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// Changes of a second step: by its owner, who proves who he is first (with the second step itself, once he has one), and its reset by an administrator.
/// </summary>
public sealed class SecondStepChanges(
    Database database, People<StaffRow> people, SecondFactors factors, SecondStepQueries queries, StaffProof proof, Outbox outbox, ShopSettings settings, TimeProvider clock)
{
    /// <summary>Seconds for which a proof counts before somebody else's second step is reset.</summary>
    public const int ProofSeconds = 900;

    private static readonly Refusal Needed = Refusal.Conflict(
        "identity.second-step-needed", "Your role has to sign in with a second step. You can change to another app instead.");

    private static readonly Refusal NotOwn = Refusal.Forbidden("identity.not-own-reset", "Nobody resets his own second step. Ask another administrator.");

    private static readonly Refusal NoSuchStaff = Refusal.Missing("identity.no-such-staff", "There is no such staff member.");

    public async Task<Outcome<string[]>> SetUp(HttpContext context, Caller caller, NewAuthenticator authenticator, string? newCode, ProofInput given)
    {
        // Looked at before the proof, so that a slip of the finger does not use up a code of the old app.
        if (authenticator.Match(clock.GetUtcNow(), newCode) is null)
        {
            return SecondStep.WrongCode with { Field = "NewCode" };
        }

        var hasApp = (await queries.Of(authenticator.Staff, context.RequestAborted)).HasApp;
        if (await (hasApp ? proof.CheckSecond(context, caller, given) : proof.Check(context, caller, given)) is { } refusal)
        {
            return refusal;
        }

        var secret = factors.Protect(authenticator.Secret);
        return await Change<string[]>(context, caller, async (tx, staff) =>
        {
            if (authenticator.Match(tx.Now, newCode) is not { } step)
            {
                return SecondStep.WrongCode with { Field = "NewCode" };
            }

            outbox.Add(tx, SecondStepMails.Set(staff, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel)));
            return await SecondFactors.Put(tx, staff, secret, step);
        });
    }

    public async Task<Outcome<string[]>> NewCodes(HttpContext context, Caller caller, ProofInput given) =>
        await proof.CheckSecond(context, caller, given) is { } refusal ? refusal : await Change<string[]>(context, caller, async (tx, staff) =>
        {
            outbox.Add(tx, SecondStepMails.CodesMade(staff, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel)));
            return await SecondFactors.NewCodes(tx, staff);
        });

    public async Task<Outcome<Done>> SwitchOff(HttpContext context, Caller caller, ProofInput given)
    {
        if (caller.Staff is { } me && (await queries.Of(me.Id, context.RequestAborted)).Passkeys == 0 && SecondStepRoles.IsNeeded(await settings.Get(ShopSettings.SecondStep, context.RequestAborted), me.Role))
        {
            return Needed;
        }

        return await proof.CheckSecond(context, caller, given) is { } refusal ? refusal : await Change<Done>(context, caller, async (tx, staff) =>
        {
            if (await SecondFactors.Remove(tx, staff, "switched-off"))
            {
                outbox.Add(tx, SecondStepMails.Removed(staff, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel)));
            }

            return Done.It;
        });
    }

    /// <summary>For a staff member who has lost everything: he is signed out everywhere, told by mail, and sets it up anew where his role needs it.</summary>
    public async Task<Outcome<Done>> Reset(HttpContext context, Caller caller, StaffId staff, ProofInput given)
    {
        if (!caller.May(Right.StaffSecure) || caller.Staff!.Id == staff)
        {
            return caller.May(Right.StaffSecure) ? NotOwn : AccessGate.RightMissing;
        }

        if (await proof.Demand(context, caller, given, ProofSeconds) is { } refusal)
        {
            return refusal;
        }

        return await database.Write<Done>(
            caller,
            async tx =>
            {
                if (await people.In(tx).FindByIdAsync(staff.ToString()) is not { } person)
                {
                    return NoSuchStaff;
                }

                await SecondFactors.Remove(tx, person, "reset");
                await PasskeyChanges.RemoveAll(tx, staff);
                await SignInEnds.EndAll(tx, person, "second-step-reset");
                outbox.Add(tx, SecondStepMails.Reset(person, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), caller.Actor.Name));
                return Done.It;
            },
            context.RequestAborted);
    }

    private async Task<Outcome<T>> Change<T>(HttpContext context, Caller caller, Func<Tx, StaffRow, Task<Outcome<T>>> change) => caller.Staff is not { } me
        ? AccessGate.NotInSession
        : await database.Write(caller, async tx => await change(tx, (await people.In(tx).FindByIdAsync(me.Id.ToString()))!), context.RequestAborted);
}
