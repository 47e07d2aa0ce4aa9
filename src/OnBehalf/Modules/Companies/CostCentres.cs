using Microsoft.EntityFrameworkCore;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>A company's list of cost centres, kept by its administrators and by staff who may change companies. Orders keep their own copy.</summary>
public sealed class CostCentres(SeenCompanies companies)
{
    public const int Most = 500;

    private static readonly Refusal Taken = Refusal.Invalid("companies.cost-centre-taken", "Code: another cost centre of the company has it.", nameof(CostCentre.Code));
    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "companies.cost-centre-changed", "Somebody else has changed this cost centre since you opened the page. Nothing was stored. Open it again and look.");

    private static readonly Refusal Unknown = Refusal.Missing("companies.cost-centre-unknown", "There is no such cost centre.");
    private static readonly Refusal TooMany = Refusal.Conflict("companies.cost-centre-too-many", $"A company has at most {Most} cost centres. Change one that is used no longer.");

    public Task<Outcome<Done>> Add(Caller caller, CompanyId company, CostCentre centre, CancellationToken cancel) => Change(caller, company, cancel, async (tx, all) =>
    {
        if (all.Count >= Most)
        {
            return TooMany;
        }

        if (all.Any(row => row.Code == centre.Code))
        {
            return Taken;
        }

        var id = IId<CostCentreId>.New();
        tx.Db.Add(new CostCentreRow { Id = id, CompanyId = company, Code = centre.Code, Name = centre.Name, IsActive = true, CreatedAt = tx.Now, Version = 1 });
        tx.Add(new CostCentreAdded(company, id, centre.ToString()));
        return Done.It;
    });

    /// <param name="caller">Who does it.</param>
    /// <param name="company">Whose it is.</param>
    /// <param name="id">Of the cost centre.</param>
    /// <param name="seen">The version that was shown.</param>
    /// <param name="centre">What it is called from now on.</param>
    /// <param name="isActive">It can be chosen.</param>
    /// <param name="people">Of those whom the form shows, who may order on it; nobody named: all of the company.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Set(
        Caller caller, CompanyId company, CostCentreId id, int seen, CostCentre centre, bool isActive, IReadOnlyCollection<MembershipId> people, CancellationToken cancel) => Change(caller, company, cancel, async (tx, all) =>
    {
        if (all.Find(row => row.Id == id) is not { } row)
        {
            return Unknown;
        }

        if (all.Any(other => other.Id != id && other.Code == centre.Code))
        {
            return Taken;
        }

        var named = await tx.Db.Set<CostCentreMemberRow>().Where(member => member.CostCentreId == id).ToListAsync(tx.Cancel);
        var known = (await tx.Db.Rows<Guid>("select id as \"Value\" from membership where company_id = {0}", company.Value).ToListAsync(tx.Cancel)).ConvertAll(one => new MembershipId(one));
        // Who is not in the form was not taken out of it: a cost centre must not come to be open to everybody because those who are named are inactive.
        var shown = (await CostCentreQueries.PeopleOf(tx.Db, company, id, tx.Cancel)).Select(person => new MembershipId(person.Membership));
        var wanted = known.Intersect(people).Union(named.Select(member => member.MembershipId).Except(shown)).ToHashSet();
        var before = new CostCentre(row.Code, row.Name);
        if (before == centre && row.IsActive == isActive && wanted.SetEquals(named.Select(member => member.MembershipId)))
        {
            return Done.It;
        }

        if (row.Version != seen)
        {
            return ChangedMeanwhile;
        }

        tx.Db.RemoveRange(named.Where(member => !wanted.Contains(member.MembershipId)));
        tx.Db.AddRange(wanted.Except(named.Select(member => member.MembershipId)).Select(member => new CostCentreMemberRow { CostCentreId = id, MembershipId = member }));
        (row.Code, row.Name, row.IsActive, row.Version) = (centre.Code, centre.Name, isActive, row.Version + 1);
        tx.Add(new CostCentreChanged(company, id, before.ToString(), centre.ToString(), isActive, wanted.Count));
        return Done.It;
    });

    private Task<Outcome<Done>> Change(Caller caller, CompanyId company, CancellationToken cancel, Func<Tx, List<CostCentreRow>, Task<Outcome<Done>>> decide) =>
        companies.Change(caller, company, cancel, async (tx, _) => await decide(tx, await tx.Db.Set<CostCentreRow>().Where(row => row.CompanyId == company).ToListAsync(tx.Cancel)));
}
