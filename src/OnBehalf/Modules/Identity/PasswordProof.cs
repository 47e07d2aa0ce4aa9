using Microsoft.AspNetCore.Identity;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// Asks a signed-in buyer for his password again before something grave. Failures count like those at the door: an open browser is no place to guess.
/// </summary>
public sealed class PasswordProof(Database database, People<BuyerRow> people, SignInLimits limits)
{
    private static readonly Refusal TooOften = Refusal.Invalid(
        "identity.too-often", "Password: that was too often in a short time. Wait a minute and try again.", "Password");

    public static readonly Refusal Wrong = Refusal.Invalid(
        "identity.password-wrong", "Password: this is not your present one. After five failures the account rests for 15 minutes.", "Password");

    /// <summary>Null when it is his password.</summary>
    public async Task<Refusal?> Check(HttpContext context, Caller caller, string? password, string field = "Password")
    {
        if (caller is not { Actor: Actor.Buyer actor, Buyer: { } buyer })
        {
            return Host.AccessGate.NotInSession;
        }

        if (!limits.AdmitsSignIn(context, buyer.Email))
        {
            return TooOften with { Field = field };
        }

        var cancel = context.RequestAborted;
        var hash = await People<BuyerRow>.HashOf(database, EmailAddress.Normalize(buyer.Email), cancel);
        var isRight = people.Verify(hash, password) != PasswordVerificationResult.Failed;
        var outcome = await database.Write<bool>(
            caller,
            async tx =>
            {
                var users = people.In(tx);
                var person = (await users.FindByIdAsync(actor.Id.ToString()))!;
                var isLocked = await users.IsLockedOutAsync(person);
                if (!isLocked && isRight && person.PasswordHash == hash)
                {
                    await users.ResetAccessFailedCountAsync(person);
                    return true;
                }

                tx.Add(new SignInFailed("buyer", null, actor.Id, isLocked ? "locked-out" : "wrong-password", buyer.Email, context.Connection.RemoteIpAddress?.ToString()));
                if (!isLocked)
                {
                    await users.AccessFailedAsync(person);
                }

                return false;
            },
            cancel);
        return outcome.Refusal ?? (outcome.Value ? null : Wrong with { Field = field });
    }
}
