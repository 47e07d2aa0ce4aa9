using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>An operator as he stands in the database now, staff member or colleague, beside one customer.</summary>
internal sealed record StoredOperator(
    Guid? OperatorStaff, Guid? OperatorBuyer, string OperatorFirstName, string OperatorLastName, string OperatorEmail, string OperatorEmailNormalized,
    string OperatorStatus, string? StaffRole, string? StaffGroup, bool AccessAll, bool MayAdjust, string? ColleagueRole, Guid? ColleagueCompany,
    bool IsAssigned, bool IsInTree, DateTimeOffset? AssignedUntil)
{
    public string Name => $"{OperatorFirstName} {OperatorLastName}";

    public StaffRole? Role => StaffRole is null ? null : Words.Parse<StaffRole>(StaffRole);

    public Operator Operator => (Role is { } role
        ? Operators.Of(role, Name, OperatorEmailNormalized, StaffGroup, AccessAll, MayAdjust)
        : Operators.Of(Words.Parse<BuyerRole>(ColleagueRole!), Name, OperatorEmailNormalized, ColleagueCompany)) with
    {
        IsActive = OperatorStatus == "active",
        IsAssigned = IsAssigned,
        IsAssignedInTree = IsInTree,
        AssignedUntil = AssignedUntil,
    };

    /// <summary>The sign-in is known to the caller of this: a request has it in its row.</summary>
    public Actor Actor(SignInId signIn) => Role is { } role
        ? new Actor.Staff(
            new StaffId(OperatorStaff!.Value), signIn, Name, OperatorEmail, role, StaffGroup, AccessAll, StaffRoles.RightsOf(role, MayAdjust))
        : new Actor.Buyer(new BuyerId(OperatorBuyer!.Value), signIn, Name);

    /// <summary>Columns over `s` (staff, perhaps none), `p` and `q` (a colleague and his membership, perhaps none) and `c` (the company, perhaps none).</summary>
    public static string Columns(Database database) =>
        $"""
        s.id as "OperatorStaff", p.id as "OperatorBuyer", coalesce(s.first_name, p.first_name) as "OperatorFirstName",
        coalesce(s.last_name, p.last_name) as "OperatorLastName", coalesce(s.email, p.email) as "OperatorEmail",
        coalesce(s.email_normalized, p.email_normalized) as "OperatorEmailNormalized",
        case when p.id is null then s.status when q.status = 'active' then p.status else q.status end as "OperatorStatus",
        s.role as "StaffRole", s.staff_group as "StaffGroup", coalesce(s.access_all_customers, false) as "AccessAll",
        coalesce(s.may_adjust_prices, false) as "MayAdjust", q.role as "ColleagueRole", q.company_id as "ColleagueCompany",
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
