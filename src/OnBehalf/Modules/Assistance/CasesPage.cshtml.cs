using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Buyers who did not ask for a session: what they say, and the end of the case.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.SessionsEndAny)]
public sealed class CasesPage(CaseQueries queries, AssistCases cases) : ShopPage
{
    [BindProperty]
    public CaseInput Input { get; set; } = new();

    public IReadOnlyList<ListedCase> Open { get; private set; } = [];

    public IReadOnlyList<ListedCase> Closed { get; private set; } = [];

    public bool IsClosed { get; private set; }

    public async Task OnGet(bool closed)
    {
        IsClosed = closed;
        await Load();
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = await cases.Close(Caller, new AssistCaseId(Input.Case), SessionReason.Trim(Input.Note), Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther("/admin/cases?closed=true");
        }

        await Load();
        return Refused(refusal with { Field = null });
    }

    private async Task Load() => (Open, Closed) = await queries.All(Cancel);
}

public sealed class CaseInput
{
    public Guid Case { get; set; }

    public string? Note { get; set; }
}
