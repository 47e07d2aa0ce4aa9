using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Assistance;

/// <summary>Why a company that was found by name cannot be entered, and the way to ask for it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class RequestAccessPage(FoundByNameQueries named, AssistRequests requests) : ShopPage
{
    [BindProperty]
    public RequestAccessInput Input { get; set; } = new();

    public NamedCompany Company { get; private set; } = null!;

    public bool IsAsked { get; private set; }

    public async Task<IActionResult> OnGet(Guid companyId, bool asked)
    {
        IsAsked = asked;
        return await Load(companyId) ? Page() : Missing();
    }

    public async Task<IActionResult> OnPost(Guid companyId)
    {
        if (!await Load(companyId))
        {
            return Missing();
        }

        var outcome = await requests.AskAccess(Caller, Company.Id, SessionReason.Trim(Input.Note), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"/staff/access/{companyId}?asked=true");
    }

    private async Task<bool> Load(Guid id)
    {
        if (await named.One(Caller, new CompanyId(id), Cancel) is not { } company)
        {
            return false;
        }

        Company = company;
        return true;
    }
}

public sealed class RequestAccessInput
{
    public string? Note { get; set; }
}
