using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Companies;

/// <summary>The tree in which a company stands: who is above it, beside it and below.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class CompanyTreePage(CustomerQueries customers, CompanyTreeQueries trees) : CompanyPage(customers)
{
    public IReadOnlyList<CompanyInTree> Tree { get; private set; } = [];

    public async Task<IActionResult> OnGet(string number)
    {
        if (!await Load(number))
        {
            return Missing();
        }

        Tree = await trees.Of(Caller, Company.Id, Cancel);
        return Page();
    }
}
