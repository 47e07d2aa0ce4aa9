using Microsoft.AspNetCore.Mvc;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Budgets;

/// <summary>A company whose budgets are shown.</summary>
public sealed record BudgetCompany(CompanyId Id, string Name, Currency Currency);

/// <summary>The budgets of a company with what is used of each, the form for a further one, and who approves; the same for its administrators and for staff.</summary>
public abstract class BudgetList(CompanyBudgets budgets, BudgetQueries queries, Database database, TimeProvider clock) : ShopPage
{
    [BindProperty]
    public BudgetInput Input { get; set; } = new();

    public BudgetCompany Company { get; private set; } = null!;

    public IReadOnlyList<ListedBudget> All { get; private set; } = [];

    public IReadOnlyList<ListedApprover> Chain { get; private set; } = [];

    /// <summary>All of the company, its people, its cost centres.</summary>
    public IReadOnlyList<(string Value, string Words)> Whose { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Approvers { get; private set; } = [];

    public static IReadOnlyList<(string Value, string Words)> Periods => [("order", Say("each order")), ("month", Say("a month")), ("quarter", Say("a quarter")), ("year", Say("a year"))];

    /// <summary>Of this page.</summary>
    public abstract string Path { get; }

    public abstract string Back { get; }

    protected abstract Task<BudgetCompany?> Find(string? number);

    public async Task<IActionResult> OnGet(string? number)
    {
        if (await Find(number) is not { } company)
        {
            return Missing();
        }

        await Load(company);
        return Page();
    }

    public async Task<IActionResult> OnPost(string? number)
    {
        if (await Find(number) is not { } company)
        {
            return Missing();
        }

        var (budget, refusals) = Budget.Read(Input.Amount, Input.Period, company.Currency);
        if (budget is not null)
        {
            if ((await budgets.Add(Caller, company.Id, Input.Whose, budget, Cancel)).Refusal is not { } refusal)
            {
                return SeeOther(Path);
            }

            refusals = [refusal];
        }

        await Load(company);
        return Refused(refusals);
    }

    public async Task<IActionResult> OnPostChain(string? number)
    {
        if (await Find(number) is not { } company)
        {
            return Missing();
        }

        var (chain, refusals) = Approver.Read([.. Input.Chain.Select(row => (row.Membership, row.Above))], company.Currency);
        if (Input.Seen is not { } seen)
        {
            refusals = [Refusal.Invalid("budgets.chain-missing", "Choose who approves, or nobody, and store it again.")];
        }
        else if (refusals.Count == 0)
        {
            if ((await budgets.SetChain(Caller, company.Id, seen, chain, Cancel)).Refusal is not { } refusal)
            {
                return SeeOther(Path);
            }

            refusals = [refusal];
        }

        await Load(company);
        return Refused(refusals);
    }

    /// <summary>What to say at a field of the chain.</summary>
    public string? ErrorOf(string field) => ModelState["Input." + field] is { Errors: [var error, ..] } ? error.ErrorMessage : null;

    private async Task Load(BudgetCompany company)
    {
        Company = company;
        await using var db = database.Read();
        All = await queries.Of(db, company.Id, clock.GetUtcNow(), Cancel);
        Chain = await queries.Chain(db, company.Id, Cancel);
        Input.Seen ??= Approver.Mark(Chain.Select(one => one.Value));
        if (Input.Chain.Count == 0)
        {
            Input.Chain = [.. Chain.Select(one => new ApproverInput { Membership = one.Membership.ToString(), Above = one.Level == 1 ? null : one.Value.Above.ToPlainString() })];
        }

        var people = await queries.People(db, company.Id, Cancel);
        var centres = await CostCentreQueries.Of(db, company.Id, Cancel);
        Whose =
        [
            ("", Say($"all of {company.Name}")), .. people.Select(person => ($"person:{person.Membership}", person.Name)),
            .. centres.Where(centre => centre.IsActive).Select(centre => ($"centre:{centre.Id}", centre.InWords)),
        ];

        // Who cannot approve any more stays to be seen where he stands, and is not offered elsewhere.
        Approvers =
        [
            ("", "nobody"), .. people.Where(person => person.MayApprove).Select(person => (person.Membership.ToString(), person.Name)),
            .. Chain.Where(one => !one.MayApprove).Select(one => (one.Membership.ToString(), Say($"{one.Name} (cannot approve any more)"))),
        ];
    }
}

/// <summary>One budget: its amount, and its end.</summary>
public abstract class BudgetForm(CompanyBudgets budgets, BudgetQueries queries, Database database, TimeProvider clock) : ShopPage
{
    [BindProperty]
    public BudgetInput Input { get; set; } = new();

    public BudgetCompany Company { get; private set; } = null!;

    public ListedBudget Budget { get; private set; } = null!;

    /// <summary>The list.</summary>
    public abstract string Back { get; }

    protected abstract Task<BudgetCompany?> Find(string? number);

    public async Task<IActionResult> OnGet(string? number, Guid id)
    {
        if (!await Load(number, id))
        {
            return Missing();
        }

        Input = new() { Amount = Budget.State.Budget.Amount.ToPlainString(), Version = Budget.Version };
        return Page();
    }

    public async Task<IActionResult> OnPost(string? number, Guid id)
    {
        if (!await Load(number, id))
        {
            return Missing();
        }

        if (Input.Remove)
        {
            return Answer(await budgets.Remove(Caller, Company.Id, new BudgetId(id), Input.Version, Cancel));
        }

        var (budget, refusals) = OnBehalf.Companies.Budget.Read(Input.Amount, Budget.Period, Company.Currency);
        return budget is null ? Refused(refusals) : Answer(await budgets.Set(Caller, Company.Id, new BudgetId(id), Input.Version, budget.Amount, Cancel));
    }

    private IActionResult Answer(Outcome<Done> outcome) => outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Back);

    private async Task<bool> Load(string? number, Guid id)
    {
        if (await Find(number) is not { } company)
        {
            return false;
        }

        await using var db = database.Read();
        if ((await queries.Of(db, company.Id, clock.GetUtcNow(), Cancel)).FirstOrDefault(one => one.Id == id) is not { } budget)
        {
            return false;
        }

        (Company, Budget) = (company, budget);
        return true;
    }
}

public sealed class BudgetInput
{
    public string? Whose { get; set; }

    public string? Amount { get; set; }

    public string? Period { get; set; } = "month";

    /// <summary>Of the budget as it was shown.</summary>
    public int Version { get; set; }

    public bool Remove { get; set; }

    public List<ApproverInput> Chain { get; set; } = [];

    /// <summary>Of the chain as it was shown; without it nothing is known of what the form means.</summary>
    public string? Seen { get; set; }
}

public sealed class ApproverInput
{
    public string? Membership { get; set; }

    public string? Above { get; set; }
}
