using OnBehalf.Host;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Account;

/// <summary>A new password for a staff member who knows the present one.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class StaffPasswordPage(PasswordChanges passwords) : PasswordForm(passwords)
{
    public override string Email => Caller.Staff!.Email;
}
