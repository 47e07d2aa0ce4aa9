using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>What was paid before it was charged.</summary>
public sealed class OrderAccountTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    [Fact]
    public void An_advance_is_used_by_the_first_open_invoice_and_the_rest_waits()
    {
        var account = Account((100, 40), (50, 0)).With(Euro(80));
        Assert.Equal([Euro(100), Euro(20)], account.Invoices.Select(invoice => invoice.Paid));
        Assert.Equal((Euro(0), Euro(30)), (account.Advance, account.Open));
        Assert.Equal(Euro(20), Account((100, 40)).With(Euro(80)).Advance);
    }

    [Fact]
    public void No_cent_of_an_advance_is_lost_and_no_invoice_is_paid_beyond_its_sum() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte, byte)[]>(), ArbMap.Default.ArbFor<uint>(),
        (invoices, advance) =>
        {
            var before = Account([.. invoices.Select(one => ((long)one.Item1 + one.Item2, (long)one.Item2))]);
            var after = before.With(Euro(advance % 2000));
            return after.Paid + after.Advance == before.Paid + Euro(advance % 2000) && after.Invoices.All(invoice => invoice.Paid <= invoice.Total)
                && (after.Advance.IsZero || after.Open.IsZero);
        }).QuickCheckThrowOnFailure();

    private static Money Euro(long minor) => new(minor, Eur);

    private static OrderAccount Account(params (long Total, long Paid)[] invoices) =>
        new([.. invoices.Select((one, i) => new InvoiceAccount(i + 1, $"I-{i}", Euro(one.Total), Euro(one.Paid)))], Euro(0));
}
