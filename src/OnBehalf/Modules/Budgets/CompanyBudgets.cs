using Microsoft.EntityFrameworkCore;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Budgets;

/// <summary>Budgets of a company and who approves for it: kept by its administrators, and by staff who may change companies.</summary>
public sealed class CompanyBudgets(Database database, SeenCompanies companies, BudgetQueries queries)
{
    private static readonly Refusal Taken = Refusal.Conflict("budgets.taken", "There is such a budget for the same period already. Change that one.");
    private static readonly Refusal Unknown = Refusal.Missing("budgets.unknown", "There is no such budget, or no longer.");
    private static readonly Refusal TooMany = Refusal.Conflict("budgets.too-many", $"A company has at most {BudgetQueries.Most} budgets. Remove one that is used no longer.");
    private static readonly Refusal WhoseUnknown = Refusal.Invalid("budgets.whose-unknown", "Of: choose all of the company, one of its people, or one of its cost centres.", "Whose");
    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict("budgets.changed", "Somebody else has changed this budget since you opened the page. Nothing was stored. Open it again and look.");
    private static readonly Refusal ChainChanged = Refusal.Conflict("budgets.chain-changed", "Somebody else has changed who approves since you opened the page. Nothing was stored. Open it again and look.");
    private static readonly Refusal ApproverUnknown = Refusal.Invalid("budgets.approver-unknown", "Choose an active administrator or approver of the company.", "Chain[0].Membership");
    private static readonly Refusal DeputyUnknown = Refusal.Invalid("budgets.deputy-unknown", "In my place: choose another administrator or approver of the company.", "Deputy");

    /// <param name="whose">`person:ID`, `centre:ID`, or nothing for all of the company.</param>
    public Task<Outcome<Done>> Add(Caller caller, CompanyId company, string? whose, Budget budget, CancellationToken cancel) => Change(caller, company, cancel, async tx =>
    {
        if (await Whose(tx, company, whose) is not { } of)
        {
            return WhoseUnknown;
        }

        var all = await tx.Db.Set<BudgetRow>().Where(row => row.CompanyId == company).ToListAsync(tx.Cancel);
        var period = Words.Kebab(budget.Period);
        if (all.Count >= BudgetQueries.Most)
        {
            return TooMany;
        }

        if (all.Exists(row => row.Period == period && row.MembershipId == of.Person && row.CostCentreId == of.Centre))
        {
            return Taken;
        }

        var id = IId<BudgetId>.New();
        tx.Db.Add(new BudgetRow
        {
            Id = id, CompanyId = company, MembershipId = of.Person, CostCentreId = of.Centre, Period = period, AmountMinor = budget.Amount.Minor, Currency = budget.Amount.Currency,
            CreatedAt = tx.Now, Version = 1,
        });
        tx.Add(new BudgetAdded(company, id, of.Person, of.Centre, budget.ToString()));
        return Done.It;
    });

    /// <param name="caller">Who does it.</param>
    /// <param name="company">Whose it is.</param>
    /// <param name="id">Of the budget.</param>
    /// <param name="seen">The version that was shown.</param>
    /// <param name="amount">From now on, also for what is used already.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Set(Caller caller, CompanyId company, BudgetId id, int seen, Money amount, CancellationToken cancel) => One(caller, company, id, seen, cancel, (tx, row) =>
    {
        var before = row.Value;
        var after = before with { Amount = amount };
        if (before == after)
        {
            return;
        }

        (row.AmountMinor, row.Currency, row.Version) = (amount.Minor, amount.Currency, row.Version + 1);
        tx.Add(new BudgetChanged(company, id, row.MembershipId, row.CostCentreId, before.ToString(), after.ToString()));
    });

    public Task<Outcome<Done>> Remove(Caller caller, CompanyId company, BudgetId id, int seen, CancellationToken cancel) => One(caller, company, id, seen, cancel, (tx, row) =>
    {
        tx.Db.Remove(row);
        tx.Add(new BudgetRemoved(company, id, row.MembershipId, row.CostCentreId, row.Value.ToString()));
    });

    /// <summary>Who approves one after the other; an empty chain: every administrator and approver may, as without one.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="company">For which it counts.</param>
    /// <param name="seen">The mark of the chain that was shown.</param>
    /// <param name="chain">From now on.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> SetChain(Caller caller, CompanyId company, string seen, IReadOnlyList<Approver> chain, CancellationToken cancel) => Change(caller, company, cancel, async tx =>
    {
        var able = (await queries.People(tx.Db, company, tx.Cancel)).Where(person => person.MayApprove).Select(person => person.Membership).ToHashSet();
        if (chain.FirstOrDefault(one => !able.Contains(one.Membership.Value)) is { } wrong)
        {
            return ApproverUnknown with { Field = $"Chain[{wrong.Level - 1}].Membership" };
        }

        var rows = await tx.Db.Set<ApproverRow>().Where(row => row.CompanyId == company).OrderBy(row => row.Level).ToListAsync(tx.Cancel);
        if (Approver.Mark(rows.Select(row => row.Value)) != seen)
        {
            return ChainChanged;
        }

        for (var level = 1; level <= Math.Max(rows.Count, chain.Count); level++)
        {
            var (row, wanted) = (rows.Find(one => one.Level == level), chain.ElementAtOrDefault(level - 1));
            var before = row?.Value;
            if (before == wanted)
            {
                continue;
            }

            tx.Add(new ApproverChanged(company, wanted?.Membership, before?.Membership, before?.InWords is { } was ? (Code?)was : null, wanted?.InWords is { } now ? (Code?)now : null));
            if (wanted is null)
            {
                tx.Db.Remove(row!);
            }
            else if (row is null)
            {
                tx.Db.Add(new ApproverRow { CompanyId = company, Level = level, MembershipId = wanted.Membership, AboveMinor = wanted.Above.Minor, Currency = wanted.Above.Currency });
            }
            else
            {
                (row.MembershipId, row.AboveMinor, row.Currency) = (wanted.Membership, wanted.Above.Minor, wanted.Above.Currency);
            }
        }

        return Done.It;
    });

    /// <summary>Somebody who approves is away: another one does it for him. Null: he is back.</summary>
    public Task<Outcome<Done>> SetDeputy(Caller caller, MembershipId? deputy, DateTimeOffset until, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller.IsAssisting)
            {
                return AccessGate.NotInSession;
            }

            if (caller is not { Company.Id: var company, Buyer.Membership: var own } || !caller.May(Right.OrdersApprove))
            {
                return AccessGate.RightMissing;
            }

            var row = await tx.Db.Set<ApproverDeputyRow>().SingleOrDefaultAsync(one => one.MembershipId == own, tx.Cancel);
            if (deputy is not { } other)
            {
                if (row is not null)
                {
                    tx.Db.Remove(row);
                    tx.Add(new DeputyEnded(company, own, row.DeputyId));
                }

                return Done.It;
            }

            if (other == own || !(await queries.People(tx.Db, company, tx.Cancel)).Exists(person => person.MayApprove && person.Membership == other.Value))
            {
                return DeputyUnknown;
            }

            if (until <= tx.Now)
            {
                return UntilPast;
            }

            if (row is null)
            {
                tx.Db.Add(new ApproverDeputyRow { MembershipId = own, DeputyId = other, Since = tx.Now, Until = until });
            }
            else
            {
                (row.DeputyId, row.Since, row.Until) = (other, tx.Now, until);
            }

            tx.Add(new DeputySet(company, own, other, until));
            return Done.It;
        },
        cancel);

    internal static readonly Refusal UntilPast = Refusal.Invalid("budgets.until-past", "Until: please choose today or a later day.", "Until");

    private Task<Outcome<Done>> One(Caller caller, CompanyId company, BudgetId id, int seen, CancellationToken cancel, Action<Tx, BudgetRow> decide) => Change(caller, company, cancel, async tx =>
    {
        if (await tx.Db.Set<BudgetRow>().SingleOrDefaultAsync(row => row.Id == id && row.CompanyId == company, tx.Cancel) is not { } row)
        {
            return Unknown;
        }

        if (row.Version != seen)
        {
            return ChangedMeanwhile;
        }

        decide(tx, row);
        return Done.It;
    });

    private async Task<(MembershipId? Person, CostCentreId? Centre)?> Whose(Tx tx, CompanyId company, string? whose)
    {
        if (string.IsNullOrEmpty(whose))
        {
            return (null, null);
        }

        return whose.Split(':') is [var kind, var text] && Guid.TryParse(text, out var id)
            ? kind switch
            {
                "person" when (await queries.People(tx.Db, company, tx.Cancel)).Exists(person => person.Membership == id) => (new MembershipId(id), null),
                "centre" when (await CostCentreQueries.Of(tx.Db, company, tx.Cancel)).Any(centre => centre.Id == id) => (null, new CostCentreId(id)),
                _ => null,
            }
            : null;
    }

    // The row of the company is locked, for which orders wait too: a budget counts for whoever comes after it.
    private async Task<Outcome<Done>> Change(Caller caller, CompanyId company, CancellationToken cancel, Func<Tx, Task<Outcome<Done>>> decide)
    {
        if (caller.IsAssisting)
        {
            return AccessGate.NotInSession;
        }

        var reachesTree = await companies.ReachesTree(caller, cancel);
        return await database.Write<Done>(
            caller,
            async tx =>
            {
                var isOwn = caller.Company?.Id == company && caller.May(Right.CompanyManage);
                return (!isOwn && !caller.May(Right.CustomersChange)) || await companies.Lock(tx, company, reachesTree, isOwn) is not { } place ? NewEmployees.CompanyUnknown
                    : place.IsLent ? NewEmployees.CompanyLent
                    : await decide(tx);
            },
            cancel);
    }
}
