using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Assistance;

/// <summary>For whom nobody acts, and why.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PolicyChange)]
public sealed class ProtectionPage(Protections protections) : ShopPage
{
    [BindProperty]
    public ProtectionInput Input { get; set; } = new();

    public IReadOnlyList<ShownProtection> All { get; private set; } = [];

    public async Task OnGet() => All = await protections.All(Cancel);

    public async Task<IActionResult> OnPost()
    {
        var outcome = Input.Lift is { } lifted ? await protections.Lift(Caller, lifted, Cancel) : await protections.Protect(Caller, Input.Whom, Input.Reason, Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther("/admin/assistance/protection");
        }

        await OnGet();
        return Refused(refusal);
    }
}

public sealed class ProtectionInput
{
    /// <summary>Mail address of a buyer, or number of a company.</summary>
    public string? Whom { get; set; }

    public string? Reason { get; set; }

    /// <summary>The protection that is lifted instead.</summary>
    public Guid? Lift { get; set; }
}
