using OnBehalf.Data;

namespace OnBehalf.Modules.Companies;

/// <summary>How people are forgotten here.</summary>
internal static class CompaniesErasing
{
    private const string Places = "(select id from membership where buyer_id = {person})";

    public static readonly PersonalRows Buyers = new(
        "buyer",
        "His own addresses, the words by which staff find him, and his address where it is the order contact of a company",
        "Addresses of his company: they are not his",
        $"""
        delete from search_term where kind = 'customer' and term in (select word from customer_word where membership_id in {Places})
            and not exists (select 1 from customer_word w where w.word = search_term.term and (w.membership_id is null or w.membership_id not in {Places}))
        returning 1 as "Value"
        """,
        $"""delete from customer_word where membership_id in {Places} returning 1 as "Value" """,
        // It is nobody's last hand any more either: triggers would ask for an event of that session.
        """update company set order_email = null, session_id = null, audit_event_id = null where lower(order_email) = lower({email}) returning 1 as "Value" """,
        """
        update company_change set before = case when lower(before) = lower({email}) then {stand-in} else before end, after = case when lower(after) = lower({email}) then {stand-in} else after end
        where lower(before) = lower({email}) or lower(after) = lower({email}) returning 1 as "Value"
        """,
        // Staff are asked to name nobody there; who did is not to keep him by it.
        """
        update company_change set reason = null
        where replace(lower(reason), lower({email}), '') <> lower(reason) or replace(reason, {name}, '') <> reason returning 1 as "Value"
        """,
        $"""delete from address_choice where membership_id in {Places} returning 1 as "Value" """,
        """delete from address where buyer_id = {person} returning 1 as "Value" """);
}
