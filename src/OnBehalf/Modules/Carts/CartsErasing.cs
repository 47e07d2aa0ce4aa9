using OnBehalf.Data;

namespace OnBehalf.Modules.Carts;

/// <summary>How people are forgotten here.</summary>
internal static class CartsErasing
{
    public static readonly PersonalRows Buyers = new(
        "buyer", "His carts, the copies of them on which somebody worked, and what was proposed for them", null,

        // Also what was proposed to him for a cart that has gone to his successor.
        """delete from cart_proposal where membership_id in (select id from membership where buyer_id = {person}) returning 1 as "Value" """,
        """update cart_proposal set words = null, made_by_buyer_id = null where made_by_buyer_id = {person} returning 1 as "Value" """,
        """
        update cart_proposal set words = null, answer = null where (words is not null or answer is not null)
            and (replace(lower(coalesce(words, '') || ' ' || coalesce(answer, '')), lower({email}), '') <> lower(coalesce(words, '') || ' ' || coalesce(answer, ''))
                or replace(coalesce(words, '') || ' ' || coalesce(answer, ''), {name}, '') <> coalesce(words, '') || ' ' || coalesce(answer, '')) returning 1 as "Value"
        """,

        // A cart that he got from somebody who left may have copies that were made for that one.
        """
        delete from cart where membership_id in (select id from membership where buyer_id = {person})
            or base_cart_id in (select c.id from cart c where c.membership_id in (select id from membership where buyer_id = {person})) returning 1 as "Value"
        """);
}
