using OnBehalf.Kernel;
using static OnBehalf.Assistance.Cast;

namespace OnBehalf.Assistance;

public sealed class PolicyDraftTests
{
    private static readonly RuleDraft Fair = new() { Id = "trade-fair", Name = "Trade fair", Effect = "allow", Subjects = "employee" };

    [Fact]
    public void A_policy_comes_back_from_what_is_stored_as_it_was()
    {
        var full = ShopPolicy.Standard.Rules[0] with
        {
            Groups = ["field sales", "north"],
            Countries = ["DE", "DK"],
            Statuses = [CompanyStatus.OnHold],
            CompanyKinds = [CompanyKind.Dealer, CompanyKind.EndCustomer],
            Hours = new([DayOfWeek.Monday], new(8, 0), new(18, 30)),
            Networks = [System.Net.IPNetwork.Parse("192.0.2.0/24")],
            Why = "{company} asked for it",
            CompanyRoles = [BuyerRole.Purchaser],
            NeedsMandate = true,
            Terms = new()
            {
                OpensIn = Mode.View, Highest = Mode.Cart, Withheld = Rights.Of(Right.OrdersPlace), IdleSeconds = 300, HardSeconds = 7_200, NeedsTicket = true,
                ProofSeconds = 600, NeedsSecondFactor = true, NeedsApproval = true, Consent = ConsentNeed.AskEachTime, PerOrder = [new(5_000_00, Currency.Of("EUR"))], PerMonth = [new(900, Currency.Of("JPY"))],
            },
        };
        var policy = ShopPolicy.Standard with { Rules = [full, .. ShopPolicy.Standard.Rules.Skip(1)], Finders = [OperatorKind.SalesRep], Reasons = ["visit", "trade-fair"] };
        var json = PolicyDraft.Of(policy).ToJson();
        var (read, refusals) = PolicyDraft.Parse(json).Read(7);

        Assert.Empty(refusals);
        Assert.Equal(7, read!.Version);
        Assert.Equal(json, PolicyDraft.Of(read).ToJson());
        Assert.Contains("\"perOrder\":\"5000.00 EUR\"", json);
    }

    [Theory]
    [InlineData("Id", "Not-Small", null)]
    [InlineData("Id", "not-assigned", null)]
    [InlineData("Name", "", null)]
    [InlineData("Effect", "maybe", null)]
    [InlineData("Subjects", "", null)]
    [InlineData("Kinds", "sales-rep emperor", null)]
    [InlineData("Reach", "far", null)]
    [InlineData("CompanyKinds", "dealer guild", null)]
    [InlineData("Countries", "DE XX", null)]
    [InlineData("Days", "monday someday", null)]
    [InlineData("From", "8 o'clock", null)]
    [InlineData("Networks", "192.0.2.0/33", null)]
    [InlineData("Withheld", "orders.eat", null)]
    [InlineData("Idle", "59", null)]
    [InlineData("Hard", "28801", null)]
    [InlineData("PerOrder", "5000", null)]
    [InlineData("PerOrder", "5000 EUR, 6000 EUR", null)]
    [InlineData("PerMonth", "1.234,50 EUR", null)]
    [InlineData("OpensIn", "order", "cart")]
    public void What_cannot_be_read_names_its_field(string field, string value, string? highest)
    {
        var draft = Fair with { Highest = highest };
        typeof(RuleDraft).GetProperty(field)!.SetValue(draft, value);
        var (rule, refusals) = draft.Read();

        Assert.Null(rule);
        Assert.Equal(field, Assert.Single(refusals).Field);
        Assert.Equal($"Rules[0].{field}", Assert.Single((PolicyDraft.Of(ShopPolicy.Standard) with { Rules = [draft] }).Read(2).Refusals).Field);
    }

    [Theory]
    [InlineData("Idle", "")]
    [InlineData("Reasons", "")]
    [InlineData("Reasons", "<b>")]
    [InlineData("TicketPattern", "T-[0-9")]
    [InlineData("TicketPattern", "(a)\\1")]
    [InlineData("Finders", "nobody-else")]
    public void What_is_set_for_all_is_read_as_strictly(string field, string value)
    {
        var draft = PolicyDraft.Of(ShopPolicy.Standard);
        typeof(PolicyDraft).GetProperty(field)!.SetValue(draft, value);
        Assert.Contains(field, draft.Read(2).Refusals.Select(refusal => refusal.Field));
        Assert.Contains(field, draft.CheckGeneral().Select(refusal => refusal.Field));
    }

    [Fact]
    public void Two_rules_of_one_short_name_are_refused() =>
        Assert.NotEmpty((PolicyDraft.Of(ShopPolicy.Standard) with { Rules = [Fair, Fair] }).Read(2).Refusals);

    [Fact]
    public void Rules_read_as_sentences()
    {
        Assert.Equal(
            "Sales reps, supervisors, administrators and telesales operators may act for companies and their people that are assigned to them.",
            PolicyWords.Of(ShopPolicy.Standard.Rules[0]));
        Assert.Equal("Colleagues may act for people of companies where the company has given a mandate.", PolicyWords.Of(ShopPolicy.Standard.Rules[4]));
        var night = new PolicyRule("night", "Night", false) { Subjects = [SubjectKind.Employee, SubjectKind.Consumer], Hours = new([DayOfWeek.Saturday], new(20, 0), new(6, 0)) };
        Assert.Equal(
            "Sales reps may act for companies as a whole of the kind subsidiary or end customer.",
            PolicyWords.Of(new PolicyRule("x", "x", true) { Kinds = [OperatorKind.SalesRep], Subjects = [SubjectKind.Company], CompanyKinds = [CompanyKind.Subsidiary, CompanyKind.EndCustomer] }));
        Assert.Equal("Everybody may not act for people of companies and private customers on Saturday from 20:00 to 06:00.", PolicyWords.Of(night));
        var terms = PolicyWords.Terms(WithTerms(terms => terms with { OpensIn = Mode.View, HardSeconds = 7_200, PerOrder = [new(500_00, Currency.Of("EUR"))] }).Rules[0]);
        Assert.Equal(["opens in view, up to order", "it can be raised, and falls back after 15 minutes", "ends after 2 hours in any case", "orders of at most 500.00 EUR"], terms);
    }
}
