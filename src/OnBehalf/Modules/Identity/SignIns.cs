using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>Signing in and out, the same for both kinds of people; the surface of the URL says which kind.</summary>
public sealed class SignIns(Database database, ShopSettings settings, MembershipQueries memberships, People<StaffRow> staff, People<BuyerRow> buyers)
{
    /// <summary>One sentence for every reason, so that nobody learns who has an account here.</summary>
    public static readonly Refusal Failed = Refusal.Invalid(
        "identity.sign-in-failed",
        "E-mail address and password do not fit together, or this account cannot sign in at the moment. After five failures it rests for 15 minutes.");

    private const int BuyerIdleSeconds = 8 * 60 * 60;

    private static readonly TimeSpan BuyerHard = TimeSpan.FromDays(30);
    private static readonly TimeSpan StaffHard = TimeSpan.FromHours(12);

    /// <summary>Judges e-mail and password; when they are right, the sign-in of this browser is a new one and its cookie is given.</summary>
    public Task<Outcome<Done>> Enter(HttpContext context, string? email, string? password) =>
        context.Surface() == Surface.Shop ? Enter(context, buyers, Cookies.Shop, email, password) : Enter(context, staff, Cookies.Staff, email, password);

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
    public async Task<string> Start(Tx tx, PersonRow person, MembershipId? membership, byte[]? oldToken, string? device)
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
            ProvedAt = tx.Now,
            IdleSeconds = idle,
            HardEndsAt = tx.Now + (person is StaffRow ? Longer(StaffHard, TimeSpan.FromSeconds(idle)) : BuyerHard),
            Device = device,
        };
        tx.Db.Add(row);
        tx.Add(new SignedIn(row.StaffId is null ? "buyer" : "staff", row.StaffId, row.BuyerId, row.Id));
        return token;
    }

    private async Task<Outcome<Done>> Enter<TPerson>(HttpContext context, People<TPerson> people, string cookie, string? email, string? password)
        where TPerson : PersonRow
    {
        // The password is verified before the transaction: hashing is slow on purpose, and nobody shall wait for it.
        var address = EmailAddress.TryParse(email, out var parsed) ? parsed.Normalized : "";
        var hash = await People<TPerson>.HashOf(database, address, context.RequestAborted);
        var verdict = people.Verify(hash, password);
        var newHash = verdict == PasswordVerificationResult.SuccessRehashNeeded ? people.Hash(password!) : hash;
        var outcome = await database.Write<Entered>(
            Caller.Anonymous,
            async tx =>
            {
                var users = people.In(tx);
                var person = await users.FindByEmailAsync(address);
                var membership = person is BuyerRow buyer ? await memberships.LastUsed(tx.Db, buyer.Id, tx.Cancel) : null;
                var isRight = verdict != PasswordVerificationResult.Failed && person?.PasswordHash == hash;
                if (await Judge(users, person, membership, isRight) is { } why)
                {
                    await Note(tx, users, person, why, context, email);
                    return Entered.Refused;
                }

                person!.PasswordHash = newHash;
                await users.ResetAccessFailedCountAsync(person);
                return new Entered(await Start(tx, person, membership, Cookies.Hash(context.Request, cookie), Short(context.Request.Headers.UserAgent, 200)));
            },
            context.RequestAborted);
        if (outcome.IsRefused || outcome.Value.Token is not { } token)
        {
            return outcome.Refusal ?? Failed;
        }

        Cookies.Give(context, cookie, token);
        return Done.It;
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
            await users.AccessFailedAsync(person!);
            if (await users.IsLockedOutAsync(person!))
            {
                tx.Add(new LockedOut(kind, staffId, buyerId, person!.LockoutEnd!.Value));
            }
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

    private sealed record Entered(string? Token)
    {
        public static readonly Entered Refused = new((string?)null);
    }
}
