using System.Text.RegularExpressions;
using OnBehalf.Kernel;
using static OnBehalf.Assistance.Cast;

namespace OnBehalf.Assistance;

public sealed class PolicyAsksTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("because", false)]
    [InlineData("visit", true)]
    public void The_reason_comes_from_the_list_of_the_policy(string? reason, bool isThere) =>
        Assert.Equal(isThere, !Asks(ShopPolicy.Standard, Start with { ReasonCode = reason }).Contains(Need.Reason));

    [Fact]
    public void A_shop_chooses_its_own_reasons()
    {
        var policy = ShopPolicy.Standard with { Reasons = ["trade-fair"] };
        Assert.Contains(Need.Reason, Asks(policy, Start));
        Assert.Empty(Asks(policy, Start with { ReasonCode = "trade-fair" }));
        Assert.Equal("Trade fair", Reasons.Word(Reasons.CodeOf("Trade fair")!));
        Assert.Equal("visit", Reasons.CodeOf("Visit or at the counter"));
        Assert.Null(Reasons.CodeOf("<script>"));
    }

    [Theory]
    [InlineData(null, true, "assistance.ticket-missing")]
    [InlineData(null, false, null)]
    [InlineData("T-1234", true, null)]
    [InlineData("T-12345", true, "assistance.ticket-unfit")]
    [InlineData("xT-1234", false, "assistance.ticket-unfit")]
    public void A_ticket_is_asked_for_by_the_rule_and_fits_the_pattern_as_a_whole(string? ticket, bool isNeeded, string? code)
    {
        var policy = WithTerms(terms => terms with { NeedsTicket = isNeeded }) with { TicketPattern = new Regex("^(?:T-[0-9]{4})$"), TicketExample = "T-1234" };
        var decision = Decide(KarimForInes with { Policy = policy, Attempt = Start with { Ticket = ticket } });
        Assert.Equal(code, decision.Asks.SingleOrDefault()?.Refusal.Code);
        Assert.Equal(code is null ? null : "Ticket", decision.Asks.SingleOrDefault()?.Refusal.Field);
        Assert.Equal(code is null, decision.MayStart);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(301, true)]
    [InlineData(300, false)]
    public void A_proof_of_who_he_is_must_be_fresh(int? age, bool isAsked) =>
        Assert.Equal(isAsked, Asks(WithTerms(terms => terms with { ProofSeconds = 300 }), Start with { ProofAge = age }).Contains(Need.Proof));

    [Theory]
    [InlineData(300, null, true)]
    [InlineData(300, 301, true)]
    [InlineData(300, 300, false)]
    [InlineData(null, null, true)]
    [InlineData(null, 40_000, false)]
    public void Where_the_second_step_is_asked_for_a_password_is_no_proof(int? most, int? age, bool isAsked)
    {
        var policy = WithTerms(terms => terms with { ProofSeconds = most, NeedsSecondFactor = true });
        var asked = Decide(KarimForInes with { Policy = policy, Attempt = Start with { ProofAge = 0, SecondFactorAge = age } }).Asks;
        Assert.Equal(isAsked ? "assistance.second-factor-needed" : null, asked.SingleOrDefault()?.Refusal.Code);
    }

    [Fact]
    public void Approval_is_asked_for_by_the_rule_and_in_an_emergency()
    {
        var policy = WithTerms(terms => terms with { NeedsApproval = true });
        Assert.Equal([Need.Approval], Asks(policy, Start with { IsApproved = false }));
        Assert.Empty(Asks(policy, Start));
        Assert.Equal([Need.Approval], Asks(ShopPolicy.Standard, Start with { IsApproved = false, IsEmergency = true }));
    }

    [Theory]
    [InlineData(ConsentNeed.None, ConsentKind.None, true, false)]
    [InlineData(ConsentNeed.AssignedIsEnough, ConsentKind.None, true, false)]
    [InlineData(ConsentNeed.AssignedIsEnough, ConsentKind.None, false, true)]
    [InlineData(ConsentNeed.AssignedIsEnough, ConsentKind.Standing, false, false)]
    [InlineData(ConsentNeed.Standing, ConsentKind.None, true, true)]
    [InlineData(ConsentNeed.Standing, ConsentKind.Once, true, false)]
    [InlineData(ConsentNeed.AskEachTime, ConsentKind.Standing, true, true)]
    [InlineData(ConsentNeed.AskEachTime, ConsentKind.Once, true, false)]
    public void Consent_is_asked_for_as_rule_or_company_want_it_whichever_is_more(ConsentNeed need, ConsentKind given, bool isAssigned, bool isAsked)
    {
        var consent = given == ConsentKind.None ? Consent.None : new Consent(given, Monday.AddMinutes(30), Mode.Order, Rights.Everything);
        var op = isAssigned ? Karim : Sam;
        var byRule = KarimForInes with { Operator = op, Consent = consent, Policy = Everywhere(need) };
        var byCompany = KarimForInes with { Operator = op, Consent = consent, Subject = Ines with { Company = Nordlicht with { Consent = need } } };
        foreach (var situation in new[] { byRule, byCompany })
        {
            Assert.Equal(isAsked ? [Need.Consent] : [], Decide(situation).Asks.Select(asked => asked.Need));
            Assert.Empty(Decide(situation with { Attempt = Start with { IsEmergency = true } }).Asks);
        }
    }

    [Fact]
    public void Consent_that_ran_out_is_none_and_ends_a_running_session_that_needs_it()
    {
        var situation = KarimForInes with
        {
            Policy = Everywhere(ConsentNeed.Standing),
            Consent = new(ConsentKind.Once, Monday, Mode.Order, Rights.Everything),
            Attempt = new(Moment.Running, Monday),
        };
        Assert.Equal("assistance.consent-missing", Decide(situation).Rule.Code);
        Assert.True(Decide(situation with { Consent = situation.Consent with { Until = Monday.AddSeconds(1) } }).IsAllowed);
    }

    [Fact]
    public void A_running_session_is_not_asked_for_what_was_there_when_it_began()
    {
        var policy = WithTerms(terms => terms with { NeedsTicket = true, ProofSeconds = 60, NeedsApproval = true });
        Assert.True(Decide(KarimForInes with { Policy = policy, Attempt = new(Moment.Running, Monday) }).MayStart);
        Assert.Equal(4, Decide(KarimForInes with { Policy = policy, Attempt = Before }).Asks.Count);
        Assert.True(Decide(KarimForInes with { Policy = policy, Attempt = Before }).IsAllowed);
    }

    [Theory]
    [InlineData("100.00", "1000.00", null)]
    [InlineData("100.01", "100.01", "assistance.order-too-large")]
    [InlineData("50.00", "1000.01", "assistance.month-too-large")]
    public void An_order_keeps_to_the_amounts_of_rule_and_mandate(string total, string month, string? code)
    {
        var euro = Currency.Of("EUR");
        var decision = Decide(KarimForInes with
        {
            Policy = WithTerms(terms => terms with { PerOrder = [Amount("200", euro)], PerMonth = [Amount("1000", euro)] }),
            Mandate = Given with { PerOrder = [Amount("100", euro)], PerMonth = [Amount("5000", euro)] },
        });
        Assert.Equal(code, OrderLimits.Check(decision.Limits, Amount(total, euro), Amount(month, euro))?.Code);
        var franc = Amount("1", Currency.Of("CHF"));
        Assert.Equal("assistance.currency-not-covered", OrderLimits.Check(decision.Limits, franc, franc)?.Code);
        Assert.Null(OrderLimits.Check(Decide(KarimForInes).Limits, franc, franc));
    }

    [Fact]
    public void An_order_over_the_amount_of_the_mandate_waits_and_no_other()
    {
        var euro = Currency.Of("EUR");
        var above = Decide(KarimForInes with { Mandate = Given with { ApprovalAbove = [Amount("100", euro)] } }).Limits.ApprovalAbove;
        Assert.Null(OrderLimits.WaitsAbove(above, Amount("100.00", euro)));
        Assert.Equal(Amount("100", euro), OrderLimits.WaitsAbove(above, Amount("100.01", euro)));
        Assert.Null(OrderLimits.WaitsAbove(Decide(KarimForInes).Limits.ApprovalAbove, Amount("1000000", euro)));

        // What cannot be compared waits, however little it is.
        Assert.Equal(Amount("100", euro), OrderLimits.WaitsAbove(above, Amount("1", Currency.Of("CHF"))));
        Assert.Equal("Orders over 100.00 EUR wait for approval by an administrator of the company.", OrderLimits.ApprovalInWords(above));
        Assert.Null(OrderLimits.ApprovalInWords([]));
    }

    private static Money Amount(string text, Currency currency) => Money.TryParse(text, currency, out var amount) ? amount : throw new FormatException(text);

    private static IEnumerable<Need> Asks(ShopPolicy policy, Attempt attempt) => Decide(KarimForInes with { Policy = policy, Attempt = attempt }).Asks.Select(asked => asked.Need);

    private static ShopPolicy Everywhere(ConsentNeed need) =>
        ShopPolicy.Standard with { Rules = [.. ShopPolicy.Standard.Rules.Select(rule => rule with { Terms = rule.Terms with { Consent = need } })] };
}
