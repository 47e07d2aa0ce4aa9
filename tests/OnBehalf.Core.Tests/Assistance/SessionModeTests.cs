using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;
using static OnBehalf.Assistance.Cast;

namespace OnBehalf.Assistance;

public sealed class SessionModeTests
{
    private static readonly DateTimeOffset Now = Monday;
    private static readonly SessionMode View = new(Mode.View, null, null);
    private static readonly ModeScope Support = new(Mode.View, Mode.Order, null, AsksReason: true, AsksProof: false, 900);

    [Fact]
    public void Support_looks_first_and_says_why_it_needs_more_once()
    {
        var decision = Decide(new Situation(Sam, Ines, ShopPolicy.Standard, Start));
        Assert.Equal((Mode.View, Mode.Order), (decision.Mode, decision.Highest));
        Assert.Equal(SessionMode.ReasonNeeded, View.To(Mode.Order, decision.ModeScope(null), hasReason: false, isProved: false, Now).Refusal);
        var raised = View.To(Mode.Order, decision.ModeScope(null), hasReason: true, isProved: false, Now).Value;
        Assert.Equal(Mode.Order, raised.At(Now.AddSeconds(899)));
        Assert.Equal(Mode.View, raised.At(Now.AddSeconds(900)));
    }

    [Fact]
    public void A_rep_orders_for_his_own_customers_at_once_and_comes_back_to_it_without_being_asked()
    {
        var decision = Decide(KarimForInes);
        Assert.Equal(Mode.Order, decision.Mode);
        var lowered = new SessionMode(Mode.Order, null, null).To(Mode.View, decision.ModeScope(null), false, false, Now).Value;
        Assert.Equal(Mode.View, lowered.At(Now));
        Assert.Equal(new SessionMode(Mode.Order, null, null), lowered.To(Mode.Order, decision.ModeScope(null), false, false, Now).Value);
    }

    [Fact]
    public void A_colleague_looks_first() =>
        Assert.Equal(Mode.View, Decide(new Situation(Mira, Ines, ShopPolicy.Standard, Start) { Mandate = Given }).Mode);

    [Fact]
    public void The_password_is_asked_for_each_time()
    {
        var strict = Support with { AsksReason = false, AsksProof = true };
        Assert.Equal(SessionMode.ProofNeeded, View.To(Mode.Cart, strict, true, isProved: false, Now).Refusal);
        var raised = View.To(Mode.Cart, strict, false, isProved: true, Now).Value;
        Assert.Equal(SessionMode.ProofNeeded, raised.To(Mode.Order, strict, true, isProved: false, Now).Refusal);
        Assert.Equal(Mode.View, raised.To(Mode.View, strict, false, isProved: false, Now).Value.At(Now));
    }

    [Fact]
    public void The_second_step_counts_while_it_is_young_and_no_password_takes_its_place()
    {
        var strict = Support with { AsksReason = false, AsksProof = true, AsksSecondFactor = true };
        foreach (var age in new int?[] { null, SessionMode.SecondFactorSeconds + 1 })
        {
            Assert.Equal(SessionMode.SecondFactorNeeded, View.To(Mode.Cart, strict, true, isProved: true, Now, age).Refusal);
        }

        Assert.Equal(Mode.Cart, View.To(Mode.Cart, strict, false, isProved: false, Now, SessionMode.SecondFactorSeconds).Value.At(Now));
        Assert.Equal(Mode.View, View.To(Mode.View, strict, false, isProved: false, Now).Value.At(Now));
    }

    [Fact]
    public void Nobody_begins_above_the_mode_in_which_the_rule_opens()
    {
        var policy = WithTerms(terms => terms with { OpensIn = Mode.View });
        Assert.Equal(Mode.View, Decide(KarimForInes with { Policy = policy, Attempt = Start with { Mode = Mode.Order } }).Mode);
        Assert.Equal(Mode.Order, Decide(KarimForInes with { Policy = policy, Attempt = Start with { Moment = Moment.Running, Mode = Mode.Order } }).Mode);
    }

    [Fact]
    public void A_raised_mode_never_goes_above_rule_mandate_and_consent_and_always_ends() => Prop.ForAll(
        ArbMap.Default.ArbFor<(Mode, Mode, Mode, Mode, Mode)>(), ArbMap.Default.ArbFor<(bool, bool, bool, bool)>(), (modes, flags) =>
        {
            var policy = WithTerms(terms => terms with
            {
                OpensIn = modes.Item1 < modes.Item2 ? modes.Item1 : modes.Item2,
                Highest = modes.Item2,
                RaiseNeedsReason = flags.Item1,
                RaiseNeedsProof = flags.Item2,
            });
            var decision = Decide(KarimForInes with
            {
                Policy = policy,
                Attempt = Start with { Moment = Moment.Running },
                Mandate = Given with { Highest = modes.Item3 },
                Consent = new Consent(ConsentKind.Standing, null, modes.Item4, Rights.Everything),
            });
            var scope = decision.ModeScope(null);
            var before = new SessionMode(decision.OpensIn, null, null);
            var outcome = before.To(modes.Item5, scope, flags.Item3, flags.Item4, Now);
            return outcome.IsRefused
                ? modes.Item5 > scope.Highest || (flags.Item1 && !flags.Item3) || (flags.Item2 && !flags.Item4)
                : outcome.Value.At(Now) == modes.Item5 && modes.Item5 <= modes.Item2 && modes.Item5 <= modes.Item3 && modes.Item5 <= modes.Item4
                    && outcome.Value.At(Now.AddHours(1)) <= decision.OpensIn;
        }).QuickCheckThrowOnFailure();
}
