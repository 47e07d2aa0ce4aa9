using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>"I did not ask for this": says what happens then, and does it. Only the buyer himself, or an administrator of the company for which as a whole somebody acted.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class ReportPage(SessionLogQueries log, AssistCases cases) : ShopPage
{
    [BindProperty]
    public ReportInput Input { get; set; } = new();

    public LoggedSession Session { get; private set; } = null!;

    /// <summary>Nobody of the company was acted for, but the company: its administrator reports it.</summary>
    public bool IsOfCompany => Session.Buyer is null;

    public async Task<IActionResult> OnGet(Guid id) => await Load(id) ? Page() : Missing();

    public async Task<IActionResult> OnPost(Guid id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        var outcome = await cases.Open(Caller, Session.Id, SessionReason.Trim(Input.Note), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"/account/{(IsOfCompany ? "company/" : "")}assistance?done=reported");
    }

    private async Task<bool> Load(Guid id)
    {
        if ((await log.One(SessionScope.OfBuyer(Caller), new AssistedSessionId(id), Cancel)
            ?? (SessionScope.OfCompanyAsWhole(Caller) is { } scope ? await log.One(scope, new AssistedSessionId(id), Cancel) : null)) is not { } session)
        {
            return false;
        }

        Session = session;
        return true;
    }
}

public sealed class ReportInput
{
    public string? Note { get; set; }
}
