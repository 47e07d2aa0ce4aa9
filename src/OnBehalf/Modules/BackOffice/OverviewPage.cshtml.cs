using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Exports;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.BackOffice;

/// <summary>Something that somebody should look at, with the page where he can.</summary>
public sealed record Hint(string Icon, string Color, Phrase Words, string? Href, Phrase? Link);

/// <summary>Where the Back Office begins: what there is by right, and how the installation is.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OverviewPage(HealthQueries health, StreamQueries streams, LogWatch log, ShopAddress shop, MailRoute route) : ShopPage
{
    private static readonly (string Href, string Icon, Phrase Title, Phrase Sentence, Right Right)[] Rooms =
    [
        ("/admin/customers", "briefcase", "Customers", "Companies, private customers and their people, and the way to act for them.", Right.BackOffice),
        ("/admin/orders", "package", "Orders", "All orders, who placed them and for whom, and the way to act for the buyer.", Right.BackOffice),
        ("/admin/carts", "shopping-cart", "Carts", "What customers are about to order, who touched it last, and the way to act for the buyer.", Right.BackOffice),
        ("/admin/given-away", "tag", "Given away", "What staff agreed below the prices of the shop, by whom, for whom and why, and what it brought.", Right.AuditRead),
        ("/admin/deal-limits", "lock", "Limits of prices", "How far staff go below the prices of the shop by themselves.", Right.PricesChange),
        ("/admin/commissions", "tag", "Commissions", "By which rules staff earn at orders, and what everybody has earned.", Right.CommissionsChange),
        ("/admin/prices", "tag", "Prices", "Price lists: for whom and how long they count, their prices and percentages.", Right.PricesChange),
        ("/admin/coupons", "tag", "Coupons", "What they give, until when and how often, and how often they were used.", Right.PricesChange),
        ("/admin/taxes", "file-invoice", "Taxes", "The rates of countries and regions, by tax class.", Right.PricesChange),
        ("/admin/shipping", "truck", "Shipping", "The ways of sending and of paying: where they go, what they cost, to whom they are offered.", Right.PricesChange),
        ("/admin/terms", "file-invoice", "Terms", "What every order has to accept at the checkout, and its earlier versions.", Right.SettingsChange),
        ("/admin/customer-groups", "users", "Customer groups", "Customers who are treated alike: prices and assortments.", Right.PricesChange),
        ("/admin/articles", "tag", "Articles", "What is sold: texts, base prices, units, what replaces it, one by one or as a file.", Right.CatalogChange),
        ("/admin/categories", "category", "Categories", "The tree in which customers look around.", Right.CatalogChange),
        ("/admin/assortments", "category", "Assortments", "What of the catalogue is there for which companies, countries and visitors.", Right.CatalogChange),
        ("/admin/synonyms", "search", "Synonyms", "Words that mean the same to the people who search.", Right.CatalogChange),
        ("/admin/assignments", "users", "Assignments", "Which staff serve which customers: one by one, many at once, and handing them over.", Right.AccessGrant),
        ("/admin/mail", "mail", "Mail", "What the shop has sent and what waits, and sending again what was given up.", Right.MailRead),
        ("/admin/sessions", "users", "Sessions", "Who acts for whom right now, to be ended one by one or all at once; and cases of buyers who did not ask.", Right.SessionsEndAny),
        ("/admin/assistance/policy", "user-check", "Rules", "Who may act for whom, when and how: drafts, trying them out, versions.", Right.PolicyChange),
        ("/admin/assistance/requests", "key", "Requests", "What staff ask for: access to a customer, or the approval of a start.", Right.AccessGrant),
        ("/admin/assistance/why", "info-circle", "Why", "Why somebody may or may not act for a customer, in words.", Right.AccessGrant),
        ("/admin/assistance/protection", "lock", "Protection", "Customers for whom nobody acts until it is lifted.", Right.PolicyChange),
        ("/admin/assistance/closed", "x", "Closed pages", "What is closed in sessions to a role, page by page and action by action.", Right.PolicyChange),
        ("/admin/staff", "id-badge", "Staff", "Who works for the seller, with which role and group, and where he is signed in.", Right.StaffSecure),
        ("/admin/audit", "shield-check", "Audit", "Everything that happened, and who did it for whom.", Right.AuditRead),
        ("/admin/audit/alerts", "alert-triangle", "Alerts", "What rules have found in the audit log, and which rules look.", Right.AuditRead),
        ("/admin/audit/streams", "upload", "Streams", "Where the audit log is sent to as it grows, and how far it has got there.", Right.SettingsChange),
        ("/admin/privacy", "trash", "Privacy", "Erasing people for good, and what holds an erasure up.", Right.PrivacyErase),
        ("/admin/health", "activity", "Health", "Database, mail, audit log, the jobs of this node, versions and room on the disk.", Right.SettingsChange),
        ("/admin/settings", "settings", "Settings", "How long sessions last, what visitors see, the shop's name and address.", Right.SettingsChange),
    ];

    public Health Health { get; private set; } = null!;

    public LogState Log { get; private set; } = null!;

    public IReadOnlyList<Hint> Hints { get; private set; } = [];

    public IEnumerable<(string Href, string Icon, Phrase Title, Phrase Sentence, Right Right)> Open => Rooms.Where(room => Caller.May(room.Right));

    public string DatabaseWords => health.Database == DatabaseKind.Postgres ? "PostgreSQL" : Say("SQLite, one file in the data folder");

    public string MailWords => route.Words;

    public async Task OnGet()
    {
        Health = await health.Health(Cancel);
        Log = await log.State(Cancel);
        Hints = [.. await Look()];
    }

    private async Task<List<Hint>> Look()
    {
        var hints = new List<Hint>();
        if (Log.IsRed)
        {
            hints.Add(new Hint("alert-triangle", "red", Phrase.Made(Log.Words), Caller.May(Right.AuditRead) ? "/admin/audit" : null, "Look at the log"));
        }

        if (await streams.Troubled(Cancel) > 0)
        {
            hints.Add(new Hint("alert-triangle", "red", "The audit log does not arrive where it is sent to.", Caller.May(Right.SettingsChange) ? "/admin/audit/streams" : null, "Look at the streams"));
        }

        if (Health.MailFailed > 0)
        {
            hints.Add(new Hint("alert-triangle", "red", Phrase.Of($"{Count(Health.MailFailed)} could not be sent any more."), "/admin/mail?status=failed", "Look at them"));
        }

        if (Health.OldestPendingSeconds > 300)
        {
            hints.Add(new Hint("clock", "orange", $"{Count(Health.MailPending)} wait to be sent, the oldest since {Health.OldestPendingSeconds / 60} minutes. Is the mail server up?", "/admin/mail?status=pending", "Look at them"));
        }

        if (await shop.Of(Request) is null)
        {
            hints.Add(new Hint("info-circle", "azure", "The address of the shop is not set, so mails carry codes instead of links to it.", Caller.May(Right.SettingsChange) ? "/admin/settings" : null, "Set it"));
        }

        return hints;
    }

    private static string Count(int mails) => mails switch { 1 => Say("One mail"), > 10_000 => Say("More than 10,000 mails"), _ => Say($"{mails} mails") };
}
