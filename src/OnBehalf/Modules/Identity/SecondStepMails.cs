using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Identity;

/// <summary>What staff are told about their second step: whoever did not do it himself should know at once.</summary>
internal static class SecondStepMails
{
    public static OutgoingMail Set(StaffRow staff, string shop) => To(
        staff, "second-step-set", $"Your second step for {shop} was set up",
        "from now on a code of your authenticator app is asked for when you sign in.");

    public static OutgoingMail Removed(StaffRow staff, string shop) => To(
        staff, "second-step-removed", $"Your second step for {shop} was switched off",
        "from now on your password alone is enough to sign in.");

    public static OutgoingMail Reset(StaffRow staff, string shop, string by) => To(
        staff, "second-step-reset", $"Your second step for {shop} was reset",
        $"{by} has reset your second step: authenticator app, recovery codes\nand passkeys count no more, and you are signed out everywhere.\nSet it up again when you sign in.");

    public static OutgoingMail RecoveryCodeUsed(StaffRow staff, string shop) => To(
        staff, "recovery-code-used", $"A recovery code for {shop} was used",
        "somebody, probably you, has signed in with one of your recovery codes.\nIt counts no more.");

    public static OutgoingMail CodesMade(StaffRow staff, string shop) => To(
        staff, "recovery-codes-made", $"New recovery codes for {shop}",
        "you have new recovery codes; those before count no more.");

    public static OutgoingMail PasskeyAdded(StaffRow staff, string shop, string name) => To(
        staff, "passkey-added", $"A new passkey for {shop}", $"from now on the passkey \"{name}\" signs you in.");

    public static OutgoingMail PasskeyRemoved(StaffRow staff, string shop, string name) => To(
        staff, "passkey-removed", $"A passkey for {shop} was removed", $"the passkey \"{name}\" counts no more.");

    private static OutgoingMail To(StaffRow staff, string kind, Phrase subject, Phrase text) => new(
        kind, staff.Email, staff.FullName, subject,
        $"""
        Dear {staff.FullName},

        {text}

        If it was not you, change your password at once and tell your administrator.
        """)
    { Staff = staff.Id };
}
