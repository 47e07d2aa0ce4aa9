using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Assistance;

/// <summary>What a company lets whom do for its people, for its administrators.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class MandatesPage(Mandates mandates, MandateQueries queries, TimeProvider clock) : ShopPage
{
    public const string Path = "/account/company/mandates";

    [BindProperty]
    public MandatesInput Input { get; set; } = new();

    public IReadOnlyList<ShownMandate> Active { get; private set; } = [];

    public IReadOnlyList<ShownMandate> Past { get; private set; } = [];

    public bool LetsUpwards { get; private set; }

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGet()
    {
        var company = Caller.Company!.Id;
        (Active, Past) = await queries.Of(company, Cancel);
        LetsUpwards = await queries.LetsUpwards(company, Cancel);
        Zone = await mandates.Zone(Cancel);
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = Input.Revoke is { } revoked ? await mandates.Revoke(Caller, revoked, Cancel) : await mandates.LetUpwards(Caller, Input.Upwards, Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(Path);
        }

        await OnGet();
        return Refused(refusal);
    }
}

public sealed class MandatesInput
{
    /// <summary>The mandate that is taken back; without one the switch is meant.</summary>
    public Guid? Revoke { get; set; }

    public bool Upwards { get; set; }
}
