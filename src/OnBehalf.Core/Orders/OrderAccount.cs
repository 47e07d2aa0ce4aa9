using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>An invoice, and what was paid on it.</summary>
public sealed record InvoiceAccount(int Step, string Document, Money Total, Money Paid)
{
    public Money Open => Total - Paid;
}

/// <summary>What an order owes: its invoices, less what was credited and paid. More than what is open is never taken.</summary>
public sealed record OrderAccount(IReadOnlyList<InvoiceAccount> Invoices, Money Credited)
{
    public Money Paid => Invoices.Aggregate(Money.Zero(Credited.Currency), (sum, invoice) => sum + invoice.Paid);

    /// <summary>Paid before it was charged, and not used by an invoice yet.</summary>
    public Money Advance { get; init; } = Money.Zero(Credited.Currency);

    /// <summary>The same with what was paid on no invoice: the first that is open takes of it first, and what is left waits for the next.</summary>
    public OrderAccount With(Money advance)
    {
        var invoices = new List<InvoiceAccount>();
        foreach (var invoice in Invoices)
        {
            var used = invoice.Open.Minor <= 0 ? Money.Zero(advance.Currency) : invoice.Open < advance ? invoice.Open : advance;
            invoices.Add(invoice with { Paid = invoice.Paid + used });
            advance -= used;
        }

        return this with { Invoices = invoices, Advance = Advance + advance };
    }

    /// <summary>Below zero: what the seller owes the customer.</summary>
    public Money Open => Invoices.Aggregate(-Credited, (sum, invoice) => sum + invoice.Open);

    /// <summary>Everything that was charged is paid or credited.</summary>
    public bool IsSettled => Invoices.Count > 0 && Open <= Money.Zero(Credited.Currency);

    /// <summary>What can be paid on an invoice now: its open sum, and no more than the order owes.</summary>
    public Money MostOn(InvoiceAccount invoice) => invoice.Open < Open ? invoice.Open : Open;

    public Outcome<OrderAccount> Pay(int step, Money amount) =>
        Invoices.FirstOrDefault(invoice => invoice.Step == step) is not { } found ? OrderRefusals.InvoiceMissing
        : amount.Minor <= 0 ? OrderRefusals.PaymentUnreadable
        : amount > MostOn(found) ? OrderRefusals.PaymentTooMuch(MostOn(found))
        : this with { Invoices = [.. Invoices.Select(invoice => invoice == found ? invoice with { Paid = invoice.Paid + amount } : invoice)] };
}
