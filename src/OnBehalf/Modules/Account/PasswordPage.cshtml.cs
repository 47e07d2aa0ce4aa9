using OnBehalf.Host;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Account;

/// <summary>A new password for a buyer who knows the present one.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.AccountSecure)]
public sealed class PasswordPage(PasswordChanges passwords) : PasswordForm(passwords)
{
    public override string Email => Caller.Buyer!.Email;
}
