using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>Tells the other administrators when the rules change or are proposed to change: nobody does it unseen, also where one alone may.</summary>
public sealed class PolicyMails(ShopSettings settings, Outbox outbox)
{
    private const string Administrators =
        """
        select id as "Id", email as "Email", first_name as "FirstName", last_name as "LastName" from staff
        where status = 'active' and role = 'administrator' and id <> {0} order by email_normalized limit 200
        """;

    public Task Changed(Tx tx, PolicyChanged changed) => Tell(
        tx, changed.Version, actor => $"{actor} has changed the rules about acting for customers",
        actor => $"{actor} has changed the rules that say who may act for whom.\nThey count since now.");

    public Task Proposed(Tx tx, PolicyProposed proposed) => Tell(
        tx, proposed.Version, actor => $"{actor} proposes other rules about acting for customers",
        actor => $"{actor} proposes other rules that say who may act for whom.\nThey count when another administrator approves them.");

    private async Task Tell(Tx tx, int version, Func<string, Phrase> subject, Func<string, Phrase> what)
    {
        if (tx.Caller.Staff is not { } actor)
        {
            return;
        }

        var address = await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel);
        var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        foreach (var reader in await tx.Db.Rows<Supervisor>(Administrators, actor.Id.Value).ToListAsync(tx.Cancel))
        {
            outbox.Add(tx, new OutgoingMail(
                "policy-changed", reader.Email, reader.FullName, subject(actor.Name),
                $"""
                Dear {reader.FullName},

                {what(actor.Name)} What is different in version {version}:
                {(address.Length == 0 ? Phrase.Of("Back Office, Rules") : Phrase.Made($"{address.TrimEnd('/')}/admin/assistance/policy/{version}"))}

                {shop}
                """)
            { Staff = new StaffId(reader.Id) });
        }
    }
}
