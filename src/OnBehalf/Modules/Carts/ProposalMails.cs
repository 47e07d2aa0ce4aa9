using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Carts;

/// <summary>Who made a proposal, and reads what became of it.</summary>
public sealed record ProposalReader(string Email, string Name, Guid? Staff, Guid? Buyer);

/// <summary>Mails about proposals, as plain text. They name what waits, and open nothing: who answers signs in.</summary>
internal static class ProposalMails
{
    /// <param name="proposal">Just made.</param>
    /// <param name="lines">How many.</param>
    /// <param name="to">Its buyer.</param>
    /// <param name="operatorName">Who made it.</param>
    /// <param name="shop">Its name.</param>
    /// <param name="address">Of the shop; null: nobody has set it.</param>
    public static OutgoingMail Made(ProposalRow proposal, int lines, (string Email, string Name, BuyerId Id) to, string operatorName, string shop, string? address) => new(
        "proposal-made", to.Email, to.Name, Phrase.Of($"{operatorName} proposes changes to your cart"),
        Phrase.Later(() => string.Join('\n', [
            Say($"Dear {to.Name},"), "",
            Say($"{operatorName} has prepared something for your cart: changes of articles: {lines}. Nothing is in your cart until you take it."), "",
            .. proposal.Words is { } words ? [$"\"{words}\"", ""] : Array.Empty<string>(),
            address is null ? Say("Sign in and open your cart to look at it.") : Say("Look at it here, signed in as yourself:"),
            .. address is null ? [] : new[] { $"{address}{Proposals.Path}/{proposal.Id}" }, "",
            Say($"It waits for you until {proposal.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC."), "", shop, ""])))
    { Buyer = to.Id };

    public static OutgoingMail Taken(ProposalReader to, string customer, int lines, int of, string shop) => Told(
        to, Phrase.Of($"{customer} has taken your proposal"), () => lines == of ? Say($"{customer} has taken all that you proposed into the cart.") : Say($"{customer} has taken {lines} of {of} lines that you proposed into the cart."), shop);

    public static OutgoingMail Declined(ProposalReader to, string customer, string why, string shop) => Told(
        to, Phrase.Of($"{customer} has declined your proposal"), () => Say($"{customer} has declined what you proposed:") + $"\n\n\"{why}\"", shop);

    public static OutgoingMail Expired(ProposalReader to, string shop) => Told(
        to, Phrase.Of($"Your proposal was not answered"), () => Say("Nobody has answered a proposal for a cart that you made, and its time is up. Act for the buyer again to make a new one."), shop);

    private static OutgoingMail Told(ProposalReader to, Phrase subject, Func<string> words, string shop) => new(
        "proposal-answered", to.Email, to.Name, subject, Phrase.Later(() => string.Join('\n', [Say($"Dear {to.Name},"), "", words(), "", shop, ""])))
    { Staff = to.Staff is { } staff ? new StaffId(staff) : null, Buyer = to.Buyer is { } buyer ? new BuyerId(buyer) : null };
}
