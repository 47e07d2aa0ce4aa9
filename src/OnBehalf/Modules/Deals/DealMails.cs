using OnBehalf.Deals;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Deals;

/// <summary>What who decides and who asked read by mail.</summary>
internal static class DealMails
{
    public static OutgoingMail Asked(StaffId to, string address, string name, string asker, string customer, DealLine line, UnitPrice asked) => new(
        "deal-asked", address, name, Phrase.Of($"{asker} asks for a price for {customer}"),
        $"""
        Dear {name},

        {Phrase.Of($"{asker} wants to agree {asked} instead of {line.Regular} with {customer}: {line.Quantity} of {line.Sku}.")}

        Decide in the Sales Portal, under "Prices asked for".
        """)
    { Staff = to };

    public static OutgoingMail Approved(ShownDeal deal, StaffId to, string decider, UnitPrice price, DateTimeOffset until, string? note) => new(
        "deal-decided", deal.Email, deal.Asker, price == deal.Request.Asked ? Phrase.Of($"Approved: {price} for {deal.Customer}") : Phrase.Of($"Another price: {price} for {deal.Customer}"),
        $"""
        Dear {deal.Asker},

        {(price == deal.Request.Asked ? Phrase.Of($"{decider} has approved the price that you asked for: {price} for {deal.Sku}, from {deal.Request.Quantity} on, for {deal.Customer}.")
            : Phrase.Of($"{decider} has approved another price than you asked for: {price} for {deal.Sku}, from {deal.Request.Quantity} on, for {deal.Customer}."))}
        {Phrase.Of($"It counts until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; agree it in the cart with one click.")}
        {(string.IsNullOrWhiteSpace(note) ? "" : $"\n\"{note.Trim()}\"")}
        """)
    { Staff = to };

    public static OutgoingMail Declined(ShownDeal deal, StaffId to, string decider, string note) => new(
        "deal-decided", deal.Email, deal.Asker, Phrase.Of($"Declined: {deal.Request.Asked} for {deal.Customer}"),
        $"""
        Dear {deal.Asker},

        {Phrase.Of($"{decider} has declined the price that you asked for: {deal.Request.Asked} for {deal.Sku}, for {deal.Customer}.")}

        "{note}"
        """)
    { Staff = to };
}
