using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>Signing in and out, the same for both kinds of people; the surface of the URL says which kind.</summary>
public sealed class SignIns(
    Database database, ShopSettings settings, MembershipQueries memberships, SecondFactors factors, ProviderDoor provider, Outbox outbox, People<StaffRow> staff,
    People<BuyerRow> buyers)
{
    /// <summary>One sentence for every reason, so that nobody learns who has an account here.</summary>
    public static readonly Refusal Failed = Refusal.Invalid(
        "identity.sign-in-failed",
        "E-mail address and password do not fit together, or this account cannot sign in at the moment. After five failures it rests for 15 minutes.");

    private const int BuyerIdleSeconds = 8 * 60 * 60;

    private static readonly TimeSpan BuyerHard = TimeSpan.FromDays(30);
    private static readonly TimeSpan StaffHard = TimeSpan.FromHours(12);

    /// <summary>
    /// Judges e-mail and password. When they are right, the sign-in of this browser is a new one and its cookie is given; or a second step has to follow,
    /// and nobody is signed in before it.
    /// </summary>
    /// <returns>The page of the step that has to follow; null when he is in.</returns>
    public Task<Outcome<string?>> Enter(HttpContext context, string? email, string? password, string? returnUrl) =>
        context.Surface() == Surface.Shop
            ? Enter(context, buyers, Cookies.Shop, email, password, returnUrl)
            : Enter(context, staff, Cookies.Staff, email, password, returnUrl);

    /// <summary>Ends the sign-in of this browser, with the assisted session that hangs on it. Done also when it was over already.</summary>
    public async Task Leave(HttpContext context)
    {
        var cookie = context.Surface() == Surface.Shop ? Cookies.Shop : Cookies.Staff;
        if (Cookies.Hash(context.Request, cookie) is { } hash)
        {
            await database.Write<Done>(
                context.Caller(),
                async tx =>
                {
                    await EndOf(tx, hash, "signed-out");
                    return Done.It;
                },
                context.RequestAborted);
        }

        Cookies.Take(context, cookie);
    }

    /// <summary>
    /// A new sign-in of a person who has proved who he is; returns the token for his cookie. The sign-in that this browser had before ends: nobody else's
    /// cookie ever becomes his.
    /// </summary>
    private async Task<string> Start(
        Tx tx, PersonRow person, MembershipId? membership, byte[]? oldToken, string? device, string method = SignInMethods.Password, bool isSecondFactor = false,
        DateTimeOffset? provedAt = null, string? providerSession = null)
    {
        if (oldToken is not null)
        {
            await EndOf(tx, oldToken, "signed-in-again");
        }

        var idle = person is StaffRow ? await settings.Number(tx.Db, ShopSettings.StaffIdleSeconds, tx.Cancel) : BuyerIdleSeconds;
        var (token, hash) = Cookies.NewToken();
        var row = new SignInRow
        {
            Id = IId<SignInId>.New(),
            StaffId = (person as StaffRow)?.Id,
            BuyerId = (person as BuyerRow)?.Id,
            MembershipId = membership,
            TokenHash = hash,
            CreatedAt = tx.Now,
            LastSeenAt = tx.Now,
            ProvedAt = provedAt < tx.Now ? provedAt.Value : tx.Now,
            SecondFactorAt = isSecondFactor ? tx.Now : null,
            Method = method,
            IdleSeconds = idle,
            HardEndsAt = tx.Now + (person is StaffRow ? Longer(StaffHard, TimeSpan.FromSeconds(idle)) : BuyerHard),
            Device = device,
            ProviderSession = providerSession,
        };
        tx.Db.Add(row);
        tx.Add(new SignedIn(row.StaffId is null ? "buyer" : "staff", row.StaffId, row.BuyerId, row.Id));
        return token;
    }

    /// <summary>The same for a staff member whose last step was taken.</summary>
    internal Task<string> Start(Tx tx, HttpContext context, StaffRow person, string method, bool isSecondFactor, DateTimeOffset? provedAt = null, string? providerSession = null) =>
        Start(tx, person, null, Cookies.Hash(context.Request, Cookies.Staff), DeviceOf(context), method, isSecondFactor, provedAt, providerSession);

    /// <summary>
    /// Lets a staff member in whose first proof was right, or begins the step that has to follow. Failures are forgotten only when he is in: whoever knows a
    /// password has five guesses at the code, not five after each password.
    /// </summary>
    internal async Task<Entered> Admit(
        Tx tx, HttpContext context, UserManager<StaffRow> users, StaffRow person, string method, string? returnUrl, DateTimeOffset? provedAt = null, string? providerSession = null)
    {
        if (await factors.NextStep(tx, person) is { } kind)
        {
            return new Entered(SignInSteps.Begin(tx, kind, person, method, returnUrl: returnUrl, providerSession: providerSession), SignInSteps.PageOf(kind));
        }

        await users.ResetAccessFailedCountAsync(person);
        return new Entered(await Start(tx, context, person, method, isSecondFactor: false, provedAt, providerSession), null);
    }

    /// <summary>Gives the browser what it was let in with, or what the next step needs; returns the page of that step.</summary>
    internal static string? Open(HttpContext context, Entered entered, string cookie)
    {
        Cookies.Give(context, entered.NextPage is null ? cookie : SignInSteps.Cookie, entered.Token!);
        return entered.NextPage;
    }

    private async Task<Outcome<string?>> Enter<TPerson>(HttpContext context, People<TPerson> people, string cookie, string? email, string? password, string? returnUrl)
        where TPerson : PersonRow
    {
        // The password is verified before the transaction: hashing is slow on purpose, and nobody shall wait for it.
        var address = EmailAddress.TryParse(email, out var parsed) ? parsed.Normalized : "";
        var hash = await People<TPerson>.HashOf(database, address, context.RequestAborted);
        var verdict = people.Verify(hash, password);
        var newHash = verdict == PasswordVerificationResult.SuccessRehashNeeded ? people.Hash(password!) : hash;
        var outcome = await database.Write<Entered>(
            context.Nobody(),
            async tx =>
            {
                var users = people.In(tx);
                var person = await users.FindByEmailAsync(address);
                var membership = person is BuyerRow buyer ? await memberships.LastUsed(tx.Db, buyer.Id, tx.Cancel) : null;
                var isRight = verdict != PasswordVerificationResult.Failed && person?.PasswordHash == hash;
                // Where no password counts no wrong one does: whoever only knows an address must not close passkeys with it.
                var isOff = person is StaffRow one && await IsPasswordOff(tx, one);
                if ((isOff ? "password-off" : await Judge(users, person, membership, isRight)) is { } why)
                {
                    await Note(tx, users, person, why, context, email);
                    return Entered.Refused;
                }

                person!.PasswordHash = newHash;
                if (person is StaffRow member && users is UserManager<StaffRow> ofStaff)
                {
                    await TellOfEmergency(tx, member);
                    return await Admit(tx, context, ofStaff, member, SignInMethods.Password, returnUrl);
                }

                await users.ResetAccessFailedCountAsync(person);
                return new Entered(await Start(tx, person, membership, Cookies.Hash(context.Request, cookie), DeviceOf(context)), null);
            },
            context.RequestAborted);
        return outcome.Refusal is { } refusal ? refusal
            : outcome.Value.Token is null ? Failed
            : Open(context, outcome.Value, cookie);
    }

    /// <summary>Whether passwords open the door of staff; without an external sign-in they always do, so that nobody locks himself out.</summary>
    private async Task<bool> ArePasswordsOff(Tx tx) => provider.Settings is not null && await settings.Get(tx.Db, ShopSettings.StaffPasswords, tx.Cancel) == "false";

    private async Task<bool> IsPasswordOff(Tx tx, StaffRow person) => await ArePasswordsOff(tx) && !provider.Settings!.IsEmergency(person);

    private async Task TellOfEmergency(Tx tx, StaffRow person)
    {
        if (!await ArePasswordsOff(tx))
        {
            return;
        }

        tx.Add(new EmergencyPasswordUsed(person.Id));
        var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        foreach (var one in await tx.Db.Set<StaffRow>().Where(row => row.Role == StaffRole.Administrator && row.Status == "active").OrderBy(row => row.Id).Take(50).ToListAsync(tx.Cancel))
        {
            outbox.Add(tx, IdentityMails.EmergencyPassword(one, shop, person.FullName));
        }
    }

    private static async Task<string?> Judge<TPerson>(UserManager<TPerson> users, TPerson? person, MembershipId? membership, bool isRight)
        where TPerson : PersonRow =>
        person is null ? "unknown"
        : await users.IsLockedOutAsync(person) ? "locked-out"
        : !isRight ? "wrong-password"
        : person.Status != "active" ? "inactive"
        : person is BuyerRow && membership is null ? "no-company"
        : null;

    private static async Task Note<TPerson>(Tx tx, UserManager<TPerson> users, TPerson? person, string why, HttpContext context, string? email)
        where TPerson : PersonRow
    {
        var (kind, staffId, buyerId) = (People<TPerson>.Kind, (person as StaffRow)?.Id, (person as BuyerRow)?.Id);
        tx.Add(new SignInFailed(kind, staffId, buyerId, why, Short(email, 254) ?? "", context.Connection.RemoteIpAddress?.ToString()));
        if (why == "wrong-password")
        {
            await Count(tx, users, person!);
        }
    }

    /// <summary>A failed proof of somebody who is known already: by a password again, or by a code.</summary>
    internal static async Task NoteFailure<TPerson>(Tx tx, UserManager<TPerson> users, TPerson person, string why, HttpContext context)
        where TPerson : PersonRow
    {
        tx.Add(new SignInFailed(
            People<TPerson>.Kind, (person as StaffRow)?.Id, (person as BuyerRow)?.Id, why, person.Email, context.Connection.RemoteIpAddress?.ToString()));
        if (why != "locked-out")
        {
            await Count(tx, users, person);
        }
    }

    // Five failures of whatever kind, and the account rests.
    private static async Task Count<TPerson>(Tx tx, UserManager<TPerson> users, TPerson person)
        where TPerson : PersonRow
    {
        await users.AccessFailedAsync(person);
        if (await users.IsLockedOutAsync(person))
        {
            tx.Add(new LockedOut(People<TPerson>.Kind, (person as StaffRow)?.Id, (person as BuyerRow)?.Id, person.LockoutEnd!.Value));
        }
    }

    private static async Task EndOf(Tx tx, byte[] token, Code cause)
    {
        var row = await tx.Db.Set<SignInRow>().SingleOrDefaultAsync(row => row.TokenHash == token && row.EndedAt == null, tx.Cancel);
        if (row is not null)
        {
            await SignInEnds.End(tx, row, row.LastSeenAt.AddSeconds(row.IdleSeconds) <= tx.Now ? "idle" : row.HardEndsAt <= tx.Now ? "hard-limit" : cause);
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string? Short(string? text, int most) =>
        text is null ? null : string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(most));

    private static string? DeviceOf(HttpContext context) => Short(context.Request.Headers.UserAgent, 200);
}

/// <summary>How far somebody has come: the token of his sign-in, or of the step on <paramref name="NextPage"/> that has to follow; null when he was refused.</summary>
internal sealed record Entered(string? Token, string? NextPage)
{
    public static readonly Entered Refused = new(null, null);

    /// <summary>Signed out at the external provider while he was on his way here.</summary>
    public static readonly Entered SignedOut = new(null, "");
}
