using OnBehalf.Data;

namespace OnBehalf.Modules.Carts;

/// <summary>How people are forgotten here.</summary>
internal static class CartsErasing
{
    public static readonly PersonalRows Buyers = new(
        "buyer", "His carts, and the copies of them on which somebody worked", null,

        // A cart that he got from somebody who left may have copies that were made for that one.
        """
        delete from cart where membership_id in (select id from membership where buyer_id = {person})
            or base_cart_id in (select c.id from cart c where c.membership_id in (select id from membership where buyer_id = {person})) returning 1 as "Value"
        """);
}
