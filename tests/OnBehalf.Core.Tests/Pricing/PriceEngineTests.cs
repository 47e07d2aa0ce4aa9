using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Pricing.Tests;

/// <summary>Amounts of the first examples: the AdventureWorksLT sample data, article FR-R92B-58 (base price 1431.50 USD; dealers 858.90, from 10 815.96).</summary>
public sealed class PriceEngineTests
{
    private static readonly Currency Usd = Currency.Of("USD");
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly UnitPrice Base = Price(1_431_50);
    private static readonly ListPrices Dealer = new("Dealer prices", [new(Quantity.Of(10), Price(815_96)), new(Quantity.One, Price(858_90))]);

    [Fact]
    public void Without_a_price_list_the_base_price_counts()
    {
        var quote = PriceEngine.Quote(Base, null, Usd, Quantity.Of(3));

        Assert.Equal((Base, Base, "Base price"), (quote!.Unit, quote.List, quote.Source));
        Assert.Equal(4_294_50, quote.For(Quantity.Of(3)).Minor);
    }

    [Theory]
    [InlineData(1, 858_90, "Dealer prices")]
    [InlineData(9, 858_90, "Dealer prices")]
    [InlineData(10, 815_96, "Dealer prices, from 10")]
    [InlineData(1000, 815_96, "Dealer prices, from 10")]
    public void The_tier_with_the_highest_quantity_reached_counts(int quantity, long minor, string source)
    {
        var quote = PriceEngine.Quote(Base, Dealer, Usd, Quantity.Of(quantity));

        Assert.Equal((Price(minor), Base, source), (quote!.Unit, quote.List, quote.Source));
    }

    [Fact]
    public void A_price_list_counts_even_where_the_base_price_is_lower()
    {
        var quote = PriceEngine.Quote(Price(500), new ListPrices("Contract", [new(Quantity.One, Price(600))]), Usd, Quantity.One);

        Assert.Equal(600, quote!.Unit.Amount.Minor);
    }

    [Fact]
    public void Below_its_first_tier_a_price_list_leaves_the_base_price()
    {
        var list = new ListPrices("Pallets", [new(Quantity.Of(50), Price(100))]);

        Assert.Equal("Base price", PriceEngine.Quote(Base, list, Usd, Quantity.Of(49))!.Source);
        Assert.Equal("Pallets, from 50", PriceEngine.Quote(Base, list, Usd, Quantity.Of(50))!.Source);
    }

    [Fact]
    public void Prices_in_another_currency_do_not_exist()
    {
        Assert.Null(PriceEngine.Quote(Base, Dealer, Eur, Quantity.Of(10)));
        Assert.Null(PriceEngine.Quote(null, null, Eur, Quantity.One));
        var onlyInTheList = PriceEngine.Quote(Base, new ListPrices("Händlerpreise", [new(Quantity.One, new(new Money(799_00, Eur)))]), Eur, Quantity.One);
        Assert.Equal(onlyInTheList!.Unit, onlyInTheList.List);
    }

    [Fact]
    public void All_prices_that_could_count_are_named_and_the_winner_comes_first()
    {
        Assert.Equal(
            [new("Dealer prices, from 10", Price(815_96), true), new("Dealer prices", Price(858_90), false), new("Base price", Base, false)],
            PriceEngine.Alternatives(Base, Dealer, Usd, Quantity.Of(12)));
    }

    [Fact]
    public void A_larger_quantity_never_reaches_fewer_prices()
    {
        var quantities = Gen.Choose(1, 5_000_000).Select(thousandths => new Quantity(thousandths));
        var tiers = Gen.Zip(quantities, Gen.Choose(0, 100_000)).Select(pair => new PriceTier(pair.Item1, Price(pair.Item2)));
        var lists = tiers.ListOf().Select(some => new ListPrices("List", [.. some.DistinctBy(tier => tier.From)]));
        Prop.ForAll(
            Gen.Zip(lists, Gen.Zip(quantities, quantities)).ToArbitrary(),
            example =>
            {
                var (list, (one, other)) = example;
                var larger = one <= other ? other : one;
                var fewer = PriceEngine.Alternatives(Base, list, Usd, Quantity.Min(one, other));
                var more = PriceEngine.Alternatives(Base, list, Usd, larger);
                var quote = PriceEngine.Quote(Base, list, Usd, larger)!;
                return fewer.All(price => more.Any(same => same.Name == price.Name && same.Price == price.Price))
                    && more.Count(price => price.IsWinner) == 1 && more[0].IsWinner && more[0].Price == quote.Unit && more[0].Name == quote.Source;
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_next_price_is_that_of_the_lowest_quantity_above_one_piece()
    {
        var list = new ListPrices("Pallets", [new(Quantity.Of(50), Price(500_00)), new(Quantity.Of(5), new(new Money(450_00, Eur))), new(Quantity.Of(10), Price(600_00)), new(Quantity.One, Price(700_00))]);
        Assert.Equal(Quantity.Of(10), PriceEngine.NextFrom(list, Usd));
        Assert.Null(PriceEngine.NextFrom(new ListPrices("One price", [new(Quantity.One, Price(700_00))]), Usd));
        Assert.Null(PriceEngine.NextFrom(null, Usd));
    }

    private static UnitPrice Price(long minor) => new(new Money(minor, Usd));
}
