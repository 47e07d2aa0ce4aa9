using System.Net;
using Microsoft.AspNetCore.Html;
using OnBehalf.Carts;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Carts;

/// <summary>The words of proposals, which several pages share.</summary>
public static class ProposalHtml
{
    public static string StateWord(ListedProposal proposal) => proposal.State switch
    {
        CartProposal.Open => Say("Waits for an answer"),
        CartProposal.Taken => proposal.Taken == proposal.Lines ? Say("Taken") : Say("Taken in part"),
        CartProposal.Declined => Say("Declined"),
        CartProposal.Withdrawn => Say("Withdrawn"),
        _ => Say("Not answered in time"),
    };

    public static string Colour(ListedProposal proposal) => proposal.State switch { CartProposal.Open => "yellow", CartProposal.Taken => "green", _ => "secondary" };

    /// <summary>What became of it, in a sentence for the buyer.</summary>
    public static string State(ListedProposal proposal) => proposal.State switch
    {
        CartProposal.Taken => Say($"You have taken {proposal.Taken} of {proposal.Lines} lines of this proposal into your cart."),
        CartProposal.Declined => Say($"You have declined this proposal: “{proposal.Answer}”"),
        CartProposal.Withdrawn => Say("This proposal was withdrawn. Your cart is as you left it."),
        _ => Say("The time of this proposal is up. Your cart is as you left it."),
    };

    public static string Change(ShownProposedLine line) => line.Line.IsAdded ? Say("Added") : line.Line.IsRemoved ? Say("Taken out") : Say("Changed");

    public static string Quantities(ShownProposedLine line) => line.Line switch
    {
        { IsAdded: true } added => Say($"Quantity: {added.Proposed.Quantity}"),
        { IsRemoved: true } removed => Say($"Quantity: 0 instead of {removed.Was.Quantity}"),
        var changed when changed.Was.Quantity == changed.Proposed.Quantity => Say($"Quantity: {changed.Proposed.Quantity}, as before"),
        var changed => Say($"Quantity: {changed.Proposed.Quantity} instead of {changed.Was.Quantity}"),
    };

    /// <summary>What it is to cost, and what it cost where that was something else; null: it is taken out, or its price is not for the caller.</summary>
    public static IHtmlContent? Prices(ShownProposedLine line) => line.Price is not { } price ? null
        : new HtmlString($"{Html.Price(price)}{(line.PriceBefore is { } before && before != price ? $" <s class=\"text-secondary\">{Html.Price(before)}</s>" : "")}");

    /// <summary>Of a line that the buyer has changed himself: what he has.</summary>
    public static string Yours(ShownProposedLine line) => line.Now.Quantity.IsPositive
        ? line.Line.Was.Quantity.IsPositive ? Say($"You have {line.Now.Quantity} now; it was {line.Line.Was.Quantity} when this was prepared.") : Say($"You have put in {line.Now.Quantity} yourself since.")
        : Say("You have taken it out yourself since.");
}
