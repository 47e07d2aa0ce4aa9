using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Identity;

/// <summary>What Identity writes to people.</summary>
internal static class IdentityMails
{
    /// <param name="page">Address of the page that takes the code; null when the shop does not know its own.</param>
    /// <param name="actedLately">Who acted for him within the last day: the moment at which somebody could talk him out of the code.</param>
    public static OutgoingMail Reset(PersonRow person, string shop, string? page, string code, IReadOnlyList<string> actedLately) => To(
        person, "password-reset", $"Set a new password for {shop}",
        $"""
        Dear {person.FullName},

        somebody, probably you, asked for a new password for your account
        {person.Email} at {shop}.

        {(page is null ? Phrase.Of("Open the page \"New password\" of the shop and enter this code") : Phrase.Of("Open this link"))} within one hour. It works once.

        {Outbox.SecretPlace}

        If it was not you, do nothing: your password stays as it is.{Warning(actedLately)}
        """) with
    { Secret = page is null ? code : $"{page}?code={code}" };

    /// <summary>Instead of a code, while somebody acts for him and shortly after.</summary>
    public static OutgoingMail ResetLater(PersonRow person, string shop, int minutes, IReadOnlyList<string> actedLately) => To(
        person, "password-reset-later", $"Set a new password for {shop}: not yet",
        $"""
        Dear {person.FullName},

        somebody, probably you, asked for a new password for your account
        {person.Email} at {shop}.

        Somebody acts for you in the shop just now, or did so a moment ago.
        For your safety no link is sent until {(minutes == 1 ? Phrase.Of("a minute") : Phrase.Of($"{minutes} minutes"))} after that: ask for it
        again then. If it is urgent, call us.{Warning(actedLately)}
        """);

    /// <param name="page">Address of the page that takes the code; null when the shop does not know its own.</param>
    public static OutgoingMail Invitation(PersonRow person, string shop, string? page, string code) => To(
        person, "invitation", $"Your account at {shop}",
        $"""
        Dear {person.FullName},

        there is an account for you at {shop}: {person.Email}.

        To choose your password, {(page is null ? Phrase.Of("open the page \"New password\" of the shop and enter this code") : Phrase.Of("open this link"))} within 14 days.
        It works once.

        {Outbox.SecretPlace}
        """) with
    { Secret = page is null ? code : $"{page}?code={code}" };

    public static OutgoingMail PasswordSet(PersonRow person, string shop) => To(
        person, "password-set", $"Your password for {shop} was changed",
        $"""
        Dear {person.FullName},

        the password of your account {person.Email} at {shop} was changed
        just now, and everything that was signed in with it was signed out.

        If it was not you, set a new one at once ("Forgot your password?" on
        the sign-in page) and tell us.
        """);

    /// <summary>To the new address, which has to prove itself.</summary>
    public static OutgoingMail ConfirmEmail(PersonRow person, string email, string shop, string? page, string code) => To(
        person, "email-change", $"Confirm your new address for {shop}",
        $"""
        Dear {person.FullName},

        you want to sign in to {shop} with {email} from now on.
        {(page is null ? Phrase.Of("Open the page \"Confirm your new address\" of the shop and enter this code") : Phrase.Of("Open this link"))} within one hour. It works once.

        {Outbox.SecretPlace}

        Until then your present address counts. If it was not you, do nothing.
        """) with
    { To = email, Secret = page is null ? code : $"{page}?code={code}" };

    /// <summary>To the old address: its owner should know.</summary>
    public static OutgoingMail EmailChanged(PersonRow person, string email, string shop) => To(
        person, "email-changed", $"Your address for {shop} was changed",
        $"""
        Dear {person.FullName},

        from now on you sign in to {shop} with {email}
        and no longer with this address.

        If it was not you, tell us at once.
        """);

    public static OutgoingMail SignedOutByStaff(PersonRow person, string shop, string by) => To(
        person, "signed-out-by-staff", $"You were signed out of {shop}",
        $"""
        Dear {person.FullName},

        {by} of {shop} has signed you out, in one browser or in all of
        them. Your password and your data are as they were; you can sign in
        again. If it was about somebody else using your account, set a new
        password first ("Forgot your password?" on the sign-in page).

        If you did not ask for it, tell us.
        """);

    public static OutgoingMail EmergencyPassword(PersonRow person, string shop, string who) => To(
        person, "emergency-password", $"The emergency password of {shop} was used",
        $"""
        Dear {person.FullName},

        staff of {shop} sign in by the external sign-in. {who}, whom the
        configuration names as emergency administrator, has just come with the
        password instead.

        If there is no emergency, find out at once who that was.
        """);

    public static OutgoingMail Closed(PersonRow person, string shop) => To(
        person, "account-closed", $"Your account at {shop} is closed",
        $"""
        Dear {person.FullName},

        your account {person.Email} at {shop} is closed, as you asked.
        Your orders are kept as the law demands. If it was not you, tell us.
        """);

    /// <summary>To a buyer who has a place in a further company.</summary>
    /// <param name="company">Null: as a private customer.</param>
    public static OutgoingMail MembershipAdded(BuyerRow buyer, string? company, string shop) => To(
        buyer, "membership-added", $"You can now buy {For(company)}",
        $"""
        Dear {buyer.FullName},

        from now on you can also buy {For(company)} at {shop},
        with your account {buyer.Email}. Change between your companies
        at the top of the shop.

        If that is not right, tell us.
        """);

    /// <summary>To somebody whose place in a company is another one now.</summary>
    /// <param name="what">"you are now Approver of Nordlicht GmbH"</param>
    public static OutgoingMail PlaceChanged(BuyerRow buyer, Phrase what, Phrase by, string shop) => To(
        buyer, "membership-changed", $"Your place in a company at {shop} was changed",
        $"""
        Dear {buyer.FullName},

        at {shop} {what}.
        {by} has changed that.

        If that is not right, talk to an administrator of the company.
        """);

    /// <summary>To a staff member whose account was changed by somebody else.</summary>
    /// <param name="what">"your role is Supervisor now"</param>
    public static OutgoingMail StaffChanged(StaffRow staff, string email, Phrase what, Phrase by, string shop) => To(
        staff, "staff-changed", $"Your account at {shop} was changed",
        $"""
        Dear {staff.FullName},

        at {shop} {what}.
        {by} has changed that.

        If that is not right, tell an administrator at once.
        """) with
    { To = email };

    private static Phrase For(string? company) => company is null ? Phrase.Of("as a private customer") : Phrase.Of($"for {company}");

    /// <summary>To whoever reads for a company: somebody new buys in its name.</summary>
    /// <param name="by">Who made it, with what he is: "Karim Weiss (Sales rep)".</param>
    public static OutgoingMail Joined(BuyerId? reader, string email, string name, string company, string who, string role, Phrase by, string shop) => new(
        "person-created", email, name, $"{who} now buys for {company}",
        $"""
        Dear {name},

        {by} of {shop} has made an account for somebody
        of {company}: {who}, as {role}.

        If that is not right, tell us at once.
        """)
    {
        Buyer = reader,
    };

    private static Phrase? Warning(IReadOnlyList<string> actedLately) => actedLately.Count == 0 ? null
        : Phrase.Of($"\n\nAttention: within the last day these people acted for you: {string.Join(", ", actedLately)}.\nNobody who acts for you needs this link or your password. Do not pass it\non, and if somebody asks for it, tell us.");

    private static OutgoingMail To(PersonRow person, string kind, Phrase subject, Phrase body) =>
        new(kind, person.Email, person.FullName, subject, body) { Buyer = (person as BuyerRow)?.Id, Staff = (person as StaffRow)?.Id };
}
