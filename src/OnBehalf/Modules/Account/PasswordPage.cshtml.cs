using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Account;

/// <summary>A new password for who knows the present one.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.AccountSecure)]
public sealed class PasswordPage(AccountSecurity security) : ShopPage
{
    [BindProperty]
    public PasswordInput Input { get; set; } = new();

    public bool IsStored { get; private set; }

    public void OnGet(bool stored) => IsStored = stored;

    public async Task<IActionResult> OnPost()
    {
        if (Input.Again != Input.Password)
        {
            return Refused(Refusal.Invalid("identity.passwords-differ", "The same again: the two passwords differ.", nameof(Input.Again)));
        }

        var outcome = await security.ChangePassword(HttpContext, Caller, Input.Present, Input.Password);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther("/account/password?stored=true");
    }
}

public sealed class PasswordInput
{
    public string? Present { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}
