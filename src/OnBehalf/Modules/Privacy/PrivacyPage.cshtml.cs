using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Privacy;

/// <summary>Who asks to be erased, who may not be, and the way to everybody else.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PrivacyErase)]
public sealed class PrivacyPage(PrivacyQueries privacy, Retention retention) : ShopPage
{
    private static readonly Refusal NobodyFound = Refusal.Invalid("privacy.nobody-found", "E-mail address: nobody of the shop's people has it. Look for another spelling.", "Email");

    [BindProperty]
    public PersonInput Input { get; set; } = new();

    public IReadOnlyList<PrivatePerson> Asked { get; private set; } = [];

    public IReadOnlyList<StandingHold> Held { get; private set; } = [];

    public IReadOnlyList<StandingProposal> Proposed { get; private set; } = [];

    public IReadOnlyList<RetentionLine> Kept { get; private set; } = [];

    public bool IsDone { get; private set; }

    public async Task OnGet(bool done)
    {
        IsDone = done;
        Asked = await privacy.Asked(Cancel);
        Held = await privacy.Held(person: null, Cancel);
        Proposed = await privacy.Proposals(person: null, Cancel);
        Kept = await retention.Preview(Cancel);
    }

    // An address belongs into no link and no log of a proxy.
    public async Task<IActionResult> OnPost()
    {
        if (await privacy.PathOf(Input.Email ?? "", Cancel) is { } path)
        {
            return SeeOther(path);
        }

        await OnGet(done: false);
        return Refused(NobodyFound);
    }
}

public sealed class PersonInput
{
    public string? Email { get; set; }
}
