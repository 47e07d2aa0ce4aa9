using OnBehalf.Assistance;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>Which orders somebody may see, as conditions over `o`.</summary>
internal static class OrderScopes
{
    /// <summary>
    /// What the caller may see by his rights: his own, what waits or waited for him as an approver, what is booked on cost centres for which he is named, all of his company, and of its
    /// subsidiaries. Who acts for a company as a whole sees the company.
    /// </summary>
    /// <param name="reach">What is asked for; more than he may see is not given.</param>
    public static SqlFilter OfBuyer(Caller caller, OrderReach reach)
    {
        if (caller.Company is not { } company)
        {
            return new SqlFilter().And("o.membership_id = ?", caller.Buyer!.Membership.Value);
        }

        if (reach == OrderReach.Tree && caller.May(Right.OrdersViewTree))
        {
            return new SqlFilter().And(
                """
                o.company_id in (
                    with recursive below (id) as (
                        select c.id from company c where c.id = ? union select k.id from company k join below on k.parent_id = below.id where k.kind = 'subsidiary')
                    select id from below)
                """,
                company.Id.Value);
        }

        if (reach >= OrderReach.Company && SeesCompany(caller))
        {
            return new SqlFilter().And("o.company_id = ?", company.Id.Value);
        }

        if (caller.IsForCompany)
        {
            return new SqlFilter().And("o.company_id = ? and o.membership_id is null", company.Id.Value);
        }

        var own = caller.Buyer!.Membership.Value;
        var approves = reach > OrderReach.Own && caller.May(Right.OrdersApprove);
        var centres = reach > OrderReach.Own && caller.May(Right.OrdersViewCentre);
        return (approves, centres) switch
        {
            (true, true) => new SqlFilter().And($"o.membership_id = ? or {Approvals} or {Centres}", own, company.Id.Value, company.Id.Value, own),
            (true, false) => new SqlFilter().And($"o.membership_id = ? or {Approvals}", own, company.Id.Value),
            (false, true) => new SqlFilter().And($"o.membership_id = ? or {Centres}", own, company.Id.Value, own),
            _ => new SqlFilter().And("o.membership_id = ?", own),
        };
    }

    private const string Approvals = "(o.company_id = ? and exists (select 1 from order_approval y where y.order_id = o.id))";
    private const string Centres = "(o.company_id = ? and o.cost_centre_id in (select x.cost_centre_id from cost_centre_member x where x.membership_id = ?))";

    public static bool SeesCompany(Caller caller) => caller.Company is not null && (caller.IsForCompany || caller.May(Right.OrdersViewCompany));

    /// <summary>Between what somebody may choose, the narrowest first; one alone is no choice.</summary>
    public static IReadOnlyList<OrderReach> Reaches(Caller caller) => caller.Company is null || caller.Buyer is null ? []
        :
        [
            OrderReach.Own,
            .. caller.May(Right.OrdersViewCentre) || caller.May(Right.OrdersApprove) ? [OrderReach.Centre] : Array.Empty<OrderReach>(),
            .. caller.May(Right.OrdersViewCompany) ? [OrderReach.Company] : Array.Empty<OrderReach>(),
            .. caller.May(Right.OrdersViewTree) ? [OrderReach.Tree] : Array.Empty<OrderReach>(),
        ];

    /// <summary>Everything that a staff member may see: for one order.</summary>
    public static SqlFilter OfStaff(Caller caller)
    {
        var (staff, scope) = Of(caller);
        return (staff.Role, scope) switch
        {
            (StaffRole.TelesalesOperator, _) => new SqlFilter().And("o.operator_staff_id = ?", staff.Id.Value),
            (_, { AllCompanies: true, Consumers: true }) => new SqlFilter(),
            (_, { AllCompanies: true }) => new SqlFilter().And("o.company_id is not null or o.operator_staff_id = ?", staff.Id.Value),
            _ => new SqlFilter().And(
                "o.operator_staff_id = ? or o.company_id in (select company_id from staff_assignment where staff_id = ?)", staff.Id.Value, staff.Id.Value),
        };
    }

    /// <summary>One of the two tabs, for those who may see all companies; see <see cref="IsByAssignment"/>.</summary>
    public static SqlFilter OfStaff(Caller caller, bool isMine)
    {
        var (staff, scope) = Of(caller);
        return IsOwn(caller, isMine) ? new SqlFilter().And("o.operator_staff_id = ?", staff.Id.Value)
            : scope.Consumers ? new SqlFilter()
            : new SqlFilter().And("o.company_id is not null");
    }

    /// <summary>Whether the list is that of the companies assigned to him.</summary>
    public static bool IsByAssignment(Caller caller, bool isMine) => !IsOwn(caller, isMine) && !Of(caller).Scope.AllCompanies;

    /// <summary>The group whose orders he can have as a list: a supervisor's own; null: there is none.</summary>
    public static string? Team(Caller caller) => caller.Staff is { Role: StaffRole.Supervisor or StaffRole.Administrator, Group: { } group } && Of(caller).Scope.AllCompanies ? group : null;

    /// <summary>Whether the list is of what he placed himself; telesales has no other.</summary>
    public static bool IsOwn(Caller caller, bool isMine) => isMine || caller.Staff!.Role == StaffRole.TelesalesOperator;

    private static (Actor.Staff Staff, CustomerScope Scope) Of(Caller caller) => (caller.Staff!, CustomerScope.Of(caller.Staff!.Role, caller.Staff.AccessAllCustomers));
}

/// <summary>Whose orders a list is of, the narrowest first; each has what the one before has.</summary>
public enum OrderReach
{
    Own,

    /// <summary>With those on the cost centres for which he is named, and those about which he decides.</summary>
    Centre,
    Company,

    /// <summary>With the subsidiaries.</summary>
    Tree,
}
