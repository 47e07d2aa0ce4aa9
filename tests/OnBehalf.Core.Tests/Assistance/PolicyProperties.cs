using System.Net;
using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;
using static OnBehalf.Assistance.Cast;

namespace OnBehalf.Assistance;

public sealed class PolicyProperties
{
    [Fact]
    public void Effective_rights_are_a_part_of_every_input() => Prop.ForAll(ArbMap.Default.ArbFor<(ulong, ulong, ulong, ulong, ulong)>(), ArbMap.Default.ArbFor<Mode>(), (bits, mode) =>
    {
        var basis = new RightsBasis(new(bits.Item1), new(bits.Item2), new(bits.Item3), new(bits.Item4), new(bits.Item5));
        var effective = SessionRights.Effective(basis, mode);
        var (extras, lent) = (effective & SessionRights.Extras, effective.Without(SessionRights.Extras));
        return IsPart(lent, basis.Buyer) && IsPart(lent, SessionRights.Lendable) && IsPart(extras, basis.Operator)
            && IsPart(effective, basis.Rule & basis.Mandate & basis.Consent & SessionRights.OfMode(mode))
            && !effective.Has(Right.AccountSecure) && !effective.Has(Right.AssistStart) && !effective.Has(Right.BackOffice);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_right_that_is_missing_is_explained_and_every_other_is_granted() => Prop.ForAll(ArbMap.Default.ArbFor<(ulong, ulong, ulong, ulong, ulong)>(), ArbMap.Default.ArbFor<Mode>(), (bits, mode) =>
    {
        var basis = new RightsBasis(new(bits.Item1), new(bits.Item2), new(bits.Item3), new(bits.Item4), new(bits.Item5));
        var effective = SessionRights.Effective(basis, mode);
        return SessionRights.Explain(basis, mode).All(right => right.IsGranted == effective.Has(right.Right) && right.IsGranted == (right.Sentence.ToString().Length == 0));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_higher_mode_never_grants_less() => Prop.ForAll(ArbMap.Default.ArbFor<(ulong, ulong)>(), bits =>
    {
        var basis = new RightsBasis(new(bits.Item1), new(bits.Item2), Rights.Everything, Rights.Everything, Rights.Everything);
        var (view, cart, order) = (SessionRights.Effective(basis, Mode.View), SessionRights.Effective(basis, Mode.Cart), SessionRights.Effective(basis, Mode.Order));
        return IsPart(view, cart) && IsPart(cart, order) && (view & SessionRights.Extras) == Rights.None;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_situation_has_the_same_answer_and_it_always_names_its_rule() => ForAllSituations(situation =>
    {
        var (one, other) = (Decide(situation), Decide(situation));
        return one.Rule.Code == other.Rule.Code && one.Sentence == other.Sentence && one.Granted == other.Granted && one.Mode == other.Mode
            && one.Rule.Code.Length > "assistance.".Length && one.Rule.Code.StartsWith("assistance.", StringComparison.Ordinal)
            && !(one.Sentence + one.SentenceForOthers).Contains('{') && one.IsAllowed == (one.Remedy.Length == 0)
            && (one.IsAllowed || (one.Granted == Rights.None && one.Mode == Mode.View));
    });

    [Fact]
    public void Adding_a_rule_that_allows_never_overrides_what_stands_fast_or_a_rule_that_denies() => ForAllSituations(situation =>
    {
        var before = Decide(situation);
        var open = new PolicyRule("open", "Open", true) { Kinds = [.. Enum.GetValues<OperatorKind>()], Subjects = [.. Enum.GetValues<SubjectKind>()] };
        var after = Decide(situation with { Policy = situation.Policy with { Rules = [open, .. situation.Policy.Rules] } });
        var isFast = AssistanceInvariants.Broken(situation) is not null || situation.Policy.Rules.Any(rule => !rule.Allows && "assistance." + rule.Id == before.Rule.Code);
        return isFast ? !after.IsAllowed && after.Rule.Code == before.Rule.Code : after.IsAllowed || after.Rule == AssistanceRule.ConsentMissing;
    });

    [Fact]
    public void Adding_a_rule_that_denies_and_taking_away_one_that_allows_never_allow_more() => ForAllSituations(situation =>
    {
        var before = Decide(situation);
        var denying = new PolicyRule("shut", "Shut", false) { Kinds = [OperatorKind.SalesRep] };
        var rules = situation.Policy.Rules;
        return before.IsAllowed || before.Rule == AssistanceRule.ConsentMissing
            || (!Decide(situation with { Policy = situation.Policy with { Rules = [.. rules, denying] } }).IsAllowed
                && rules.Where(rule => rule.Allows).All(taken => !Decide(situation with { Policy = situation.Policy with { Rules = [.. rules.Where(rule => rule != taken)] } }).IsAllowed));
    });

    [Fact]
    public void A_narrower_mandate_or_consent_never_grants_more() => ForAllSituations(situation =>
    {
        var (wide, narrow) = (Decide(situation), Decide(situation with { Mandate = situation.Mandate with { Rights = situation.Mandate.Rights & Rights.Of(Right.CartsView), Highest = Mode.View } }));
        var frozen = Decide(situation with { Consent = situation.Consent with { Kind = ConsentKind.Frozen } });
        return IsPart(narrow.Granted, wide.Granted) && narrow.Highest <= wide.Highest && !frozen.IsAllowed;
    });

    [Fact]
    public void A_dealer_acts_only_for_his_own_end_customers_by_their_mandate_and_a_rule_that_names_him_and_never_does_more_than_in_his_own_company() => ForAllSituations(any =>
    {
        var situation = any with { Operator = any.Operator with { Kind = OperatorKind.Dealer }, Policy = any.Policy == ShopPolicy.Standard ? WithDealers : any.Policy };
        var (op, subject, decision) = (situation.Operator, situation.Subject, Decide(situation));
        return !decision.IsAllowed
            || (subject is { Kind: SubjectKind.Employee or SubjectKind.Company, Company: { Kind: CompanyKind.EndCustomer, Parent: { } dealer } } && dealer == op.Company
                && op is { IsActive: true, CompanyStatus: CompanyStatus.Active } && situation.Mandate.IsGiven
                && situation.Policy.Rules.Any(rule => rule.Allows && rule.Kinds.Contains(OperatorKind.Dealer) && "assistance." + rule.Id == decision.Rule.Code)
                && IsPart(decision.Granted, subject.Rights & op.Rights & situation.Mandate.Rights) && decision.Highest <= situation.Mandate.Highest);
    });

    [Fact]
    public void What_is_denied_for_anybody_of_a_company_is_denied_for_each_of_its_people() => ForAllSituations(situation =>
        situation.Subject is not { Kind: SubjectKind.Employee, Company: { } company }
        || Decide(situation with { Subject = Subject.AnybodyOf(company) }).IsAllowed || !Decide(situation).IsAllowed);

    private static bool IsPart(Rights part, Rights whole) => (part & whole) == part;

    private static void ForAllSituations(Func<Situation, bool> holds) => Prop.ForAll(
        Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(Any)), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    // A situation from a seed: what is chosen covers every condition of every rule.
    private static Situation Any(int seed)
    {
        var random = new Random(seed);
        bool Maybe(double share = 0.5) => random.NextDouble() < share;
        T One<T>(params T[] values) => values[random.Next(values.Length)];
        T Of<T>()
            where T : struct, Enum => One(Enum.GetValues<T>());
        var company = Nordlicht with
        {
            Status = Maybe(0.8) ? CompanyStatus.Active : Of<CompanyStatus>(),
            Country = One("DE", "DK", null),
            IsProtected = Maybe(0.1),
            Consent = Maybe(0.7) ? default : Of<ConsentNeed>(),
            Kind = Maybe() ? CompanyKind.EndCustomer : Of<CompanyKind>(),
            Parent = One<CompanyId?>(Handel, Handel, null),
        };
        var op = new Operator(Of<OperatorKind>(), "Karim Weiss", One("karim@x.example", "karim@x.example", "same@x.example"), new Rights((ulong)random.NextInt64()) | Rights.Of(Right.AssistStart))
        {
            Group = One("north", "south", null), IsActive = Maybe(0.9), AccessAllCustomers = Maybe(), IsAssigned = Maybe(), IsAssignedInTree = Maybe(), IsActing = Maybe(0.1),
            CompanyRole = Of<BuyerRole>(), Company = One(company.Id, company.Id, Handel, Handel, IId<CompanyId>.New()), CompanyStatus = Maybe(0.8) ? CompanyStatus.Active : Of<CompanyStatus>(),
        };
        var subject = Maybe(0.8)
            ? Subject.OfBuyer("Ines Albrecht", One("ines@x.example", "same@x.example"), new Rights((ulong)random.NextInt64()), Maybe(0.9), Maybe(0.9), Maybe(0.8) ? company : null)
            : Subject.OfCompany(company, Purchaser);
        var rules = Enumerable.Range(0, random.Next(6)).Select(i => new PolicyRule($"rule-{i}", $"Rule {i}", Maybe(0.75))
        {
            Kinds = Maybe() ? [] : [Of<OperatorKind>(), Of<OperatorKind>()], Groups = Maybe(0.8) ? [] : ["north"], Subjects = Maybe() ? [.. Enum.GetValues<SubjectKind>()] : [Of<SubjectKind>()],
            Reach = Of<Reach>(), Countries = Maybe(0.7) ? [] : ["DE"], Statuses = Maybe(0.8) ? [] : [Of<CompanyStatus>()], CompanyKinds = Maybe(0.8) ? [] : [Of<CompanyKind>()], NeedsMandate = Maybe(0.2),
            Hours = Maybe(0.7) ? PolicyHours.Always : new([], new(random.Next(24), 0), new(random.Next(24), 0)), Networks = Maybe(0.8) ? [] : [IPNetwork.Parse("192.0.2.0/24")],
            Terms = new() { Highest = Of<Mode>(), Consent = Maybe(0.8) ? default : Of<ConsentNeed>(), NeedsTicket = Maybe(), Withheld = Maybe() ? Rights.None : Rights.Of(Right.OrdersPlace) },
        });
        var policy = Maybe(0.3) ? ShopPolicy.Standard : ShopPolicy.Standard with { Rules = [.. rules] };
        return new Situation(op, subject, policy, new Attempt(Of<Moment>(), Monday.AddMinutes(random.Next(10_000))) { Network = One(null, IPAddress.Parse("192.0.2.1"), IPAddress.Parse("203.0.113.1")), Mode = Maybe() ? null : Of<Mode>() })
        {
            Mandate = Maybe() ? Mandate.None : Given with { Highest = Of<Mode>(), Rights = new Rights((ulong)random.NextInt64()), Days = Maybe(0.8) ? [] : [DayOfWeek.Monday] },
            Consent = Maybe() ? Consent.None : new Consent(Of<ConsentKind>(), Maybe() ? null : Monday, Of<Mode>(), new Rights((ulong)random.NextInt64())),
        };
    }
}
