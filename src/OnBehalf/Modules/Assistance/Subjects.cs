using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A buyer, or a company as a whole, as it stands in the database now, and what the policy says about acting for it. The rows stay as they are until the commit.</summary>
/// <param name="Mandate">The version of the mandate that counts, if there is one.</param>
/// <param name="IsFound">False when the customer is none that the operator may even find: he is not told that it exists.</param>
internal sealed record LockedSubject(BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, Guid? Mandate, AssistanceDecision Decision, bool IsFound);

/// <summary>
/// Loads everything that a start depends on with share locks, so that a block, a suspension or a lost right either comes first and is seen, or waits and
/// then ends the session that was just made.
/// </summary>
internal static class Subjects
{
    public static readonly Refusal Missing = Refusal.Missing("customers.not-found", "There is no such customer, or it is not yours to see.");

    /// <param name="ask">What is asked for, by the clock of the shop.</param>
    public static async Task<LockedSubject?> Lock(Tx tx, ShopPolicies policies, OperatorKey actor, SessionSubject whom, Func<DateTimeOffset, Attempt> ask)
    {
        // Two starts of one operator come one after the other; foreign keys to his row do not wait for it.
        await Hold(tx, actor.Staff is null ? "buyer" : "staff", "no key update", actor.Value);
        if (actor.Membership is { } own)
        {
            await Hold(tx, "membership", "share", own.Value);
            await Own(tx, own);
        }

        await Share(tx, whom);
        var sql = $"select {Standing.Columns(tx.Database)}, b.id as \"BuyerId\", {ShopPolicies.VersionSql} as \"PolicyVersion\" {Standing.Between(tx.Database, actor.Staff is not null)}";
        if (await tx.Db.Rows<Row>(sql, (object?)actor.Membership?.Value ?? actor.Value, whom.MembershipKey, whom.CompanyKey).ToListAsync(tx.Cancel) is not [{ Standing.By.OperatorStatus: "active" } row])
        {
            return null;
        }

        var now = row.Standing;
        var policy = await policies.Of(tx.Db, row.PolicyVersion, tx.Cancel);
        var situation = now.In(policy, ask(await policies.Local(tx.Db, tx.Now, tx.Cancel)));
        return new LockedSubject(
            row.BuyerId is { } buyer ? new BuyerId(buyer) : null, whom.Membership, now.CompanyId is { } company ? new CompanyId(company) : null, now.Mandate.Version, AssistancePolicy.Decide(situation),
            IsFound(situation, now.By.Role));
    }

    /// <summary>Whether he sees the customer at all: by his scope, because a rule lets him in, or by name only; a buyer in his company, or by a mandate of an end customer.</summary>
    private static bool IsFound(Situation situation, StaffRole? role)
    {
        var (actor, subject, policy) = (situation.Operator, situation.Subject, situation.Policy);
        if (role is not { } staff)
        {
            var (isOfCompany, isOfDealer) = (subject.Company?.Id == actor.Company, actor.Kind == OperatorKind.Dealer && subject.Company?.Parent == actor.Company);
            return subject.Company is not null && (situation.Mandate.IsGiven ? isOfCompany || isOfDealer : isOfCompany && actor.Rights.Has(Right.CompanyManage));
        }

        var scope = CustomerScope.Of(staff, actor.AccessAllCustomers);
        return actor.Rights.Has(Right.CustomersView) && (subject.Company is null
            ? scope.Consumers
            : scope.AllCompanies || actor.IsAssigned || policy.ReachesTree(actor) && actor.IsAssignedInTree || policy.Finders.Contains(actor.Kind));
    }

    // The company last: whoever gives or takes a mandate waits there, and finds the session that was made meanwhile.
    private static async Task Share(Tx tx, SessionSubject whom)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<Guid>(
                "select m.id as \"Value\" from membership m join buyer b on b.id = m.buyer_id where m.id = {0} for share of m, b", whom.MembershipKey).ToListAsync(tx.Cancel);
            await tx.Db.Rows<Guid>(
                "select c.id as \"Value\" from company c where c.id = coalesce((select m.company_id from membership m where m.id = {0}), {1}) for share of c",
                whom.MembershipKey, whom.CompanyKey).ToListAsync(tx.Cancel);
        }
    }

    // What takes his authority from a dealer waits, and finds the session that was made meanwhile.
    private static async Task Own(Tx tx, MembershipId own)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<Guid>(
                "select c.id as \"Value\" from company c where c.id = (select m.company_id from membership m where m.id = {0}) for share of c", own.Value).ToListAsync(tx.Cancel);
        }
    }

    private static async Task Hold(Tx tx, string table, string strength, Guid id)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<Guid>($"select id as \"Value\" from {table} where id = {{0}} for {strength}", id).ToListAsync(tx.Cancel);
        }
    }

    private sealed record Row(Standing Standing, Guid? BuyerId, int PolicyVersion);
}
