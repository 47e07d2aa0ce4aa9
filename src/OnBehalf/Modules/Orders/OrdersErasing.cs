using OnBehalf.Data;

namespace OnBehalf.Modules.Orders;

/// <summary>How people are forgotten here: an order is a document of trade, which the law wants kept.</summary>
internal static class OrdersErasing
{
    public static readonly PersonalRows Buyers = new(
        "buyer",
        "E-mail address, comments and reasons in his orders, and his name where he ordered or decided for others",
        "His orders with name, addresses, articles and amounts: tax and trade law want them kept",
        """update orders set buyer_email = null, comment = null, reason_text = null where buyer_id = {person} returning 1 as "Value" """,
        """update order_line set comment = null where comment is not null and order_id in (select id from orders where buyer_id = {person}) returning 1 as "Value" """,
        """update order_step set note = null where note is not null and order_id in (select id from orders where buyer_id = {person}) returning 1 as "Value" """,
        """update order_step set note = null, buyer_id = null where buyer_id = {person} returning 1 as "Value" """,
        """update orders set operator_name = {stand-in}, operator_buyer_id = {nobody} where operator_buyer_id = {person} returning 1 as "Value" """,
        """update order_approval set reason = null where reason is not null and order_id in (select id from orders where buyer_id = {person}) returning 1 as "Value" """,
        """update order_agreement set agreed_by = {stand-in}, agreed_by_id = {nobody} where agreed_by_id = {person} returning 1 as "Value" """,
        """update order_approval set decided_by = {stand-in}, decided_by_id = {nobody}, reason = null where decided_by_id = {person} returning 1 as "Value" """);

    public static readonly PersonalRows Staff = new(
        "staff", "His name in orders that he placed for others", "The orders themselves, with who they are for",
        """update orders set comment = replace(comment, operator_name, {stand-in}) where operator_staff_id = {person} and comment is not null returning 1 as "Value" """,
        """update orders set operator_name = {stand-in} where operator_staff_id = {person} returning 1 as "Value" """);
}
