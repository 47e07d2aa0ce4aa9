using System.Text;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Orders;
using OnBehalf.Pricing;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Orders;

/// <summary>Who reads of an order: its buyer, somebody for the company, or who submitted it.</summary>
internal sealed record OrderReader(string Email, string Name, BuyerId? Buyer)
{
    public StaffId? Staff { get; init; }
}

/// <summary>
/// Mails about an order, as plain text: that it has been placed, to the buyer, or to the contacts of a company as a whole, whoever placed it; that it waits
/// for approval, or was declined.
/// </summary>
internal static class OrderMail
{
    /// <param name="approvedBy">Who approved it, when it had to wait.</param>
    public static OutgoingMail Placed(OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, OrderReader reader, string shop, string? approvedBy = null)
    {
        var text = Head(reader);
        text.Append(order.OperatorName is null
            ? $"thank you for your order {order.Number}"
            : $"{Operator(order, shop)} has placed an order for {Whom(order)}: {order.Number}");
        text.Append(OfCompany(order)).Append("\n\n");
        Content(text, order, lines, totals);
        text.Append("\nThis order was ").Append(OrderWords.PlacedBy(order.OperatorName, order.BuyerName, order.CompanyName));
        text.Append(approvedBy is null ? "" : $"\nand approved by {approvedBy}");
        text.Append(".\nIf something is wrong with it, please call us.\n\n").Append(shop).Append('\n');
        return Mail("order-placed", order, reader, $"Your order {order.Number}", text);
    }

    /// <summary>To the buyer: nothing is ordered yet.</summary>
    /// <param name="address">Of the shop; empty: no link.</param>
    public static OutgoingMail Waits(
        OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, OrderReader reader, string why, string shop, string address)
    {
        var text = Head(reader).Append(order.OperatorName is null ? $"thank you: you have submitted order {order.Number}" : $"{Operator(order, shop)} has submitted an order for {Whom(order)}: {order.Number}").Append(OfCompany(order))
            .Append("\n\nIt waits for approval by ").Append(order.OperatorName is null ? "somebody" : "an administrator").Append(" of ").Append(order.CompanyName).Append(". Nothing is ordered yet.\n").Append(why).Append("\n\n");
        Content(text, order, lines, totals);
        Way(text, "You see it, and what becomes of it, among your orders", address, $"/account/orders/{order.Number}", shop);
        return Mail("order-waits", order, reader, $"Order {order.Number} waits for approval", text);
    }

    /// <summary>To an administrator who may decide. The link only leads there: he signs in, and his rights are asked then.</summary>
    public static OutgoingMail AsksApproval(
        OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, OrderReader reader, string why, string shop, string address)
    {
        var whom = order.BuyerId is { } buyer && buyer == reader.Buyer ? "you" : order.BuyerName ?? order.CompanyName;
        var text = Head(reader).Append(order.OperatorName is null ? $"{order.BuyerName} has submitted order {order.Number}" : $"{Operator(order, shop)} has submitted an order for {whom}: {order.Number}").Append(OfCompany(order))
            .Append("\n\nIt waits for approval by you or another administrator. Nothing is ordered yet.\n").Append(why).Append("\n\n");
        Content(text, order, lines, totals);
        Way(text, "Approve or decline it in the shop, signed in as yourself, under\n\"People of the company\", \"Approvals\"", address, OrderApprovals.Path, shop);
        return Mail("order-approval-asked", order, reader, $"Order {order.Number} waits for your approval", text);
    }

    /// <param name="decider">Null: nobody decided in time.</param>
    public static OutgoingMail Declined(OrderRow order, OrderReader reader, string? decider, string reason, string shop)
    {
        var text = Head(reader).Append(decider is null ? $"nobody of {order.CompanyName} has approved order {order.Number},\n" : $"{decider} of {order.CompanyName} has declined order {order.Number},\n")
            .Append(OrderWords.By(order.Status, order.OperatorName, order.BuyerName, order.CompanyName)).Append(": ").Append(Plain(new Money(order.TotalMinor, order.Currency)))
            .Append(".\n\nWhy: ").Append(reason).Append("\n\nNothing was ordered.\n\n").Append(shop).Append('\n');
        return Mail("order-declined", order, reader, $"Order {order.Number} was declined", text);
    }

    /// <summary>Something of an order was shipped, cancelled or taken back.</summary>
    public static OutgoingMail Stepped(OrderRow order, OrderView view, StepWish wish, OrderStepRow step, IReadOnlyList<OrderPart> parts, OrderReader reader, string shop, string address)
    {
        var (what, subject) = wish.Step switch
        {
            OrderStep.Shipped => ("is on its way", "is on its way"),
            OrderStep.Cancelled => ("will not come", "was cancelled"),
            OrderStep.ReturnDeclined => ("is not taken back", "is not taken back"),
            _ => ("came back to us", "came back"),
        };
        var isAll = parts.Count == view.Lines.Count && parts.All(part => part.Quantity == view.Lines[part.Position - 1].Quantity);
        var text = Head(reader).Append(isAll ? $"your order {order.Number} {what}:\n\n" : $"a part of your order {order.Number} {what}:\n\n");
        foreach (var part in parts)
        {
            text.Append(part.Quantity).Append(" x ").Append(view.Lines[part.Position - 1].Name).Append(" (").Append(view.Lines[part.Position - 1].Sku).Append(")\n");
        }

        text.Append(step.ReasonCode is null ? "" : $"\nWhy: {OrderStepReasons.Word(wish.Step, step.ReasonCode)}\n").Append(step.Note is null ? "" : $"\n{step.Note}\n");
        text.Append(step.TotalMinor is { } credit ? $"\nCredit note {step.Document}: {Plain(new Money(credit, order.Currency))}\n" : "");
        Way(text, "Where your order stands is among your orders", address, $"/account/orders/{order.Number}", shop);
        return Mail($"order-{step.Kind}", order, reader, $"{(isAll ? "Order" : "A part of order")} {order.Number} {subject}", text);
    }

    private static OutgoingMail Mail(string kind, OrderRow order, OrderReader reader, string subject, StringBuilder text) =>
        new(kind, reader.Email, reader.Name, subject, text.ToString()) { Buyer = reader.Buyer, Staff = reader.Staff, Order = order.Id };

    private static StringBuilder Head(OrderReader reader) => new StringBuilder("Dear ").Append(reader.Name).Append(",\n\n");

    // A colleague is nobody of the shop.
    private static string Operator(OrderRow order, string shop) => order.OperatorStaffId is null ? order.OperatorName! : $"{order.OperatorName} of {shop}";

    private static string? Whom(OrderRow order) => order.BuyerName is null ? order.CompanyName : "you";

    private static string OfCompany(OrderRow order) => order.CompanyName is null || order.BuyerName is null ? "." : $", {order.CompanyName}.";

    private static void Way(StringBuilder text, string sentence, string address, string path, string shop) =>
        text.Append('\n').Append(sentence).Append(address.Length == 0 ? "." : $":\n{address}{path}").Append("\n\n").Append(shop).Append('\n');

    private static void Content(StringBuilder text, OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals)
    {
        var gross = GrossOf(order, lines, totals);
        for (var i = 0; i < lines.Count; i++)
        {
            Line(text, lines[i], order, gross?.Lines[i]);
        }

        text.Append('\n');
        Sum(text, "Articles", gross?.Articles ?? totals.Lines);
        if (order.CouponCodes is { } coupons)
        {
            Sum(text, $"Discount ({coupons})", -(gross?.Discount ?? totals.Discount));
        }

        if (order.ShippingName is not null)
        {
            Sum(text, $"Shipping: {order.ShippingName}", gross?.Shipping ?? totals.Shipping);
        }

        foreach (var tax in totals.TaxSums)
        {
            Sum(text, $"{(gross is null ? "Tax" : "Contains tax")} {tax.Rate} on {Plain(tax.Net)}", tax.Tax);
        }

        Sum(text, "Total", totals.Total);
        if (order.TaxNote is { } note)
        {
            text.Append(note).Append('\n');
        }

        text.Append("\nPayment: ").Append(OrderWords.Payment(order.PaymentMethod, order.PurchaseOrderNumber)).Append('\n');
        text.Append(order.CostCentre is null ? "" : $"Cost centre: {order.CostCentre}\n");
        text.Append(DeliveryDay.Stored(order.WantedOn) is { } wanted ? $"Requested delivery: {DeliveryDay.Words(wanted)}\n" : "");
        text.Append(order.TermsVersion is { } terms ? $"Terms: {OrderWords.Accepted(terms, order.OperatorName, order.BuyerName, order.CompanyName)}\n" : "");
        text.Append("\nBilling address:\n").Append(order.BillingAddress).Append(order.ShippingAddress is null ? "" : "\n\nShipping address:\n").Append(order.ShippingAddress).Append('\n');
        if (order.Comment is not null)
        {
            text.Append("\nYour comment:\n").Append(order.Comment).Append('\n');
        }
    }

    private static GrossAmounts? GrossOf(OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals) => !order.ShowsGross ? null : GrossAmounts.Of(
        totals, [.. lines.Select(line => new TaxedAmount(new Money(line.TotalMinor, order.Currency), new Percentage(line.TaxRateMillionths ?? 0)))],
        new TaxedAmount(totals.Shipping, new Percentage(order.ShippingRateMillionths ?? 0)), [.. lines.Select(line => new Money(line.DiscountMinor, order.Currency))]);

    private static void Line(StringBuilder text, OrderLineRow line, OrderRow order, Money? gross)
    {
        var price = new UnitPrice(new Money(line.PriceMinor, order.Currency), line.PricePer);
        price = order.ShowsGross ? price.With(new Percentage(line.TaxRateMillionths ?? 0)) : price;
        text.Append(new Quantity(line.QuantityThousandths)).Append(" x ").Append(line.Name).Append(" (").Append(line.Sku).Append(")\n    ")
            .Append(Plain(price.Amount)).Append(price.PerUnits == 1 ? "" : $" per {price.PerUnits}").Append(", ").Append(line.PriceSource)
            .Append(": ").Append(Plain(gross ?? new Money(line.TotalMinor, order.Currency))).Append('\n')
            .Append(line.Comment is null ? "" : $"    \"{line.Comment}\"\n");
    }

    private static void Sum(StringBuilder text, string what, Money amount) => text.Append(what).Append(": ").Append(Plain(amount)).Append('\n');

    // A mail is read in programs that show a no-break space as a question mark.
    private static string Plain(Money amount) => Html.Amount(amount).Replace('\u00A0', ' ');
}
