using Microsoft.AspNetCore.Mvc;
using OnBehalf.Companies;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>The list of a company's cost centres with the form for a further one; the same for its administrators and for staff.</summary>
public abstract class CostCentreList(CostCentres centres, CostCentreQueries queries) : ShopPage
{
    [BindProperty]
    public CostCentreInput Input { get; set; } = new();

    public IReadOnlyList<ListedCostCentre> All { get; private set; } = [];

    public abstract string CompanyName { get; }

    /// <summary>Of this page.</summary>
    public abstract string Path { get; }

    public abstract string Back { get; }

    protected abstract Task<CompanyId?> FindCompany(string? number);

    public async Task<IActionResult> OnGet(string? number)
    {
        if (await FindCompany(number) is not { } company)
        {
            return Missing();
        }

        All = await queries.Of(company, Cancel);
        return Page();
    }

    public async Task<IActionResult> OnPost(string? number)
    {
        if (await FindCompany(number) is not { } company)
        {
            return Missing();
        }

        var (centre, refusals) = CostCentre.Read(Input.Code, Input.Name);
        if (centre is not null)
        {
            if ((await centres.Add(Caller, company, centre, Cancel)).Refusal is not { } refusal)
            {
                return SeeOther(Path);
            }

            refusals = [refusal];
        }

        All = await queries.Of(company, Cancel);
        return Refused(refusals);
    }
}

/// <summary>One cost centre: what it is called, whether it is used, and who may order on it.</summary>
public abstract class CostCentreForm(CostCentres centres, CostCentreQueries queries) : ShopPage
{
    [BindProperty]
    public CostCentreInput Input { get; set; } = new();

    public ListedCostCentre Centre { get; private set; } = null!;

    public IReadOnlyList<CostCentrePerson> People { get; private set; } = [];

    /// <summary>How many are named who are not shown: they are not active, or there are too many people.</summary>
    public int NamedBesides => Math.Max(0, Centre.Members - People.Count(person => person.IsNamed));

    /// <summary>The list.</summary>
    public abstract string Back { get; }

    protected abstract Task<CompanyId?> FindCompany(string? number);

    public async Task<IActionResult> OnGet(string? number, Guid id)
    {
        if (await Load(number, id) is null)
        {
            return Missing();
        }

        Input = new() { Code = Centre.Code, Name = Centre.Name, IsActive = Centre.IsActive, Version = Centre.Version };
        return Page();
    }

    public async Task<IActionResult> OnPost(string? number, Guid id)
    {
        if (await Load(number, id) is not { } company)
        {
            return Missing();
        }

        var (centre, refusals) = CostCentre.Read(Input.Code, Input.Name);
        if (centre is null)
        {
            return Refused(refusals);
        }

        var people = Input.People.Select(person => new MembershipId(person)).ToList();
        return (await centres.Set(Caller, company, new CostCentreId(id), Input.Version, centre, Input.IsActive, people, Cancel)).Refusal is { } refusal ? Refused(refusal) : SeeOther(Back);
    }

    private async Task<CompanyId?> Load(string? number, Guid id)
    {
        if (await FindCompany(number) is not { } company || (await queries.Of(company, Cancel)).FirstOrDefault(one => one.Id == id) is not { } centre)
        {
            return null;
        }

        Centre = centre;
        People = await queries.PeopleOf(company, new CostCentreId(id), Cancel);
        return company;
    }
}

public sealed class CostCentreInput
{
    public string? Code { get; set; }

    public string? Name { get; set; }

    public bool IsActive { get; set; }

    /// <summary>Of the cost centre as it was shown.</summary>
    public int Version { get; set; }

    /// <summary>Places of those who may order on it.</summary>
    public List<Guid> People { get; set; } = [];
}
