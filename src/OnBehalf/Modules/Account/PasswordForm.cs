using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Account;

/// <summary>What the two pages for a new password share; they differ in whom they answer.</summary>
public abstract class PasswordForm(PasswordChanges passwords) : ShopPage
{
    [BindProperty]
    public PasswordInput Input { get; set; } = new();

    public bool IsStored { get; private set; }

    /// <summary>Of the account whose password it is, for password managers.</summary>
    public abstract string Email { get; }

    public void OnGet(bool stored) => IsStored = stored;

    public async Task<IActionResult> OnPost()
    {
        if (Input.Again != Input.Password)
        {
            return Refused(Refusal.Invalid("identity.passwords-differ", "The same again: the two passwords differ.", nameof(Input.Again)));
        }

        var outcome = await passwords.Change(HttpContext, Caller, Input.Present, Input.Password);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Request.Path + "?stored=true");
    }
}

public sealed class PasswordInput
{
    public string? Present { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}
