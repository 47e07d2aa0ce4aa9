using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

public sealed class AssistancePolicyTests
{
    private static readonly Rights Purchaser = Rights.Of(
        Right.CatalogView, Right.PricesView, Right.CartsView, Right.CartsChange, Right.OrdersPlace, Right.OrdersView, Right.AddressesView,
        Right.AddressesChange, Right.AccountView, Right.AccountChange, Right.AccountSecure);

    private static readonly Operator Karim = new(StaffRole.SalesRep, Rights.Of(Right.AssistStart), false, IsAssigned: true, "karim@onbehalf.example");

    private static readonly Subject Ines = new(
        "Ines Albrecht", "ines@nordlicht.example", Purchaser, IsActive: true, IsMembershipActive: true, new("Nordlicht GmbH", CompanyStatus.Active));

    private static readonly Subject Carla = Ines with { Name = "Carla Conti", Company = null };

    [Theory]
    [InlineData(StaffRole.SalesRep, true, false, "assistance.assigned-customer")]
    [InlineData(StaffRole.TelesalesOperator, true, false, "assistance.assigned-customer")]
    [InlineData(StaffRole.SalesRep, true, true, "assistance.assigned-customer")]
    [InlineData(StaffRole.SalesRep, false, true, "assistance.all-customers")]
    [InlineData(StaffRole.SupportAgent, false, false, "assistance.role-covers-all")]
    [InlineData(StaffRole.Supervisor, false, false, "assistance.role-covers-all")]
    [InlineData(StaffRole.Administrator, false, false, "assistance.role-covers-all")]
    public void A_buyer_of_a_covered_company_can_be_acted_for(StaffRole role, bool isAssigned, bool accessAll, string rule)
    {
        var decision = AssistancePolicy.Decide(Karim with { Role = role, IsAssigned = isAssigned, AccessAllCustomers = accessAll }, Ines);

        Assert.True(decision.IsAllowed, decision.Sentence);
        Assert.Equal(rule, decision.Rule.Code);
        Assert.Equal(Mode.Order, decision.Mode);
        Assert.True(decision.Granted.Has(Right.OrdersPlace));
        Assert.False(decision.Granted.Has(Right.AccountSecure));
    }

    [Theory]
    [InlineData(StaffRole.SalesRep, false)]
    [InlineData(StaffRole.TelesalesOperator, false)]
    public void A_company_of_somebody_else_is_refused_by_name_and_with_a_way_on(StaffRole role, bool accessAll)
    {
        var decision = AssistancePolicy.Decide(Karim with { Role = role, IsAssigned = false, AccessAllCustomers = accessAll }, Ines);

        Assert.False(decision.IsAllowed);
        Assert.Equal("assistance.not-assigned", decision.Rule.Code);
        Assert.Equal(
            "You cannot act for Ines Albrecht: Nordlicht GmbH is not assigned to you. Ask your supervisor to assign it to you.", decision.Refusal.Sentence);
        Assert.Equal(Rights.None, decision.Granted);
    }

    [Theory]
    [InlineData(StaffRole.SalesRep, false)]
    [InlineData(StaffRole.TelesalesOperator, false)]
    [InlineData(StaffRole.SupportAgent, true)]
    [InlineData(StaffRole.Supervisor, true)]
    [InlineData(StaffRole.Administrator, true)]
    public void Private_customers_are_for_those_whose_role_covers_them_even_with_access_to_all_companies(StaffRole role, bool isAllowed)
    {
        var decision = AssistancePolicy.Decide(Karim with { Role = role, IsAssigned = false, AccessAllCustomers = true }, Carla);

        Assert.Equal(isAllowed, decision.IsAllowed);
        Assert.Equal(isAllowed ? "assistance.role-covers-consumers" : "assistance.consumers-not-covered", decision.Rule.Code);
    }

    [Fact]
    public void Without_the_right_nobody_acts_not_even_an_administrator() =>
        Refused("assistance.right-missing", Karim with { Role = StaffRole.Administrator, AccessAllCustomers = true, Rights = Rights.None }, Ines);

    [Fact]
    public void Nobody_acts_for_himself() => Refused("assistance.yourself", Karim with { Email = Ines.Email }, Ines);

    [Fact]
    public void A_blocked_company_is_refused() =>
        Refused("assistance.company-blocked", Karim, Ines with { Company = new("Altmetall OHG", CompanyStatus.Blocked) });

    [Fact]
    public void A_company_on_hold_can_be_acted_for_and_is_refused_only_at_checkout() =>
        Assert.True(AssistancePolicy.Decide(Karim, Ines with { Company = new("Pausenhof KG", CompanyStatus.OnHold) }).IsAllowed);

    [Fact]
    public void An_inactive_buyer_is_refused() => Refused("assistance.buyer-inactive", Karim, Ines with { IsActive = false });

    [Fact]
    public void A_buyer_who_has_left_the_company_is_refused() => Refused("assistance.membership-inactive", Karim, Ines with { IsMembershipActive = false });

    [Fact]
    public void What_stands_against_a_company_can_be_asked_before_anybody_is_chosen()
    {
        Assert.Null(AssistancePolicy.DenyCompany(Karim, new("Nordlicht GmbH", CompanyStatus.OnHold)));
        Assert.Equal("assistance.company-blocked", AssistancePolicy.DenyCompany(Karim, new("Altmetall OHG", CompanyStatus.Blocked))?.Rule.Code);
    }

    [Fact]
    public void The_extra_to_adjust_prices_comes_from_the_operator_and_never_into_a_session_that_only_looks()
    {
        var mayAdjust = Karim with { Rights = Rights.Of(Right.AssistStart, Right.PricesAdjust) };

        Assert.True(AssistancePolicy.Decide(mayAdjust, Ines).Granted.Has(Right.PricesAdjust));
        Assert.False(AssistancePolicy.Decide(Karim, Ines).Granted.Has(Right.PricesAdjust));
        Assert.False(AssistancePolicy.Decide(mayAdjust, Ines, Mode.View).Granted.Has(Right.PricesAdjust));
    }

    [Fact]
    public void What_is_granted_is_a_part_of_each_input()
    {
        var rights = ArbMap.Default.ArbFor<ulong>();
        var modes = ArbMap.Default.ArbFor<Mode>();
        Prop.ForAll(rights, rights, modes, (actorBits, subjectBits, mode) =>
        {
            var (actor, subject) = (new Rights(actorBits), new Rights(subjectBits));
            var granted = AssistancePolicy.Grant(actor, subject, mode);
            var extras = granted & AssistancePolicy.Extras & actor;
            var lent = new Rights(granted.Bits & ~extras.Bits);
            return IsPart(lent, subject) && IsPart(lent, AssistancePolicy.Lendable) && IsPart(lent, AssistancePolicy.RightsOf(mode))
                && !granted.Has(Right.AccountSecure) && !granted.Has(Right.AssistStart) && !granted.Has(Right.BackOffice);
        }).QuickCheckThrowOnFailure();

        static bool IsPart(Rights part, Rights whole) => (part & whole) == part;
    }

    [Fact]
    public void A_higher_mode_never_grants_less()
    {
        var rights = ArbMap.Default.ArbFor<ulong>();
        Prop.ForAll(rights, rights, (actor, subject) =>
        {
            var (view, cart, order) = (Granted(Mode.View), Granted(Mode.Cart), Granted(Mode.Order));
            return (view & cart) == view && (cart & order) == cart;

            Rights Granted(Mode mode) => AssistancePolicy.Grant(new Rights(actor), new Rights(subject), mode);
        }).QuickCheckThrowOnFailure();
    }

    private static void Refused(string rule, Operator actor, Subject subject)
    {
        var decision = AssistancePolicy.Decide(actor, subject);
        Assert.False(decision.IsAllowed);
        Assert.Equal(rule, decision.Rule.Code);
        Assert.Equal(rule, decision.Refusal.Code);
        Assert.Equal(RefusalKind.Forbidden, decision.Refusal.Kind);
        Assert.NotEmpty(decision.Remedy);
        Assert.Equal(Rights.None, decision.Granted);
    }
}
