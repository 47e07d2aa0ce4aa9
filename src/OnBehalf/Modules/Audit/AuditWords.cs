namespace OnBehalf.Modules.Audit;

/// <summary>What happened, in words that complete "Karim Weiss for Ines Albrecht …". An event without a sentence here shows its name.</summary>
public static class AuditWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["access.refused"] = "was refused a page or an action",
        ["addresses.added"] = "added an address",
        ["addresses.changed"] = "changed an address",
        ["addresses.removed"] = "removed an address",
        ["assistance.access-ended"] = "ended granted access to a customer",
        ["assistance.link-made"] = "asked a colleague by mail to act for a customer",
        ["assistance.link-used"] = "began to act over the link of a colleague",
        ["assistance.link-withdrawn"] = "took back a link to a colleague",
        ["assistance.order-refused"] = "wanted to order more than is allowed",
        ["assistance.case-closed"] = "closed a case, so that others may act again",
        ["assistance.case-opened"] = "said that nobody was asked to act",
        ["assistance.policy-changed"] = "put other rules about acting for customers in force",
        ["assistance.policy-drafted"] = "worked on a draft of the rules about acting for customers",
        ["assistance.policy-proposed"] = "proposed other rules about acting for customers",
        ["assistance.policy-rejected"] = "rejected proposed rules about acting for customers",
        ["assistance.protection-lifted"] = "lifted the protection of a customer",
        ["assistance.protection-set"] = "put a customer under protection",
        ["assistance.request-declined"] = "declined access to a customer, or a start",
        ["assistance.request-granted"] = "granted access to a customer, or approved a start",
        ["assistance.requested"] = "asked for access to a customer, or for the approval of a start",
        ["assistance.session-started"] = "began to act",
        ["assistance.session-ended"] = "ended the assisted session",
        ["assistance.session-refused"] = "was not allowed to act",
        ["audit.read"] = "read the audit log",
        ["backup.restored"] = "restored a backup",
        ["backup.written"] = "wrote a backup",
        ["carts.branched"] = "began a copy of the cart",
        ["carts.branch-resumed"] = "went on with a copy of the cart",
        ["carts.branch-discarded"] = "threw a copy of the cart away",
        ["carts.line-added"] = "put an article into the cart",
        ["carts.line-quantity-changed"] = "changed a quantity in the cart",
        ["carts.line-removed"] = "took an article out of the cart",
        ["carts.lines-ordered"] = "emptied the cart by ordering",
        ["data.tidied"] = "removed rows that nobody needs any more",
        ["identity.account-closed"] = "closed the account",
        ["identity.company-switched"] = "switched to another company",
        ["identity.email-change-asked"] = "asked for another sign-in address",
        ["identity.email-changed"] = "changed the sign-in address",
        ["identity.invited"] = "invited somebody",
        ["identity.locked-out"] = "locked an account after wrong passwords",
        ["identity.password-reset-asked"] = "asked for a new password",
        ["identity.password-set"] = "set a new password",
        ["identity.profile-changed"] = "changed the account data",
        ["identity.proved-again"] = "proved again who he is",
        ["identity.recovery-code-used"] = "used a recovery code",
        ["identity.recovery-codes-made"] = "made new recovery codes",
        ["identity.second-step-removed"] = "took a second step away",
        ["identity.second-step-set"] = "set up a second step",
        ["identity.sign-in-failed"] = "failed to sign in",
        ["identity.signed-in"] = "signed in",
        ["identity.signed-out"] = "signed out",
        ["identity.staff-created"] = "made a staff account",
        ["import.file-imported"] = "imported a file",
        ["mail.sent-again"] = "sent a mail again",
        ["orders.placed"] = "placed an order",
        ["settings.changed"] = "changed a setting",
    };

    public static IEnumerable<string> Names => Words.Keys;

    public static string Of(string name) => Words.GetValueOrDefault(name, name);
}
