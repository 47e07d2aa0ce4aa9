using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>One assortment: what it holds, and who has it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
public sealed class AssortmentPage(Database database, Assortments assortments, AssortmentQueries queries, Categories categories) : ShopPage
{
    private const int Most = 500;

    [BindProperty]
    public AssortmentInput Input { get; set; } = new();

    public AssortmentRow Assortment { get; private set; } = null!;

    public IReadOnlyList<ShownEntry> Entries { get; private set; } = [];

    public IReadOnlyList<ShownEntry> Assignments { get; private set; } = [];

    public bool HasMoreEntries { get; private set; }

    public bool HasMoreAssignments { get; private set; }

    public IReadOnlyList<ShownEntry> Groups { get; private set; } = [];

    public IEnumerable<(string Value, string Words)> GroupOptions => [("", Say("Choose a customer group")), .. Groups.Select(group => (group.Code!, group.Name!))];

    public CategoryTree Tree { get; private set; } = null!;

    public IEnumerable<(string Value, string Words)> CategoryOptions =>
        [("", "Choose a category"), .. Tree.Roots.SelectMany(root => root.Subtree).Select(node => (node.Code, string.Join(" › ", node.Path.Select(step => step.Name))))];

    public static IEnumerable<(string Value, string Words)> CountryOptions => [("", Say("Choose a country")), .. Country.InOrder.Select(country => (country.Code, country.Name))];

    public async Task<IActionResult> OnGet(string code) => await Load(code) ? Page() : Missing();

    public async Task<IActionResult> OnPost(string code)
    {
        var outcome = await (Input.Do switch
        {
            "rename" => assortments.Rename(Caller, code, Input.Name, Cancel),
            "add-category" => assortments.AddCategory(Caller, code, Input.Category, Cancel),
            "add-articles" => assortments.AddArticles(Caller, code, Input.Numbers, isWithout: false, Cancel),
            "leave-out" => assortments.AddArticles(Caller, code, Input.Numbers, isWithout: true, Cancel),
            "give-company" => assortments.GiveToCompany(Caller, code, Input.Company, Cancel),
            "give-group" => assortments.GiveToGroup(Caller, code, Input.Group, Cancel),
            "give-country" => assortments.GiveToCountry(Caller, code, Input.Country, Cancel),
            "give-everybody" => assortments.GiveToEverybody(Caller, code, Cancel),
            "remove" => assortments.Remove(Caller, code, Cancel),
            _ when Input.Entry is { } entry => assortments.RemoveEntry(Caller, code, entry, Cancel),
            _ when Input.Assignment is { } assignment => assortments.Take(Caller, code, assignment, Cancel),
            _ => Task.FromResult<Outcome<Done>>(Refusal.Invalid("catalog.assortment-nothing", "Press one of the buttons of the page.")),
        });
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(Input.Do == "remove" ? "/admin/assortments" : "/admin/assortments/" + code);
        }

        return await Load(code) ? Refused(refusal) : Missing();
    }

    private async Task<bool> Load(string code)
    {
        await using var db = database.Read();
        if (await queries.Find(db, code, Cancel) is not { } row)
        {
            return false;
        }

        Assortment = row;
        Input.Name ??= row.Name;
        (Entries, Assignments) = await queries.Of(row.Id, Cancel);
        (HasMoreEntries, HasMoreAssignments) = (Entries.Count > Most, Assignments.Count > Most);
        (Entries, Assignments) = ([.. Entries.Take(Most)], [.. Assignments.Take(Most)]);
        Groups = await queries.Groups(db, Cancel);
        Tree = await categories.Tree(VisibleRange.All, Cancel);
        return true;
    }
}

public sealed class AssortmentInput
{
    /// <summary>Which button was pressed.</summary>
    public string? Do { get; set; }

    public string? Name { get; set; }

    public string? Category { get; set; }

    public string? Numbers { get; set; }

    public string? Company { get; set; }

    public string? Group { get; set; }

    public string? Country { get; set; }

    /// <summary>The entry that goes.</summary>
    public Guid? Entry { get; set; }

    /// <summary>From whom it is taken.</summary>
    public Guid? Assignment { get; set; }
}
