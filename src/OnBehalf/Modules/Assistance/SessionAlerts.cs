using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>Unusual use, told to supervisors and administrators by mail when a threshold is reached; in the transaction of what reached it.</summary>
public sealed class SessionAlerts(CaseQueries staff, ShopPolicies policies, ShopSettings settings, Outbox outbox)
{
    private const int NightBegins = 22;
    private const int NightEnds = 6;

    // The newest are enough: a threshold is at most a hundred.
    private const string RefusedSql =
        "select operator_staff_id as \"Operator\", at as \"At\" from audit_event where name = 'assistance.session-refused' order by seq desc limit 200";

    public async Task Started(Tx tx, AssistedSessionStarted started)
    {
        if (tx.Caller.Staff is not { } actor)
        {
            return;
        }

        var most = await settings.Number(tx.Db, ShopSettings.AlertCustomers, tx.Cancel);
        if (most > 0)
        {
            var buyers = await tx.Db.Rows<Guid>(
                "select distinct coalesce(buyer_id, company_id) as \"Value\" from assisted_session where operator_staff_id = {0} and started_at > {1}",
                actor.Id.Value, tx.Now.AddHours(-1)).ToListAsync(tx.Cancel);
            if (buyers.Count == most - 1 && !buyers.Contains(started.Buyer?.Value ?? started.Company!.Value.Value))
            {
                await Tell(tx, actor, $"acts for many customers: {most} within an hour");
            }
        }

        var hour = (await policies.Local(tx.Db, tx.Now, tx.Cancel)).Hour;
        if (hour is >= NightBegins or < NightEnds && await settings.Get(tx.Db, ShopSettings.AlertNight, tx.Cancel) == "true")
        {
            await Tell(tx, actor, "began a session at night");
        }
    }

    public async Task Refused(Tx tx)
    {
        var most = await settings.Number(tx.Db, ShopSettings.AlertRefused, tx.Cancel);
        if (most == 0 || tx.Caller.Staff is not { } actor)
        {
            return;
        }

        var since = tx.Now.AddHours(-1);
        var before = (await tx.Db.Rows<RefusedStart>(RefusedSql).ToListAsync(tx.Cancel)).Count(refused => refused.Operator == actor.Id.Value && refused.At > since);
        if (before == most - 1)
        {
            await Tell(tx, actor, $"was refused {most.ToString(CultureInfo.InvariantCulture)} starts within an hour");
        }
    }

    private async Task Tell(Tx tx, Actor.Staff actor, string what)
    {
        var address = await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel);
        var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        foreach (var reader in (await staff.Supervisors(tx)).Where(reader => reader.Id != actor.Id.Value))
        {
            outbox.Add(tx, new OutgoingMail(
                "session-alert", reader.Email, reader.FullName, $"{actor.Name} {what}",
                $"""
                Dear {reader.FullName},

                {actor.Name} {what}. That may be
                quite in order. What runs now, with a button to end it:
                {(address.Length == 0 ? "Back Office, Sessions" : $"{address.TrimEnd('/')}/admin/sessions")}

                {shop}
                """)
            { Staff = new StaffId(reader.Id) });
        }
    }

    private sealed record RefusedStart(Guid? Operator, DateTimeOffset At);
}
