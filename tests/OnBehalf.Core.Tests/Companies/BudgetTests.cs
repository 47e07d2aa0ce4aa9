using OnBehalf.Companies;
using OnBehalf.Kernel;

namespace OnBehalf.Core.Tests.Companies;

public sealed class BudgetTests
{
    private static readonly Currency Euro = Currency.Of("EUR");

    [Theory]
    [InlineData(BudgetPeriod.Month, "2026-11-01T00:30:00Z", "2026-10-31T23:00:00Z")]
    [InlineData(BudgetPeriod.Month, "2026-10-31T22:59:59Z", "2026-09-30T22:00:00Z")]
    [InlineData(BudgetPeriod.Quarter, "2026-11-22T12:00:00Z", "2026-09-30T22:00:00Z")]
    [InlineData(BudgetPeriod.Quarter, "2026-03-31T23:00:00Z", "2026-03-31T22:00:00Z")]
    [InlineData(BudgetPeriod.Year, "2026-12-31T22:59:59Z", "2025-12-31T23:00:00Z")]
    [InlineData(BudgetPeriod.Year, "2026-12-31T23:00:00Z", "2026-12-31T23:00:00Z")]
    public void A_period_begins_by_the_calendar_of_the_shop(BudgetPeriod period, string now, string begins) =>
        Assert.Equal(DateTimeOffset.Parse(begins, null), Budget.Begin(period, DateTimeOffset.Parse(now, null), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    [Theory]
    [InlineData(BudgetPeriod.Month, 300_00, 200_00, false)]
    [InlineData(BudgetPeriod.Month, 300_00, 200_01, true)]
    [InlineData(BudgetPeriod.Order, 300_00, 500_00, false)]
    [InlineData(BudgetPeriod.Order, 499_99, 500_00, true)]
    public void An_order_may_use_the_last_cent_of_a_budget_and_no_more(BudgetPeriod period, long limitOrUsed, long total, bool isOver)
    {
        var state = period == BudgetPeriod.Order
            ? new BudgetState(BudgetOf.Person, new Budget(new Money(isOver ? limitOrUsed : 500_00, Euro), period), new Money(9_999_00, Euro))
            : new BudgetState(BudgetOf.Person, new Budget(new Money(500_00, Euro), period), new Money(limitOrUsed, Euro));
        Assert.Equal(isOver, state.IsExceededBy(new Money(total, Euro)));
    }

    [Fact]
    public void Nothing_is_compared_across_currencies_so_the_order_waits_and_says_so()
    {
        var state = new BudgetState(BudgetOf.CostCentre, new Budget(new Money(500_00, Euro), BudgetPeriod.Month), new Money(480_00, Euro));
        var francs = new Money(1, Currency.Of("CHF"));
        Assert.True(state.IsExceededBy(francs));
        Assert.Equal("The budget of its cost centre is in another currency (500.00 EUR a month).", BudgetState.Sentence(state.CodeFor(francs)));
        Assert.Equal("It is over the budget of its cost centre: 500.00 EUR a month, of which 480.00 EUR were used before.", BudgetState.Sentence(state.CodeFor(new Money(21_00, Euro))));
    }

    [Theory]
    [InlineData("500", "month", null)]
    [InlineData("500.001", "month", "Amount")]
    [InlineData("-5", "month", "Amount")]
    [InlineData("", "month", "Amount")]
    [InlineData("1000000000001", "month", "Amount")]
    [InlineData("5", "week", "Period")]
    [InlineData("5", "1", "Period")]
    [InlineData("5", null, "Period")]
    public void What_is_typed_is_read_or_refused_at_its_field(string amount, string? period, string? wrong)
    {
        var (budget, refusals) = Budget.Read(amount, period, Euro);
        Assert.Equal(wrong is null, budget is not null);
        Assert.Equal(wrong, refusals.SingleOrDefault()?.Field);
    }

    [Fact]
    public void The_chain_has_each_person_once_and_amounts_that_rise()
    {
        var (a, b) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var (chain, none) = Approver.Read([(a, "ignored"), (null, null), (b, "1000")], Euro);
        Assert.Empty(none);
        Assert.Equal([(1, 0L), (2, 1000_00L)], chain.Select(one => (one.Level, one.Above.Minor)));
        Assert.True(chain[0].IsFor(new Money(1, Euro)));
        Assert.False(chain[1].IsFor(new Money(1000_00, Euro)));
        Assert.True(chain[1].IsFor(new Money(1000_01, Euro)));
        Assert.Equal(["Chain[1].Above", "Chain[2].Membership"], Approver.Read([(a, null), (b, "0"), (a, "5")], Euro).Refusals.Select(refusal => refusal.Field));
    }
}
