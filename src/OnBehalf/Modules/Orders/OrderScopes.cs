using OnBehalf.Assistance;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>Which orders somebody may see, as conditions over `o`.</summary>
internal static class OrderScopes
{
    /// <summary>The buyer's own, with those about which he may decide, or all of the company for its administrator, and for who acts for the company as a whole.</summary>
    public static SqlFilter OfBuyer(Caller caller) => caller.Company is { } company && SeesCompany(caller)
        ? new SqlFilter().And("o.company_id = ?", company.Id.Value)
        : caller is { Company: { } own, Buyer: { Role: BuyerRole.Approver } approver }
            ? new SqlFilter().And(
                "o.membership_id = ? or (o.company_id = ? and exists (select 1 from order_approval y where y.order_id = o.id))", approver.Membership.Value, own.Id.Value)
        : new SqlFilter().And("o.membership_id = ?", caller.Buyer!.Membership.Value);

    public static bool SeesCompany(Caller caller) => caller.Company is not null && (caller.IsForCompany || caller.Buyer?.Role == BuyerRole.Administrator);

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

    /// <summary>Whether the list is of what he placed himself; telesales has no other.</summary>
    public static bool IsOwn(Caller caller, bool isMine) => isMine || caller.Staff!.Role == StaffRole.TelesalesOperator;

    private static (Actor.Staff Staff, CustomerScope Scope) Of(Caller caller) => (caller.Staff!, CustomerScope.Of(caller.Staff!.Role, caller.Staff.AccessAllCustomers));
}
