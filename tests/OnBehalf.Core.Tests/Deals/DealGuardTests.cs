using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Deals;
using OnBehalf.Kernel;

namespace OnBehalf.Core.Tests.Deals;

/// <summary>How far staff go below the prices of the shop by themselves.</summary>
public sealed class DealGuardTests
{
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly CategoryId Tools = IId<CategoryId>.New();
    private static readonly CustomerGroupId Gold = IId<CustomerGroupId>.New();

    private static DealLimit Off(string percent, DealScope? scope = null, Money? month = null) => new(scope ?? Anybody, Share(percent), null, month);

    private static DealScope Anybody => new(null, null, null, null, null);

    private static Percentage Share(string percent) => Percentage.TryParsePercent(percent, out var share) ? share : throw new ArgumentException(percent);

    private static Money Eu(long minor) => new(minor, Eur);

    private static DealCircumstances Rep(long value = 100_000) => new(StaffRole.SalesRep, "field", Gold, Eu(value));

    private static DealLine Line(long regular, long left, int quantity = 1, Money? cost = null) =>
        new(IId<ProductId>.New(), "P-100", new Quantity(quantity * 1_000L), new UnitPrice(Eu(regular)), Eu(left)) { Cost = cost, Categories = [Tools] };

    private static string? Judge(IReadOnlyList<DealLimit> limits, DealLine line, long before = 0, long shipping = 0) =>
        new DealGuard(limits, Rep()).Judge([line], Eu(shipping), Eu(before)).Refusal?.Code;

    [Theory]
    [InlineData("10", 10_000, 9_000)]
    [InlineData("0", 10_000, 10_000)]
    [InlineData("100", 10_000, 0)]
    [InlineData("7.5", 999, 925)] // 924.075 would be below
    [InlineData("33.3333", 100, 67)]
    public void A_percentage_leaves_at_least_so_much(string percent, long regular, long floor) =>
        Assert.Equal(floor, Off(percent).Floor(new UnitPrice(Eu(regular)), null).Amount.Minor);

    [Theory]
    [InlineData("20", 10_000, 6_000L, 7_500)] // 60.00 is 80 % of 75.00
    [InlineData("0", 10_000, 6_000L, 6_000)]
    [InlineData("20", 7_000, 6_000L, 7_000)] // the regular price itself keeps less: it stays the floor
    [InlineData("30", 10_000, 999L, 1_428)] // 9.99 / 0.7 is 14.2714…
    [InlineData("20", 10_000, null, 10_000)]
    public void A_margin_is_of_the_price_above_the_cost(string percent, long regular, long? cost, long floor) =>
        Assert.Equal(floor, new DealLimit(Anybody, null, Share(percent), null).Floor(new UnitPrice(Eu(regular)), cost is { } minor ? Eu(minor) : null).Amount.Minor);

    [Fact]
    public void Of_a_percentage_and_a_margin_the_higher_floor_counts()
    {
        var limit = new DealLimit(Anybody, Share("50"), Share("20"), null);
        Assert.Equal(7_500, limit.Floor(new UnitPrice(Eu(10_000)), Eu(6_000)).Amount.Minor);
        Assert.Equal(5_000, limit.Floor(new UnitPrice(Eu(10_000)), Eu(1_000)).Amount.Minor);

        // A price for a hundred has the cost of a hundred.
        Assert.Equal(7_500, limit.Floor(new UnitPrice(Eu(10_000), 100), Eu(60)).Amount.Minor);
    }

    [Fact]
    public void The_first_that_fits_counts_and_where_none_fits_nothing_is_given()
    {
        DealLimit[] limits = [Off("30", Anybody with { CustomerGroup = Gold, From = Eu(100_000) }), Off("5", Anybody with { Role = StaffRole.SalesRep })];
        Assert.Equal(7_000, new DealGuard(limits, Rep()).Floor(Line(10_000, 10_000)).Amount.Minor);
        Assert.Equal(9_500, new DealGuard(limits, Rep(99_999)).Floor(Line(10_000, 10_000)).Amount.Minor);
        Assert.Equal(10_000, new DealGuard(limits, new DealCircumstances(StaffRole.SupportAgent, null, null, Eu(100_000))).Floor(Line(10_000, 10_000)).Amount.Minor);
        Assert.Equal(0, new DealGuard([], Rep()).Floor(Line(10_000, 10_000)).Amount.Minor);
        Assert.Equal("deals.too-low", Judge([Off("50", Anybody with { Role = StaffRole.Supervisor })], Line(10_000, 9_999)));
        Assert.Null(Judge([], Line(10_000, 0)));
    }

    [Theory]
    [InlineData("USD", null)]
    [InlineData(null, "USD")]
    public void A_limit_in_another_currency_does_not_fit(string? from, string? month)
    {
        var limit = Off("10", Anybody with { From = from is null ? null : new Money(0, Currency.Of(from)) }, month is null ? null : new Money(100_000, Currency.Of(month)));
        Assert.False(limit.Fits(Rep(), [Tools]));
    }

    [Fact]
    public void What_staff_take_off_the_whole_cart_counts_too()
    {
        // 10 % of the line and 5.00 of the cart.
        Assert.Null(Judge([Off("10")], Line(10_000, 18_000, 2)));
        Assert.Equal("deals.too-low", Judge([Off("10")], Line(10_000, 17_500, 2)));
        Assert.Null(Judge([Off("10")], Line(10_000, 25_000, 2)));
    }

    [Fact]
    public void What_was_approved_may_go_lower_and_does_not_count_for_the_month()
    {
        var line = Line(10_000, 7_000) with { Approved = new UnitPrice(Eu(7_000)) };
        var guard = new DealGuard([Off("10", month: Eu(500))], Rep());
        var verdict = guard.Judge([line], Eu(0), Eu(500));
        Assert.Null(verdict.Refusal);
        Assert.Equal([line.Product], verdict.OnApproval);
        Assert.Equal("deals.too-low", guard.Judge([line with { Left = Eu(6_999) }], Eu(0), Eu(0)).Refusal?.Code);
        Assert.Equal("deals.month-spent", guard.Judge([Line(10_000, 9_500)], Eu(0), Eu(1)).Refusal?.Code);
        Assert.Null(guard.Judge([Line(10_000, 9_500)], Eu(0), Eu(0)).Refusal);
    }

    [Fact]
    public void Shipping_counts_for_the_month_and_needs_a_limit_that_is_for_no_category()
    {
        Assert.Null(Judge([Off("10", month: Eu(500))], Line(10_000, 10_000), shipping: 500));
        Assert.Equal("deals.month-spent", Judge([Off("10", month: Eu(500))], Line(10_000, 10_000), shipping: 501));
        Assert.Equal("deals.shipping", Judge([Off("10", Anybody with { Category = Tools })], Line(10_000, 10_000), shipping: 1));
    }

    [Fact]
    public void A_floor_keeps_its_limit_and_one_less_breaks_it() => Prop.ForAll(
        (from regular in Gen.Choose(1, 1_000_000) from off in Gen.Choose(0, 1_000_000) from margin in Gen.Choose(0, 999_999) from cost in Gen.Choose(0, 1_000_000) from hasMargin in Gen.Elements(true, false)
         select (regular, off, margin, cost, hasMargin)).ToArbitrary(),
        one =>
        {
            var floor = new DealLimit(Anybody, new Percentage(one.off), one.hasMargin ? new Percentage(one.margin) : null, null).Floor(new UnitPrice(Eu(one.regular)), Eu(one.cost)).Amount.Minor;
            return floor >= 0 && floor <= one.regular && (floor == one.regular || Keeps(floor)) && (floor == 0 || !Keeps(floor - 1));

            bool Keeps(long minor) => (Int128)(one.regular - minor) * 1_000_000 <= (Int128)one.regular * one.off && (!one.hasMargin || (Int128)(minor - one.cost) * 1_000_000 >= (Int128)minor * one.margin);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(7_999, null, "deals.not-between")]
    [InlineData(8_000, null, null)] // what was asked for
    [InlineData(9_000, null, null)]
    [InlineData(10_000, null, "deals.not-between")]
    [InlineData(8_000, 8_500L, "deals.beyond-yours")]
    [InlineData(8_500, 8_500L, null)]
    public void An_answer_lies_between_and_within_the_limits_of_who_gives_it(long price, long? floor, string? refusal) => Assert.Equal(
        refusal,
        new DealRequest(new UnitPrice(Eu(10_000)), new UnitPrice(Eu(8_000)), Quantity.One).Judge(new UnitPrice(Eu(price)), floor is { } minor ? new UnitPrice(Eu(minor)) : null)?.Code);

    [Fact]
    public void What_a_price_gives_away_is_told_to_who_decides()
    {
        var request = new DealRequest(new UnitPrice(Eu(10_000)), new UnitPrice(Eu(8_000)), new Quantity(10_000));
        Assert.Equal(20_000, request.Given.Minor);
        Assert.Equal(20.0m, request.OffPercent);
        Assert.Equal(25.0m, request.MarginPercent(Eu(6_000)));
        Assert.Null(request.MarginPercent(null));
    }

    [Theory]
    [InlineData("", "1", "10", "", "", "", "deals.name")]
    [InlineData("Reps", "0", "10", "", "", "", "deals.place")]
    [InlineData("Reps", "1", "", "", "", "", "deals.nothing")]
    [InlineData("Reps", "1", "101", "", "", "", "deals.most-off")]
    [InlineData("Reps", "1", "-1", "", "", "", "deals.most-off")]
    [InlineData("Reps", "1", "", "100", "", "", "deals.least-margin")]
    [InlineData("Reps", "1", "", "x", "", "", "deals.least-margin")]
    [InlineData("Reps", "1", "10", "", "1.999", "", "deals.month")]
    [InlineData("Reps", "1", "10", "", "", "abc", "deals.from")]
    [InlineData("Reps", "1", "10", "20", "500", "1000.00", null)]
    public void A_limit_is_read_as_it_was_typed(string name, string place, string off, string margin, string month, string from, string? refusal)
    {
        var read = new DealLimitDraft(name, place, null, null, null, null, "EUR", from, off, margin, month).Read();
        Assert.Equal(refusal, read.Refusal?.Code);
    }
}
