using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Pricing;

/// <summary>The customer groups of the shop: add, rename, take away.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class CustomerGroupsPage(CustomerGroups groups) : ShopPage
{
    public const string Here = "/admin/customer-groups";

    [BindProperty]
    public CustomerGroupInput Input { get; set; } = new();

    public IReadOnlyList<ShownGroup> All { get; private set; } = [];

    public async Task OnGet() => All = await groups.All(Cancel);

    public Task<IActionResult> OnPost() => Then(groups.Add(Caller, Input.Code, Input.Name, Cancel));

    public Task<IActionResult> OnPostRename(string? code, string? name) => Then(groups.Rename(Caller, code, name, Cancel));

    public Task<IActionResult> OnPostRemove(string? code) => Then(groups.Remove(Caller, code, Cancel));

    private async Task<IActionResult> Then(Task<Outcome<Done>> change)
    {
        if ((await change).Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet();
        return Refused(refusal);
    }
}

public sealed class CustomerGroupInput
{
    public string? Code { get; set; }

    public string? Name { get; set; }
}
