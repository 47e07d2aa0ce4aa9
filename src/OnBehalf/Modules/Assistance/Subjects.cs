using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>A buyer, or a company as a whole, as it stands in the database now, and what the policy says about acting for it. The rows stay as they are until the commit.</summary>
/// <param name="Mandate">The version of the mandate that counts, if there is one.</param>
/// <param name="IsFound">False when the customer is none that the operator may even find: he is not told that it exists.</param>
internal sealed record LockedSubject(BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, Guid? Mandate, AssistanceDecision Decision, bool IsFound)
{
    /// <summary>What forbids every start, whatever the policy says.</summary>
    public Refusal? Stopped { get; init; }

    /// <summary>How many sessions the rules in force let one operator have; they stay in force until the commit.</summary>
    public required int SessionsAtOnce { get; init; }

    /// <summary>Something was agreed to for one session, and for none yet.</summary>
    public bool HasConsentForOne { get; init; }
}

/// <summary>What is known of the operator when a start is judged.</summary>
/// <param name="Local">Now, by the clock of the shop.</param>
/// <param name="Proof">How long ago he proved who he is, in the sign-in with which he asks.</param>
/// <param name="HasGrants">Somebody has approved a start that he asked for, perhaps this one.</param>
internal sealed record Asker(DateTimeOffset Local, ProofAge Proof, bool HasGrants);

/// <summary>
/// Loads everything that a start depends on with share locks, so that a block, a suspension or a lost right either comes first and is seen, or waits and
/// then ends the session that was just made.
/// </summary>
internal static class Subjects
{
    public static readonly Refusal Missing = Refusal.Missing("customers.not-found", "There is no such customer, or it is not yours to see.");

    /// <param name="ask">What is asked for.</param>
    public static async Task<LockedSubject?> Lock(Tx tx, ShopPolicies policies, OperatorKey actor, SessionSubject whom, Func<Asker, Task<Attempt>> ask)
    {
        var isStaff = actor.Staff is not null;
        if (await tx.Db.Rows<Row>(Sql(tx.Database, isStaff), (object?)actor.Membership?.Value ?? actor.Value, whom.MembershipKey, whom.CompanyKey, AssistedSessions.SignInOf(tx.Caller).Value)
            .Behind(Locks(actor, whom)).ToListAsync(tx.Cancel) is not [{ Standing.By.OperatorStatus: "active" } row])
        {
            return null;
        }

        var now = row.Standing;
        var policy = await policies.Of(tx.Db, row.PolicyVersion, tx.Cancel);
        var situation = now.In(policy, await ask(new Asker(await policies.Local(tx.Db, tx.Now, tx.Cancel), row.Proof, row.HasGrants)));
        return new LockedSubject(
            row.BuyerId is { } buyer ? new BuyerId(buyer) : null, whom.Membership, now.CompanyId is { } company ? new CompanyId(company) : null, now.Mandate.Version, AssistancePolicy.Decide(situation),
            IsFound(situation, now.By.Role))
        {
            Stopped = StartStops.Of(row.IsOff, row.IsFrozen, row.BuyerId is not null), SessionsAtOnce = policy.SessionsAtOnce, HasConsentForOne = row.HasConsentForOne,
        };
    }

    private static string Sql(Database database, bool isStaff) =>
        $"""
        select {Standing.Columns(database)}, b.id as "BuyerId", {ShopPolicies.VersionSql} as "PolicyVersion", {StartStops.Columns}, {StaffProof.AgeColumns(database, "{3}")},
            exists (select 1 from assist_request y where y.staff_id = {(isStaff ? "{0}" : "null")} and y.status = 'granted') as "HasGrants",
            exists (select 1 from assist_consent y where (y.membership_id = m.id or (m.id is null and y.company_id = c.id)) and y.kind = 'once' and y.status = 'given' and y.session_id is null)
                as "HasConsentForOne"
        {Standing.Between(database, isStaff)}
        """;

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

    private static List<SqlLock> Locks(OperatorKey actor, SessionSubject whom)
    {
        // Two starts of one operator come one after the other; foreign keys to his row do not wait for it.
        List<SqlLock> locks = [new($"select 1 from {(actor.Staff is null ? "buyer" : "staff")} where id = {{0}} for no key update", actor.Value)];
        if (actor.Membership is { } own)
        {
            // His company too: what takes his authority from a dealer waits there, and finds the session that was made meanwhile.
            locks.Add(new("select 1 from membership where id = {0} for share", own.Value));
            locks.Add(new("select 1 from company c where c.id = (select m.company_id from membership m where m.id = {0}) for share of c", own.Value));
        }

        // The company after its people: whoever gives or takes a mandate waits there, and finds the session that was made meanwhile.
        locks.Add(new("select 1 from membership m join buyer b on b.id = m.buyer_id where m.id = {0} for share of m, b", whom.MembershipKey));
        locks.Add(new(
            "select 1 from company c where c.id = coalesce((select m.company_id from membership m where m.id = {0}), {1}) for share of c", whom.MembershipKey, whom.CompanyKey));
        locks.Add(StartStops.Share);
        return locks;
    }

    private sealed record Row(
        Standing Standing, Guid? BuyerId, int PolicyVersion, bool IsOff, bool IsFrozen, ProofAge Proof, bool HasGrants, bool HasConsentForOne);
}
