using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// Unusual use, told to supervisors and administrators by mail when a threshold is reached, at most once an hour for each kind; in the transaction of what
/// reached it. Whatever counts for one staff member comes one after the other, so that two at the same moment do not both stay below it.
/// </summary>
public sealed class SessionAlerts(CaseQueries staff, ShopPolicies policies, ShopSettings settings, Outbox outbox)
{
    private const int NightBegins = 22;
    private const int NightEnds = 6;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    // A start holds the row of its operator, so the sessions before it are all there.
    public async Task Started(Tx tx, AssistedSessionStarted started)
    {
        if (tx.Caller.Staff is not { } actor)
        {
            return;
        }

        var most = await settings.Number(tx.Db, ShopSettings.AlertCustomers, tx.Cancel);
        if (most > 0)
        {
            // Not more rows than the threshold: who acts all day has hundreds.
            var subject = started.Buyer?.Value ?? started.Company!.Value.Value;
            var others = await tx.Db.Rows<int>(
                """
                select cast(count(*) as integer) as "Value" from (
                    select distinct coalesce(buyer_id, company_id) as id from assisted_session
                    where operator_staff_id = {0} and started_at > {1} and coalesce(buyer_id, company_id) <> {2} limit {3}) q
                """,
                actor.Id.Value, tx.Now - Window, subject, most).ToListAsync(tx.Cancel);
            if (others[0] + 1 >= most)
            {
                await Tell(tx, actor, "customers", $"acts for many customers: {most} within an hour");
            }
        }

        var hour = (await policies.Local(tx.Db, tx.Now, tx.Cancel)).Hour;
        if (hour is >= NightBegins or < NightEnds && await settings.Get(tx.Db, ShopSettings.AlertNight, tx.Cancel) == "true")
        {
            await Tell(tx, actor, "night", "began a session at night");
        }
    }

    /// <summary>Always told: a session without the buyer's consent.</summary>
    public Task Emergency(Tx tx, EmergencyStarted started) =>
        tx.Caller.Staff is { } actor ? Send(tx, actor, $"acts for somebody without consent, in an emergency approved by {started.ApprovedBy}") : Task.CompletedTask;

    public Task Refused(Tx tx) => Count(tx, ShopSettings.AlertRefused, "refused", Guid.CreateVersion7(), most => $"was refused {most} starts within an hour");

    public Task Opened(Tx tx, CustomerOpened opened) => Count(
        tx, ShopSettings.AlertOpened, "customers-opened", opened.Company?.Value ?? opened.Buyer!.Value.Value, most => $"looked at {most} customers within an hour");

    public Task Exported(Tx tx) => Count(tx, ShopSettings.AlertExports, "exports", Guid.CreateVersion7(), most => $"took {most} lists away as files within an hour");

    public async Task SentElsewhere(Tx tx, OrderSentElsewhere sent)
    {
        if (tx.Caller.Staff is not { } actor || (sent.Why == "new-address" && await settings.Get(tx.Db, ShopSettings.AlertNewAddress, tx.Cancel) != "true"))
        {
            return;
        }

        await Tell(tx, actor, $"order {sent.Number}", (sent.Waits, sent.Why.Value) switch
        {
            (true, "operator-name") => Phrase.Of($"submitted {sent.Number}, which waits for approval, to his own name"),
            (true, "staff-address") => Phrase.Of($"submitted {sent.Number}, which waits for approval, to an address of the staff"),
            (true, _) => Phrase.Of($"submitted {sent.Number}, which waits for approval, to a new address"),
            (_, "operator-name") => Phrase.Of($"placed {sent.Number} to his own name"),
            (_, "staff-address") => Phrase.Of($"placed {sent.Number} to an address of the staff"),
            _ => Phrase.Of($"placed {sent.Number} to a new address"),
        });
    }

    private async Task Count(Tx tx, Setting threshold, string what, Guid subject, Func<string, Phrase> words)
    {
        var most = await settings.Number(tx.Db, threshold, tx.Cancel);
        if (most == 0 || tx.Caller.Staff is not { } actor)
        {
            return;
        }

        await tx.Db.Rows<int>(
            "delete from assist_watch where staff_id = {0} and what = {1} and at <= {2} returning 1 as \"Value\"", actor.Id.Value, what, tx.Now - Window)
            .Behind(new SqlLock("select 1 from staff where id = {0} for no key update", actor.Id.Value)).ToListAsync(tx.Cancel);
        await Mark(tx, actor.Id, what, subject);
        var count = await tx.Db.Rows<int>(
            """
            select cast(count(*) as integer) as "Value" from (select 1 from assist_watch where staff_id = {0} and what = {1} and subject <> {2} limit {3}) q
            """,
            actor.Id.Value, what, Guid.Empty, most).ToListAsync(tx.Cancel);
        if (count[0] >= most)
        {
            await Tell(tx, actor, what, words(most.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static Task Mark(Tx tx, StaffId staff, string what, Guid subject) => tx.Db.Rows<int>(
        """
        insert into assist_watch (staff_id, what, subject, at) values ({0}, {1}, {2}, {3})
        on conflict (staff_id, what, subject) do update set at = excluded.at returning 1 as "Value"
        """,
        staff.Value, what, subject, tx.Now).ToListAsync(tx.Cancel);

    private async Task Tell(Tx tx, Actor.Staff actor, string about, Phrase what)
    {
        var told = await tx.Db.Rows<int>(
            "select 1 as \"Value\" from assist_watch where staff_id = {0} and what = {1} and subject = {2} and at > {3}",
            actor.Id.Value, about, Guid.Empty, tx.Now - Window).ToListAsync(tx.Cancel);
        if (told.Count > 0)
        {
            return;
        }

        await Mark(tx, actor.Id, about, Guid.Empty);
        await Send(tx, actor, what);
    }

    private async Task Send(Tx tx, Actor.Staff actor, Phrase what)
    {
        var address = await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel);
        var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        foreach (var reader in (await staff.Supervisors(tx)).Where(reader => reader.Id != actor.Id.Value))
        {
            outbox.Add(tx, new OutgoingMail(
                "session-alert", reader.Email, reader.FullName, Phrase.Of($"{actor.Name} {what}"),
                $"""
                Dear {reader.FullName},

                {actor.Name} {what}. That may be
                quite in order. What runs now, with a button to end it:
                {(address.Length == 0 ? Phrase.Of("Back Office, Sessions") : Phrase.Made($"{address.TrimEnd('/')}/admin/sessions"))}

                {shop}
                """)
            { Staff = new StaffId(reader.Id) });
        }
    }
}
