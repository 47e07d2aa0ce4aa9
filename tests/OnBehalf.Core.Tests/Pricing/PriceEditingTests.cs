using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Pricing.Tests;

/// <summary>Other prices that staff agree for lines of a cart.</summary>
public sealed class PriceEditingTests
{
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly PriceEditing Editing = new(["volume", "price-match"], OffersAlternatives: true, AllowsZero: false);

    /// <summary>systems.md §3: a fixed price and a percentage of the item's price; §4: the seller types the value or the percentage.</summary>
    [Theory]
    [InlineData("85", 85_00)]
    [InlineData("85.5", 85_50)]
    [InlineData("85,50", 85_50)]
    [InlineData(" 120.00 ", 120_00)]
    [InlineData("5%", 90_25)]
    [InlineData("5 %", 90_25)]
    [InlineData("-5%", 90_25)]
    [InlineData("−5%", 90_25)]
    [InlineData("+5%", 99_75)]
    [InlineData("12.5%", 83_12)]
    [InlineData("12,5%", 83_12)]
    public void A_price_or_a_percentage_is_read_as_people_type_it(string typed, long minor)
    {
        var read = Editing.Read(typed, "volume", At(95_00));
        Assert.False(read.IsRefused, read.Refusal?.Sentence);
        Assert.Equal(new UnitPrice(Cents(minor)), read.Value.Over(At(95_00)).Unit);
    }

    [Theory]
    [InlineData("", "prices.not-a-price")]
    [InlineData("-5", "prices.not-a-price")]
    [InlineData("abc", "prices.not-a-price")]
    [InlineData("1e3", "prices.not-a-price")]
    [InlineData("85.555", "prices.not-a-price")]
    [InlineData("1,000", "prices.not-a-price")]
    [InlineData("1.000,00", "prices.not-a-price")]
    [InlineData("101%", "prices.not-a-price")]
    [InlineData("--5%", "prices.not-a-price")]
    [InlineData("NaN%", "prices.not-a-price")]
    [InlineData("10000000000000", "prices.not-a-price")]
    [InlineData("0", "prices.zero")]
    [InlineData("0.00", "prices.zero")]
    [InlineData("100%", "prices.zero")]
    public void Anything_else_is_refused(string typed, string code) => Assert.Equal(code, Editing.Read(typed, "volume", At(95_00)).Refusal?.Code);

    [Fact]
    public void Decimals_are_those_of_the_currency()
    {
        var yen = new PriceQuote(new UnitPrice(new Money(1_000, Currency.Of("JPY"))), new UnitPrice(new Money(1_000, Currency.Of("JPY"))), "Base price");
        Assert.Equal("prices.not-a-price", Editing.Read("900.5", "volume", yen).Refusal?.Code);
        Assert.Equal(900, Editing.Read("900", "volume", yen).Value.Over(yen).Unit.Amount.Minor);
        Assert.Equal(949, Editing.Read("5.05%", "volume", yen).Value.Over(yen).Unit.Amount.Minor);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("because")]
    public void A_reason_is_one_of_the_list(string? reason) => Assert.Equal("prices.reason-missing", Editing.Read("85", reason, At(95_00)).Refusal?.Code);

    [Fact]
    public void Without_a_list_nobody_is_asked_and_zero_is_a_price_where_the_shop_says_so()
    {
        var free = Editing with { Reasons = [], AllowsZero = true };
        Assert.True(free.Read("0", "made up", At(95_00)).Value is { Reason: null } zero && zero.Over(At(95_00)).Unit.Amount.IsZero);
        Assert.True(free.Read("100%", null, At(95_00)).Value.Over(At(95_00)).Unit.Amount.IsZero);
    }

    /// <summary>systems.md §3: "Base 100.00, Customer 95.00, Price list A 90.00, Volume 85.00", each applied at once.</summary>
    [Fact]
    public void The_prices_that_the_shop_has_are_chosen_by_their_place_and_amount()
    {
        PriceAlternative[] four =
        [
            new("Customer", new UnitPrice(Cents(95_00)), true, PriceSource.CompanyProduct, ""), new("Price list A", new UnitPrice(Cents(90_00)), false, PriceSource.List, ""),
            new("Volume", new UnitPrice(Cents(85_00)), false, PriceSource.Volume, ""), new("Base", new UnitPrice(Cents(100_00)), false, PriceSource.Base, ""),
        ];
        foreach (var (one, place) in four.Select((one, place) => (one, place)))
        {
            var quote = Editing.Choose(four, place, one.Price.Amount.Minor, At(95_00)).Value.Over(At(95_00));
            Assert.Equal((one.Price, $"Agreed: {one.Name}"), (quote.Unit, quote.Source));
        }

        Assert.Equal("prices.alternative-gone", Editing.Choose(four, 2, 84_00, At(95_00)).Refusal?.Code);
        Assert.Equal("prices.alternative-gone", Editing.Choose(four, 4, 85_00, At(95_00)).Refusal?.Code);
        Assert.Equal("prices.alternative-gone", Editing.Choose(four, -1, 85_00, At(95_00)).Refusal?.Code);
        Assert.Equal("prices.alternative-gone", (Editing with { OffersAlternatives = false }).Choose(four, 2, 85_00, At(95_00)).Refusal?.Code);
    }

    [Fact]
    public void A_price_stays_and_a_percentage_follows_what_the_line_would_cost()
    {
        var (price, share) = (Editing.Read("85", "volume", At(95_00)).Value, Editing.Read("10%", "volume", At(95_00)).Value);
        Assert.Equal((85_00, 85_00), (price.Over(At(95_00)).Unit.Amount.Minor, price.Over(At(80_00)).Unit.Amount.Minor));
        Assert.Equal((85_50, 72_00), (share.Over(At(95_00)).Unit.Amount.Minor, share.Over(At(80_00)).Unit.Amount.Minor));

        // Taken anew from what the line would cost, never from what it was before: edits do not add up.
        Assert.Equal(85_50, share.Over(share.Over(At(95_00))).Unit.Amount.Minor);
    }

    [Fact]
    public void A_price_of_another_currency_does_not_count()
    {
        var francs = new PriceQuote(new UnitPrice(new Money(95_00, Currency.Of("CHF"))), new UnitPrice(new Money(95_00, Currency.Of("CHF"))), "Base price");
        Assert.Same(francs, Editing.Read("85", "volume", At(95_00)).Value.Over(francs));
    }

    [Fact]
    public void Beside_it_stands_the_higher_price()
    {
        Assert.Equal(100_00, Read("85").Struck?.Amount.Minor);
        Assert.Equal(95_00, (Read("85") with { List = new UnitPrice(Cents(80_00)) }).Struck?.Amount.Minor);
        Assert.Null(Read("120").Struck);

        static PriceQuote Read(string typed) => Editing.Read(typed, "volume", At(95_00)).Value.Over(At(95_00) with { List = new UnitPrice(Cents(100_00)) });
    }

    /// <summary>Whatever is typed, a price is never negative, only all of it gives something away, and taken back it is what it was.</summary>
    [Fact]
    public void Percentages_never_give_away_more_than_they_say() => Prop.ForAll(
        Gen.Zip(Gen.Choose(1, 2_000_000), Gen.Choose(0, 999_999)).ToArbitrary(),
        pair =>
        {
            var (quote, off) = (At(pair.Item1), new Percentage(pair.Item2));
            var unit = new PriceAdjustment(null, off, null).Over(quote).Unit.Amount.Minor;
            var exact = (decimal)pair.Item1 * (1_000_000 - pair.Item2) / 1_000_000;
            var more = new PriceAdjustment(null, new Percentage(-pair.Item2), null).Over(quote).Unit.Amount.Minor;
            return unit >= 1 && Math.Abs(unit - exact) <= 1 && unit <= pair.Item1 && more >= pair.Item1;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("20", 20_00)]
    [InlineData("20.55", 20_55)]
    [InlineData("10%", 18_00)]
    [InlineData("-10%", 18_00)]
    [InlineData("0.005%", 1)]
    public void A_discount_of_the_whole_cart_is_an_amount_or_a_share(string typed, long minor) =>
        Assert.Equal(Cents(minor), Editing.ReadDiscount(typed, "volume", Cents(180_00)).Value.Of(Cents(180_00)));

    [Theory]
    [InlineData("", "volume", "prices.not-a-discount")]
    [InlineData("0", "volume", "prices.not-a-discount")]
    [InlineData("0%", "volume", "prices.not-a-discount")]
    [InlineData("+10%", "volume", "prices.not-a-discount")]
    [InlineData("-20", "volume", "prices.not-a-discount")]
    [InlineData("101%", "volume", "prices.not-a-discount")]
    [InlineData("100%", "volume", "prices.all-given-away")]
    [InlineData("180", "volume", "prices.all-given-away")]
    [InlineData("999999", "volume", "prices.all-given-away")]
    [InlineData("20", null, "prices.reason-missing")]
    public void Any_other_discount_is_refused(string typed, string? reason, string code) => Assert.Equal(code, Editing.ReadDiscount(typed, reason, Cents(180_00)).Refusal?.Code);

    [Fact]
    public void A_discount_never_takes_off_more_than_there_is_nor_in_another_currency()
    {
        var twenty = new AgreedDiscount(Cents(20_00), Percentage.Zero, null);
        Assert.Equal((20_00, 15_00, 0), (twenty.Of(Cents(180_00)).Minor, twenty.Of(Cents(15_00)).Minor, twenty.Of(new Money(180_00, Currency.Of("CHF"))).Minor));
    }

    [Theory]
    [InlineData("5", "volume", null, 5_00)]
    [InlineData("5,50", "volume", null, 5_50)]
    [InlineData("0", null, null, 0)]
    [InlineData("5", null, "prices.reason-missing", 0)]
    [InlineData("-5", "volume", "prices.not-shipping", 0)]
    [InlineData("5%", "volume", "prices.not-shipping", 0)]
    [InlineData("", "volume", "prices.not-shipping", 0)]
    public void Shipping_costs_an_amount_and_free_shipping_needs_no_reason(string typed, string? reason, string? code, long minor)
    {
        var read = Editing.ReadShipping(typed, reason, Eur);
        Assert.Equal((code, minor), (read.Refusal?.Code, read.IsRefused ? 0 : read.Value.Cost.Minor));
    }

    [Fact]
    public void What_is_sent_for_nothing_anyway_stays_so()
    {
        var five = new AgreedShipping(Cents(5_00), null);
        Assert.Equal((5_00, 0, 3_00), (five.Instead(Cents(9_90)).Minor, five.Instead(Cents(0)).Minor, five.Instead(new Money(3_00, Currency.Of("CHF"))).Minor));
    }

    [Theory]
    [InlineData("volume, Price match ,trade fair,volume,,", "volume price-match trade-fair")]
    [InlineData("", "")]
    [InlineData("50% off", "")]
    public void Reasons_are_words_with_commas_between(string setting, string codes) => Assert.Equal(codes, string.Join(' ', PriceReasons.Codes(setting)));

    [Fact]
    public void The_reasons_with_which_a_shop_begins_have_words()
    {
        var codes = PriceReasons.Codes(PriceReasons.Text);
        Assert.Equal(12, codes.Count);
        Assert.Equal(PriceReasons.Text, string.Join(", ", codes.Select(PriceReasons.Inside)));
        Assert.Equal(("Price match", "Trade fair", "Dealer-Prices"), (PriceReasons.Word("price-match"), PriceReasons.Word("trade-fair"), PriceReasons.Word("Dealer-Prices")));
    }

    private static PriceQuote At(long minor) => new(new UnitPrice(Cents(minor)), new UnitPrice(Cents(minor)), "Base price");

    private static Money Cents(long minor) => new(minor, Eur);
}
