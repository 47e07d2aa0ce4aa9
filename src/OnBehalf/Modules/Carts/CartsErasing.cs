using OnBehalf.Data;

namespace OnBehalf.Modules.Carts;

/// <summary>How people are forgotten here.</summary>
internal static class CartsErasing
{
    public static readonly PersonalRows Buyers = new(
        "buyer", "His carts, and the copies of them on which somebody worked", null,
        """delete from cart where membership_id in (select id from membership where buyer_id = {person}) returning 1 as "Value" """);
}
