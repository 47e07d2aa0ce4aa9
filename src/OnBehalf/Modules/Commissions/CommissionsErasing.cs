using OnBehalf.Data;

namespace OnBehalf.Modules.Commissions;

/// <summary>How people are forgotten here: what staff wrote about their orders loses its words. The ledger has no names.</summary>
internal static class CommissionsErasing
{
    public static readonly PersonalRows Buyers = new(
        "buyer", "What staff wrote about the commissions of his orders, and where else they name him", null,
        """update commission_dispute set text = null, answer = null where (text is not null or answer is not null) and order_id in (select id from orders where buyer_id = {person}) returning 1 as "Value" """,
        """update commission_dispute set text = null where text is not null and (replace(lower(text), lower({email}), '') <> lower(text) or replace(text, {name}, '') <> text) returning 1 as "Value" """,
        """update commission_dispute set answer = null where answer is not null and (replace(lower(answer), lower({email}), '') <> lower(answer) or replace(answer, {name}, '') <> answer) returning 1 as "Value" """);
}
