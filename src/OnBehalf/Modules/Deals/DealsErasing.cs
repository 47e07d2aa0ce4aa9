using OnBehalf.Data;

namespace OnBehalf.Modules.Deals;

/// <summary>How people are forgotten here: what was asked for them goes, and an answer that names them loses its words. What was agreed stays with the order.</summary>
internal static class DealsErasing
{
    public static readonly PersonalRows Buyers = new(
        "buyer", "Prices that staff asked for, for him, and what was answered that names him", null,
        """delete from deal where membership_id in (select id from membership where buyer_id = {person}) returning 1 as "Value" """,
        """update deal set answer = null where answer is not null and (replace(lower(answer), lower({email}), '') <> lower(answer) or replace(answer, {name}, '') <> answer) returning 1 as "Value" """);
}
