using Microsoft.AspNetCore.Identity;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// Asks somebody who is signed in for his password again before something grave. Failures count like those at the door: an open browser is no place to
/// guess.
/// </summary>
public sealed class PasswordProof<TPerson>(Database database, People<TPerson> people, SignInLimits limits)
    where TPerson : PersonRow
{
    public static readonly Refusal Wrong = Refusal.Invalid(
        "identity.password-wrong", "Password: this is not your present one. After five failures the account rests for 15 minutes.", "Password");

    /// <summary>Null when it is his password.</summary>
    public async Task<Refusal?> Check(HttpContext context, Caller caller, string? password, string field = "Password")
    {
        if (Of(caller) is not var (id, email, signIn))
        {
            return Host.AccessGate.NotInSession;
        }

        if (!await limits.AdmitsSignIn(context, email))
        {
            return SignInLimits.TooOften with { Field = field };
        }

        var cancel = context.RequestAborted;
        var hash = await People<TPerson>.HashOf(database, EmailAddress.Normalize(email), cancel);
        var isRight = people.Verify(hash, password) != PasswordVerificationResult.Failed;
        var outcome = await database.Write<bool>(
            caller,
            async tx =>
            {
                var users = people.In(tx);
                var person = (await users.FindByIdAsync(id.ToString()))!;
                var isLocked = await users.IsLockedOutAsync(person);
                if (!isLocked && isRight && person.PasswordHash == hash)
                {
                    await users.ResetAccessFailedCountAsync(person);
                    await StaffProof.Keep(tx, signIn, "password", isSecondFactor: false);
                    return true;
                }

                await SignIns.NoteFailure(tx, users, person, isLocked ? "locked-out" : "wrong-password", context);
                return false;
            },
            cancel);
        return outcome.Refusal ?? (outcome.Value ? null : Wrong with { Field = field });
    }

    // Whoever acts for somebody is neither the one nor the other here.
    private static (Guid Id, string Email, SignInId SignIn)? Of(Caller caller) => caller switch
    {
        { Session: not null } => null,
        { Actor: Actor.Buyer buyer } when typeof(TPerson) == typeof(BuyerRow) => (buyer.Id.Value, caller.Buyer!.Email, buyer.SignIn),
        { Actor: Actor.Staff staff } when typeof(TPerson) == typeof(StaffRow) => (staff.Id.Value, staff.Email, staff.SignIn),
        _ => null,
    };
}
