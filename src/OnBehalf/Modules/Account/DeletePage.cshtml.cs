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
        var outcome = await security.Close(HttpContext, Caller, Input.IsSure, Input.IsErased, Input.Password);
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

    /// <summary>His data shall go as well.</summary>
    public bool IsErased { get; set; }

    public string? Password { get; set; }
}
