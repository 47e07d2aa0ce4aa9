using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Catalog;

/// <summary>All assortments, a new one, and which of them a company sees and why.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
public sealed class AssortmentsPage(Assortments assortments, AssortmentQueries queries) : ShopPage
{
    [BindProperty]
    public NewAssortmentInput Input { get; set; } = new();

    /// <summary>Number of a company about which somebody asks.</summary>
    [BindProperty(SupportsGet = true, Name = "company")]
    public string? Company { get; set; }

    public IReadOnlyList<ListedAssortment> All { get; private set; } = [];

    public string? Answer { get; private set; }

    public async Task OnGet()
    {
        All = await queries.All(Cancel);
        if (!string.IsNullOrWhiteSpace(Company))
        {
            Answer = await queries.Company(Company, Cancel) is not var (id, name) ? Say($"There is no company with the number “{Company.Trim()}”.")
                : await queries.Explain(id, Cancel) is { } reason ? Say($"{name} sees “{reason.Name}”: {reason.Because}.")
                : Say($"{name} sees all articles: no assortment is given to it, a company above it, its customer group, its country or everybody.");
        }
    }

    public async Task<IActionResult> OnPost()
    {
        var created = await assortments.Create(Caller, Input.Code, Input.Name, Cancel);
        if (!created.IsRefused)
        {
            return SeeOther("/admin/assortments/" + created.Value);
        }

        await OnGet();
        return Refused(created.Refusal);
    }
}

public sealed class NewAssortmentInput
{
    public string? Code { get; set; }

    public string? Name { get; set; }
}
