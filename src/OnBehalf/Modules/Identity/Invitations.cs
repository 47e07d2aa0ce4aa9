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

    /// <summary>Invites those of the given people who are active, have no password and were never invited; returns how many.</summary>
    public async Task<int> Send<TPerson>(Tx tx, IQueryable<TPerson> people)
        where TPerson : PersonRow
    {
        var shop = await settings.Get(ShopSettings.ShopName, tx.Cancel);
        var address = await settings.Get(ShopSettings.ShopAddress, tx.Cancel);
        var page = address.Length == 0 ? null : address.TrimEnd('/') + (typeof(TPerson) == typeof(StaffRow) ? "/staff/account/reset" : "/account/reset");
        var uninvited = await people.Where(row => row.PasswordHash == null && row.InvitedAt == null && row.Status == "active").AsTracking().ToListAsync(tx.Cancel);
        foreach (var person in uninvited)
        {
            var code = await OneTimeCodes.Issue(tx, person, OneTimeCodes.Invitation, Validity);
            outbox.Add(tx, IdentityMails.Invitation(person, shop, page, code));
            (person.InvitedAt, person.Version) = (tx.Now, person.Version + 1);
            tx.Add(new PersonInvited(People<TPerson>.Kind, (person as StaffRow)?.Id, (person as BuyerRow)?.Id));
        }

        return uninvited.Count;
    }
}
