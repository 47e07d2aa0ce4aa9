using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>Who is in every test of the policy.</summary>
internal static class Cast
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 10, 30, 0, TimeSpan.FromHours(1));

    public static readonly Rights Purchaser = BuyerRoles.RightsOf(BuyerRole.Purchaser);

    public static readonly SubjectCompany Nordlicht = new(new CompanyId(Guid.Parse("00000000-0000-7000-8000-000000000001")), "Nordlicht GmbH", CompanyStatus.Active, "DE") { Kind = CompanyKind.Customer };

    public static readonly Operator Karim = new(OperatorKind.SalesRep, "Karim Weiss", "karim@onbehalf.example", StaffRoles.RightsOf(StaffRole.SalesRep, false))
    {
        Group = "field-sales", IsAssigned = true,
    };

    public static readonly Operator Rosa = Karim with { Name = "Rosa Lind", Email = "rosa@onbehalf.example", IsAssigned = false };

    public static readonly Operator Sam = new(OperatorKind.SupportAgent, "Sam Okoye", "sam@onbehalf.example", StaffRoles.RightsOf(StaffRole.SupportAgent, false));

    public static readonly Subject Ines = Subject.OfBuyer("Ines Albrecht", "ines@nordlicht.example", Purchaser, true, true, Nordlicht);

    public static readonly Subject Carla = Subject.OfBuyer("Carla Conti", "carla@buyers.example", BuyerRoles.RightsOf(BuyerRole.Consumer), true, true, null);

    public static readonly Operator Mira = new(OperatorKind.Colleague, "Mira Åkesson", "mira@nordlicht.example", Purchaser)
    {
        Company = Nordlicht.Id, CompanyRole = BuyerRole.Purchaser,
    };

    public static readonly CompanyId Handel = new(Guid.Parse("00000000-0000-7000-8000-000000000002"));

    public static readonly SubjectCompany Kleinkram =
        new(new CompanyId(Guid.Parse("00000000-0000-7000-8000-000000000003")), "Kleinkram GbR", CompanyStatus.Active, "DE") { Kind = CompanyKind.EndCustomer, Parent = Handel };

    public static readonly Operator Doris = new(OperatorKind.Dealer, "Doris Dahl", "doris@handel.example", Purchaser) { Company = Handel, CompanyRole = BuyerRole.Purchaser };

    public static readonly Subject Emil = Subject.OfBuyer("Emil Ende", "emil@kleinkram.example", BuyerRoles.RightsOf(BuyerRole.Administrator), true, true, Kleinkram);

    /// <summary>The standard rules and one that names dealers.</summary>
    public static readonly ShopPolicy WithDealers = ShopPolicy.Standard with
    {
        Rules = [.. ShopPolicy.Standard.Rules, new("dealers", "Dealers", Allows: true) { Kinds = [OperatorKind.Dealer], CompanyRoles = [BuyerRole.Administrator, BuyerRole.Purchaser, BuyerRole.Viewer] }],
    };

    public static readonly Mandate Given = Mandate.None with { IsGiven = true };

    public static readonly Attempt Before = new(Moment.Before, Monday);

    /// <summary>With everything that can be asked for.</summary>
    public static readonly Attempt Start = new(Moment.Start, Monday)
    {
        Network = System.Net.IPAddress.Parse("192.0.2.7"), ReasonCode = "visit", Ticket = "T-77", ProofAge = 1, IsApproved = true,
    };

    public static readonly Situation KarimForInes = new(Karim, Ines, ShopPolicy.Standard, Start);

    public static Situation DorisForEmil => new(Doris, Emil, WithDealers, Start) { Mandate = Given };

    /// <summary>The standard policy with its first rule (assigned customers) changed.</summary>
    public static ShopPolicy With(Func<PolicyRule, PolicyRule> change) =>
        ShopPolicy.Standard with { Rules = [change(ShopPolicy.Standard.Rules[0]), .. ShopPolicy.Standard.Rules.Skip(1)] };

    public static ShopPolicy WithTerms(Func<PolicyTerms, PolicyTerms> change) => With(rule => rule with { Terms = change(rule.Terms) });

    public static AssistanceDecision Decide(Situation situation) => AssistancePolicy.Decide(situation);
}
