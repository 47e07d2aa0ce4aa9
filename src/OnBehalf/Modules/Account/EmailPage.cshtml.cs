using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Account;

/// <summary>Asking to sign in with another address; it counts when a link in its mailbox was opened.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.AccountSecure)]
public sealed class EmailPage(AccountSecurity security) : ShopPage
{
    [BindProperty]
    public EmailInput Input { get; set; } = new();

    public bool IsSent { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = await security.AskEmail(HttpContext, Caller, Input.Email, Input.Password);
        IsSent = !outcome.IsRefused;
        return outcome.Refusal is { } refusal ? Refused(refusal) : Page();
    }
}

public sealed class EmailInput
{
    public string? Email { get; set; }

    public string? Password { get; set; }
}
