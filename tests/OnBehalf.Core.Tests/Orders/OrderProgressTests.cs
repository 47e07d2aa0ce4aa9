using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Orders;

/// <summary>Steps of an order: which can follow, what they lead to, and what they cost.</summary>
public sealed class OrderProgressTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    [Fact]
    public void Half_is_shipped_and_invoiced_and_the_rest_cancelled()
    {
        var order = Order(10, 4);
        Assert.Equal("placed", order.Status);
        order = After(order, OrderStep.Confirmed);
        Assert.Equal("confirmed", order.Status);
        order = After(order, OrderStep.Shipped, (1, 5), (2, 2));
        Assert.Equal("partly-shipped", order.Status);
        order = After(order, OrderStep.Invoiced);
        Assert.Equal("partly-shipped", order.Status);
        order = After(order, OrderStep.Cancelled, (1, 5), (2, 2));
        Assert.Equal("invoiced", order.Status);
        order = After(order, OrderStep.Paid);
        Assert.Equal("paid", order.Status);
        foreach (var step in Enum.GetValues<OrderStep>().Where(step => step is not (OrderStep.Returned or OrderStep.ReturnAnnounced)))
        {
            Assert.Equal("orders.step-impossible", order.Take(step, []).Refusal?.Code);
        }

        order = After(order, OrderStep.Returned, (1, 5), (2, 2));
        Assert.Equal("returned", order.Status);
    }

    [Theory]
    [InlineData(OrderStep.Shipped, 1, 11, "orders.step-too-much")]
    [InlineData(OrderStep.Shipped, 3, 1, "orders.step-too-much")]
    [InlineData(OrderStep.Shipped, 1, 0, "orders.step-empty")]
    [InlineData(OrderStep.Cancelled, 1, 11, "orders.step-too-much")]
    [InlineData(OrderStep.Returned, 1, 1, "orders.step-impossible")]
    [InlineData(OrderStep.Invoiced, 1, 1, "orders.step-impossible")]
    [InlineData(OrderStep.Paid, 1, 1, "orders.step-impossible")]
    public void What_is_not_there_cannot_be_shipped_cancelled_returned_or_paid(OrderStep step, int line, int quantity, string code) =>
        Assert.Equal(code, Order(10, 4).Take(step, [new OrderPart(line, Quantity.Of(quantity))]).Refusal?.Code);

    [Fact]
    public void All_cancelled_is_cancelled_and_what_comes_back_before_it_was_charged_is_neither_charged_nor_credited()
    {
        Assert.Equal("cancelled", After(Order(3), OrderStep.Cancelled, (1, 3)).Status);
        var order = After(After(Order(10), OrderStep.Shipped, (1, 10)), OrderStep.Returned, (1, 4));
        Assert.Equal(6, order.Lines[0].ToInvoice.Thousandths / 1000);
        order = After(order, OrderStep.Invoiced);
        Assert.Equal((6, 0), (order.Lines[0].Invoiced.Thousandths / 1000, order.Lines[0].Credited.Thousandths / 1000));
        order = After(order, OrderStep.Returned, (1, 1));
        Assert.Equal(1, order.Lines[0].Credited.Thousandths / 1000);
        Assert.Equal("invoiced", order.Status);
    }

    [Fact]
    public void Three_of_ten_for_an_odd_sum_cost_their_share_and_the_parts_sum_to_the_line()
    {
        var lines = new[] { new ChargedLine(1, Quantity.Of(3), new Money(10_00, Eur), new Percentage(190_000)) };
        var (order, sums) = (Order(3), new List<long>());
        for (var i = 0; i < 3; i++)
        {
            var shipped = After(order, OrderStep.Shipped, (1, 1));
            order = After(shipped, OrderStep.Invoiced);
            sums.Add(OrderCharges.Of(Eur, OrderStep.Invoiced, shipped, order, lines, null).Lines.Minor);
        }

        Assert.Equal([333, 334, 333], sums);
    }

    [Fact]
    public void What_is_credited_piece_by_piece_is_what_was_invoiced_at_once()
    {
        var lines = new[] { new ChargedLine(1, Quantity.Of(3), new Money(2_97, Eur), new Percentage(190_000)) };
        var shipped = After(Order(3), OrderStep.Shipped, (1, 3));
        var order = After(shipped, OrderStep.Invoiced);
        Assert.Equal(56, OrderCharges.Of(Eur, OrderStep.Invoiced, shipped, order, lines, null).Tax.Minor);
        var (tax, total) = (0L, 0L);
        for (var i = 0; i < 3; i++)
        {
            var after = After(order, OrderStep.Returned, (1, 1));
            var credit = OrderCharges.Of(Eur, OrderStep.Returned, order, after, lines, null);
            (tax, total, order) = (tax + credit.Tax.Minor, total + credit.Total.Minor, after);
        }

        Assert.Equal((56, 3_53), (tax, total));
    }

    /// <summary>Lines as they were ordered, and what somebody tries with them (also what is refused).</summary>
    private static readonly Arbitrary<(int[] Lines, (int Step, int Line, int Quantity)[] Tries)> Orders = (
        from count in Gen.Choose(1, 5)
        from lines in Gen.ArrayOf(Gen.Choose(1, 20), count)
        from tries in Gen.ArrayOf(from step in Gen.Choose(0, 8) from line in Gen.Choose(1, 5) from quantity in Gen.Choose(0, 22) select (step, line, quantity))
        select (lines, tries)).ToArbitrary();

    [Fact]
    public void Whatever_happens_nothing_is_negative_and_invoices_less_credits_are_what_the_customer_kept() => Prop.ForAll(Orders, example =>
    {
        var ordered = example.Lines.Select((quantity, i) => new OrderPart(i + 1, Quantity.Of(quantity))).ToList();
        var charged = ordered.Select((line, i) => new ChargedLine(line.Position, line.Quantity, new Money(997 + (i * 331), Eur), new Percentage(i % 2 == 0 ? 190_000 : 70_000))).ToList();
        var (order, balance) = (OrderProgress.Of(ordered), 0L);
        foreach (var (kind, line, quantity) in example.Tries)
        {
            var step = (OrderStep)kind;
            var outcome = order.Take(step, [new OrderPart(line, Quantity.Of(quantity))]);
            if (outcome.IsRefused)
            {
                continue;
            }

            var after = outcome.Value.After;
            balance += step switch
            {
                OrderStep.Invoiced => OrderCharges.Of(Eur, step, order, after, charged, null).Lines.Minor,
                OrderStep.Returned => -OrderCharges.Of(Eur, step, order, after, charged, null).Lines.Minor,
                _ => 0,
            };
            order = after;
            Assert.All(order.Lines, one => Assert.All(
                [one.Open, one.Returnable, one.ToInvoice, one.Invoiced - one.Credited, one.Ordered - one.Invoiced, one.Returned - one.Credited, one.Announced, one.Returnable - one.Announced],
                value => Assert.True(value.Thousandths >= 0, $"{step} {line} {quantity}: {one}")));
            Assert.Contains(order.Status, OrderWords.Statuses);
            Assert.True(balance >= 0);
        }

        Assert.True(!order.Lines.All(line => line.Invoiced == line.Ordered && line.Credited == Quantity.Zero) || charged.Sum(line => line.Total.Minor) == balance);
        Assert.True(!order.Lines.All(line => line.Invoiced == line.Credited) || balance == 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void By_line_invoices_and_credit_notes_share_out_the_tax_of_each_line() => Prop.ForAll(Orders, example =>
    {
        var ordered = example.Lines.Select((quantity, i) => new OrderPart(i + 1, Quantity.Of(quantity))).ToList();
        var charged = ordered.Select((line, i) => new ChargedLine(line.Position, line.Quantity, new Money(997 + (i * 331), Eur), new Percentage(i % 2 == 0 ? 190_000 : 70_000))).ToList();
        var (order, tax) = (OrderProgress.Of(ordered), 0L);
        foreach (var (kind, line, quantity) in example.Tries.Where(one => one.Step != (int)OrderStep.Cancelled).Append(((int)OrderStep.Invoiced, 1, 1)))
        {
            var outcome = order.Take((OrderStep)kind, [new OrderPart(line, Quantity.Of(quantity))]);
            if (outcome.IsRefused)
            {
                continue;
            }

            if ((OrderStep)kind is OrderStep.Invoiced or OrderStep.Returned)
            {
                var totals = OrderCharges.Of(Eur, (OrderStep)kind, order, outcome.Value.After, charged, null, TaxBasis.Line);
                Assert.Equal((totals.Lines + totals.Tax, totals.Tax.Minor), (totals.Total, totals.TaxSums.Sum(sum => sum.Tax.Minor)));
                tax += (OrderStep)kind == OrderStep.Invoiced ? totals.Tax.Minor : -totals.Tax.Minor;
            }

            order = outcome.Value.After;
        }

        Assert.True(tax >= 0);
        Assert.True(!order.Lines.All(line => line.Invoiced == line.Ordered && line.Credited == Quantity.Zero) || charged.Sum(line => line.Total.Percent(line.Rate).Minor) == tax);
        Assert.True(!order.Lines.All(line => line.Invoiced == line.Credited) || tax == 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_announced_comes_back_or_is_declined_and_is_announced_once()
    {
        var order = After(Order(10), OrderStep.Shipped, (1, 6));
        Assert.Equal("orders.step-too-much", order.Take(OrderStep.ReturnAnnounced, [new OrderPart(1, Quantity.Of(7))]).Refusal?.Code);
        order = After(order, OrderStep.ReturnAnnounced, (1, 4));
        Assert.Equal("orders.step-too-much", order.Take(OrderStep.ReturnAnnounced, [new OrderPart(1, Quantity.Of(3))]).Refusal?.Code);
        order = After(order, OrderStep.Returned, (1, 3));
        Assert.Equal(Quantity.Of(1), order.Lines[0].Announced);
        order = After(order, OrderStep.ReturnDeclined);
        Assert.Equal((Quantity.Zero, Quantity.Of(3)), (order.Lines[0].Announced, order.Lines[0].Returnable));
        Assert.Equal("orders.step-impossible", order.Take(OrderStep.ReturnDeclined, []).Refusal?.Code);
    }

    /// <summary>Sums of invoices, what was credited, and payments that somebody tries.</summary>
    private static readonly Arbitrary<(int[] Invoices, int Credited, (int Invoice, int Amount)[] Tries)> Accounts = (
        from invoices in Gen.ArrayOf(Gen.Choose(1, 500), 3)
        from credited in Gen.Choose(0, 500)
        from tries in Gen.ArrayOf(from invoice in Gen.Choose(0, 4) from amount in Gen.Choose(-5, 600) select (invoice, amount))
        select (invoices, credited, tries)).ToArbitrary();

    [Fact]
    public void Never_more_is_paid_than_is_open_in_whatever_order_payments_come() => Prop.ForAll(Accounts, example =>
    {
        var account = new OrderAccount([.. example.Invoices.Select((sum, i) => new InvoiceAccount(i + 1, $"IN-{i}", new Money(sum, Eur), Money.Zero(Eur)))], new Money(Math.Min(example.Credited, example.Invoices.Sum()), Eur));
        var paid = 0L;
        foreach (var (invoice, amount) in example.Tries)
        {
            var outcome = account.Pay(invoice, new Money(amount, Eur));
            if (!outcome.IsRefused)
            {
                (account, paid) = (outcome.Value, paid + amount);
            }
        }

        Assert.Equal(paid, account.Paid.Minor);
        Assert.Equal(account.Invoices.Sum(invoice => invoice.Total.Minor) - account.Credited.Minor - paid, account.Open.Minor);
        Assert.True(account.Open.Minor >= 0);
        Assert.All(account.Invoices, invoice => Assert.True(invoice.Open.Minor >= 0));
        Assert.Equal(account.Open.IsZero, account.IsSettled);
        foreach (var invoice in account.Invoices)
        {
            var most = account.MostOn(account.Invoices.First(one => one.Step == invoice.Step));
            account = most.Minor > 0 ? account.Pay(invoice.Step, most).Value : account;
        }

        Assert.True(account.IsSettled);
    }).QuickCheckThrowOnFailure();

    private static OrderProgress Order(params int[] quantities) => OrderProgress.Of(quantities.Select((quantity, i) => new OrderPart(i + 1, Quantity.Of(quantity))));

    private static OrderProgress After(OrderProgress order, OrderStep step, params (int Line, int Quantity)[] parts)
    {
        var outcome = order.Take(step, [.. parts.Select(part => new OrderPart(part.Line, Quantity.Of(part.Quantity)))]);
        Assert.Null(outcome.Refusal);
        return outcome.Value.After;
    }
}
