using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>For whom a code stands.</summary>
public sealed record CodeHolder(string Email, string Purpose);

/// <summary>A new password by mail. Whether there is an account is told to nobody but its own mailbox.</summary>
public sealed class PasswordResets(Database database, Outbox outbox, ShopSettings settings, ShopAddress shop, People<StaffRow> staff, People<BuyerRow> buyers)
{
    private static readonly Refusal Paused = Refusal.Conflict(
        "identity.reset-paused", "Somebody acts for you at this shop, or did a short while ago. Until some time after that no new password can be set by a link, so that nobody talks you into it. Try again later; the link stays good for an hour from its mail.");

    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    public Task Ask(HttpContext context, string? email) =>
        context.Surface() == Surface.Shop ? Ask(context, buyers, "/account/reset", email) : Ask(context, staff, "/staff/account/reset", email);

    /// <summary>For whom a code stands on this surface, if it still works; looking changes nothing.</summary>
    public async Task<CodeHolder?> Find(HttpContext context, byte[] codeHash)
    {
        var table = context.Surface() == Surface.Shop ? "buyer" : "staff";
        var sql = $"""
            select p.email as "Email", o.purpose as "Purpose" from one_time_code o join {table} p on p.id = o.{table}_id
            where o.code_hash = {"{0}"} and o.used_at is null and o.expires_at > {database.Now} and p.status = 'active'
                and o.purpose in ('{OneTimeCodes.PasswordReset}', '{OneTimeCodes.Invitation}')
            """;
        await using var db = database.Read();
        return (await db.Rows<CodeHolder>(sql, codeHash).ToListAsync(context.RequestAborted)).SingleOrDefault();
    }

    /// <summary>Sets the password, uses up the code, and ends whatever is open in the name of this person.</summary>
    public Task<Outcome<Done>> Set(HttpContext context, byte[] codeHash, string? password) =>
        context.Surface() == Surface.Shop ? Set(context, buyers, codeHash, password) : Set(context, staff, codeHash, password);

    private async Task Ask<TPerson>(HttpContext context, People<TPerson> people, string path, string? email)
        where TPerson : PersonRow
    {
        var address = EmailAddress.TryParse(email, out var parsed) ? parsed : default;
        var shopName = await settings.Get(ShopSettings.ShopName, context.RequestAborted);
        var link = await shop.Of(context.Request);
        await database.Write<Done>(
            context.Nobody(),
            async tx =>
            {
                var person = address.Normalized is null ? null : await people.In(tx).FindByEmailAsync(address.Normalized);
                tx.Add(new PasswordResetAsked(
                    People<TPerson>.Kind, (person as StaffRow)?.Id, (person as BuyerRow)?.Id, address.Text ?? "", context.Connection.RemoteIpAddress?.ToString()));
                if (person is { Status: "active" })
                {
                    await Send(tx, person, shopName, link is null ? null : link + path);
                }

                return Done.It;
            },
            context.RequestAborted);
    }

    /// <summary>The mail to a person who is active, or while somebody acts for him another one, which says that it comes later.</summary>
    /// <param name="page">Address of the page that takes the code; null when the shop does not know its own.</param>
    internal async Task Send(Tx tx, PersonRow person, string shopName, string? page)
    {
        var actedLately = person is BuyerRow buyer ? await ActedLatelyQueries.Of(tx, buyer.Id) : [];
        if (await Pause(tx, person as BuyerRow) is { } minutes)
        {
            outbox.Add(tx, IdentityMails.ResetLater(person, shopName, minutes, actedLately));
            return;
        }

        var code = await OneTimeCodes.Issue(tx, person, OneTimeCodes.PasswordReset, Validity);
        outbox.Add(tx, IdentityMails.Reset(person, shopName, page, code, actedLately));
    }

    // Whoever has a buyer on the telephone and his account on the screen gets no link that he could talk him out of.
    private async Task<int?> Pause(Tx tx, BuyerRow? buyer) =>
        buyer is not null && await settings.Number(tx.Db, ShopSettings.ResetPauseMinutes, tx.Cancel) is var minutes and > 0
            && await ActedLatelyQueries.Within(tx, buyer.Id, TimeSpan.FromMinutes(minutes)) ? minutes : null;

    private async Task<Outcome<Done>> Set<TPerson>(HttpContext context, People<TPerson> people, byte[] codeHash, string? password)
        where TPerson : PersonRow
    {
        var shopName = await settings.Get(ShopSettings.ShopName, context.RequestAborted);
        return await database.Write<Done>(
            context.Nobody(),
            async tx =>
            {
                // A code of the other kind of people has no id here and stands for nobody.
                var code = await OneTimeCodes.Use(tx, codeHash);
                var id = code?.Purpose is not (OneTimeCodes.PasswordReset or OneTimeCodes.Invitation) ? null
                    : typeof(TPerson) == typeof(StaffRow) ? code.StaffId?.ToString() : code.BuyerId?.ToString();
                var users = people.In(tx);
                if (id is null || await users.FindByIdAsync(id) is not { Status: "active" } person)
                {
                    return OneTimeCodes.Dead;
                }

                // A link from before the session would otherwise do in the pause what a new one cannot.
                if (code!.Purpose == OneTimeCodes.PasswordReset && await Pause(tx, person as BuyerRow) is not null)
                {
                    return Paused;
                }

                if (PasswordRules.Check(password, person.Email) is { } refusal)
                {
                    return refusal;
                }

                await people.SetPassword(tx, person, password!);
                await SignInEnds.EndAll(tx, person, "password-changed");
                tx.Add(new PasswordSet(People<TPerson>.Kind, (person as StaffRow)?.Id, (person as BuyerRow)?.Id, code.Purpose));
                outbox.Add(tx, IdentityMails.PasswordSet(person, shopName));
                return Done.It;
            },
            context.RequestAborted);
    }
}
