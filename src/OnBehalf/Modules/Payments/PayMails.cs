using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Orders;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Payments;

/// <summary>Who reads of a payment.</summary>
internal sealed record PayReader(string Email, string Name)
{
    public BuyerId? Buyer { get; init; }

    public StaffId? Staff { get; init; }
}

/// <summary>Mails about payments, as plain text.</summary>
internal static class PayMails
{
    /// <param name="operatorName">Who hands it over.</param>
    public static OutgoingMail Link(OrderView order, PayReader reader, string operatorName, DateTimeOffset until, string shop, string link) => Mail(
        "pay-link", order, reader, Phrase.Of($"Pay order {order.Head.Number}"), shop,
        () =>
        [
            Say($"{operatorName} has sent you order {order.Head.Number} to pay: {Plain(order.Due)}."), "",
            Say($"Open this link, until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC. You pay at our payment provider; nobody of us sees your card."), "", Outbox.SecretPlace, "",
            Say("If you did not expect this, do nothing and call us. An order that is changed makes the link worthless."),
        ]) with
    { Secret = link };

    /// <summary>To who handed it over, or placed the order.</summary>
    public static OutgoingMail Told(OrderView order, PayReader reader, Money amount, bool isPaid, string shop) => Mail(
        "payment-told", order, reader, isPaid ? Phrase.Of($"Order {order.Head.Number} is paid") : Phrase.Of($"Order {order.Head.Number}: the payment came to nothing"), shop,
        () =>
        [
            Say($"Customer: {order.Head.CompanyName ?? order.Head.BuyerName}"),
            isPaid ? Say($"{Plain(amount)} were paid online for order {order.Head.Number}.") : Say($"{Plain(amount)} were to be paid online for order {order.Head.Number}, and nothing came of it. The customer can try again."),
        ]);

    private static OutgoingMail Mail(string kind, OrderView order, PayReader reader, Phrase subject, string shop, Func<IEnumerable<string>> lines) =>
        new(kind, reader.Email, reader.Name, subject, Phrase.Later(() => string.Join('\n', [Say($"Dear {reader.Name},"), "", .. lines(), "", shop, ""])))
        {
            Buyer = reader.Buyer, Staff = reader.Staff, Order = new OrderId(order.Head.Id),
        };

    // A mail is read in programs that show a no-break space as a question mark.
    private static string Plain(Money amount) => Html.Amount(amount).Replace('\u00A0', ' ');
}
