using OnBehalf.Catalog;
using OnBehalf.Kernel;

namespace OnBehalf.Carts;

/// <summary>Every "no" of a cart.</summary>
public static class CartRefusals
{
    public static readonly Refusal NothingInIt = Refusal.Conflict("carts.nothing-in-it", "There is nothing in the cart for which to agree anything. Put articles in first.");

    public static readonly Refusal QuantityNotANumber = Refusal.Invalid(
        "carts.quantity-not-a-number", "The quantity must be a whole number, such as 12.", "Quantity");

    public static readonly Refusal QuantityNotPositive = Refusal.Invalid(
        "carts.quantity-not-positive", "The quantity must be at least 1. To take an article out of the cart, use Remove.", "Quantity");

    public static readonly Refusal QuantityNotWhole = Refusal.Invalid(
        "carts.quantity-not-whole", "Articles are sold by the piece: the quantity must be a whole number.", "Quantity");

    public static readonly Refusal QuantityTooLarge = Refusal.Invalid(
        "carts.quantity-too-large", "A line may hold at most 1,000,000 pieces. For more, place a second order or call us.", "Quantity");

    public static Refusal QuantityNotPacked(QuantityRule rule, Quantity quantity) => Refusal.Invalid(
        "carts.quantity-not-packed",
        $"This article comes in packages of {rule.Of(rule.Pack)}: order {(rule.Below(quantity) is var below && rule.Above(quantity) is var above && below == above ? rule.Of(above) : $"{below} or {rule.Of(above)}")}.",
        "Quantity");

    public static Refusal QuantityTooSmall(QuantityRule rule) => Refusal.Invalid("carts.quantity-too-small", $"This article is sold from {rule.Of(rule.First)} on.", "Quantity");

    public static Refusal QuantityOverMost(QuantityRule rule, Quantity most) => Refusal.Invalid(
        "carts.quantity-over-most", $"At most {rule.Of(most)} of this article can be ordered at once. For more, call us.", "Quantity");

    public static readonly Refusal NameMissing = Refusal.Invalid("carts.name-missing", $"Name: please type it, on one line of at most {CartName.Longest} characters.", "Name");

    public static readonly Refusal TooManyCarts = Refusal.Conflict("carts.too-many-carts", "You have 20 carts. Throw one away that is used no longer.");

    public static readonly Refusal CartUnknown = Refusal.Missing("carts.unknown", "There is no such cart, or no longer.");

    public static readonly Refusal CartIsOpen = Refusal.Conflict("carts.is-open", "This cart is open. Open another one first, then throw it away.");

    public static readonly Refusal CartHasCopy = Refusal.Conflict("carts.has-copy", "Somebody prepares an order for you on a copy of this cart. Nothing was changed. Wait until it is placed or thrown away.");

    public static readonly Refusal CartHasProposal = Refusal.Conflict("carts.has-proposal", "A proposal for this cart waits for your answer. Take it or decline it first.");

    public static readonly Refusal ProposalOfOperator = Refusal.Forbidden(
        "carts.proposal-of-operator", "Only who acts for somebody else hands a cart over. Your own cart is yours already.");

    public static readonly Refusal ProposalOfNobody = Refusal.Conflict(
        "carts.proposal-of-nobody", "You act for a company as a whole: there is nobody whose cart it could be handed over to. Act for one of its people, or place the order.");

    public static readonly Refusal ProposalOfNothing = Refusal.Conflict(
        "carts.proposal-of-nothing", "There is nothing to propose: this cart is what the buyer has in his own. Change something first.");

    public static readonly Refusal ProposalOfTerms = Refusal.Conflict(
        "carts.proposal-of-terms", "A discount on the whole cart or other shipping costs cannot be proposed. Take them back, and agree prices of single articles instead.");

    public static Refusal ProposalNotOrderable(string name) => Refusal.Conflict("carts.proposal-not-orderable", $"“{name}” cannot be ordered like this. Correct the line, then hand the cart over.");

    public static readonly Refusal TooManyProposals = Refusal.Conflict(
        "carts.too-many-proposals", $"{CartProposal.MostOpen} proposals wait for this buyer’s answer already. Withdraw one that is of no use any more.");

    public static readonly Refusal WordsTooLong = Refusal.Invalid("carts.words-too-long", $"What you say about it may have {CartProposal.LongestWords} characters.", "Words");

    public static readonly Refusal AnswerMissing = Refusal.Invalid("carts.answer-missing", "Please say in a few words why you decline it.", "Answer");

    public static readonly Refusal AnswerTooLong = Refusal.Invalid("carts.answer-too-long", $"Your answer may have {CartProposal.LongestWords} characters.", "Answer");

    public static readonly Refusal ProposalUnknown = Refusal.Missing("carts.proposal-unknown", "There is no such proposal, or no longer.");

    public static readonly Refusal ProposalOver = Refusal.Conflict("carts.proposal-over", "This proposal is over: it was answered or withdrawn, or its time is up. Nothing was changed.");

    public static readonly Refusal ProposalNotOpen = Refusal.Conflict("carts.proposal-not-open", "This proposal is over already. Nothing was changed.");

    public static readonly Refusal ProposalInOtherCurrency = Refusal.Conflict(
        "carts.proposal-currency", "This proposal is in another currency than you buy in now. Nothing was changed. Ask for a new one.");

    public static readonly Refusal NothingTicked = Refusal.Invalid("carts.nothing-ticked", "Tick what you want to take, or decline the proposal.", "Chosen");

    public static readonly Refusal NothingToTake = Refusal.Conflict(
        "carts.nothing-to-take", "Your cart has all of this already, or you have changed it yourself. Tick what you want to take even so, or decline the proposal.");

    public static readonly Refusal SkuMissing = Refusal.Invalid("carts.sku-missing", "Type an article number.", "Sku");

    public static readonly Refusal TooManyLines = Refusal.Invalid(
        "carts.too-many-lines", $"A cart holds at most {Cart.MostLines} articles. Order these first, then fill a new cart.", "Sku");

    public static readonly Refusal ListEmpty = Refusal.Invalid("carts.list-empty", "Paste a list with a number of an article and a quantity in each line, or choose a file.", "Text");

    public static readonly Refusal ListTooLong = Refusal.Invalid(
        "carts.list-too-long", $"A list may have {PastedLines.Most:N0} lines. Paste it in parts.", "Text");

    public static readonly Refusal FileTooLarge = Refusal.Invalid("carts.file-too-large", "The file may have 256 KB. Take out the columns that are not needed, or send it in parts.", "File");

    public static readonly Refusal FileUnreadable = Refusal.Invalid(
        "carts.file-unreadable", "The file is not text in UTF-8. Save it as CSV (UTF-8), not as a workbook.", "File");

    public static Refusal LinesWrong(int count) => Refusal.Invalid(
        "carts.lines-wrong", count == 1 ? Phrase.Of("One line cannot be ordered. Nothing was put into the cart.") : Phrase.Of($"{count} lines cannot be ordered. Nothing was put into the cart."), "Text");

    public static Refusal TwoPrices(string sku) => Refusal.Invalid("carts.two-prices", $"{sku} stands in the list with two prices. An article has one price in an order.", "Text");

    /// <summary>Somebody else took the line out since the page was shown.</summary>
    public static readonly Refusal LineGone = Refusal.Conflict(
        "carts.line-gone", "This article is no longer in the cart. Nothing was changed; below is the cart as it is now.");

    public static readonly Refusal Changed = Refusal.Conflict(
        "carts.changed-meanwhile",
        "The cart was changed in another window or by somebody else since you opened this page. Your change was not made; below is the cart as it is now.");

    public static Refusal ProductUnknown(string sku) => Refusal.Invalid(
        "carts.product-unknown", $"There is no article with the number “{sku}”. Check the number, or search for the article by name.", "Sku");

    public static Refusal ProductNotOrderable(string name, Phrase why) => Refusal.Invalid(
        "carts.product-not-orderable", $"“{name}” cannot be ordered: {why}", "Sku");
}
