using System.Net;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A buyer as he stands in the database now, and what the policy says about acting for him. His rows stay as they are until the commit.</summary>
/// <param name="IsFound">False when the customer is none that the operator may even find: he is not told that it exists.</param>
internal sealed record LockedSubject(BuyerId Buyer, CompanyId? Company, AssistanceDecision Decision, bool IsFound);

/// <summary>
/// Loads everything that a start depends on with share locks, so that a block, a suspension or a lost right either comes first and is seen, or waits and
/// then ends the session that was just made.
/// </summary>
internal static class Subjects
{
    public static readonly Refusal Missing = Refusal.Missing("customers.not-found", "There is no such customer, or it is not yours to see.");

    /// <param name="ask">What is asked for, by the clock of the shop.</param>
    public static async Task<LockedSubject?> Lock(Tx tx, ShopPolicies policies, StaffId staffId, MembershipId membership, Func<DateTimeOffset, Attempt> ask)
    {
        // Two starts of one operator come one after the other; foreign keys to his row do not wait for it.
        var staff = await One<StaffNow>(
            tx,
            $"""
            select role as "Role", status as "Status", first_name as "FirstName", last_name as "LastName", email_normalized as "Email",
                staff_group as "Group", access_all_customers as "AccessAll", may_adjust_prices as "MayAdjust", {ShopPolicies.VersionSql} as "PolicyVersion"
            from staff where id = {"{0}"}{Lock(tx, "no key update", "staff")}
            """,
            staffId.Value);
        var person = await One<PersonNow>(
            tx,
            $"""
            select b.id as "Buyer", b.first_name as "FirstName", b.last_name as "LastName", b.email_normalized as "Email", b.status as "BuyerStatus",
                m.status as "Status", m.role as "Role", m.company_id as "Company", {Operators.IsStaff} as "IsStaff", {Operators.IsProtected} as "IsProtected"
            from membership m join buyer b on b.id = m.buyer_id where m.id = {"{0}"}{Lock(tx, "share", "m, b")}
            """,
            membership.Value);
        if (staff is not { Status: "active" } || person is null)
        {
            return null;
        }

        var company = person.Company is null ? null : await One<CompanyNow>(
            tx,
            $"""
            select c.id as "Id", c.name as "Name", c.status as "Status", c.country as "Country",
                {Operators.IsAssigned(tx.Database, "c", "{1}")} as "IsAssigned", {Operators.IsAssignedInTree(tx.Database, "c", "{1}")} as "IsInTree",
                (select a.until from staff_assignment a where a.staff_id = {"{1}"} and a.company_id = c.id) as "Until"
            from company c where c.id = {"{0}"}{Lock(tx, "share", "c")}
            """,
            person.Company.Value, staffId.Value);
        var agreed = (await One<AgreedNow>(
            tx,
            $"""
            select {ConsentSql.Columns} from membership m left join company c on c.id = m.company_id
            {ConsentSql.Join(tx.Database, "{1}", "m.id", "c.id", Operators.IsAssigned(tx.Database, "c", "{1}"), "null")} where m.id = {"{0}"}
            """,
            membership.Value, staffId.Value))!;
        var policy = await policies.Of(tx.Db, staff.PolicyVersion, tx.Cancel);
        var role = Words.Parse<StaffRole>(staff.Role);
        var actor = Operators.Of(role, $"{staff.FirstName} {staff.LastName}", staff.Email, staff.Group, staff.AccessAll, staff.MayAdjust) with
        {
            IsAssigned = company?.IsAssigned ?? false,
            IsAssignedInTree = company?.IsInTree ?? false,
            AssignedUntil = company?.Until,
        };
        var subject = Subject.OfBuyer(
            $"{person.FirstName} {person.LastName}", person.Email, BuyerRoles.RightsOf(Words.Parse<BuyerRole>(person.Role)), person.BuyerStatus == "active",
            person.Status == "active", company is null ? null : company.Subject with { Consent = ConsentSql.Need(agreed.CompanyAsks) }, person.IsStaff, person.IsProtected);
        var decision = AssistancePolicy.Decide(new Situation(actor, subject, policy, ask(await policies.Local(tx.Db, tx.Now, tx.Cancel)))
        {
            Consent = ConsentSql.Consent(agreed.Agreed, agreed.AgreedUntil),
        });
        return new LockedSubject(
            new BuyerId(person.Buyer), person.Company is null ? null : new CompanyId(person.Company.Value), decision, IsFound(actor, subject, policy, role));
    }

    /// <summary>Whether he sees the customer at all: by his scope, because a rule lets him in, or by name only.</summary>
    private static bool IsFound(Operator actor, Subject subject, ShopPolicy policy, StaffRole role)
    {
        var scope = CustomerScope.Of(role, actor.AccessAllCustomers);
        return actor.Rights.Has(Right.CustomersView) && (subject.Company is null
            ? scope.Consumers
            : scope.AllCompanies || actor.IsAssigned || policy.ReachesTree(actor) && actor.IsAssignedInTree || policy.Finders.Contains(actor.Kind));
    }

    private static string Lock(Tx tx, string strength, string of) => tx.Database.Kind == DatabaseKind.Postgres ? $" for {strength} of {of}" : "";

    private static async Task<T?> One<T>(Tx tx, string sql, params object[] keys)
        where T : class => await tx.Db.Rows<T>(sql, keys).ToListAsync(tx.Cancel) is [var row] ? row : null;

    private sealed record StaffNow(
        string Role, string Status, string FirstName, string LastName, string Email, string? Group, bool AccessAll, bool MayAdjust, int PolicyVersion);

    private sealed record PersonNow(
        Guid Buyer, string FirstName, string LastName, string Email, string BuyerStatus, string Status, string Role, Guid? Company, bool IsStaff, bool IsProtected);

    private sealed record AgreedNow(string? Agreed, DateTimeOffset? AgreedUntil, string? CompanyAsks);

    private sealed record CompanyNow(Guid Id, string Name, string Status, string? Country, bool IsAssigned, bool IsInTree, DateTimeOffset? Until)
    {
        public SubjectCompany Subject => new(new CompanyId(Id), Name, Words.Parse<CompanyStatus>(Status), Country);
    }
}
