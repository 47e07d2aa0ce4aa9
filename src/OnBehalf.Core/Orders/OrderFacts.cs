using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>
/// An order of a session goes where the customer's orders did not go before: `new-address`, or where it should not: `operator-name`, `staff-address`.
/// </summary>
public sealed record OrderSentElsewhere(OrderId Order, Code Number, Code Why, bool Waits) : Fact
{
    public override string Name => "orders.sent-elsewhere";
}

/// <summary>With an order somebody accepted the terms of the shop, for himself or for whom he acts; the digest is that of their text.</summary>
public sealed record TermsAccepted(OrderId Order, Code Number, int Version, Code Digest) : Fact
{
    public override string Name => "orders.terms-accepted";
}

/// <summary>There are new terms; what was accepted before stays as it was.</summary>
public sealed record TermsPublished(int Version, Code Digest) : Fact
{
    public override string Name => "orders.terms-published";
}

/// <summary>Somebody of the staff took a list of orders away as a file.</summary>
public sealed record OrdersExported(int Rows) : Fact
{
    public override string Name => "orders.exported";
}

/// <summary>A cart has become an order that waits for the approval of an administrator of the company; `why` says which rule let it wait.</summary>
public sealed record OrderHeld(OrderId Order, Code Number, CompanyId? Company, Money Total, int Lines, Code Why) : Fact
{
    public override string Name => "orders.held";
}

/// <summary>An administrator of the company approved an order that waited; `orders.placed` follows in the same transaction.</summary>
public sealed record OrderApproved(OrderId Order, Code Number, BuyerId? Buyer) : Fact
{
    public override string Name => "orders.approved";
}

/// <summary>Somebody approved an order that waited, and the next one of the company has to; `level` is his place.</summary>
public sealed record OrderAgreed(OrderId Order, Code Number, BuyerId? Buyer, int Level) : Fact
{
    public override string Name => "orders.agreed";
}

/// <summary>Whose turn it is to decide about an order was reminded of it.</summary>
public sealed record OrderReminded(OrderId Order, Code Number, BuyerId? Buyer, int Level) : Fact
{
    public override string Name => "orders.reminded";
}

/// <summary>An administrator of the company declined an order that waited. It is never placed.</summary>
public sealed record OrderDeclined(OrderId Order, Code Number, BuyerId? Buyer, string Reason) : Fact
{
    public override string Name => "orders.declined";
}

/// <summary>A cart has become an order, at once or with its approval. Who placed it for whom, and in which session, the log takes from the caller.</summary>
public sealed record OrderPlaced(OrderId Order, Code Number, CompanyId? Company, Money Total, int Lines) : Fact
{
    public override string Name => "orders.placed";
}

/// <summary>Another staff member represents an order, or nobody; who placed it stays as it was.</summary>
public sealed record OrderRepresentativeChanged(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, StaffId? Before, StaffId? After, string Reason) : Fact
{
    public override string Name => "orders.representative-changed";
}

/// <summary>The seller has accepted an order.</summary>
public sealed record OrderConfirmed(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Code Before) : Fact
{
    public override string Name => "orders.confirmed";
}

/// <summary>Some or all of an order is on its way; `document` is the delivery note.</summary>
public sealed record OrderShipped(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Code Document, int Lines, Code Before, Code After) : Fact
{
    public override string Name => "orders.shipped";
}

/// <summary>What was shipped and not charged yet was charged.</summary>
public sealed record OrderInvoiced(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Code Document, Money Total, Code Before, Code After) : Fact
{
    public override string Name => "orders.invoiced";
}

/// <summary>All that was charged of an order so far is paid.</summary>
public sealed record OrderPaid(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Code Before, Code After) : Fact
{
    public override string Name => "orders.paid";
}

/// <summary>Some or all of what was not shipped will not come.</summary>
public sealed record OrderCancelled(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Code Reason, int Lines, Code Before, Code After) : Fact
{
    public override string Name => "orders.cancelled";
}

/// <summary>Some or all of what was shipped came back; `credit` is what is owed for it, where it had been charged.</summary>
public sealed record OrderReturned(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Code Reason, int Lines, Code? Document, Money? Credit, Code Before, Code After) : Fact
{
    public override string Name => "orders.returned";
}

/// <summary>To whom a way of paying is offered, before and after.</summary>
public sealed record PaymentMethodChanged(Code Method, Code Before, Code After) : Fact
{
    public override string Name => "orders.payment-method-changed";
}

/// <summary>A sum was paid on an invoice; `open` is what the order owes after it.</summary>
public sealed record OrderPaymentReceived(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Code Invoice, Money Amount, Code PaidOn, Money Before, Money Open) : Fact
{
    public override string Name => "orders.payment-received";
}

/// <summary>The payment provider has received a sum for an order, on no invoice; `due` is what the whole order still costs after it, below zero what is owed to the customer.</summary>
public sealed record OrderPaidOnline(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Money Amount, Code Reference, Money Before, Money Due) : Fact
{
    public override string Name => "orders.paid-online";
}

/// <summary>The customer says that he sends something of an order back.</summary>
public sealed record OrderReturnAnnounced(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, int Lines) : Fact
{
    public override string Name => "orders.return-announced";
}

/// <summary>What a customer wanted to send back is not taken back.</summary>
public sealed record OrderReturnDeclined(OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Code Reason, int Lines) : Fact
{
    public override string Name => "orders.return-declined";
}
