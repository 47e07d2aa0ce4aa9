using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Operators as the policy sees them, and SQL for what it wants to know about them and a customer.</summary>
public static class Operators
{
    /// <summary>The staff member of a request; whether a customer is assigned to him is said with each customer.</summary>
    public static Operator Of(Actor.Staff staff) => new(Operator.KindOf(staff.Role), staff.Name, EmailAddress.Normalize(staff.Email), staff.Rights)
    {
        Group = staff.Group, AccessAllCustomers = staff.AccessAllCustomers,
    };

    internal static Operator Of(StaffRole role, string name, string email, string? group, bool accessAll, bool mayAdjustPrices) =>
        new(Operator.KindOf(role), name, email, StaffRoles.RightsOf(role, mayAdjustPrices)) { Group = group, AccessAllCustomers = accessAll };

    /// <summary>A buyer, as a colleague or for an end customer of his company: his own rights only bound whom he may act for, and how.</summary>
    internal static Operator Of(OperatorKind kind, HeldRole role, string name, string email, CompanyId? company, CompanyStatus status) =>
        new(kind, name, email, role.Rights) { CompanyRole = role.Kind, Company = company, CompanyStatus = status };

    /// <summary>A company above one, by the alias of its row, is assigned to a staff member.</summary>
    internal static string IsAssignedInTree(Data.Database database, string company, string staff, bool isForGood = false) =>
        $"""
        exists (with recursive above (id) as (
                select {company}.parent_id union select k.parent_id from company k join above on k.id = above.id)
            select 1 from above join staff_assignment z on z.company_id = above.id
            where z.staff_id = {staff} and {Lasts(database, isForGood)})
        """;

    /// <summary>The company itself is; access that was granted for a time has not ended.</summary>
    /// <param name="isForGood">Such access does not count.</param>
    internal static string IsAssigned(Data.Database database, string company, string staff, bool isForGood = false) =>
        $"exists (select 1 from staff_assignment z where z.staff_id = {staff} and z.company_id = {company}.id and {Lasts(database, isForGood)})";

    private static string Lasts(Data.Database database, bool isForGood) => isForGood ? "z.until is null" : $"(z.until is null or z.until > {database.Now})";

    /// <summary>The buyer, or all people of his company, are under protection.</summary>
    internal const string IsProtected =
        "exists (select 1 from assist_protection y where y.lifted_at is null and (y.buyer_id = b.id or y.company_id = m.company_id))";

    /// <summary>The same where there may be no buyer, because the company is acted for as a whole.</summary>
    /// <param name="company">The company's id.</param>
    internal static string IsProtectedIn(string company) =>
        $"exists (select 1 from assist_protection y where y.lifted_at is null and (y.buyer_id = b.id or y.company_id = {company}))";

    public static readonly Refusal StaffAddress = Refusal.Forbidden(
        "assistance.staff-address", "Your mail address is that of somebody of the shop's staff. What your company lets others do is for another administrator of it to say.");

    /// <summary>He would say as the customer what he himself may do as staff.</summary>
    internal static async Task<bool> IsAlsoStaff(Data.Tx tx, BuyerId buyer) => (await tx.Db.Rows<int>(
        "select 1 as \"Value\" from staff y join buyer b on b.email_normalized = y.email_normalized where b.id = {0}", buyer.Value).ToListAsync(tx.Cancel)).Count > 0;

    /// <summary>The buyer's mail address is that of a staff member.</summary>
    internal const string IsStaff = "exists (select 1 from staff y where y.email_normalized = b.email_normalized)";
}
