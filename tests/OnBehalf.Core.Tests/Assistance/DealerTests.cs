using OnBehalf.Identity;
using OnBehalf.Kernel;
using static OnBehalf.Assistance.Cast;

namespace OnBehalf.Assistance;

/// <summary>Doris of the dealer Handel acts for Emil of its end customer Kleinkram.</summary>
public sealed class DealerTests
{
    public static readonly TheoryData<string, Situation> Denied = new()
    {
        { "mandate-missing", DorisForEmil with { Mandate = Mandate.None } },
        { "mandate-not-today", DorisForEmil with { Mandate = Given with { Days = [DayOfWeek.Tuesday] } } },
        { "other-customer", DorisForEmil with { Subject = Ines } },
        { "other-customer", DorisForEmil with { Subject = Carla } },
        { "other-customer", DorisForEmil with { Subject = Emil with { Company = Kleinkram with { Parent = Nordlicht.Id } } } },
        { "other-customer", DorisForEmil with { Subject = Emil with { Company = Kleinkram with { Parent = null } } } },
        { "other-customer", DorisForEmil with { Subject = Emil with { Company = Kleinkram with { Kind = CompanyKind.Subsidiary } } } },
        { "dealer-inactive", DorisForEmil with { Operator = Doris with { CompanyStatus = CompanyStatus.OnHold } } },
        { "dealer-inactive", DorisForEmil with { Operator = Doris with { CompanyStatus = CompanyStatus.Blocked } } },
        { "operator-inactive", DorisForEmil with { Operator = Doris with { IsActive = false } } },
        { "company-not-covered", DorisForEmil with { Subject = Subject.OfCompany(Kleinkram, Purchaser) } },
        { "company-blocked", DorisForEmil with { Subject = Emil with { Company = Kleinkram with { Status = CompanyStatus.Blocked } } } },
        { "protected", DorisForEmil with { Subject = Emil with { IsProtected = true } } },
        { "yourself", DorisForEmil with { Subject = Emil with { Email = Doris.Email } } },
        { "frozen", DorisForEmil with { Consent = Consent.None with { Kind = ConsentKind.Frozen } } },
        { "dealers-not-covered", DorisForEmil with { Policy = ShopPolicy.Standard } },
        { "dealers-not-covered", DorisForEmil with { Policy = ShopPolicy.Standard with { Rules = [new("everybody", "Everybody", Allows: true)] } } },
        { "dealers-not-covered", DorisForEmil with { Operator = Doris with { CompanyRole = BuyerRole.Approver } } },
        { "nobody", DorisForEmil with { Policy = WithDealers with { Rules = [.. WithDealers.Rules, new("nobody", "Nobody", Allows: false)] } } },
    };

    [Theory]
    [MemberData(nameof(Denied))]
    public void What_stands_against_a_dealer(string code, Situation situation)
    {
        var decision = Decide(situation);
        Assert.Equal("assistance." + code, decision.Rule.Code);
        Assert.Equal(Rights.None, decision.Granted);
        Assert.DoesNotContain("{", decision.Sentence + decision.SentenceForOthers + decision.Remedy + decision.Change);
    }

    [Fact]
    public void A_rule_that_names_dealers_and_a_mandate_of_the_end_customer_let_him_act()
    {
        var decision = Decide(DorisForEmil);
        Assert.Equal("assistance.dealers", decision.Rule.Code);
        Assert.True(decision.Granted.Has(Right.OrdersPlace));
        Assert.False(decision.Granted.Has(Right.CompanyManage));
        Assert.Equal("assistance.dealer-inactive", Decide(DorisForEmil with { Operator = Doris with { CompanyStatus = CompanyStatus.OnHold }, Attempt = Start with { Moment = Moment.Running } }).Rule.Code);
    }

    [Fact]
    public void He_does_no_more_than_in_his_own_company_and_than_the_mandate_says()
    {
        var looking = Decide(DorisForEmil with { Operator = Doris with { Rights = BuyerRoles.RightsOf(BuyerRole.Viewer), CompanyRole = BuyerRole.Viewer } });
        Assert.True(looking.IsAllowed);
        Assert.False(looking.Granted.Has(Right.CartsChange));
        Assert.False(looking.Granted.Has(Right.OrdersPlace));
        Assert.Equal(Mode.Cart, Decide(DorisForEmil with { Mandate = Given with { Highest = Mode.Cart } }).Highest);
    }

    [Fact]
    public void A_rule_that_also_covers_companies_lets_him_act_for_the_end_customer_as_a_whole_by_the_same_conditions()
    {
        var whole = DorisForEmil with
        {
            Subject = Subject.OfCompany(Kleinkram, BuyerRoles.OfCompany),
            Policy = ShopPolicy.Standard with { Rules = [new("dealers", "Dealers", Allows: true) { Kinds = [OperatorKind.Dealer], Subjects = [SubjectKind.Company] }] },
        };
        Assert.Equal("assistance.dealers", Decide(whole).Rule.Code);
        Assert.True(Decide(whole).Granted.Has(Right.OrdersPlace));
        Assert.False(Decide(whole with { Operator = Doris with { Rights = BuyerRoles.RightsOf(BuyerRole.Viewer), CompanyRole = BuyerRole.Viewer } }).Granted.Has(Right.OrdersPlace));
        Assert.Equal("assistance.mandate-missing", Decide(whole with { Mandate = Mandate.None }).Rule.Code);
        Assert.Equal("assistance.dealer-inactive", Decide(whole with { Operator = Doris with { CompanyStatus = CompanyStatus.OnHold } }).Rule.Code);
        Assert.Equal("assistance.other-customer", Decide(whole with { Subject = Subject.OfCompany(Nordlicht, BuyerRoles.OfCompany) }).Rule.Code);
    }

    [Fact]
    public void Somebody_of_a_dealer_is_a_colleague_in_his_own_company_and_the_dealer_elsewhere()
    {
        Assert.Equal(OperatorKind.Colleague, Operator.KindOf(Handel, CompanyKind.Dealer, Handel));
        Assert.Equal(OperatorKind.Dealer, Operator.KindOf(Handel, CompanyKind.Dealer, Kleinkram.Id));
        Assert.Equal(OperatorKind.Colleague, Operator.KindOf(Handel, CompanyKind.Partner, Kleinkram.Id));
        Assert.Equal(OperatorKind.Colleague, Operator.KindOf(Handel, CompanyKind.Dealer, null));
    }
}
