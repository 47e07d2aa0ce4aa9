using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>An operator as he stands in the database now, staff member or buyer, beside one customer.</summary>
internal sealed record StoredOperator(
    Guid? OperatorStaff, Guid? OperatorBuyer, string OperatorFirstName, string OperatorLastName, string OperatorEmail, string OperatorEmailNormalized,
    string OperatorStatus, string? StaffRole, string? StaffGroup, bool AccessAll, bool MayAdjust, string? ColleagueRole, Guid? ColleagueCompany, string? OwnCompany,
    bool IsAssigned, bool IsInTree, DateTimeOffset? AssignedUntil)
{
    public string Name => $"{OperatorFirstName} {OperatorLastName}";

    public StaffRole? Role => StaffRole is null ? null : Words.Parse<StaffRole>(StaffRole);

    /// <summary>As whom he acts for somebody of this company.</summary>
    public Operator For(Guid? company) => (Role is { } role ? Operators.Of(role, Name, OperatorEmailNormalized, StaffGroup, AccessAll, MayAdjust) : Buyer(company)) with
    {
        IsActive = OperatorStatus == "active",
        IsAssigned = IsAssigned,
        IsAssignedInTree = IsInTree,
        AssignedUntil = AssignedUntil,
    };

    /// <summary>The sign-in is known to the caller of this: a request has it in its row.</summary>
    /// <param name="company">For somebody of which he acts.</param>
    public Actor Actor(SignInId signIn, Guid? company) => Role is { } role
        ? new Actor.Staff(
            new StaffId(OperatorStaff!.Value), signIn, Name, OperatorEmail, role, StaffGroup, AccessAll, StaffRoles.RightsOf(role, MayAdjust))
        : Kind(company) == OperatorKind.Dealer ? new Actor.Buyer(new BuyerId(OperatorBuyer!.Value), signIn, OperatorKey.Name(Name, Own[2])) { IsDealer = true, OwnName = Name }
        : new Actor.Buyer(new BuyerId(OperatorBuyer!.Value), signIn, Name);

    // Kind, status and name of his own company; a consumer has none.
    private string[] Own => OwnCompany?.Split(' ', 3) ?? [Words.Kebab(CompanyKind.Customer), Words.Kebab(CompanyStatus.Active), ""];

    private OperatorKind Kind(Guid? company) => OnBehalf.Assistance.Operator.KindOf(Id(ColleagueCompany), Words.Parse<CompanyKind>(Own[0]), Id(company));

    private Operator Buyer(Guid? company) => Operators.Of(
        Kind(company), HeldRole.Read(ColleagueRole!), Name, OperatorEmailNormalized, Id(ColleagueCompany), Words.Parse<CompanyStatus>(Own[1]));

    private static CompanyId? Id(Guid? company) => company is { } id ? new CompanyId(id) : null;

    /// <summary>Columns over `s` (staff, perhaps none), `p` and `q` (a buyer and his membership, perhaps none) and `c` (the company, perhaps none).</summary>
    public static string Columns(Database database) =>
        $"""
        s.id as "OperatorStaff", p.id as "OperatorBuyer", coalesce(s.first_name, p.first_name) as "OperatorFirstName",
        coalesce(s.last_name, p.last_name) as "OperatorLastName", coalesce(s.email, p.email) as "OperatorEmail",
        coalesce(s.email_normalized, p.email_normalized) as "OperatorEmailNormalized",
        case when p.id is null then s.status when q.status = 'active' then p.status else q.status end as "OperatorStatus",
        s.role as "StaffRole", s.staff_group as "StaffGroup", coalesce(s.access_all_customers, false) as "AccessAll",
        coalesce(s.may_adjust_prices, false) as "MayAdjust", {RoleSql.Of("q")} as "ColleagueRole", q.company_id as "ColleagueCompany",
        (select w.kind || ' ' || w.status || ' ' || w.name from company w where w.id = q.company_id) as "OwnCompany",
        {Operators.IsAssigned(database, "c", "s.id")} as "IsAssigned", {Operators.IsAssignedInTree(database, "c", "s.id")} as "IsInTree",
        (select a.until from staff_assignment a where a.staff_id = s.id and a.company_id = c.id) as "AssignedUntil"
        """;

    /// <summary>The operator of a session by its alias.</summary>
    public static string Join(string session) =>
        $"""
        left join staff s on s.id = {session}.operator_staff_id
        left join buyer p on p.id = {session}.operator_buyer_id
        left join membership q on q.id = {session}.operator_membership_id
        """;
}
