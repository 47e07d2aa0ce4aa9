using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Commissions;

/// <summary>What orders earn, and the ledger of it.</summary>
public sealed class CommissionTests
{
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly Percentage Standard = new(190_000);
    private static readonly StaffId Karim = IId<StaffId>.New();
    private static readonly CompanyId Nordlicht = IId<CompanyId>.New();
    private static readonly CommissionEarner Earner = new(Karim, "field-sales");
    private static readonly CommissionOrder Order = new(Nordlicht, Earner, null, CommissionChannel.Assisted);

    // MageB2B, commission system: subtotal × % / 100.
    [Fact]
    public void Five_percent_of_500_without_tax_are_25() =>
        Assert.Equal(25_00, Commission.Of([Rule(50_000)], Order, [Line(1, 500_00)]).Single().Amount.Minor);

    [Fact]
    public void With_tax_and_before_shipping_the_same_order_earns_29_75() =>
        Assert.Equal((595_00, 29_75), Commission.Of([Rule(50_000, CommissionBasis.TotalWithTax)], Order, [Line(1, 500_00)]).Single() is var one ? (one.Base.Minor, one.Amount.Minor) : default);

    [Fact]
    public void By_discount_all_of_what_was_given_is_earned_and_nothing_where_the_price_was_raised()
    {
        var earned = Commission.Of([Rule(1_000_000, CommissionBasis.ProductDiscount)], Order, [Line(1, 90_00, discount: 10_00), Line(2, 50_00, discount: -5_00)]);
        Assert.Equal((1, 10_00), (earned.Single().Position, earned.Single().Amount.Minor));
    }

    [Fact]
    public void What_is_given_away_whole_earns_nothing_by_any_base() =>
        Assert.All(Enum.GetValues<CommissionBasis>(), basis => Assert.Empty(Commission.Of([Rule(1_000_000, basis)], Order, [Line(1, 0, discount: 80_00)])));

    [Fact]
    public void The_narrowest_rule_counts_a_person_before_his_group_before_the_customer_before_the_category()
    {
        var tools = IId<CategoryId>.New();
        var (all, category, customer, group, person) = (
            Rule(10_000), Rule(20_000, scope: CommissionScope.Everything with { Category = tools }), Rule(30_000, scope: CommissionScope.Everything with { Customer = Nordlicht }),
            Rule(40_000, scope: CommissionScope.Everything with { Group = "Field-Sales" }), Rule(50_000, scope: CommissionScope.Everything with { Staff = Karim }));
        var line = Line(1, 100_00) with { Categories = new HashSet<CategoryId> { tools } };
        var rules = new List<CommissionRule> { category, person, all, group, customer };
        foreach (var expected in new[] { person, group, customer, category, all })
        {
            Assert.Equal(expected, Commission.RuleOf(rules, Earner, Order, line));
            rules.Remove(expected);
        }

        Assert.Null(Commission.RuleOf(rules, Earner, Order, line));
        Assert.Null(Commission.RuleOf([category], Earner, Order, Line(1, 100_00)));
        Assert.Null(Commission.RuleOf([person, group, customer], new CommissionEarner(IId<StaffId>.New(), null), Order with { Customer = null }, line));
    }

    [Fact]
    public void Of_two_rules_alike_the_newer_one_counts()
    {
        var (older, newer) = (Rule(10_000), Rule(20_000));
        Assert.Equal(newer.Id.Value > older.Id.Value ? newer : older, Commission.RuleOf([older, newer], Earner, Order, Line(1, 1_00)));
    }

    [Fact]
    public void What_an_assistant_gets_of_the_representatives_commission_is_taken_from_him_and_what_a_leader_gets_is_not()
    {
        var (tom, helena) = (new CommissionEarner(IId<StaffId>.New(), "telesales"), IId<StaffId>.New());
        var rules = new List<CommissionRule>
        {
            Rule(50_000),
            Rule(300_000, CommissionBasis.Commission) with { Part = CommissionPart.Assistant },
            Rule(100_000, CommissionBasis.Commission, CommissionScope.Everything with { Staff = helena, Group = "field-sales" }) with { Part = CommissionPart.Leader },
        };
        var order = Order with { Assist = new CommissionAssist(tom, null) };
        Assert.Equal(
            [(Karim, 17_50), (tom.Staff, 7_50), (helena, 2_50)],
            Commission.Of(rules, order, [Line(1, 500_00)]).Select(one => (one.Staff, one.Amount.Minor)).OrderByDescending(one => one.Minor));

        // Nobody assists or leads himself, and whose team it is not is not led.
        Assert.Equal([(Karim, 25_00), (helena, 2_50)], Of(Order with { Assist = new CommissionAssist(Earner, null) }));
        Assert.Equal([(helena, 25_00)], Of(Order with { Representative = new CommissionEarner(helena, "field-sales") }));
        Assert.Equal([(Karim, 25_00)], Of(Order with { Representative = Earner with { Group = "telesales" } }));
        Assert.Empty(Of(Order with { Representative = null }));

        IEnumerable<(StaffId Staff, long Minor)> Of(CommissionOrder of) => Commission.Of(rules, of, [Line(1, 500_00)]).Select(one => (one.Staff, one.Amount.Minor));
    }

    [Theory]
    [InlineData(null, 0, true)]
    [InlineData(72, 3, true)]
    [InlineData(73, 3, false)]
    [InlineData(1, 0, false)]
    public void Who_acted_for_the_customer_counts_for_as_many_days_as_the_rule_says(int? hoursBefore, int days, bool earns)
    {
        var assist = new CommissionAssist(new CommissionEarner(IId<StaffId>.New(), null), hoursBefore is { } hours ? TimeSpan.FromHours(hours) : null);
        var rule = Rule(10_000) with { Part = CommissionPart.Assistant, WindowDays = days };
        Assert.Equal(earns, Commission.Of([rule], Order with { Assist = assist }, [Line(1, 500_00)]).Any(one => one.Staff == assist.By.Staff && one.Amount.Minor == 5_00));
    }

    [Fact]
    public void A_rule_may_be_for_what_customers_order_themselves()
    {
        var rules = new[] { Rule(50_000), Rule(20_000, scope: CommissionScope.Everything with { Channel = CommissionChannel.SelfService }) };
        Assert.Equal(25_00, Commission.Of(rules, Order, [Line(1, 500_00)]).Single().Amount.Minor);
        Assert.Equal(10_00, Commission.Of(rules, Order with { Channel = CommissionChannel.SelfService }, [Line(1, 500_00)]).Single().Amount.Minor);
    }

    [Fact]
    public void However_a_commission_is_split_the_two_have_together_what_the_representative_would_have_alone() => Prop.ForAll(
        (from count in Gen.Choose(1, 12)
         from nets in Gen.ArrayOf(Gen.Choose(0, 99_999), count)
         from share in Gen.Choose(1, 1_000_000)
         from part in Gen.Choose(1, 1_000_000)
         select (nets, share, part)).ToArbitrary(),
        example =>
        {
            var lines = example.nets.Select((net, i) => Line(i + 1, net)).ToList();
            var own = Rule(example.share);
            var alone = Commission.Of([own], Order, lines);
            var split = Commission.Of([own, Rule(example.part, CommissionBasis.Commission) with { Part = CommissionPart.Assistant }],
                Order with { Assist = new CommissionAssist(new CommissionEarner(IId<StaffId>.New(), null), null) }, lines);
            return split.All(one => one.Amount.Minor > 0)
                && lines.All(line => split.Where(one => one.Position == line.Position).Sum(one => one.Amount.Minor) == alone.Where(one => one.Position == line.Position).Sum(one => one.Amount.Minor));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(CommissionPart.Representative, CommissionBasis.Commission, null, "commissions.own-commission")]
    [InlineData(CommissionPart.Representative, CommissionBasis.TotalWithTax, "3", "commissions.window-not-his")]
    [InlineData(CommissionPart.Leader, CommissionBasis.Commission, "3", "commissions.window-not-his")]
    [InlineData(CommissionPart.Assistant, CommissionBasis.Commission, "91", "commissions.window-unreadable")]
    [InlineData(CommissionPart.Assistant, CommissionBasis.Commission, "-1", "commissions.window-unreadable")]
    [InlineData(CommissionPart.Assistant, CommissionBasis.Commission, " 90 ", null)]
    [InlineData(CommissionPart.Leader, CommissionBasis.Commission, "", null)]
    public void Whose_rule_it_is_says_what_it_may_have(CommissionPart part, CommissionBasis basis, string? window, string? code) =>
        Assert.Equal(code, CommissionDraft.Read("Field sales", "5", basis, CommissionEarned.Paid, part, window).Refusal?.Code);

    [Fact]
    public void Shares_of_lines_sum_to_the_share_of_all_of_them() => Prop.ForAll(
        (from count in Gen.Choose(1, 12)
         from nets in Gen.ArrayOf(Gen.Choose(0, 99_999), count)
         from share in Gen.Choose(1, 1_000_000)
         from basis in Gen.Elements(CommissionBasis.TotalWithoutTax, CommissionBasis.TotalWithTax)
         select (nets, share, basis)).ToArbitrary(),
        example =>
        {
            var lines = example.nets.Select((net, i) => Line(i + 1, net)).ToList();
            var net = new Money(example.nets.Sum(), Eur);
            var whole = (example.basis == CommissionBasis.TotalWithTax ? net + net.Percent(Standard) : net).Percent(new Percentage(example.share));
            var earned = Commission.Of([Rule(example.share, example.basis)], Order, lines);
            return earned.Sum(one => one.Amount.Minor) == whole.Minor && earned.All(one => one.Amount.Minor > 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Half_is_paid_and_half_is_cancelled()
    {
        var (claim, _) = CommissionClaim.Accrue(new Money(25_00, Eur));
        claim = After(claim, new LineProgress(1, Quantity.Of(10)) { Shipped = Quantity.Of(5), Invoiced = Quantity.Of(5) }, isPaid: true);
        Assert.Equal((12_50, 12_50), (claim.Accrued.Minor, claim.Earned.Minor));
        claim = After(claim, new LineProgress(1, Quantity.Of(10)) { Shipped = Quantity.Of(5), Invoiced = Quantity.Of(5), Cancelled = Quantity.Of(5) }, isPaid: true);
        Assert.Equal((0, 12_50), (claim.Accrued.Minor, claim.Earned.Minor));
    }

    [Fact]
    public void What_comes_back_after_it_was_paid_out_is_owed_and_the_next_pay_out_takes_it()
    {
        var (claim, _) = CommissionClaim.Accrue(new Money(25_00, Eur));
        claim = After(claim, new LineProgress(1, Quantity.Of(10)) { Shipped = Quantity.Of(10), Invoiced = Quantity.Of(10) }, isPaid: true);
        claim = claim.With(claim.PayOut()!);
        Assert.Null(claim.PayOut());
        claim = After(claim, new LineProgress(1, Quantity.Of(10)) { Shipped = Quantity.Of(10), Invoiced = Quantity.Of(10), Returned = Quantity.Of(4), Credited = Quantity.Of(4) }, isPaid: true);
        Assert.Equal((-10_00, 25_00), (claim.Earned.Minor, claim.PaidOut.Minor));
        claim = claim.With(claim.PayOut()!);
        Assert.Equal((0, 15_00, -15_00), (claim.Earned.Minor, claim.PaidOut.Minor, claim.Shop.Minor));
    }

    /// <summary>An order of one line, and what somebody tries with it (also what is refused), with pay-outs between.</summary>
    private static readonly Arbitrary<(int Ordered, int Amount, CommissionEarned When, (int Step, int Quantity)[] Tries)> Lives = (
        from ordered in Gen.Choose(1, 20)
        from amount in Gen.Choose(1, 9_999)
        from when in Gen.Elements(CommissionEarned.Paid, CommissionEarned.Shipped)
        from tries in Gen.ArrayOf(from step in Gen.Choose(0, 9) from quantity in Gen.Choose(0, 22) select (step, quantity))
        select (ordered, amount, when, tries)).ToArbitrary();

    [Fact]
    public void In_any_order_of_steps_the_accounts_balance_nothing_is_negative_and_what_is_all_gone_earns_nothing() => Prop.ForAll(Lives, life =>
    {
        var order = OrderProgress.Of([new OrderPart(1, Quantity.Of(life.Ordered))]);
        var (claim, first) = CommissionClaim.Accrue(new Money(life.Amount, Eur));
        var moves = new List<CommissionMove> { first };
        foreach (var (kind, quantity) in life.Tries)
        {
            if (kind == 9)
            {
                moves.AddRange(new[] { claim.PayOut() }.OfType<CommissionMove>());
                claim = CommissionClaim.Of(Eur, moves);
                Assert.True(claim.Earned.IsZero);
                continue;
            }

            var outcome = order.Take((OrderStep)kind, [new OrderPart(1, Quantity.Of(quantity))]);
            if (outcome.IsRefused)
            {
                continue;
            }

            var (kept, settled) = (claim.Kept, claim.Earned + claim.PaidOut);
            order = outcome.Value.After;
            moves.AddRange(claim.Follow(order.Lines[0], order.IsPaid, life.When));
            claim = CommissionClaim.Of(Eur, moves);
            Assert.True(claim.Accrued.Minor >= 0 && (claim.Earned + claim.PaidOut).Minor >= 0 && claim.Kept <= kept, $"{kind} {quantity}: {claim}");
            Assert.True(settled <= claim.Earned + claim.PaidOut || (OrderStep)kind is OrderStep.Returned or OrderStep.Cancelled, $"{kind} {quantity}: {claim}");
            Assert.Equal(0, (claim.Shop + claim.Accrued + claim.Earned + claim.PaidOut).Minor);
            Assert.Empty(claim.Follow(order.Lines[0], order.IsPaid, life.When));
        }

        Assert.All(moves, move => Assert.True(move.Amount.Minor > 0 && move.From != move.To));
        var line = order.Lines[0];
        Assert.True(line.Cancelled + line.Returned != line.Ordered || claim.Kept.IsZero);
        Assert.True((line.Cancelled + line.Returned).IsPositive || claim.Kept.Minor == life.Amount);
        Assert.True(CommissionClaim.Of(Eur, [.. moves, .. claim.Undo()]).Kept.IsZero);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_run_settles_all_of_who_has_earned_more_than_he_owes_and_nothing_of_who_makes_it() => Prop.ForAll(
        (from people in Gen.ArrayOf(from person in Gen.Choose(0, 3) from earned in Gen.Choose(-500, 500) select (person, earned)) select people).ToArbitrary(),
        claims =>
        {
            var staff = new[] { Karim, IId<StaffId>.New(), IId<StaffId>.New(), IId<StaffId>.New() };
            var none = Money.Zero(Eur);
            var paid = CommissionPayOut.Of(claims.Select(one => (one.person, staff[one.person], new CommissionClaim(none, none, none, new Money(one.earned, Eur), none))), Karim);
            return Enumerable.Range(0, 4).All(person =>
            {
                var due = claims.Where(one => one.person == person).Sum(one => one.earned);
                var sum = paid.Where(one => one.Of == person).Sum(one => one.Move.To == CommissionAccount.PaidOut ? one.Move.Amount.Minor : -one.Move.Amount.Minor);
                return sum == (person == 0 || due <= 0 ? 0 : due);
            });
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "5", "commissions.name-missing")]
    [InlineData("Field\nsales", "5", "commissions.name-missing")]
    [InlineData("Field sales", "0", "commissions.share-unreadable")]
    [InlineData("Field sales", "100.1", "commissions.share-unreadable")]
    [InlineData("Field sales", "-5", "commissions.share-unreadable")]
    [InlineData("Field sales", "five", "commissions.share-unreadable")]
    [InlineData("Field sales", "2.5", null)]
    public void A_rule_is_read_or_refused(string name, string share, string? code) =>
        Assert.Equal(code, CommissionDraft.Read(name, share, CommissionBasis.TotalWithoutTax, CommissionEarned.Paid, CommissionPart.Representative, null).Refusal?.Code);

    private static CommissionClaim After(CommissionClaim claim, LineProgress line, bool isPaid) =>
        claim.Follow(line, isPaid, CommissionEarned.Paid).Aggregate(claim, (before, move) => before.With(move));

    private static CommissionLine Line(int position, long net, long discount = 0) => new(position, new Money(net, Eur), Standard, new Money(discount, Eur), new HashSet<CategoryId>());

    private static CommissionRule Rule(int share, CommissionBasis basis = CommissionBasis.TotalWithoutTax, CommissionScope? scope = null) =>
        new(IId<CommissionRuleId>.New(), 1, "Field sales", new Percentage(share), basis, CommissionEarned.Paid, scope ?? CommissionScope.Everything);
}
