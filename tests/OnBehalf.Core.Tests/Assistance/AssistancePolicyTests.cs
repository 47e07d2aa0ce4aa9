using System.Net;
using OnBehalf.Kernel;
using static OnBehalf.Assistance.Cast;

namespace OnBehalf.Assistance;

public sealed class AssistancePolicyTests
{
    [Theory]
    [InlineData(OperatorKind.SalesRep, true, false, "assistance.assigned-customer", Mode.Order)]
    [InlineData(OperatorKind.TelesalesOperator, true, false, "assistance.assigned-customer", Mode.Order)]
    [InlineData(OperatorKind.SalesRep, true, true, "assistance.assigned-customer", Mode.Order)]
    [InlineData(OperatorKind.SalesRep, false, true, "assistance.all-customers", Mode.Order)]
    [InlineData(OperatorKind.SupportAgent, false, false, "assistance.role-covers-all", Mode.View)]
    [InlineData(OperatorKind.SupportAgent, true, true, "assistance.role-covers-all", Mode.View)]
    [InlineData(OperatorKind.Supervisor, false, false, "assistance.role-covers-all", Mode.View)]
    [InlineData(OperatorKind.Administrator, false, false, "assistance.role-covers-all", Mode.View)]
    public void The_standard_policy_lets_staff_act_for_buyers_of_the_companies_they_cover(
        OperatorKind kind, bool isAssigned, bool accessAll, string rule, Mode opensIn)
    {
        var decision = Decide(KarimForInes with { Operator = Karim with { Kind = kind, IsAssigned = isAssigned, AccessAllCustomers = accessAll } });

        Assert.True(decision.MayStart, decision.Sentence);
        Assert.Equal(rule, decision.Rule.Code);
        Assert.Equal((opensIn, Mode.Order), (decision.Mode, decision.Highest));
        Assert.Equal(opensIn == Mode.Order, decision.Granted.Has(Right.OrdersPlace));
        Assert.False(decision.Granted.Has(Right.AccountSecure));
        Assert.Equal((900, 3_600), (decision.Limits.IdleSeconds, decision.Limits.HardSeconds));
        Assert.Equal(1, decision.PolicyVersion);
    }

    [Theory]
    [InlineData(OperatorKind.SalesRep, false)]
    [InlineData(OperatorKind.TelesalesOperator, false)]
    [InlineData(OperatorKind.SupportAgent, true)]
    [InlineData(OperatorKind.Supervisor, true)]
    [InlineData(OperatorKind.Administrator, true)]
    public void Private_customers_are_for_those_whose_role_covers_them_even_with_access_to_all_companies(OperatorKind kind, bool isAllowed)
    {
        var decision = Decide(KarimForInes with { Operator = Rosa with { Kind = kind, AccessAllCustomers = true }, Subject = Carla });

        Assert.Equal(isAllowed, decision.IsAllowed);
        Assert.Equal(isAllowed ? "assistance.role-covers-consumers" : "assistance.consumers-not-covered", decision.Rule.Code);
    }

    [Fact]
    public void A_denial_says_what_why_and_what_now_to_the_operator_and_to_others()
    {
        var decision = Decide(KarimForInes with { Operator = Rosa });
        Assert.Equal(
            "You cannot act for Ines Albrecht: Nordlicht GmbH is not assigned to you. Ask your supervisor, or request access.", decision.Refusal.Sentence);
        Assert.Equal("Rosa Lind cannot act for Ines Albrecht: Nordlicht GmbH is not assigned to Rosa Lind.", decision.SentenceForOthers);
        Assert.Equal("Assign Nordlicht GmbH to Rosa Lind, or grant access for a time.", decision.Change);

        var company = Decide(KarimForInes with { Operator = Rosa, Subject = Subject.AnybodyOf(Nordlicht) });
        Assert.Equal("You cannot act for Nordlicht GmbH: it is not assigned to you. Ask your supervisor, or request access.", company.Refusal.Sentence);
    }

    public static TheoryData<string, Situation> WhatStandsFast => new()
    {
        { "operator-inactive", KarimForInes with { Operator = Karim with { IsActive = false } } },
        { "right-missing", KarimForInes with { Operator = Karim with { Rights = Rights.None } } },
        { "nested", KarimForInes with { Operator = Karim with { IsActing = true } } },
        { "yourself", KarimForInes with { Operator = Karim with { Email = Ines.Email } } },
        { "staff-subject", KarimForInes with { Subject = Ines with { IsStaff = true } } },
        { "protected", KarimForInes with { Subject = Ines with { IsProtected = true } } },
        { "protected", KarimForInes with { Subject = Ines with { Company = Nordlicht with { IsProtected = true } } } },
        { "company-blocked", KarimForInes with { Subject = Ines with { Company = Nordlicht with { Status = CompanyStatus.Blocked } } } },
        { "buyer-inactive", KarimForInes with { Subject = Ines with { IsActive = false } } },
        { "membership-inactive", KarimForInes with { Subject = Ines with { IsMembershipActive = false } } },
        { "frozen", KarimForInes with { Consent = Consent.None with { Kind = ConsentKind.Frozen } } },
        { "frozen", KarimForInes with { Consent = Consent.None with { Kind = ConsentKind.Frozen }, Attempt = Start with { IsEmergency = true } } },
        { "consent-withdrawn", KarimForInes with { Consent = Consent.None with { Kind = ConsentKind.Withdrawn } } },
        { "mandate-not-today", KarimForInes with { Mandate = Given with { Days = [DayOfWeek.Tuesday] } } },
        { "consumer-by-colleague", KarimForInes with { Operator = Mira, Subject = Carla, Mandate = Given } },
        { "other-company", KarimForInes with { Operator = Mira with { Company = IId<CompanyId>.New() }, Mandate = Given } },
        { "more-rights", KarimForInes with { Operator = Mira with { Rights = Rights.Of(Right.CatalogView) }, Mandate = Given } },
        { "yourself", KarimForInes with { Operator = Mira with { Email = Ines.Email }, Mandate = Given } },
    };

    [Theory]
    [MemberData(nameof(WhatStandsFast))]
    public void What_stands_fast_denies_whatever_the_rules_say(string code, Situation situation)
    {
        var open = ShopPolicy.Standard with { Rules = [new("everything", "Everything", true) { Subjects = [.. Enum.GetValues<SubjectKind>()] }] };
        foreach (var policy in new[] { situation.Policy, open })
        {
            var decision = Decide(situation with { Policy = policy });
            Assert.False(decision.IsAllowed);
            Assert.Equal("assistance." + code, decision.Rule.Code);
            Assert.Equal(RefusalKind.Forbidden, decision.Refusal.Kind);
            Assert.Equal(Rights.None, decision.Granted);
            Assert.NotEmpty(decision.Remedy);
            Assert.NotEmpty(decision.Change);
            Assert.DoesNotContain("{", decision.Sentence + decision.SentenceForOthers + decision.Remedy + decision.Change);
        }
    }

    public static TheoryData<string, Situation> WhatIsMissing => new()
    {
        { "not-assigned", KarimForInes with { Operator = Rosa } },
        { "consumers-not-covered", KarimForInes with { Subject = Carla } },
        { "company-not-covered", KarimForInes with { Subject = Subject.OfCompany(Nordlicht, Purchaser), Policy = With(rule => rule with { Subjects = [SubjectKind.Employee] }) } },
        { "mandate-missing", KarimForInes with { Operator = Mira } },
        { "outside-hours", KarimForInes with { Policy = With(rule => rule with { Hours = new([DayOfWeek.Monday], new(14, 0), new(18, 0)) }) } },
        { "outside-hours", KarimForInes with { Policy = With(rule => rule with { Hours = new([DayOfWeek.Sunday], default, default) }) } },
        { "outside-network", KarimForInes with { Policy = With(rule => rule with { Networks = [IPNetwork.Parse("198.51.100.0/24")] }) } },
        { "outside-network", KarimForInes with { Policy = With(rule => rule with { Networks = [IPNetwork.Parse("192.0.2.0/24")] }), Attempt = Start with { Network = null } } },
        { "outside-territory", KarimForInes with { Policy = With(rule => rule with { Countries = ["DK", "SE"] }) } },
        { "status-not-covered", KarimForInes with { Policy = With(rule => rule with { Statuses = [CompanyStatus.OnHold] }) } },
        { "kind-not-covered", KarimForInes with { Policy = With(rule => rule with { CompanyKinds = [CompanyKind.Dealer, CompanyKind.Partner] }) } },
        { "no-rule", KarimForInes with { Policy = With(rule => rule with { Groups = ["support"] }) with { Rules = [With(rule => rule with { Groups = ["support"] }).Rules[0]] } } },
        { "no-rule", KarimForInes with { Policy = ShopPolicy.Standard with { Rules = [] } } },
    };

    [Theory]
    [MemberData(nameof(WhatIsMissing))]
    public void Where_no_rule_fits_the_answer_is_no_and_the_nearest_one_says_what_is_missing(string code, Situation situation)
    {
        var decision = Decide(situation);
        Assert.False(decision.IsAllowed);
        Assert.Equal("assistance." + code, decision.Rule.Code);
        Assert.DoesNotContain("{", decision.Sentence + decision.SentenceForOthers + decision.Remedy + decision.Change);
    }

    [Fact]
    public void A_rule_that_denies_comes_before_every_rule_that_allows_wherever_it_stands()
    {
        var night = new PolicyRule("mornings", "No mornings", Allows: false) { Hours = new([], new(6, 0), new(12, 0)), Why = "{company} is not to be called in the morning", Remedy = "Try after lunch." };
        var policy = ShopPolicy.Standard with { Rules = [.. ShopPolicy.Standard.Rules, night] };

        var decision = Decide(KarimForInes with { Policy = policy });
        Assert.Equal("assistance.mornings", decision.Rule.Code);
        Assert.Equal("You cannot act for Ines Albrecht: Nordlicht GmbH is not to be called in the morning. Try after lunch.", decision.Refusal.Sentence);
        Assert.True(Decide(KarimForInes with { Policy = policy, Attempt = Start with { Now = Monday.AddHours(2) } }).IsAllowed);
    }

    [Fact]
    public void The_first_rule_that_allows_gives_its_terms()
    {
        var strict = new PolicyRule("big", "Big customers", Allows: true) { Groups = ["Field-Sales"], Terms = new() { Highest = Mode.Cart, OpensIn = Mode.View, HardSeconds = 7_200, IdleSeconds = 300 } };
        var decision = Decide(KarimForInes with { Policy = ShopPolicy.Standard with { Rules = [strict, .. ShopPolicy.Standard.Rules] } });

        Assert.Equal("assistance.big", decision.Rule.Code);
        Assert.Equal((Mode.View, Mode.Cart), (decision.Mode, decision.Highest));
        Assert.Equal((300, 7_200), (decision.Limits.IdleSeconds, decision.Limits.HardSeconds));
        Assert.Equal(Mode.Cart, Decide(KarimForInes with { Policy = ShopPolicy.Standard with { Rules = [strict] }, Attempt = Start with { Moment = Moment.Running, Mode = Mode.Order } }).Mode);
    }

    [Fact]
    public void A_company_in_the_tree_is_reached_only_by_a_rule_that_says_so()
    {
        var inTree = KarimForInes with { Operator = Rosa with { IsAssignedInTree = true } };
        Assert.Equal("assistance.not-assigned", Decide(inTree).Rule.Code);
        Assert.True(Decide(inTree with { Policy = With(rule => rule with { Reach = Reach.Tree }) }).IsAllowed);
    }

    [Fact]
    public void Customers_of_a_tree_are_shown_only_to_whom_the_rule_names()
    {
        var policy = With(rule => rule with { Reach = Reach.Tree, Groups = ["Key accounts"] });
        Assert.True(policy.ReachesTree(Rosa with { Group = "key accounts" }));
        Assert.False(policy.ReachesTree(Rosa with { Group = "North" }));
        Assert.False(policy.ReachesTree(Rosa with { Group = null }));
    }

    [Fact]
    public void An_unknown_network_is_no_way_round_a_rule_that_denies_one()
    {
        var denied = KarimForInes with
        {
            Policy = ShopPolicy.Standard with
            {
                Rules = [new("not-from-there", "Not from there", Allows: false) { Networks = [IPNetwork.Parse("203.0.113.0/24")] }, .. ShopPolicy.Standard.Rules],
            },
        };
        Assert.True(Decide(denied with { Attempt = Start with { Network = IPAddress.Parse("192.0.2.1") } }).IsAllowed);
        Assert.False(Decide(denied with { Attempt = Start with { Network = IPAddress.Parse("203.0.113.7") } }).IsAllowed);
        Assert.False(Decide(denied with { Attempt = Start with { Network = null } }).IsAllowed);
        Assert.True(Decide(denied with { Attempt = Start with { Moment = Moment.Before, Network = null } }).IsAllowed);
    }

    [Fact]
    public void A_colleague_with_a_mandate_acts_within_it_and_never_with_his_own_rights()
    {
        var situation = KarimForInes with { Operator = Mira, Mandate = Given with { Highest = Mode.Cart, Rights = Rights.Of(Right.CartsView, Right.CartsChange, Right.OrdersPlace) } };
        var decision = Decide(situation);

        Assert.Equal("assistance.mandated-colleague", decision.Rule.Code);
        Assert.Equal(Rights.Of(Right.CartsView), decision.Granted);
        Assert.Equal(Rights.Of(Right.CartsView, Right.CartsChange), SessionRights.Effective(decision.Basis, decision.Highest));
        var upwards = situation with { Operator = Mira with { Rights = Rights.None }, Subject = Ines with { Company = Nordlicht with { LetsColleaguesActUpwards = true } } };
        Assert.True(Decide(upwards).IsAllowed);
    }

    [Fact]
    public void For_assigned_staff_a_companys_administrator_is_an_ordinary_subject() =>
        Assert.True(Decide(KarimForInes with { Subject = Ines with { Rights = Rights.Everything } }).MayStart);

    [Fact]
    public void A_company_on_hold_can_be_acted_for_and_is_refused_only_at_checkout() =>
        Assert.True(Decide(KarimForInes with { Subject = Ines with { Company = Nordlicht with { Status = CompanyStatus.OnHold } } }).IsAllowed);

    [Fact]
    public void A_session_ends_with_its_hours_the_granted_access_the_mandate_and_the_consent_whichever_comes_first()
    {
        var hours = KarimForInes with { Policy = With(rule => rule with { Hours = new([], new(8, 0), new(11, 0)) }) };
        Assert.Equal(Monday.AddMinutes(30), Decide(hours).Limits.HardEnd(Monday));
        Assert.Equal(Monday.AddMinutes(20), Decide(hours with { Operator = Karim with { AssignedUntil = Monday.AddMinutes(20) } }).Limits.HardEnd(Monday));
        Assert.Equal(Monday.AddMinutes(10), Decide(hours with { Mandate = Given with { Until = Monday.AddMinutes(10) } }).Limits.HardEnd(Monday));
        Assert.Equal(Monday.AddMinutes(5), Decide(hours with { Consent = new(ConsentKind.Once, Monday.AddMinutes(5), Mode.Order, Rights.Everything) }).Limits.HardEnd(Monday));
        Assert.Equal(Monday.AddHours(1), Decide(KarimForInes).Limits.HardEnd(Monday));
    }

    [Theory]
    [InlineData("2026-03-02T23:30:00+01:00", true)]
    [InlineData("2026-03-03T05:59:00+01:00", true)]
    [InlineData("2026-03-03T06:00:00+01:00", false)]
    [InlineData("2026-03-02T05:00:00+01:00", false)]
    [InlineData("2026-03-02T21:59:00+01:00", false)]
    public void Hours_over_midnight_belong_to_the_day_on_which_they_began(string now, bool isInside) =>
        Assert.Equal(isInside, new PolicyHours([DayOfWeek.Monday], new(22, 0), new(6, 0)).Contains(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
}
