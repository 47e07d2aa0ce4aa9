using Microsoft.EntityFrameworkCore;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>
/// Which staff serve which companies, and who of them is the contact. Whoever loses a customer loses at once what rests on it: sessions are judged anew in the
/// same transaction. Nobody assigns customers to himself.
/// </summary>
public sealed class Reps(Database database, SeenCompanies companies, RepQueries queries, ShopPolicies policies, ShopSettings settings)
{
    /// <summary>So many customers change in one go; what is more is done by repeating it.</summary>
    public const int MostAtOnce = 5_000;

    public const int MostDays = 366;

    private static readonly Refusal StaffUnknown = Refusal.Invalid("reps.staff-unknown", "Staff member: choose an active one from the list.", "Staff");
    private static readonly Refusal Yourself = Refusal.Forbidden("reps.yourself", "Nobody assigns customers to himself. Ask another supervisor or administrator.");
    private static readonly Refusal AllOnly = Refusal.Forbidden("reps.all-only", "Only who has access to all customers changes many at once.");
    private static readonly Refusal NotWhatWasShown = Refusal.Conflict("reps.not-what-was-shown", "The customers that fit are others than those you were shown. Nothing was changed; look again.");
    private static readonly Refusal Same = Refusal.Invalid("reps.same", "Goes to: choose somebody else.", "Staff");
    private static readonly Refusal DaysWrong = Refusal.Invalid("reps.days-wrong", $"Days: from 1 to {MostDays}.", "Days");

    /// <summary>He serves the company for good; the first one is its contact, or whom <paramref name="isPrimary"/> names.</summary>
    public Task<Outcome<Done>> Assign(Caller caller, CompanyId company, StaffId staff, bool isPrimary, CancellationToken cancel) =>
        Change(caller, company, staff, cancel, isGiven: true, (tx, row) => Give(tx, staff, [row], isPrimary));

    public Task<Outcome<Done>> TakeAway(Caller caller, CompanyId company, StaffId staff, CancellationToken cancel) =>
        Change(caller, company, staff, cancel, isGiven: false, (tx, row) => Take(tx, staff, [row]));

    /// <summary>All that fit a filter: given to somebody, moved to him from the one whom the filter names, or taken from that one.</summary>
    /// <param name="how">`assign`, `move` or `take`.</param>
    /// <param name="shown">Which there were when it was asked, as <see cref="RepQueries.MarkOf"/> says it.</param>
    public Task<Outcome<int>> Many(Caller caller, RepFilter filter, string how, StaffId? staff, string? shown, CancellationToken cancel) => ManyOf<int>(caller, staff, how != "take", cancel, async tx =>
    {
        var before = Guid.TryParse(filter.Rep, out var rep) ? new StaffId(rep) : (StaffId?)null;
        if (how != "assign" && (before is null || before == staff))
        {
            return before is null ? Refusal.Invalid("reps.from-whom", "From whom: filter by the present rep first.", "Rep") : Same;
        }

        var ids = await queries.Ids(tx.Db, filter, MostAtOnce, tx.Cancel);
        if (RepQueries.MarkOf(ids) != shown)
        {
            return NotWhatWasShown;
        }

        var rows = await Rows(tx, ids);
        var lost = new HashSet<StaffId>();
        if (how != "take")
        {
            var (moved, rest) = (rows.Where(row => how == "move" && row.SalesRepId == before).ToList(), rows.Where(row => how != "move" || row.SalesRepId != before).ToList());
            lost.UnionWith(await Give(tx, staff!.Value, moved, isPrimary: true));
            lost.UnionWith(await Give(tx, staff.Value, rest, isPrimary: false));
        }

        if (how != "assign")
        {
            lost.UnionWith(await Take(tx, before!.Value, rows));
        }

        await Judge(tx, lost);
        return rows.Count;
    });

    /// <summary>Lines of a file, all or none; what is wrong is answered line by line.</summary>
    public Task<Outcome<RepFault[]>> Load(Caller caller, IReadOnlyList<RepLine> lines, CancellationToken cancel) => ManyOf<RepFault[]>(caller, null, false, cancel, async tx =>
    {
        var known = await queries.Known(tx.Db, lines, tx.Cancel);
        var several = await settings.Get(tx.Db, ShopSettings.SeveralReps, tx.Cancel) == "true";
        var faults = lines.Select(line => line.Fault ?? known.FaultOf(line, caller.Staff!.Id)).OfType<RepFault>().Concat(SecondReps(lines, several)).OrderBy(fault => fault.Line).ToArray();
        if (faults.Length > 0)
        {
            return faults;
        }

        var lost = new HashSet<StaffId>();
        foreach (var group in lines.GroupBy(line => (Staff: known.Staff[line.Email], line.IsPrimary)))
        {
            lost.UnionWith(await Give(tx, group.Key.Staff, await Rows(tx, [.. group.Select(line => known.Companies[line.Number])]), group.Key.IsPrimary));
        }

        await Judge(tx, lost);
        return faults;
    });

    /// <summary>Somebody leaves, or is away for some days: his customers are his successor's, for good, or until then and back by themselves.</summary>
    /// <param name="days">Null: for good.</param>
    public Task<Outcome<int>> HandOver(Caller caller, StaffId staff, StaffId successor, int? days, CancellationToken cancel) => ManyOf<int>(caller, successor, true, cancel, async tx =>
    {
        if (successor == staff || days is < 1 or > MostDays)
        {
            return successor == staff ? Same : DaysWrong;
        }

        var ids = await tx.Db.Set<StaffAssignmentRow>().Where(row => row.StaffId == staff && row.Until == null).OrderBy(row => row.CompanyId).Select(row => row.CompanyId)
            .Take(MostAtOnce).ToListAsync(tx.Cancel);
        if (ids.Count == 0)
        {
            return Refusal.Conflict("reps.nothing-to-hand-over", "No customers are assigned to this staff member for good.");
        }

        var until = days is { } some ? tx.Now.AddDays(some) : (DateTimeOffset?)null;
        tx.Add(new CustomersHandedOver(staff, successor, until is null ? "leaves" : "away", until, ids.Count));
        if (until is { } end)
        {
            foreach (var id in ids)
            {
                if (await Assignments.Grant(tx, successor, id, end))
                {
                    tx.Add(new RepAssigned(successor, id, end));
                }
            }

            return ids.Count;
        }

        var rows = await Rows(tx, ids);
        var lost = await Give(tx, successor, [.. rows.Where(row => row.SalesRepId == staff)], isPrimary: true);
        lost.UnionWith(await Give(tx, successor, [.. rows.Where(row => row.SalesRepId != staff)], isPrimary: false));
        lost.UnionWith(await Take(tx, staff, rows));
        await Judge(tx, lost);
        return ids.Count;
    });

    // Two contacts of one company, or two who serve it where one does: the last line does not win, somebody decides.
    private static IEnumerable<RepFault> SecondReps(IReadOnlyList<RepLine> lines, bool several) =>
        from line in lines
        where line.Fault is null && (line.IsPrimary || !several)
        group line by line.Number into company
        from other in company.Skip(1)
        where other.Email != company.First().Email
        select new RepFault(other.Line, $"Line {company.First().Line} names another {(several ? "contact" : "staff member")} for this company.");

    private static async Task<List<CompanyRow>> Rows(Tx tx, IReadOnlyList<CompanyId> ids) =>
        await tx.Db.Set<CompanyRow>().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(tx.Cancel);

    // Who was taken something from.
    private async Task<HashSet<StaffId>> Give(Tx tx, StaffId staff, IReadOnlyList<CompanyRow> rows, bool isPrimary)
    {
        var lost = new HashSet<StaffId>();
        if (rows.Count == 0)
        {
            return lost;
        }

        var several = await settings.Get(tx.Db, ShopSettings.SeveralReps, tx.Cancel) == "true";
        var assigned = await Assigned(tx, rows);
        foreach (var row in rows)
        {
            var mine = assigned[row.Id].FirstOrDefault(one => one.StaffId == staff);
            if (mine is not { Until: null })
            {
                tx.Add(new RepAssigned(staff, row.Id, null));
                if (mine is null)
                {
                    tx.Db.Add(new StaffAssignmentRow { StaffId = staff, CompanyId = row.Id, AssignedAt = tx.Now });
                }
                else
                {
                    mine.Until = null;
                }
            }

            foreach (var other in several ? [] : assigned[row.Id].Where(one => one.StaffId != staff && one.Until is null))
            {
                lost.Add(other.StaffId);
                tx.Db.Remove(other);
                tx.Add(new RepTaken(other.StaffId, row.Id));
            }

            if (isPrimary || !several || row.SalesRepId is null)
            {
                Contact(tx, row, staff);
            }
        }

        return lost;
    }

    private static async Task<HashSet<StaffId>> Take(Tx tx, StaffId staff, IReadOnlyList<CompanyRow> rows)
    {
        var lost = new HashSet<StaffId>();
        var assigned = await Assigned(tx, rows);
        foreach (var row in rows)
        {
            foreach (var one in assigned[row.Id].Where(one => one.StaffId == staff))
            {
                lost.Add(staff);
                tx.Db.Remove(one);
                tx.Add(new RepTaken(staff, row.Id));
            }

            if (row.SalesRepId == staff)
            {
                Contact(tx, row, null);
            }
        }

        return lost;
    }

    private static async Task<ILookup<CompanyId, StaffAssignmentRow>> Assigned(Tx tx, IReadOnlyList<CompanyRow> rows)
    {
        var ids = rows.Select(row => row.Id).ToList();
        await tx.Db.Set<StaffAssignmentRow>().Where(row => ids.Contains(row.CompanyId)).LoadAsync(tx.Cancel);
        return tx.Db.ChangeTracker.Entries<StaffAssignmentRow>().Where(entry => entry.State != EntityState.Deleted).Select(entry => entry.Entity).ToLookup(row => row.CompanyId);
    }

    private static void Contact(Tx tx, CompanyRow row, StaffId? staff)
    {
        if (row.SalesRepId != staff)
        {
            tx.Add(new PrimaryRepChanged(row.Id, row.SalesRepId, staff));
            (row.SalesRepId, row.Version) = (staff, row.Version + 1);
        }
    }

    private async Task Judge(Tx tx, HashSet<StaffId> lost)
    {
        if (lost.Count > 0)
        {
            await SessionReview.Again(tx, policies, lost);
        }
    }

    private async Task<Outcome<Done>> Change(
        Caller caller, CompanyId company, StaffId staff, CancellationToken cancel, bool isGiven, Func<Tx, CompanyRow, Task<HashSet<StaffId>>> change)
    {
        if (!caller.May(Right.AccessGrant) || (isGiven && caller.Staff!.Id == staff))
        {
            return caller.May(Right.AccessGrant) ? Yourself : AccessGate.RightMissing;
        }

        var reachesTree = await companies.ReachesTree(caller, cancel);
        return await database.Write<Done>(
            caller,
            async tx =>
            {
                await SessionReview.Hold(tx);
                if (await companies.Lock(tx, company, reachesTree) is not { } seen)
                {
                    return NewEmployees.CompanyUnknown;
                }

                if (seen.IsLent)
                {
                    return NewEmployees.CompanyLent;
                }

                if (isGiven && !await queries.IsActive(tx.Db, staff, tx.Cancel))
                {
                    return StaffUnknown;
                }

                await Judge(tx, await change(tx, await tx.Db.Set<CompanyRow>().SingleAsync(row => row.Id == company, tx.Cancel)));
                return Done.It;
            },
            cancel);
    }

    private async Task<Outcome<T>> ManyOf<T>(Caller caller, StaffId? staff, bool isGiven, CancellationToken cancel, Func<Tx, Task<Outcome<T>>> change)
    {
        if (!caller.May(Right.AccessGrant) || !Acting.Scope(caller).AllCompanies)
        {
            return caller.May(Right.AccessGrant) ? AllOnly : AccessGate.RightMissing;
        }

        return isGiven && staff is null ? StaffUnknown : isGiven && staff == caller.Staff!.Id ? Yourself : await database.Write<T>(
            caller,
            async tx =>
            {
                await SessionReview.Hold(tx);
                return isGiven && !await queries.IsActive(tx.Db, staff!.Value, tx.Cancel) ? StaffUnknown : await change(tx);
            },
            cancel);
    }
}
