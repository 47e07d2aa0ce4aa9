using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>What a form brings to prove again who sits there: one of them is enough.</summary>
public class ProofInput
{
    public string? Password { get; set; }

    /// <summary>Of the authenticator app, or a recovery code.</summary>
    public string? Code { get; set; }

    /// <summary>The browser's answer to a question for a passkey, as JSON.</summary>
    public string? Passkey { get; set; }

    public bool IsGiven => !string.IsNullOrEmpty(Password) || !string.IsNullOrEmpty(Code) || !string.IsNullOrEmpty(Passkey);
}

/// <summary>
/// Asks a staff member again who he is, for modules that know nothing of how people sign in. A proof is kept with his sign-in: what asks for one that is
/// young enough looks there (<see cref="Age"/>).
/// </summary>
public sealed class StaffProof(Database database, PasswordProof<StaffRow> passwords, People<StaffRow> people, SecondFactors factors, SecondStepQueries ages, PasskeyJudge passkeys,
    SignInLimits limits)
{
    /// <summary>Null when what was given is his; a code is looked at first, because it proves more. Failures count like those at the door.</summary>
    public Task<Refusal?> Check(HttpContext context, Caller caller, ProofInput input) =>
        string.IsNullOrEmpty(input.Code) && string.IsNullOrEmpty(input.Passkey) ? passwords.Check(context, caller, input.Password) : CheckSecond(context, caller, input);

    /// <summary>The same where only a second factor will do.</summary>
    public async Task<Refusal?> CheckSecond(HttpContext context, Caller caller, ProofInput input)
    {
        if (caller is not { Session: null, Staff: { } me })
        {
            return AccessGate.NotInSession;
        }

        if (!await limits.AdmitsSignIn(context, me.Email))
        {
            return SignInLimits.TooOften with { Field = "Code" };
        }

        var isPasskey = !string.IsNullOrEmpty(input.Passkey);
        var answers = isPasskey ? await passkeys.Prepare(context) : null;
        var secret = isPasskey ? null : await factors.Open(me.Id, context.RequestAborted);
        var outcome = await database.Write<bool>(
            caller,
            async tx =>
            {
                var users = people.In(tx);
                var staff = (await users.FindByIdAsync(me.Id.ToString()))!;
                var isLocked = await users.IsLockedOutAsync(staff);
                var how = isLocked ? null
                    : answers is null ? await SecondFactors.Use(tx, staff, secret, input.Code)
                    : await answers.Person(tx, users, input.Passkey, me.Id) is null ? null : (Code?)"passkey";
                if (how is null)
                {
                    await SignIns.NoteFailure(tx, users, staff, isLocked ? "locked-out" : isPasskey ? "wrong-passkey" : "wrong-code", context);
                    return false;
                }

                await users.ResetAccessFailedCountAsync(staff);
                await Keep(tx, me.SignIn, how.Value, isSecondFactor: true);
                return true;
            },
            context.RequestAborted);
        return outcome.Refusal ?? (outcome.Value ? null : isPasskey ? PasskeySignIn.Failed with { Field = "Code" } : SecondStep.WrongCode);
    }

    /// <summary>Null when he proves it now, or has proved it within so many seconds.</summary>
    public async Task<Refusal?> Demand(HttpContext context, Caller caller, ProofInput input, int seconds) =>
        !input.IsGiven && caller.Staff is { } me && (await ages.Age(me.SignIn, context.RequestAborted)).Seconds <= seconds ? null : await Check(context, caller, input);

    /// <summary>How long ago he proved who he is, in the sign-in with which he asks.</summary>
    public Task<ProofAge> Age(Caller caller, CancellationToken cancel) => ages.Age(caller.Staff!.SignIn, cancel);

    /// <summary>What a form has to show so that he can prove who he is.</summary>
    public async Task<ProofAsk> Ask(Caller caller, bool isSecondNeeded, CancellationToken cancel)
    {
        var has = await ages.Of(caller.Staff!.Id, cancel);
        return new(has.HasApp, has.Passkeys > 0, isSecondNeeded);
    }

    /// <summary>Seconds since somebody last proved who he is in this sign-in, by the database's clock, and since he did so with a second factor.</summary>
    public static async Task<ProofAge> Age(Tx tx, SignInId signIn) => (await tx.Db.Rows<ProofAge>(AgeSql(tx.Database), signIn.Value).ToListAsync(tx.Cancel))[0];

    internal static string AgeSql(Database database) =>
        $"select {database.SecondsSince("proved_at")} as \"Seconds\", {database.SecondsSince("second_factor_at")} as \"SecondFactorSeconds\" from sign_in where id = {{0}}";

    /// <summary>The same as columns, to be read along with something else.</summary>
    /// <param name="signIn">The sign-in's id as SQL.</param>
    internal static string AgeColumns(Database database, string signIn) =>
        $"""
        (select {database.SecondsSince("y.proved_at")} from sign_in y where y.id = {signIn}) as "Seconds",
            (select {database.SecondsSince("y.second_factor_at")} from sign_in y where y.id = {signIn}) as "SecondFactorSeconds"
        """;

    /// <summary>Notes a proof with the sign-in, in the transaction that has judged it.</summary>
    internal static async Task Keep(Tx tx, SignInId signIn, Code how, bool isSecondFactor)
    {
        var row = await tx.Db.Set<SignInRow>().SingleAsync(row => row.Id == signIn, tx.Cancel);
        row.ProvedAt = tx.Now;
        row.SecondFactorAt = isSecondFactor ? tx.Now : row.SecondFactorAt;
        tx.Add(new ProvedAgain(row.StaffId is null ? "buyer" : "staff", row.StaffId, row.BuyerId, row.Id, how));
    }
}

/// <summary>How long ago somebody proved who he is; the second is null when it was never with a second factor.</summary>
public sealed record ProofAge(int Seconds, int? SecondFactorSeconds);
