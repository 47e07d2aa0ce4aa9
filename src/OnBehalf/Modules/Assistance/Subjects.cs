using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A buyer as he stands in the database now, and what the policy says about acting for him. His rows stay as they are until the commit.</summary>
/// <param name="IsInScope">False when the customer is none of the operator's: he is not told that it exists.</param>
internal sealed record LockedSubject(BuyerId Buyer, CompanyId? Company, AssistanceDecision Decision, bool IsInScope);

/// <summary>
/// Loads everything that a start depends on with share locks, so that a block, a suspension or a lost right either comes first and is seen, or waits and
/// then ends the session that was just made.
/// </summary>
internal static class Subjects
{
    public static readonly Refusal Missing = Refusal.Missing("customers.not-found", "There is no such customer, or it is not yours to see.");

    public static async Task<LockedSubject?> Lock(Tx tx, StaffId staffId, MembershipId membership)
    {
        // Two starts of one operator come one after the other; foreign keys to his row do not wait for it.
        var staff = await One<StaffNow>(
            tx,
            $"""
            select role as "Role", status as "Status", email_normalized as "Email", access_all_customers as "AccessAll", may_adjust_prices as "MayAdjust"
            from staff where id = {"{0}"}{Lock(tx, "no key update")}
            """,
            staffId.Value);
        var person = await One<PersonNow>(
            tx,
            $"""
            select b.id as "Buyer", b.first_name as "FirstName", b.last_name as "LastName", b.email_normalized as "Email", b.status as "BuyerStatus",
                m.status as "Status", m.role as "Role", m.company_id as "Company"
            from membership m join buyer b on b.id = m.buyer_id where m.id = {"{0}"}{Lock(tx, "share")}
            """,
            membership.Value);
        if (staff is not { Status: "active" } || person is null)
        {
            return null;
        }

        var company = person.Company is null ? null : await One<CompanyNow>(
            tx,
            $"""
            select c.name as "Name", c.status as "Status",
                exists (select 1 from staff_assignment a where a.staff_id = {"{1}"} and a.company_id = c.id) as "IsAssigned"
            from company c where c.id = {"{0}"}{Lock(tx, "share")}
            """,
            person.Company.Value, staffId.Value);
        var role = Words.Parse<StaffRole>(staff.Role);
        var rights = StaffRoles.RightsOf(role, staff.MayAdjust);
        var actor = new Operator(role, rights, staff.AccessAll, company?.IsAssigned ?? false, staff.Email);
        var subject = new Subject(
            $"{person.FirstName} {person.LastName}", person.Email, BuyerRoles.RightsOf(Words.Parse<BuyerRole>(person.Role)), person.BuyerStatus == "active",
            person.Status == "active", company is null ? null : new SubjectCompany(company.Name, Words.Parse<CompanyStatus>(company.Status)));
        var scope = CustomerScope.Of(role, staff.AccessAll);
        return new LockedSubject(
            new BuyerId(person.Buyer), person.Company is null ? null : new CompanyId(person.Company.Value), AssistancePolicy.Decide(actor, subject),
            rights.Has(Right.CustomersView) && (company is null ? scope.Consumers : scope.AllCompanies || company.IsAssigned));
    }

    private static string Lock(Tx tx, string strength) => tx.Database.Kind == DatabaseKind.Postgres ? $" for {strength}" : "";

    private static async Task<T?> One<T>(Tx tx, string sql, params object[] keys)
        where T : class => await tx.Db.Rows<T>(sql, keys).ToListAsync(tx.Cancel) is [var row] ? row : null;

    private sealed record StaffNow(string Role, string Status, string Email, bool AccessAll, bool MayAdjust);

    private sealed record PersonNow(
        Guid Buyer, string FirstName, string LastName, string Email, string BuyerStatus, string Status, string Role, Guid? Company);

    private sealed record CompanyNow(string Name, string Status, bool IsAssigned);
}
