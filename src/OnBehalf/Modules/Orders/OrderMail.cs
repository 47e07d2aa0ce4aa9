using System.Text;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Orders;
using OnBehalf.Pricing;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Orders;

/// <summary>Who reads of an order: its buyer, or somebody for the company.</summary>
internal sealed record OrderReader(string Email, string Name, BuyerId? Buyer);

/// <summary>The mail that says an order has been placed: plain text, to the buyer, or to the contacts of a company as a whole, whoever placed it.</summary>
internal static class OrderMail
{
    public static OutgoingMail Placed(OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, OrderReader reader, string shop)
    {
        var text = new StringBuilder();
        text.Append("Dear ").Append(reader.Name).Append(",\n\n");
        text.Append(order.OperatorName is null
            ? $"thank you for your order {order.Number}"
            : $"{order.OperatorName} of {shop} has placed an order for {(order.BuyerName is null ? order.CompanyName : "you")}: {order.Number}");
        text.Append(order.CompanyName is null || order.BuyerName is null ? ".\n\n" : $", {order.CompanyName}.\n\n");
        foreach (var line in lines)
        {
            Line(text, line, order.Currency);
        }

        text.Append('\n');
        Sum(text, "Articles", totals.Lines);
        Sum(text, $"Shipping: {order.ShippingName}", totals.Shipping);
        foreach (var tax in totals.TaxSums)
        {
            Sum(text, $"Tax {tax.Rate} on {Plain(tax.Net)}", tax.Tax);
        }

        Sum(text, "Total", totals.Total);
        text.Append("\nPayment: ").Append(OrderWords.Payment(order.PaymentMethod, order.PurchaseOrderNumber)).Append('\n');
        text.Append("\nBilling address:\n").Append(order.BillingAddress).Append("\n\nShipping address:\n").Append(order.ShippingAddress).Append('\n');
        if (order.Comment is not null)
        {
            text.Append("\nYour comment:\n").Append(order.Comment).Append('\n');
        }

        text.Append("\nThis order was ").Append(OrderWords.PlacedBy(order.OperatorName, order.BuyerName, order.CompanyName))
            .Append(".\nIf something is wrong with it, please call us.\n\n").Append(shop).Append('\n');
        return new OutgoingMail("order-placed", reader.Email, reader.Name, $"Your order {order.Number}", text.ToString())
        {
            Buyer = reader.Buyer,
            Order = order.Id,
        };
    }

    private static void Line(StringBuilder text, OrderLineRow line, Currency currency)
    {
        var price = new UnitPrice(new Money(line.PriceMinor, currency), line.PricePer);
        text.Append(new Quantity(line.QuantityThousandths)).Append(" x ").Append(line.Name).Append(" (").Append(line.Sku).Append(")\n    ")
            .Append(Plain(price.Amount)).Append(price.PerUnits == 1 ? "" : $" per {price.PerUnits}").Append(", ").Append(line.PriceSource)
            .Append(": ").Append(Plain(new Money(line.TotalMinor, currency))).Append('\n');
    }

    private static void Sum(StringBuilder text, string what, Money amount) => text.Append(what).Append(": ").Append(Plain(amount)).Append('\n');

    // A mail is read in programs that show a no-break space as a question mark.
    private static string Plain(Money amount) => Html.Amount(amount).Replace('\u00A0', ' ');
}
