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
        ["alerts.raised"] = "found something in the log",
        ["alerts.rule-changed"] = "changed a rule that looks at the log",
        ["assistance.access-ended"] = "ended granted access to a customer",
        ["assistance.hand-over-refused"] = "refused a start that came from another browser",
        ["assistance.link-made"] = "asked a colleague by mail to act for a customer",
        ["assistance.link-used"] = "began to act over the link of a colleague",
        ["assistance.link-withdrawn"] = "took back a link to a colleague",
        ["assistance.order-refused"] = "wanted to order more than is allowed",
        ["assistance.case-closed"] = "closed a case, so that others may act again",
        ["assistance.case-opened"] = "said that nobody was asked to act",
        ["assistance.company-consent-changed"] = "changed what the company asks for before somebody acts for its people",
        ["assistance.consent-asked"] = "asked a buyer for consent",
        ["assistance.consent-code-wrong"] = "typed a wrong code of consent",
        ["assistance.consent-forgotten"] = "left it to the rules of the shop who may act",
        ["assistance.consent-given"] = "agreed that somebody acts",
        ["assistance.consent-refused"] = "refused that somebody acts",
        ["assistance.consent-withdrawn"] = "withdrew consent",
        ["assistance.emergency-started"] = "began to act in an emergency, without consent",
        ["assistance.mode-lowered"] = "lowered the mode of the session",
        ["assistance.mode-raised"] = "raised the mode of the session for a time",
        ["assistance.colleagues-upwards"] = "changed whether colleagues may act for somebody with more rights",
        ["assistance.mandate-changed"] = "changed a mandate of the company",
        ["assistance.mandate-given"] = "gave a mandate of the company",
        ["assistance.mandate-revoked"] = "took a mandate of the company back",
        ["assistance.pages-closed"] = "changed what is closed to a role that acts",
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
        ["assistance.session-moved"] = "went on in the session from another network or browser",
        ["assistance.session-refused"] = "was not allowed to act",
        ["audit.export-ended"] = "has taken entries of the audit log away",
        ["audit.exported"] = "began to take entries of the audit log away",
        ["audit.stream-added"] = "began to send the audit log to another system",
        ["audit.stream-removed"] = "ended sending the audit log to another system",
        ["audit.stream-switched"] = "stopped or resumed sending the audit log",
        ["audit.stream-tested"] = "sent a test record to another system",
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
        ["carts.transferred"] = "moved what was in a cart to a successor",
        ["customers.changed"] = "changed the data of a customer",
        ["customers.created"] = "created a customer",
        ["customers.kind-changed"] = "changed what a company is, or to which it belongs",
        ["customers.opened"] = "looked at a customer",
        ["customers.status-changed"] = "changed the status of a customer",
        ["data.tidied"] = "removed rows that nobody needs any more",
        ["identity.account-closed"] = "closed the account",
        ["identity.company-switched"] = "switched to another company",
        ["identity.email-change-asked"] = "asked for another sign-in address",
        ["identity.email-changed"] = "changed the sign-in address",
        ["identity.emergency-password-used"] = "came with the password of the emergency administrator",
        ["identity.invited"] = "invited somebody",
        ["identity.locked-out"] = "locked an account after wrong passwords",
        ["identity.member-deactivated"] = "ended somebody's place in a company",
        ["identity.member-reactivated"] = "gave somebody the place in a company back",
        ["identity.membership-added"] = "gave a buyer a place in a further company",
        ["identity.person-created"] = "created a buyer",
        ["identity.person-not-created"] = "could not create a buyer with an address that is used elsewhere",
        ["identity.password-reset-asked"] = "asked for a new password",
        ["identity.password-set"] = "set a new password",
        ["identity.profile-changed"] = "changed the account data",
        ["identity.passkey-added"] = "added a passkey",
        ["identity.passkey-renamed"] = "gave a passkey another name",
        ["identity.passkey-removed"] = "took a passkey away",
        ["identity.provider-linked"] = "was linked to the external sign-in",
        ["identity.proved-again"] = "proved again who he is",
        ["identity.recovery-code-used"] = "used a recovery code",
        ["identity.recovery-codes-made"] = "made new recovery codes",
        ["identity.role-changed"] = "changed somebody's role in a company",
        ["identity.second-step-removed"] = "took a second step away",
        ["identity.second-step-set"] = "set up a second step",
        ["identity.sign-in-failed"] = "failed to sign in",
        ["identity.signed-in"] = "signed in",
        ["identity.signed-out"] = "signed out",
        ["identity.staff-role-changed"] = "has another role by the groups of the external sign-in",
        ["identity.staff-closed"] = "closed a staff account",
        ["identity.staff-created"] = "made a staff account",
        ["import.file-imported"] = "imported a file",
        ["log.access-made"] = "gave an auditor access to the entries of the log",
        ["log.access-revoked"] = "took an auditor's access to the log back",
        ["log.access-used"] = "fetched entries of the log as an auditor",
        ["log.began"] = "began the provable log",
        ["log.node-key-added"] = "signs receipts with a new key",
        ["log.resumed"] = "let the provable log go on under another name",
        ["log.stopped"] = "stopped signing the log, because the database does not hold what was signed",
        ["mail.sent-again"] = "sent a mail again",
        ["orders.approved"] = "approved an order that waited",
        ["orders.declined"] = "declined an order that waited",
        ["orders.exported"] = "took a list of orders away as a file",
        ["orders.held"] = "submitted an order that waits for approval",
        ["orders.placed"] = "placed an order",
        ["orders.sent-elsewhere"] = "sent an order to an unusual address",
        ["pages.viewed"] = "looked at a page",
        ["pricing.customer-group-changed"] = "gave a customer another customer group",
        ["pricing.discount-changed"] = "changed the discount of a category",
        ["pricing.group-added"] = "added a customer group",
        ["pricing.group-removed"] = "took a customer group away",
        ["pricing.group-renamed"] = "renamed a customer group",
        ["pricing.list-added"] = "added a price list",
        ["pricing.list-changed"] = "changed a price list",
        ["pricing.list-given"] = "gave a price list to a customer",
        ["pricing.list-taken"] = "took a price list away from a customer",
        ["pricing.price-changed"] = "changed a price",
        ["privacy.erasure-asked"] = "asked to be erased",
        ["privacy.hold-lifted"] = "lifted a legal hold",
        ["privacy.hold-set"] = "set a legal hold",
        ["privacy.keys-rotated"] = "wrapped the keys of people anew",
        ["privacy.person-erased"] = "erased a person",
        ["settings.changed"] = "changed a setting",
    };

    private static readonly Dictionary<string, string> Modules = new(StringComparer.Ordinal)
    {
        ["access"] = "Refused pages and actions", ["addresses"] = "Addresses", ["assistance"] = "Acting for customers", ["audit"] = "Reading this log", ["backup"] = "Backups", ["carts"] = "Carts",
        ["customers"] = "Customers", ["data"] = "Tidying up", ["identity"] = "Accounts and signing in", ["import"] = "Imports", ["log"] = "The log itself", ["mail"] = "Mail", ["orders"] = "Orders",
        ["pages"] = "Pages looked at", ["pricing"] = "Prices", ["privacy"] = "Privacy", ["settings"] = "Settings",
    };

    private static readonly Dictionary<string, List<string>> ByGroup =
        Words.Keys.GroupBy(GroupOf, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToList(), StringComparer.Ordinal);

    public static IEnumerable<string> Names => Words.Keys;

    /// <summary>The kinds of events for somebody to choose from: what a group is called, its name, and the names in it.</summary>
    public static IReadOnlyList<(string Title, string Group, IReadOnlyList<string> Names)> Groups { get; } =
        [.. ByGroup.Select(group => (Modules.GetValueOrDefault(group.Key, group.Key), group.Key, (IReadOnlyList<string>)group.Value)).OrderBy(group => group.Item1, StringComparer.Ordinal)];

    /// <summary>The names that are meant: one, all of a group, or none that is known.</summary>
    public static IReadOnlyList<string> NamesOf(string action) => Words.ContainsKey(action) ? [action] : ByGroup.GetValueOrDefault(action) ?? [];

    /// <summary>"Orders", "placed an order"</summary>
    public static string Title(string action) => Words.GetValueOrDefault(action) ?? Modules.GetValueOrDefault(action, action);

    public static string Of(string name) => Words.GetValueOrDefault(name, name);

    private static string GroupOf(string name) => name[..name.IndexOf('.', StringComparison.Ordinal)];
}
