using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>How people are forgotten here: the row stays, because others point at it, and nothing in it is his any more.</summary>
public static class IdentityErasing
{
    /// <summary>The status of who was erased. Nobody signs in with it, and it is for good.</summary>
    public const string Erased = "erased";

    internal static readonly PersonalRows Buyers = new(
        "buyer",
        "Name, title, e-mail address, telephone, customer number of another system, password, places in companies, and where he was signed in",
        "A row without any of it, because orders and sessions point at it",
        """delete from one_time_code where buyer_id = {person} returning 1 as "Value" """,
        // One row stands for all who are erased: what the log names leads to it, and not to orders with a name on them.
        """
        insert into buyer (id, email, email_normalized, first_name, last_name, status, security_stamp, failed_count, created_at, version)
        select {nobody}, 'nobody@erased.invalid', 'nobody@erased.invalid', 'Erased', 'person', 'erased', 'nobody', 0, (select min(created_at) from buyer), 1 from buyer where id = {person}
        on conflict (id) do nothing returning 1 as "Value"
        """,
        """
        insert into membership (id, buyer_id, company_id, role, status, sort_name, created_at)
        select {nobodys-place}, {nobody}, null, 'consumer', 'inactive', 'erased person', (select min(created_at) from buyer) from buyer where id = {person}
        on conflict (id) do nothing returning 1 as "Value"
        """,
        """
        update sign_in set device = null, provider_session = null, buyer_id = {nobody}, membership_id = case when membership_id is null then null else {nobodys-place} end
        where buyer_id = {person} returning 1 as "Value"
        """,
        """update membership set status = 'inactive', sort_name = lower({stand-in}), session_id = null, audit_event_id = null where buyer_id = {person} returning 1 as "Value" """,
        """
        update buyer set email = {stand-in-email}, email_normalized = {stand-in-email}, title = null, first_name = 'Erased', last_name = 'person', phone = null, external_id = null,
            status = 'erased', password_hash = null, security_stamp = {stand-in-email}, failed_count = 0, lockout_end = null, invited_at = null, session_id = null, audit_event_id = null, version = version + 1
        where id = {person} returning 1 as "Value"
        """);

    internal static readonly PersonalRows Staff = new(
        "staff",
        "Name, e-mail address, password, second steps, and where he was signed in",
        "A row without any of it, because orders and sessions point at it",
        """delete from one_time_code where staff_id = {person} returning 1 as "Value" """,
        """delete from authenticator where staff_id = {person} returning 1 as "Value" """,
        """delete from recovery_code where staff_id = {person} returning 1 as "Value" """,
        """delete from passkey where staff_id = {person} returning 1 as "Value" """,
        """delete from provider_link where staff_id = {person} returning 1 as "Value" """,
        """delete from sign_in_step where staff_id = {person} returning 1 as "Value" """,
        """update sign_in set device = null, provider_session = null where staff_id = {person} returning 1 as "Value" """,
        """
        update staff set email = {stand-in-email}, email_normalized = {stand-in-email}, first_name = 'Erased', last_name = 'person', status = 'erased', password_hash = null,
            security_stamp = {stand-in-email}, failed_count = 0, lockout_end = null, invited_at = null, version = version + 1
        where id = {person} returning 1 as "Value"
        """);

    /// <summary>Ends all that he has open and closes the account; what is said of it still names him. False: there is no such buyer, or he is erased.</summary>
    public static async Task<bool> Close(Tx tx, BuyerId buyer)
    {
        if (await tx.Db.Set<BuyerRow>().SingleOrDefaultAsync(row => row.Id == buyer && row.Status != Erased, tx.Cancel) is not { } person)
        {
            return false;
        }

        await OneTimeCodes.Cancel(tx, person);
        await SignInEnds.EndAll(tx, person, "account-closed");
        if (person.Status != "inactive")
        {
            (person.Status, person.Version) = ("inactive", person.Version + 1);
            tx.Add(new AccountClosed(person.Id));
        }

        return true;
    }

    /// <summary>The same for a staff member.</summary>
    public static async Task<bool> Close(Tx tx, StaffId staff)
    {
        if (await tx.Db.Set<StaffRow>().SingleOrDefaultAsync(row => row.Id == staff && row.Status != Erased, tx.Cancel) is not { } person)
        {
            return false;
        }

        await OneTimeCodes.Cancel(tx, person);
        await SignInEnds.EndAll(tx, person, "account-closed");
        if (person.Status != "inactive")
        {
            person.Status = "inactive";
            tx.Add(new StaffClosed(person.Id));
        }

        return true;
    }
}
