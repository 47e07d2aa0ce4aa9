using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Log;

/// <summary>Who may fetch the entries of the log from outside.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.SettingsChange)]
public sealed class AccessPage(LogAccess access, LogWatch log) : ShopPage
{
    [BindProperty]
    public AccessInput Input { get; set; } = new();

    public IReadOnlyList<ShownAccess> All { get; private set; } = [];

    public LogState Log { get; private set; } = null!;

    /// <summary>The token that was just made: shown here and never again.</summary>
    public string? Token { get; private set; }

    public async Task OnGet() => (All, Log) = (await access.All(Cancel), await log.State(Cancel));

    public async Task<IActionResult> OnPost()
    {
        if (Input.Revoke is { } revoked)
        {
            await access.Revoke(Caller, revoked, Cancel);
            return SeeOther("/admin/audit/access");
        }

        var made = await access.Make(Caller, Input.Name, Input.Days, Cancel);
        await OnGet();
        if (made.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        Token = made.Value;
        return Page();
    }
}

public sealed class AccessInput
{
    /// <summary>Of the auditor.</summary>
    public string? Name { get; set; }

    public int Days { get; set; } = 30;

    /// <summary>The token that is taken back instead.</summary>
    public Guid? Revoke { get; set; }
}
