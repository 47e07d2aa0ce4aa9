using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>The first mail to somebody who has an account here and no password yet. Once per person, whoever asks for it how often.</summary>
public sealed class Invitations(ShopSettings settings, Outbox outbox)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(14);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private static readonly Refusal HasCome = Refusal.Conflict("members.has-come", "This person has chosen a password already and needs no invitation. A new password comes with \"Forgot your password?\" on the sign-in page.");

    private static readonly Refusal InvitedJustNow = Refusal.Conflict("members.invited-just-now", "The invitation went out a moment ago. Nothing was sent now; try again in ten minutes.");

    /// <summary>Invites those of the given people who are active, have no password and were never invited; returns how many.</summary>
    public async Task<int> Send<TPerson>(Tx tx, IQueryable<TPerson> people)
        where TPerson : PersonRow
    {
        var shop = await settings.Get(ShopSettings.ShopName, tx.Cancel);
        var address = await settings.Get(ShopSettings.ShopAddress, tx.Cancel);
        var uninvited = await people.Where(row => row.PasswordHash == null && row.InvitedAt == null && row.Status == "active").AsTracking().ToListAsync(tx.Cancel);
        foreach (var person in uninvited)
        {
            await Invite(tx, person, shop, address.Length == 0 ? null : address.TrimEnd('/'));
        }

        return uninvited.Count;
    }

    /// <summary>Whoever asks has created as many people within an hour as the shop lets him: each of them gets a mail.</summary>
    public async Task<bool> AreTooMany(Tx tx)
    {
        var most = await settings.Number(tx.Db, ShopSettings.InvitationsPerHour, tx.Cancel);
        var (column, id) = tx.Caller.Actor switch
        {
            Actor.Staff staff => ("operator_staff_ref", staff.Id.Value),
            Actor.Buyer buyer => ("operator_buyer_ref", buyer.Id.Value),
            _ => ("", Guid.Empty),
        };
        if (most == 0 || column.Length == 0)
        {
            return false;
        }

        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            // Whoever asks often at once is counted one after the other.
            await tx.Db.Rows<int>("select 1 as \"Value\" from (select pg_advisory_xact_lock(hashtextextended({0}, 0))) q", "invitations of " + id).ToListAsync(tx.Cancel);
        }

        return (await tx.Db.Rows<int>(
            $"select cast(count(*) as integer) as \"Value\" from audit_event where name in ('identity.person-created', 'identity.membership-added') and {column} = (select ref from person_key where person_id = {{0}}) and at > {{1}}",
            id, tx.Now.AddHours(-1)).ToListAsync(tx.Cancel))[0] >= most;
    }

    /// <summary>Invites somebody of this transaction, if he never was and has no password.</summary>
    /// <param name="address">Of the shop, without a slash at the end; null when it does not know its own.</param>
    public async Task Send<TPerson>(Tx tx, TPerson person, string? address)
        where TPerson : PersonRow
    {
        if (person is { PasswordHash: null, InvitedAt: null, Status: "active" })
        {
            await Invite(tx, person, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), address);
        }
    }

    /// <summary>Once more, for somebody who has not come yet: the link before counts no longer.</summary>
    public async Task<Refusal?> Again<TPerson>(Tx tx, TPerson person, string? address)
        where TPerson : PersonRow
    {
        if (person is not { PasswordHash: null, Status: "active" })
        {
            return HasCome;
        }

        if (person.InvitedAt is { } before && before > tx.Now - Pause)
        {
            return InvitedJustNow;
        }

        await Invite(tx, person, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), address);
        return null;
    }

    private async Task Invite<TPerson>(Tx tx, TPerson person, string shop, string? address)
        where TPerson : PersonRow
    {
        var page = address is null ? null : address + (person is StaffRow ? "/staff/account/reset" : "/account/reset");
        var code = await OneTimeCodes.Issue(tx, person, OneTimeCodes.Invitation, Validity);
        outbox.Add(tx, IdentityMails.Invitation(person, shop, page, code));
        (person.InvitedAt, person.Version) = (tx.Now, person.Version + 1);
        tx.Add(new PersonInvited(People<TPerson>.Kind, (person as StaffRow)?.Id, (person as BuyerRow)?.Id));
    }
}
