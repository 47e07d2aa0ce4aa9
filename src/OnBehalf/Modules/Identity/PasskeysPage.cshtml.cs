using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>A staff member's own passkeys: add one, call it otherwise, remove one.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class PasskeysPage(PasskeyChanges changes, SecondStepQueries seconds, StaffProof proof) : ShopPage
{
    [BindProperty]
    public PasskeyInput Input { get; set; } = new();

    public IReadOnlyList<ListedPasskey> Passkeys { get; private set; } = [];

    /// <summary>Null when he has proved it a short while ago.</summary>
    public ProofAsk? Proof { get; private set; }

    public string? Notice { get; private set; }

    public async Task OnGet(string? done)
    {
        Notice = done switch { "added" => Say("The passkey is added. You can sign in with it from now on."), "renamed" => Say("The passkey has another name."), "removed" => Say("The passkey is removed and counts no more."), _ => null };
        await Load();
    }

    public async Task<IActionResult> OnPost(Guid? remove, Guid? rename)
    {
        // A proof that was sent by itself: what he wants to do comes next.
        if (remove is null && rename is null && string.IsNullOrEmpty(Input.Credential) && Input.IsGiven)
        {
            if (await proof.Check(HttpContext, Caller, Input) is not { } wrong)
            {
                return SeeOther("/staff/account/passkeys");
            }

            await Load();
            return Refused(wrong);
        }

        var outcome = rename is { } other ? await changes.Rename(Caller, other, Request.Form[$"called-{other}"], Cancel)
            : remove is { } id
            ? await changes.Remove(HttpContext, Caller, id, Input)
            : await changes.Add(HttpContext, Caller, Input.Name, Input.Credential);
        if (outcome.Refusal is { } refusal)
        {
            await Load();
            return Refused(refusal);
        }

        return SeeOther($"/staff/account/passkeys?done={(rename is not null ? "renamed" : remove is null ? "added" : "removed")}");
    }

    private async Task Load()
    {
        var me = Caller.Staff!;
        Passkeys = await changes.Of(me.Id, Cancel);
        Proof = (await seconds.Age(me.SignIn, Cancel)).Seconds <= PasskeyChanges.ProofSeconds && !Input.IsGiven ? null : await proof.Ask(Caller, isSecondNeeded: false, Cancel);
    }
}

public sealed class PasskeyInput : ProofInput
{
    public string? Name { get; set; }

    /// <summary>The browser's answer to the offer, as JSON.</summary>
    public string? Credential { get; set; }
}
