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
    public static OutgoingMail Placed(OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, OrderReader reader, string shop, string? approvedBy = null) =>
        Mail("order-placed", order, reader, $"Your order {order.Number}", () =>
        {
            var text = Head(reader);
            text.Append(order.OperatorName is null
                ? Say($"thank you for your order {order.Number}{OfCompany(order)}")
                : Say($"{Operator(order, shop)} has placed an order for {Whom(order)}: {order.Number}{OfCompany(order)}")).Append("\n\n");
            Content(text, order, lines, totals);
            text.Append('\n').Append(Say($"This order was {OrderWords.PlacedBy(order.OperatorName, order.BuyerName, order.CompanyName)}"));
            text.Append(approvedBy is null ? "" : Say($"\nand approved by {approvedBy}"));
            return text.Append(Say(".\nIf something is wrong with it, please call us.")).Append("\n\n").Append(shop).Append('\n');
        });

    /// <summary>To the staff member who placed or represents it.</summary>
    /// <param name="representative">Whose order it is, by name; null: nobody's.</param>
    /// <param name="commission">What the order earns the reader; null: nothing, or it is not told by mail.</param>
    public static OutgoingMail StaffCopy(OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, OrderReader reader, string? representative, Money? commission, string shop) =>
        Mail("order-staff-copy", order, reader, $"Order {order.Number} of {order.CompanyName ?? order.BuyerName}", () =>
        {
            var text = Head(reader).Append(Say($"order {order.Number} was {OrderWords.PlacedBy(order.OperatorName, order.BuyerName, order.CompanyName)}.")).Append('\n')
                .Append(Say($"Customer: {Customer(order)}")).Append('\n').Append(representative is null ? "" : Say($"Representative: {representative}") + "\n")
                .Append(commission is { } earned ? Say($"Your commission: {Plain(earned)}") + "\n" : "").Append('\n');
            Content(text, order, lines, totals);
            return text.Append('\n').Append(shop).Append('\n');
        });

    /// <summary>To the buyer: nothing is ordered yet.</summary>
    /// <param name="why">Composed when the mail is, in the language of its reader.</param>
    /// <param name="address">Of the shop; empty: no link.</param>
    public static OutgoingMail Waits(
        OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, OrderReader reader, Func<string> why, string shop, string address) =>
        Mail("order-waits", order, reader, $"Order {order.Number} waits for approval", () =>
        {
            var text = Head(reader)
                .Append(order.OperatorName is null
                    ? Say($"thank you: you have submitted order {order.Number}{OfCompany(order)}")
                    : Say($"{Operator(order, shop)} has submitted an order for {Whom(order)}: {order.Number}{OfCompany(order)}"))
                .Append("\n\n")
                .Append(order.OperatorName is null
                    ? Say($"It waits for approval by somebody of {order.CompanyName}. Nothing is ordered yet.")
                    : Say($"It waits for approval by an administrator of {order.CompanyName}. Nothing is ordered yet."))
                .Append('\n').Append(why()).Append("\n\n");
            Content(text, order, lines, totals);
            return Way(text, Say("You see it, and what becomes of it, among your orders"), address, $"/account/orders/{order.Number}", shop);
        });

    /// <summary>To an administrator who may decide. The link only leads there: he signs in, and his rights are asked then.</summary>
    public static OutgoingMail AsksApproval(
        OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, OrderReader reader, Func<string> why, string shop, string address) =>
        Mail("order-approval-asked", order, reader, $"Order {order.Number} waits for your approval", () =>
        {
            var whom = order.BuyerId is { } buyer && buyer == reader.Buyer ? Say("you") : order.BuyerName ?? order.CompanyName;
            var text = Head(reader)
                .Append(order.OperatorName is null
                    ? Say($"{order.BuyerName} has submitted order {order.Number}{OfCompany(order)}")
                    : Say($"{Operator(order, shop)} has submitted an order for {whom}: {order.Number}{OfCompany(order)}"))
                .Append("\n\n").Append(Say("It waits for approval by you or another administrator. Nothing is ordered yet.")).Append('\n').Append(why()).Append("\n\n");
            Content(text, order, lines, totals);
            return Way(text, Say("Approve or decline it in the shop, signed in as yourself, under\n\"People of the company\", \"Approvals\""), address, OrderApprovals.Path, shop);
        });

    /// <param name="decider">Null: nobody decided in time.</param>
    public static OutgoingMail Declined(OrderRow order, OrderReader reader, string? decider, string reason, string shop) =>
        Mail("order-declined", order, reader, $"Order {order.Number} was declined", () => Head(reader)
            .Append(decider is null ? Say($"nobody of {order.CompanyName} has approved order {order.Number},") : Say($"{decider} of {order.CompanyName} has declined order {order.Number},"))
            .Append('\n').Append(OrderWords.By(order.Status, order.OperatorName, order.BuyerName, order.CompanyName)).Append(": ").Append(Plain(new Money(order.TotalMinor, order.Currency)))
            .Append(".\n\n").Append(Say($"Why: {reason}")).Append("\n\n").Append(Say("Nothing was ordered.")).Append("\n\n").Append(shop).Append('\n'));

    /// <summary>Something of an order was shipped, cancelled or taken back.</summary>
    public static OutgoingMail Stepped(OrderRow order, OrderView view, StepWish wish, OrderStepRow step, IReadOnlyList<OrderPart> parts, OrderReader reader, string shop, string address)
    {
        var isAll = parts.Count == view.Lines.Count && parts.All(part => part.Quantity == view.Lines[part.Position - 1].Quantity);
        var (subject, what) = (wish.Step, isAll) switch
        {
            (OrderStep.Shipped, true) => (Phrase.Of($"Order {order.Number} is on its way"), Phrase.Of($"your order {order.Number} is on its way:")),
            (OrderStep.Shipped, _) => (Phrase.Of($"A part of order {order.Number} is on its way"), Phrase.Of($"a part of your order {order.Number} is on its way:")),
            (OrderStep.Cancelled, true) => (Phrase.Of($"Order {order.Number} was cancelled"), Phrase.Of($"your order {order.Number} will not come:")),
            (OrderStep.Cancelled, _) => (Phrase.Of($"A part of order {order.Number} was cancelled"), Phrase.Of($"a part of your order {order.Number} will not come:")),
            (OrderStep.ReturnDeclined, true) => (Phrase.Of($"Order {order.Number} is not taken back"), Phrase.Of($"your order {order.Number} is not taken back:")),
            (OrderStep.ReturnDeclined, _) => (Phrase.Of($"A part of order {order.Number} is not taken back"), Phrase.Of($"a part of your order {order.Number} is not taken back:")),
            (_, true) => (Phrase.Of($"Order {order.Number} came back"), Phrase.Of($"your order {order.Number} came back to us:")),
            _ => (Phrase.Of($"A part of order {order.Number} came back"), Phrase.Of($"a part of your order {order.Number} came back to us:")),
        };
        return Mail($"order-{step.Kind}", order, reader, subject, () =>
        {
            var text = Head(reader).Append(what).Append("\n\n");
            foreach (var part in parts)
            {
                text.Append(part.Quantity).Append(" x ").Append(view.Lines[part.Position - 1].Name).Append(" (").Append(view.Lines[part.Position - 1].Sku).Append(")\n");
            }

            text.Append(step.ReasonCode is null ? "" : $"\n{Say($"Why: {OrderStepReasons.Word(wish.Step, step.ReasonCode)}")}\n").Append(step.Note is null ? "" : $"\n{step.Note}\n");
            text.Append(step.TotalMinor is { } credit ? $"\n{Say($"Credit note {step.Document}: {Plain(new Money(credit, order.Currency))}")}\n" : "");
            return Way(text, Say("Where your order stands is among your orders"), address, $"/account/orders/{order.Number}", shop);
        });
    }

    private static OutgoingMail Mail(string kind, OrderRow order, OrderReader reader, Phrase subject, Func<StringBuilder> text) =>
        new(kind, reader.Email, reader.Name, subject, Phrase.Later(() => text().ToString())) { Buyer = reader.Buyer, Staff = reader.Staff, Order = order.Id };

    private static StringBuilder Head(OrderReader reader) => new StringBuilder(Say($"Dear {reader.Name},")).Append("\n\n");

    // A colleague is nobody of the shop.
    private static string Operator(OrderRow order, string shop) => order.OperatorStaffId is null ? order.OperatorName! : Say($"{order.OperatorName} of {shop}");

    private static string? Customer(OrderRow order) => order.CompanyName is null ? order.BuyerName : $"{order.CompanyName} ({order.CompanyNumber})";

    private static string? Whom(OrderRow order) => order.BuyerName is null ? order.CompanyName : Say("you");

    private static string OfCompany(OrderRow order) => order.CompanyName is null || order.BuyerName is null ? "." : $", {order.CompanyName}.";

    private static StringBuilder Way(StringBuilder text, string sentence, string address, string path, string shop) =>
        text.Append('\n').Append(sentence).Append(address.Length == 0 ? "." : $":\n{address}{path}").Append("\n\n").Append(shop).Append('\n');

    private static void Content(StringBuilder text, OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals)
    {
        var gross = GrossOf(order, lines, totals);
        for (var i = 0; i < lines.Count; i++)
        {
            Line(text, lines[i], order, gross?.Lines[i]);
        }

        text.Append('\n');
        Sum(text, Say("Articles"), gross?.Articles ?? totals.Lines);
        if (OrderWords.Discount(order.CouponCodes, order.AgreedDiscountMinor, order.AgreedDiscountReason) is { } discount)
        {
            Sum(text, Say($"Discount ({discount})"), -(gross?.Discount ?? totals.Discount));
        }

        if (order.ShippingName is not null)
        {
            Sum(text, Say($"Shipping: {order.ShippingName}"), gross?.Shipping ?? totals.Shipping);
        }

        foreach (var tax in totals.TaxSums)
        {
            Sum(text, gross is null ? Say($"Tax {tax.Rate} on {Plain(tax.Net)}") : Say($"Contains tax {tax.Rate} on {Plain(tax.Net)}"), tax.Tax);
        }

        Sum(text, Say("Total"), totals.Total);
        if (order.TaxNote is { } note)
        {
            text.Append(note).Append('\n');
        }

        text.Append('\n').Append(Say($"Payment: {OrderWords.Payment(order.PaymentMethod, order.PurchaseOrderNumber)}")).Append('\n');
        text.Append(order.CostCentre is null ? "" : Say($"Cost centre: {order.CostCentre}") + "\n");
        text.Append(DeliveryDay.Stored(order.WantedOn) is { } wanted ? Say($"Requested delivery: {DeliveryDay.Words(wanted)}") + "\n" : "");
        text.Append(order.TermsVersion is { } terms ? Say($"Terms: {OrderWords.Accepted(terms, order.OperatorName, order.BuyerName, order.CompanyName)}") + "\n" : "");
        text.Append('\n').Append(Say("Billing address:")).Append('\n').Append(order.BillingAddress).Append(order.ShippingAddress is null ? "" : $"\n\n{Say("Shipping address:")}\n").Append(order.ShippingAddress).Append('\n');
        if (order.Comment is not null)
        {
            text.Append('\n').Append(Say("Your comment:")).Append('\n').Append(order.Comment).Append('\n');
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
            .Append(Plain(price.Amount)).Append(price.PerUnits == 1 ? "" : Say($" per {price.PerUnits}")).Append(", ").Append(line.RegularPriceMinor is null ? line.PriceSource : Agreed(line, order))
            .Append(": ").Append(Plain(gross ?? new Money(line.TotalMinor, order.Currency))).Append('\n')
            .Append(line.Comment is null ? "" : $"    \"{line.Comment}\"\n");
    }

    // What it would have cost says who reads it; nobody is told of a higher price than he had to pay in silence.
    private static string Agreed(OrderLineRow line, OrderRow order)
    {
        var regular = new UnitPrice(new Money(line.RegularPriceMinor!.Value, order.Currency), line.RegularPricePer ?? 1);
        regular = order.ShowsGross ? regular.With(new Percentage(line.TaxRateMillionths ?? 0)) : regular;
        return Say($"{(line.AgreedReason is { } reason ? Say($"Agreed: {PriceReasons.Inside(reason)}") : Say("Agreed price"))}, instead of {Plain(regular.Amount)}");
    }

    private static void Sum(StringBuilder text, string what, Money amount) => text.Append(what).Append(": ").Append(Plain(amount)).Append('\n');

    // A mail is read in programs that show a no-break space as a question mark.
    private static string Plain(Money amount) => Html.Amount(amount).Replace('\u00A0', ' ');
}
