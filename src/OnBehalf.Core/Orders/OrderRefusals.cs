using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>Every "no" between a cart and an order.</summary>
public static class OrderRefusals
{
    public static readonly Refusal CostCentreUnknown = Refusal.Invalid(
        "orders.cost-centre-unknown", "Cost centre: you cannot order on this one, or no longer. Choose another.", "CostCentre");

    public static readonly Refusal InvoiceMissing = Refusal.Invalid("orders.invoice-missing", "Invoice: choose one of the order.", "Invoice");

    public static readonly Refusal PaymentUnreadable = Refusal.Invalid("orders.payment-amount", "Amount: above zero, with a dot and the decimals of the currency, such as 12.50.", "Amount");

    public static readonly Refusal PaymentDay = Refusal.Invalid("orders.payment-day", "Paid on: a day that is not in the future, such as 2026-03-01.", "PaidOn");

    public static Refusal PaymentTooMuch(Money most) => Refusal.Invalid("orders.payment-too-much", $"Amount: at most {most} is open. What was paid too much goes back to the customer.", "Amount");

    public static readonly Refusal CancelTooLate = Refusal.Conflict("orders.cancel-too-late", "This order cannot be cancelled here any more. Please call us.");

    public static readonly Refusal ReturnTooLate = Refusal.Conflict("orders.return-too-late", "A return of this order cannot be announced here any more. Please call us.");

    public static readonly Refusal PaymentNotOffered = Refusal.Conflict(
        "orders.payment-not-offered", "This way of paying is not offered for this order. Choose another one.") with
    { Field = "Payment" };

    public static readonly Refusal PaymentMissing = Refusal.Invalid("orders.payment-missing", "Choose how you want to pay.", "Payment");

    public static readonly Refusal PurchaseOrderNumberMissing = Refusal.Invalid(
        "orders.purchase-order-number-missing", "Type the number of your purchase order, or choose payment on invoice.", "PurchaseOrderNumber");

    public static readonly Refusal PurchaseOrderNumberWrong = Refusal.Invalid(
        "orders.purchase-order-number-wrong", $"A purchase-order number has at most {Payment.LongestNumber} characters on one line.", "PurchaseOrderNumber");

    public static readonly Refusal CommentTooLong = Refusal.Invalid(
        "orders.comment-too-long", $"The comment may have at most {OrderComment.Longest:N0} characters.", "Comment");

    public static readonly Refusal CommentUnreadable = Refusal.Invalid(
        "orders.comment-unreadable", "The comment holds signs that cannot be printed. Type it again, or leave them out.", "Comment");

    public static readonly Refusal LineCommentWrong = Refusal.Invalid(
        "orders.line-comment", $"A comment on an article has at most {LineComment.Longest} characters, on one line.", "Notes");

    public static readonly Refusal TermsNotAccepted = Refusal.Invalid(
        "orders.terms-not-accepted", "An order needs that the terms are accepted. Read them, and tick the box.", "Terms");

    public static readonly Refusal TermsChanged = Refusal.Conflict(
        "orders.terms-changed", "There are new terms since this page was opened. Read them, and tick the box again.") with
    { Field = "Terms" };

    public static readonly Refusal TermsUnreadable = Refusal.Invalid(
        "orders.terms-unreadable", $"The terms are text of 1 to {OrderTermsText.Longest:N0} characters that can be printed.", "Text");

    public static readonly Refusal DeliveryDayWrong = Refusal.Invalid(
        "orders.delivery-day", "Requested delivery: a day from today on, within a year, such as 2026-03-01; empty means as soon as it can be.", "WantedOn");

    public static readonly Refusal ShippingMissing = Refusal.Invalid("orders.shipping-missing", "Choose how it should be sent.", "Method");

    public static readonly Refusal ShippingNotThere = Refusal.Invalid(
        "orders.shipping-not-there", "This way of sending does not go to that address. Choose another one.", "Method");

    public static readonly Refusal CartEmpty = Refusal.Conflict("orders.cart-empty", "There is nothing in the cart to order. Nothing was placed.");

    public static readonly Refusal CartChanged = Refusal.Conflict(
        "orders.cart-changed", "The cart was changed since you opened this page. Nothing was placed. Look at the order as it is now, then place it.");

    public static readonly Refusal NotOrderable = Refusal.Conflict(
        "orders.not-orderable", "Some articles can no longer be ordered. Nothing was placed. Go back to the cart and remove them.");

    public static readonly Refusal ApprovalMissing = Refusal.Missing("orders.no-such-approval", "There is no order of this number that waits, or waited, for your company's approval.");

    public static readonly Refusal AlreadyDecided = Refusal.Conflict("orders.already-decided", "Somebody has decided about this order meanwhile. Nothing was changed now. Look at the order.");

    public static readonly Refusal ApprovalExpired = Refusal.Conflict(
        "orders.approval-expired", "This order has waited too long, and is declined by itself. What is still needed can be ordered anew.");

    public static Refusal ArticleGone(string sku) => Refusal.Conflict(
        "orders.article-gone", $"Article {sku} can no longer be ordered. Nothing was placed. Decline the order, with that as the reason; the rest can be ordered anew.");

    public static readonly Refusal OwnDoing = Refusal.Conflict("orders.own-doing", "You submitted this order yourself: another administrator or approver of your company decides about it.");

    public static readonly Refusal NotYourTurn = Refusal.Conflict("orders.not-your-turn", "It is somebody else’s turn to decide about this order, or an administrator’s. Nothing was changed.");

    public static readonly Refusal ReasonMissing = Refusal.Invalid("orders.reason-missing", "Say why: the buyer and who submitted the order read it.", "Reason");

    public static readonly Refusal ReasonTooLong = Refusal.Invalid("orders.reason-too-long", $"The reason may have at most {DeclineReason.Longest} characters, on one line.", "Reason");

    public static readonly Refusal OrderMissing = Refusal.Missing("orders.no-such-order", "There is no such order.");

    public static readonly Refusal StepEmpty = Refusal.Invalid("orders.step-empty", "Type how much of at least one line.", "Parts");

    public static readonly Refusal StepReasonMissing = Refusal.Invalid("orders.step-reason-missing", "Choose why: the customer reads it.", "Reason");

    public static readonly Refusal StepNoteTooLong = Refusal.Invalid("orders.step-note-too-long", $"At most {OrderStepReasons.LongestNote} characters, on one line.", "Note");

    public static readonly Refusal StepImported = Refusal.Conflict("orders.step-imported", "This order came from another system, which keeps its state. Nothing was changed.");

    public static readonly Refusal NotPaidYet = Refusal.Conflict(
        "orders.not-paid-yet", "This order is to be paid before it is sent, and it is not paid yet. Nothing was changed. The setting “Sending what is not paid” lets it go.");

    public static readonly Refusal StepNotPlaced = Refusal.Conflict("orders.step-not-placed", "This order was not placed: it waits for approval, or was declined. Nothing was changed.");

    public static readonly Refusal StepChanged = Refusal.Conflict("orders.step-changed", "Somebody has changed this order since you opened the page. Nothing was changed now; below is the order as it is.");

    public static Refusal StepImpossible(OrderStep step) => Refusal.Conflict("orders.step-impossible", step switch
    {
        OrderStep.Confirmed => Phrase.Of("This order is confirmed already, or cancelled."),
        OrderStep.Shipped => Phrase.Of("Nothing of this order is left to ship."),
        OrderStep.Invoiced => Phrase.Of("Nothing was shipped that is not invoiced yet."),
        OrderStep.Paid => Phrase.Of("There is no invoice of this order that is not paid."),
        OrderStep.Cancelled => Phrase.Of("Nothing of this order is left to cancel: what was shipped can be returned."),
        _ => Phrase.Of("Nothing was shipped that could come back."),
    });

    public static Refusal StepTooMuch(int position, Quantity most) => Refusal.Invalid(
        "orders.step-too-much", most.IsPositive ? $"At most {most}." : "Nothing of this line.", $"Parts[{position}]");

    public static Refusal NobodyApproves(Money above, string company) => Refusal.Conflict(
        "orders.nobody-approves",
        $"Orders over {above} wait for approval, and {company} has nobody beside you who could approve. Nothing was placed. Let the buyer place it, or order less.");

    public static Refusal NobodyApproves(string why, string company) => Refusal.Conflict(
        "orders.nobody-approves-budget", $"{why} It would wait for approval, and {company} has nobody beside you who could approve. Nothing was placed. Order less, or ask an administrator of {company}.");

    public static Refusal AddressUnknown(string field) => Refusal.Invalid("orders.address-unknown", "Choose an address, or type one.", field);

    public static Refusal TotalChanged(Money seen, Money now) => Refusal.Conflict(
        "orders.total-changed", $"The total is {now} now; it was {seen} when you last saw it. Nothing was placed. Look at the order as it is now, then place it.");

    /// <summary>What was typed and not added when the order was to be placed.</summary>
    public static Refusal LineAddedFirst(string what) => Refusal.Conflict(
        "orders.line-added-first", $"{what} went into the order just now. Nothing was placed yet: look at the total, then place it.");

    public static Refusal CompanyCannotOrder(string name, CompanyStatus status) => Refusal.Conflict(
        status == CompanyStatus.OnHold ? "orders.company-on-hold" : "orders.company-blocked",
        $"{name} is {(status == CompanyStatus.OnHold ? "on hold" : "blocked")} at the moment and cannot order. Nothing was placed; the cart is kept. Please call us to settle it.");
}
