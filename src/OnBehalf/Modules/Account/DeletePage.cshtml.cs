using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Account;

/// <summary>Closing the account, with a tick and the password.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.AccountSecure)]
public sealed class DeletePage(AccountSecurity security) : ShopPage
{
    [BindProperty]
    public DeleteInput Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = await security.Close(HttpContext, Caller, Input.IsSure, Input.Password);
        if (outcome.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        Cookies.Take(HttpContext, Cookies.Shop);
        return SeeOther("/account/login?closed=1");
    }
}

public sealed class DeleteInput
{
    public bool IsSure { get; set; }

    public string? Password { get; set; }
}
