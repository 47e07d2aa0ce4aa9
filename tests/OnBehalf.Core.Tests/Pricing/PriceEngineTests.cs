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
        var quote = Quote(Base, Usd, Quantity.Of(3));

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
        var quote = Quote(Base, Usd, Quantity.Of(quantity), Dealer);

        Assert.Equal((Price(minor), Base, source), (quote!.Unit, quote.List, quote.Source));
    }

    [Fact]
    public void A_price_list_counts_even_where_the_base_price_is_lower() =>
        Assert.Equal(600, Quote(Price(500), Usd, Quantity.One, List("Contract", 600))!.Unit.Amount.Minor);

    [Fact]
    public void Below_its_first_tier_a_price_list_leaves_the_base_price()
    {
        var list = new ListPrices("Pallets", [new(Quantity.Of(50), Price(100))]);

        Assert.Equal("Base price", Quote(Base, Usd, Quantity.Of(49), list)!.Source);
        Assert.Equal("Pallets, from 50", Quote(Base, Usd, Quantity.Of(50), list)!.Source);
    }

    [Fact]
    public void Prices_in_another_currency_do_not_exist()
    {
        Assert.Null(Quote(Base, Eur, Quantity.Of(10), Dealer));
        Assert.Null(Quote(null, Eur, Quantity.One));
        var onlyInTheList = Quote(Base, Eur, Quantity.One, new ListPrices("Händlerpreise", [new(Quantity.One, new(new Money(799_00, Eur)))]));
        Assert.Equal(onlyInTheList!.Unit, onlyInTheList.List);

        // A list of base prices is what an article costs in a further currency, and what stands beside every other price there.
        var euros = new ListPrices("Base prices EUR", [new(Quantity.One, new(new Money(1_300_00, Eur)))], PriceSource.Base);
        Assert.Equal(1_300_00, Quote(Base, Eur, Quantity.One, euros)!.Unit.Amount.Minor);
        var less = Quote(Base, Eur, Quantity.One, euros, Cut("Spring", 10, PriceSource.Promotion));
        Assert.Equal((1_170_00, 1_300_00), (less!.Unit.Amount.Minor, less.List.Amount.Minor));
    }

    [Fact]
    public void All_prices_that_could_count_are_named_and_the_winner_comes_first() => Assert.Equal(
        [
            new("Dealer prices, from 10", Price(815_96), true, PriceSource.List, "A price list counts first."),
            new("Dealer prices", Price(858_90), false, PriceSource.List, "A higher quantity of the same prices is reached."),
            new("Base price", Base, false, PriceSource.Base, "Counts after a price list."),
        ],
        Alternatives(Base, PricePrecedence.Default, Quantity.Of(12), Dealer));

    /// <summary>The example of MageB2B's price system, as its drop-down of alternative prices shows it: "Base 100.00, Customer 95.00, Price list A 90.00, Volume 85.00".</summary>
    [Fact]
    public void Every_source_is_an_alternative_with_its_name_its_amount_and_why_it_counts_or_not()
    {
        ListPrices[] lists =
        [
            List("Customer", 95_00, PriceSource.CompanyProduct), List("Price list A", 90_00), new("Volume", [new(Quantity.Of(10), Price(85_00))], PriceSource.Volume),
        ];
        Assert.Equal(
            "Customer 95.00, Price list A 90.00, Volume, from 10 85.00, Base price 100.00", Words(Alternatives(Price(100_00), PricePrecedence.Default, Quantity.Of(10), lists)));
        Assert.Equal("Customer 95.00, Price list A 90.00, Base price 100.00", Words(Alternatives(Price(100_00), PricePrecedence.Default, Quantity.Of(9), lists)));

        // Another order of the administrator's: the lowest of all, whatever it is.
        var lowest = PricePrecedence.Parse("contract = company-product = list = group = promotion = company = category = volume = base")!;
        var all = Alternatives(Price(100_00), lowest, Quantity.Of(10), lists);
        Assert.Equal("Volume, from 10 85.00, Price list A 90.00, Customer 95.00, Base price 100.00", Words(all));
        Assert.Equal(["The lowest of those that count alike.", "Not the lowest of those that count alike."], all.Select(price => price.Why).Distinct());
    }

    [Fact]
    public void A_percentage_is_taken_from_the_base_price_and_the_nearest_category_counts()
    {
        var tools = new ListPrices("Tools", [], PriceSource.Category) { Cuts = [new(new Percentage(50_000), 1), new(new Percentage(100_000), 0), new(new Percentage(300_000), 2)] };

        // 99.99 less 10 %: 9.999 is rounded to 10.00.
        var quote = Quote(Price(99_99), Usd, Quantity.One, tools);
        Assert.Equal((89_99, 99_99, "Tools, 10 % off"), (quote!.Unit.Amount.Minor, quote.List.Amount.Minor, quote.Source));
        Assert.Equal(
            ["A category discount counts first.", "A closer category has its own discount.", "A closer category has its own discount.", "Counts after a category discount."],
            Alternatives(Price(99_99), PricePrecedence.Default, Quantity.One, tools).Select(price => price.Why));

        // A price that the same list names for the article itself comes before its percentages.
        Assert.Equal(95_00, Quote(Price(99_99), Usd, Quantity.One, tools with { Tiers = [new(Quantity.One, Price(95_00))] })!.Unit.Amount.Minor);
        Assert.Null(Quote(null, Usd, Quantity.One, tools));
    }

    [Theory]
    [InlineData("contract > company-product > list > group > promotion > company = category = volume > base", true)]
    [InlineData("base>volume>category>company>group>promotion>list>company-product>contract", true)]
    [InlineData("contract > company-product > list > group > promotion > company = category = volume", false)]
    [InlineData("contract > contract > company-product > list > group > promotion > company = category = volume > base", false)]
    [InlineData("contract > cost > company-product > list > group > promotion > company = category = volume > base", false)]
    [InlineData("", false)]
    public void An_order_of_precedence_names_every_source_once(string text, bool isOne)
    {
        Assert.Equal(isOne, PricePrecedence.Parse(text) is not null);
        if (PricePrecedence.Parse(text) is { } order)
        {
            var again = PricePrecedence.Parse(order.ToString())!;
            Assert.All(PriceSources.All, source => Assert.Equal(order.RankOf(source), again.RankOf(source)));
        }
    }

    [Fact]
    public void A_larger_quantity_never_reaches_fewer_prices_and_the_quote_is_the_first_of_them() => Prop.ForAll(
        Gen.Zip(Lists, Gen.Zip(Orders, Gen.Zip(Quantities, Quantities))).ToArbitrary(),
        example =>
        {
            var (lists, (order, (one, other))) = example;
            var larger = one <= other ? other : one;
            var fewer = Alternatives(Base, order, Quantity.Min(one, other), [.. lists]);
            var more = Alternatives(Base, order, larger, [.. lists]);
            var quote = PriceEngine.Quote(Base, [.. lists], order, Usd, larger)!;
            return fewer.Where(price => price.Source != PriceSource.Base).All(price => !price.Name.Contains("off", StringComparison.Ordinal) || more.Any(same => same.Name == price.Name))
                && more.Count >= fewer.Count
                && more.Count(price => price.IsWinner) == 1 && more[0].IsWinner && more[0].Price == quote.Unit && more[0].Name == quote.Source
                && more.All(price => !price.Price.Amount.IsNegative && price.Why.Length > 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_winner_is_of_the_first_source_that_has_a_price_and_the_lowest_of_those_that_count_alike() => Prop.ForAll(
        Gen.Zip(Lists, Gen.Zip(Orders, Quantities)).ToArbitrary(),
        example =>
        {
            var (lists, (order, quantity)) = example;
            var all = Alternatives(Base, order, quantity, [.. lists]);
            var firstRank = all.Min(price => order.RankOf(price.Source));
            var winner = all[0];

            // Nobody's price depends on the order in which the database happens to tell the lists.
            var reversed = PriceEngine.Quote(Base, [.. Enumerable.Reverse(lists)], order, Usd, quantity)!;
            return order.RankOf(winner.Source) == firstRank && reversed.Unit == winner.Price
                && lists.All(list => PriceEngine.Quote(null, [list], order, Usd, quantity) is not { } alone || list.Tiers.Count == 0
                    || order.RankOf(list.Source) > firstRank || alone.Unit.Amount >= winner.Price.Amount);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_next_price_is_that_of_the_lowest_quantity_above_one_piece()
    {
        var list = new ListPrices("Pallets", [new(Quantity.Of(50), Price(500_00)), new(Quantity.Of(5), new(new Money(450_00, Eur))), new(Quantity.Of(10), Price(600_00)), new(Quantity.One, Price(700_00))]);
        Assert.Equal(Quantity.Of(10), Next(list));
        Assert.Null(Next(new ListPrices("One price", [new(Quantity.One, Price(700_00))])));
        Assert.Null(Next());

        // A tier that gives way to a contract is no reason to buy more.
        Assert.Null(Next(List("Contract", 650_00, PriceSource.Contract), list));
    }

    private static Gen<Quantity> Quantities => Gen.Choose(1, 5_000_000).Select(thousandths => new Quantity(thousandths));

    private static Gen<PricePrecedence> Orders => Gen.Elements(
        PricePrecedence.Default, PricePrecedence.Parse("base > volume = category > company > group = promotion > list > company-product > contract")!,
        PricePrecedence.Parse("contract = company-product = list = group = promotion = company = category = volume = base")!);

    private static Gen<List<ListPrices>> Lists => Gen.Zip(
            Gen.Elements(PriceSources.All.ToArray()), Gen.Zip(Gen.Zip(Quantities, Gen.Choose(0, 200_000)).ListOf(), Gen.Zip(Gen.Choose(0, 1_000_000), Gen.Choose(0, 3)).ListOf()))
        .Select(parts => new ListPrices(
            "List", [.. parts.Item2.Item1.Select(pair => new PriceTier(pair.Item1, Price(pair.Item2))).DistinctBy(tier => tier.From)], parts.Item1)
        {
            Cuts = parts.Item1 == PriceSource.Base ? [] : [.. parts.Item2.Item2.Select(pair => new PriceCut(new Percentage(pair.Item1), pair.Item2)).DistinctBy(cut => cut.Distance)],
        }).ListOf().Select(lists => lists.ToList());

    private static PriceQuote? Quote(UnitPrice? basePrice, Currency currency, Quantity quantity, params ListPrices[] lists) =>
        PriceEngine.Quote(basePrice, lists, PricePrecedence.Default, currency, quantity);

    private static IReadOnlyList<PriceAlternative> Alternatives(UnitPrice? basePrice, PricePrecedence order, Quantity quantity, params ListPrices[] lists) =>
        PriceEngine.Alternatives(basePrice, lists, order, Usd, quantity);

    private static Quantity? Next(params ListPrices[] lists) => PriceEngine.NextFrom(Price(900_00), lists, PricePrecedence.Default, Usd);

    private static string Words(IEnumerable<PriceAlternative> alternatives) => string.Join(", ", alternatives.Select(price => $"{price.Name} {price.Price.Amount.ToPlainString()}"));

    private static ListPrices List(string name, long minor, PriceSource source = PriceSource.List) => new(name, [new(Quantity.One, Price(minor))], source);

    private static ListPrices Cut(string name, int percent, PriceSource source) => new(name, [], source) { Cuts = [new(new Percentage(percent * 10_000), 0)] };

    private static UnitPrice Price(long minor) => new(new Money(minor, Usd));
}
