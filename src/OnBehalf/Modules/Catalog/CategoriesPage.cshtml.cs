using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>The tree of categories for staff: a new one, another name or place, or away with an empty one.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
public sealed class CategoriesPage(Categories categories, CategoryChanges changes) : ShopPage
{
    public const string Here = "/admin/categories";

    [BindProperty]
    public CategoryInput Input { get; set; } = new();

    public CategoryTree Tree { get; private set; } = null!;

    /// <summary>The one that is open for changing.</summary>
    public CategoryNode? Open { get; private set; }

    public IEnumerable<(string Value, string Words)> ParentOptions => ArticlesPage.OptionsOf(Tree, Say("At the top"));

    public async Task<IActionResult> OnGet(string? code)
    {
        Tree = await categories.Tree(VisibleRange.All, Cancel);
        Open = code is null ? null : Tree.Find(code);
        if (code is not null && Open is null)
        {
            return Missing();
        }

        Input = new CategoryInput { Name = Open?.Name, Parent = Open?.Parent?.Code };
        return Page();
    }

    public async Task<IActionResult> OnPost(string? code)
    {
        var refusal = code is null
            ? (await changes.Add(Caller, Input.Code, Input.Name, Input.Parent, Cancel)).Refusal
            : (await (Input.Do switch
            {
                "up" => changes.Shift(Caller, code, isUp: true, Cancel),
                "down" => changes.Shift(Caller, code, isUp: false, Cancel),
                "remove" => changes.Remove(Caller, code, Cancel),
                _ => changes.Change(Caller, code, Input.Name, Input.Parent, Cancel),
            })).Refusal;
        if (refusal is null)
        {
            return SeeOther(Here);
        }

        Tree = await categories.Tree(VisibleRange.All, Cancel);
        Open = code is null ? null : Tree.Find(code);
        return code is not null && Open is null ? Missing() : Refused(refusal);
    }
}

public sealed class CategoryInput
{
    /// <summary>Which button was pressed.</summary>
    public string? Do { get; set; }

    public string? Code { get; set; }

    public string? Name { get; set; }

    public string? Parent { get; set; }
}
