using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Settings;

/// <summary>
/// The settings of the shop. Read from memory; a change made here counts at once, one made by another node after at most five seconds. No authority
/// depends on a setting without being judged anew at its use.
/// </summary>
public sealed class ShopSettings(Database database, TimeProvider clock)
{
    public static readonly Setting StaffIdleSeconds = new(
        "staff.session-idle-seconds", "Staff session", "Seconds without activity after which a staff sign-in and its assisted session end together.",
        "900", SettingKind.Number, 60, 31_536_000);

    public static readonly Setting SecondStep = new(
        "staff.second-step", "Second step at sign-in", "Which staff have to sign in with a second step (authenticator app or passkey). Who has none sets it up at his next sign-in.",
        "nobody", SettingKind.Choice)
    {
        Choices = [("nobody", "Nobody has to"), ("administrators", "Administrators"), ("supervisors", "Administrators and supervisors"), ("everybody", "All staff")],
    };

    public static readonly Setting StaffPasswords = new(
        "staff.password-sign-in", "Staff sign in with a password",
        "Off: staff come in by the external sign-in or a passkey, and by password only the emergency administrator whom the configuration names. Without an external sign-in it stays on.",
        "true", SettingKind.Switch);

    public static readonly Setting DiscardExpiredBranch = new(
        "assistance.discard-expired-cart", "Cart of an expired session",
        "On: what an operator put into the cart of a session that ran out is thrown away. Off: it is kept for 30 days and resumed by the next session.",
        "false", SettingKind.Switch);

    public static readonly Setting LandsOnCatalogue = new(
        "assistance.lands-on-catalogue", "Where a session begins", "On: on the catalogue. Off: on the buyer's dashboard. A link to a cart, an order or an article leads there in any case.",
        "false", SettingKind.Switch);

    public static readonly Setting VatCountry = new(
        "shop.vat-country", "Country of the shop's VAT number",
        "Where the shop has its VAT number. A company with a VAT number of another country of the European Union, to which the goods go there, then owes the tax itself (reverse charge).",
        "", SettingKind.Choice)
    {
        Choices = [("", "None in the European Union"), .. OnBehalf.Companies.VatNumber.Countries.Select(code => (code, Phrase.Made(Country.TryParse(code, out var country) ? country.Name : code)))],
    };

    public static readonly Setting PricePrecedence = new(
        "pricing.precedence", "Which price counts",
        "Sources of prices, the first that has one decides; of sources with = between the lowest price. An order keeps the prices at which it was placed.",
        OnBehalf.Pricing.PricePrecedence.Text, SettingKind.PriceOrder);

    public static readonly Setting CancelHours = new(
        "orders.cancel-hours", "Cancelling by the buyer", "So many hours after he has placed it a buyer may cancel an order of which nothing was shipped. 0: never; he calls.",
        "24", SettingKind.Number, 0, 8_760);

    public static readonly Setting ShipWhenPaid = new(
        "orders.ship-when-paid", "Sending what is not paid",
        "On: what is to be paid in advance or online is sent when it is paid, and not before. Off: whoever sends it decides.", "false", SettingKind.Switch);

    public static readonly Setting PayLinkHours = new(
        "orders.pay-link-hours", "Pay links", "For so many hours a link works with which a buyer pays an order that somebody placed for him.", "72", SettingKind.Number, 1, 720);

    public static readonly Setting ReturnDays = new(
        "orders.return-days", "Announcing a return", "So many days after the last delivery a buyer may announce that he sends something back. 0: never; he calls.",
        "14", SettingKind.Number, 0, 3_650);

    public static readonly Setting ShopCountry = new(
        "shop.country", "Country of the shop",
        "Whose taxes stand in prices with tax, as private customers and visitors see them, and companies that want it and name no country. None: articles are shown without tax, and the checkout adds it.",
        "", SettingKind.Choice)
    {
        Choices = [("", "None"), .. Country.All.Select(country => (country.Code, Phrase.Made(country.Name)))],
    };

    public static readonly Setting TaxBasis = new(
        "pricing.tax-basis", "Where tax is rounded", "Once for each rate of an order or invoice, or for each line. An order keeps what it was placed with.",
        "document", SettingKind.Choice)
    {
        Choices = [("document", "Once for each rate of a document"), ("line", "For each line")],
    };

    public static readonly Setting SessionsOff = new(
        "assistance.is-off", "Assisted sessions are off", "On: all running sessions end at once, and nobody can act for a customer until it is off again.",
        "false", SettingKind.Switch);

    public static readonly Setting MailAtEnd = new(
        "assistance.mail-at-end", "Mail after a session", "Whether the buyer is told by mail who acted for him, why, how long and what was changed.",
        "changed", SettingKind.Choice)
    {
        Choices = [("always", "Always"), ("changed", "When something was changed"), ("never", "Never, but for new addresses")],
    };

    public static readonly Setting MailAtStart = new(
        "assistance.mail-at-start", "Mail at the start of a session", "On: the buyer gets a mail when somebody begins to act for him.", "false", SettingKind.Switch);

    public static readonly Setting OnOtherBrowser = new(
        "assistance.on-other-browser", "Session in another browser", "What happens when a session is used from a browser that calls itself differently from the one in which it began.",
        "ends", SettingKind.Choice)
    {
        Choices = [("ends", "It ends"), ("asks", "The operator's password is asked for"), ("ignored", "Nothing")],
    };

    public static readonly Setting OnOtherNetwork = new(
        "assistance.on-other-network", "Session from another network",
        "What happens when a session is used from another network than the one in which it began. People on the move change theirs often.",
        "ignored", SettingKind.Choice)
    {
        Choices = [("ends", "It ends"), ("asks", "The operator's password is asked for"), ("ignored", "Nothing")],
    };

    public static readonly Setting ResetPauseMinutes = new(
        "assistance.reset-pause-minutes", "Pause before a new password",
        "So many minutes after somebody has acted for a buyer, and while he does, no link to a new password is mailed to that buyer; the mail says why and when. 0: no pause, the mail with the link names who acted, and a new password ends what runs.",
        "0", SettingKind.Number, 0, 1_440);

    public static readonly Setting RecordAddresses = new(
        "assistance.record-addresses", "Network addresses of operators", "On: the audit log keeps, as personal data, from which network address a session began.",
        "true", SettingKind.Switch);

    public static readonly Setting AlertCustomers = new(
        "assistance.alert-customers-per-hour", "Alert: many customers", "Supervisors get a mail when one operator acts for so many buyers within an hour. 0: no alert.",
        "30", SettingKind.Number, 0, 10_000);

    public static readonly Setting AlertRefused = new(
        "assistance.alert-refused-per-hour", "Alert: refused starts", "Supervisors get a mail when one operator is refused so many starts within an hour. 0: no alert.",
        "5", SettingKind.Number, 0, 100);

    public static readonly Setting AlertOpened = new(
        "assistance.alert-opened-per-hour", "Alert: customers looked at", "Supervisors get a mail when somebody of the staff opens the pages of so many customers within an hour. 0: no alert.",
        "100", SettingKind.Number, 0, 10_000);

    public static readonly Setting AlertExports = new(
        "assistance.alert-exports-per-hour", "Alert: files taken away", "Supervisors get a mail when somebody of the staff downloads so many lists as files within an hour. 0: no alert.",
        "5", SettingKind.Number, 0, 100);

    public static readonly Setting AlertNewAddress = new(
        "assistance.alert-new-address", "Alert: order to a new address",
        "On: supervisors get a mail when an order of a session goes to an address that was not in the customer's book before. One that goes to an address of the staff is always told.",
        "true", SettingKind.Switch);

    public static readonly Setting HoldUnusual = new(
        "assistance.hold-unusual-orders", "Orders to unusual addresses",
        "Which orders of a session wait until an administrator of the company approves them. Those of private customers, and of companies without an administrator, do not wait.",
        "never", SettingKind.Choice)
    {
        Choices = [("never", "None; supervisors are told"), ("staff", "Those to an address of the staff, or to the operator's name"), ("always", "Those, and those to a new address")],
    };

    public static readonly Setting ApprovalDays = new(
        "assistance.approval-days", "Orders that wait",
        "Days after which an order that waits for the approval of its company, and about which nobody decides, is declined by itself and no longer counts for its month.",
        "14", SettingKind.Number, 1, 365);

    public static readonly Setting ApprovalReminderDays = new(
        "assistance.approval-reminder-days", "Reminder of orders that wait",
        "Days after which whoever has to decide about an order that waits for the approval of its company gets a second mail; who approves after him has as much time. 0: no reminder.",
        "2", SettingKind.Number, 0, 365);

    public static readonly Setting SeveralReps = new(
        "customers.several-reps", "Several staff serve a customer", "On: one is the contact, and others may be assigned beside. Off: assigning somebody takes the customer from whoever had it for good.",
        "true", SettingKind.Switch);

    public static readonly Setting InvitationsPerHour = new(
        "identity.invitations-per-hour", "New people per hour",
        "How many people one staff member, or one administrator of a company, may create or add within an hour: each of them gets a mail. 0: no limit. Imports are not counted.",
        "60", SettingKind.Number, 0, 10_000);

    public static readonly Setting AlertNight = new(
        "assistance.alert-at-night", "Alert: at night", "On: supervisors get a mail when a session begins between 22:00 and 6:00 by the clock of the shop.",
        "false", SettingKind.Switch);

    public static readonly Setting PricesNeedSignIn = new(
        "catalog.prices-need-sign-in", "Prices after sign-in", "On: visitors see the catalogue without prices.", "true", SettingKind.Switch);

    public static readonly Setting ShopCurrency = new("shop.currency", "Currency", "For consumers, visitors and imported companies that name none.", "EUR", SettingKind.Currency);

    public static readonly Setting ShopName = new("shop.name", "Name of the shop", "Shown in the head of every page and in mails.", "OnBehalf", SettingKind.Text);

    public static readonly Setting ShopLanguage = new("shop.language", "Language of the shop", "For everybody who has chosen none, and whose company has none.", "en", SettingKind.Choice)
    {
        Choices = [("en", "English"), ("de", "Deutsch")],
    };

    public static readonly Setting ShopLanguages = new(
        "shop.languages", "Languages to choose from", "In which languages people may use the shop. French is for the shop alone.", "en", SettingKind.Choice)
    {
        Choices = [("en", "English"), ("de", "Deutsch"), ("en de", "English, Deutsch"), ("en de fr", "English, Deutsch, Français")],
    };

    public static readonly Setting ShopTimeZone = new(
        "shop.time-zone", "Time zone", "Where the shop is at home: the year of order numbers follows it, and days begin by it.", "UTC", SettingKind.TimeZone);

    public static readonly Setting ShopAddress = new(
        "shop.address", "Address of the shop",
        "Where people reach it, such as https://shop.example.com: for the links in mails. Empty: mails carry codes instead, except on this machine itself.",
        "", SettingKind.Address);

    public static readonly Setting SearchEngines = new(
        "shop.search-engines", "Search engines", "On: search engines may list what visitors see. Off: they are asked to list nothing.", "false", SettingKind.Switch);

    public static readonly Setting EntriesArePublic = new(
        "audit.entries-are-public", "Entries of the audit log",
        "On: everybody may fetch the entries of the audit log, which hold codes, amounts and references, and no names. Off: who may read the log, and auditors with a token.",
        "false", SettingKind.Switch);

    public static readonly Setting KeepSignInsDays = new(
        "privacy.keep-sign-ins-days", "Keep: browsers of sign-ins",
        "So many days after a sign-in is over it is forgotten in which browser it was. 0: it is kept.",
        "90", SettingKind.Number, 0, 36_500);

    public static readonly Setting KeepClosedDays = new(
        "privacy.keep-closed-accounts-days", "Keep: closed accounts",
        "A buyer whose account is closed, and of whom nothing has been heard for so many days, is erased like one who asks for it; his orders stay. 0: only who asks is erased.",
        "1095", SettingKind.Number, 0, 36_500);

    public static readonly Setting KeepStaffDays = new(
        "privacy.keep-staff-days", "Keep: staff who have left",
        "For so many days after they were last here it can be read who the staff were that acted; then who has left is erased, and what they did stays. 0: they can be read for good.",
        "1095", SettingKind.Number, 0, 36_500);

    public static readonly Setting KeepMailsDays = new(
        "privacy.keep-mails-days", "Keep: texts of mails",
        "So many days after a mail was written its text goes; that one was sent to somebody stays. 0: it is kept.",
        "365", SettingKind.Number, 0, 36_500);

    public static readonly Setting KeepCartsAsideDays = new(
        "privacy.keep-carts-aside-days", "Keep: carts that are set aside",
        "So many days after a buyer's cart that is not open was changed last it goes, with all that is in it. 0: it is kept.",
        "365", SettingKind.Number, 0, 36_500);

    public static readonly Setting KeepCartsDays = new(
        "privacy.keep-carts-days", "Keep: carts that are over",
        "So many days after a cart was thrown away or ordered it goes, with the copies on which sessions worked. 0: it is kept.",
        "90", SettingKind.Number, 0, 36_500);

    public static readonly Setting KeepSessionTextDays = new(
        "privacy.keep-session-text-days", "Keep: what was written down about sessions",
        "So many days after a session its reasons in words, its ticket, and notes of cases, requests and links go; the reason from the list stays. 0: they are kept.",
        "730", SettingKind.Number, 0, 36_500);

    public static readonly Setting KeepUnknownDays = new(
        "privacy.keep-unknown-days", "Keep: what the audit log holds of nobody known",
        "So many days after its month began, personal values of the audit log go that belong to nobody whom the shop knows, and references of browsers and networks can be tried against nothing any more. 0: they are kept.",
        "730", SettingKind.Number, 0, 36_500);

    public static readonly Setting ErasureNeedsTwo = new(
        "privacy.erasure-needs-two", "Erasing needs two", "On: one administrator asks for an erasure, and another one confirms it within seven days. Off: one is enough.",
        "false", SettingKind.Switch);

    public static readonly Setting AuditYears = new(
        "audit.keep-years", "Years for which the audit log is kept", "Older entries go for good, with the personal values in them; their hashes stay, so that the rest is proved. A legal hold stops it. 0: for ever.",
        "0", SettingKind.Number, 0, 100);

    public static readonly Setting Stock = new(
        "catalog.stock", "Stock", "Whether customers read how much there is of articles that are counted, and whether an order can take more than there is.", "off", SettingKind.Choice)
    {
        Choices = [("off", "Nobody is told, nothing is reserved"), ("shown", "Told and reserved; orders may exceed it"), ("held", "Told and reserved; no order takes more")],
    };

    public static readonly Setting StockFew = new("catalog.stock-few", "Few left", "Up to so many units an article reads “few left”.", "5", SettingKind.Number, 0, 1_000_000);

    public static readonly Setting DownloadTimes = new(
        "catalog.download-times", "Downloads of a file", "How often the buyer can download each file that he has bought.", "5", SettingKind.Number, 1, 1_000);

    public static readonly Setting DownloadDays = new(
        "catalog.download-days", "Days for downloads", "For so many days after the payment a file can be downloaded. 0: without an end.", "365", SettingKind.Number, 0, 36_500);

    public static readonly Setting DownloadsInSessions = new(
        "assistance.downloads", "Downloads in sessions", "On: who acts for a buyer may download what the buyer has bought. Off: the buyer does so himself.", "false", SettingKind.Switch);

    public static readonly Setting KeepRepresentative = new(
        "orders.keep-representative", "Set staff permanently on order",
        "On: an order that a customer places himself, or that support places for him, stands to the name of the customer's contact. Off: to nobody's. What sellers place stands to theirs.",
        "true", SettingKind.Switch);

    public static readonly Setting StaffCopy = new(
        "orders.staff-copy", "Copy of the confirmation to staff", "Who of the staff is told by mail of a placed order.", "nobody", SettingKind.Choice)
    {
        Choices = [("nobody", "Nobody"), ("operator", "Who placed it for the customer"), ("representative", "Its representative"), ("both", "Both")],
    };

    public static readonly Setting StaffCopyCommission = new(
        "orders.staff-copy-commission", "Commission in the copy", "On: the copy of the confirmation tells who reads it what the order earns him.", "true", SettingKind.Switch);

    public static readonly Setting OriginInComment = new(
        "orders.origin-in-comment", "Automatic order comment", "On: the comment of an order that somebody placed for the customer begins with who that was, his group and why. The customer reads it.",
        "false", SettingKind.Switch);

    public static readonly Setting PriceEditing = new(
        "assistance.price-editing", "Changing prices", "On: staff with the right to adjust prices can agree another price for an article in the cart of a session. The prices of the shop stay as they are.",
        "true", SettingKind.Switch);

    public static readonly Setting PriceReasons = new(
        "assistance.price-reasons", "Reasons of other prices", "From which staff choose why they agreed another price, with commas between. Nothing: they are not asked.",
        OnBehalf.Pricing.PriceReasons.Text, SettingKind.Reasons);

    public static readonly Setting PriceAlternatives = new(
        "assistance.price-alternatives", "Offer other prices of the shop", "On: staff see by name and amount what else the shop has for an article, and take one of these with a click.", "true", SettingKind.Switch);

    public static readonly Setting PriceZero = new("assistance.price-zero", "Allow zero price", "On: staff can agree that an article costs nothing.", "false", SettingKind.Switch);

    public static readonly Setting PriceApprovalDays = new(
        "assistance.price-approval-days", "An approved price counts for", "So many days after somebody has approved a price beyond the limits, who asked for it can agree it with that customer.", "7", SettingKind.Number, 1, 365);

    public static readonly Setting ProposalDays = new(
        "assistance.proposal-days", "A proposal waits for", "So many days a proposal for a cart waits for its buyer's answer; prices that he takes from it count as long.", "14", SettingKind.Number, 1, 365);

    public static readonly Setting PriceFixedArticles = new(
        "assistance.price-fixed-articles", "Articles whose price stays", "Numbers of articles, with commas between, whose price nobody changes in a session.", "", SettingKind.Words);

    public static readonly Setting PriceFixedCategories = new(
        "assistance.price-fixed-categories", "Categories whose prices stay", "Codes of categories, with commas between; those below them are meant, too.", "", SettingKind.Words);

    public static readonly Setting PriceFixedKinds = new(
        "assistance.price-fixed-kinds", "Kinds of articles whose prices stay", "Of physical, service, virtual and downloadable, with commas between.", "", SettingKind.Words)
    {
        Choices = [.. OnBehalf.Catalog.ArticleKind.All.Select(kind => (kind.Value, Phrase.Made(kind.Value)))],
    };

    public static readonly IReadOnlyList<Setting> All =
        [ShopName, ShopAddress, ShopCurrency, ShopTimeZone, ShopLanguage, ShopLanguages, SearchEngines, PricesNeedSignIn, Stock, StockFew, DownloadTimes, DownloadDays, DownloadsInSessions, PricePrecedence, TaxBasis, CancelHours, ReturnDays, PayLinkHours, ShipWhenPaid, KeepRepresentative, StaffCopy, StaffCopyCommission, OriginInComment, PriceEditing, PriceReasons, PriceAlternatives, PriceZero, PriceApprovalDays, PriceFixedArticles, PriceFixedCategories, PriceFixedKinds, ShopCountry, VatCountry, StaffIdleSeconds, SecondStep, StaffPasswords, LandsOnCatalogue, DiscardExpiredBranch, SessionsOff,
            MailAtEnd, MailAtStart, OnOtherBrowser, OnOtherNetwork, ResetPauseMinutes, RecordAddresses, AlertCustomers, AlertRefused, AlertOpened, AlertExports, AlertNewAddress, AlertNight,
            HoldUnusual, ApprovalDays, ProposalDays, ApprovalReminderDays, InvitationsPerHour, SeveralReps, EntriesArePublic, AuditYears, KeepSignInsDays, KeepClosedDays, KeepStaffDays, KeepMailsDays, KeepCartsDays, KeepCartsAsideDays, KeepSessionTextDays, KeepUnknownDays,
            ErasureNeedsTwo];

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private volatile Snapshot? _snapshot;

    public async ValueTask<string> Get(Setting setting, CancellationToken cancel = default)
    {
        if (Fresh is { } snapshot)
        {
            return snapshot.Of(setting);
        }

        await using var db = database.Read();
        return await Get(db, setting, cancel);
    }

    /// <summary>For whoever holds a context already, a transaction above all: waiting for a second connection while others wait for its locks would never end.</summary>
    public async ValueTask<string> Get(ShopDb db, Setting setting, CancellationToken cancel)
    {
        var snapshot = Fresh;
        if (snapshot is null)
        {
            var values = await db.Set<SettingRow>().AsNoTracking().ToDictionaryAsync(row => row.Name, row => row.Value, cancel);
            _snapshot = snapshot = new Snapshot(values, clock.GetTimestamp());
        }

        return snapshot.Of(setting);
    }

    /// <summary>As it stands in the database now, for a transaction that decides by it: the memory may be some seconds old.</summary>
    public static async Task<string> Exact(Tx tx, Setting setting) =>
        await tx.Db.Rows<string>("select value as \"Value\" from setting where name = {0}", setting.Name).ToListAsync(tx.Cancel) is [var value] ? value : setting.Default;

    public async ValueTask<int> Number(Setting setting, CancellationToken cancel = default) =>
        int.Parse(await Get(setting, cancel), NumberStyles.None, CultureInfo.InvariantCulture);

    public async ValueTask<int> Number(ShopDb db, Setting setting, CancellationToken cancel) =>
        int.Parse(await Get(db, setting, cancel), NumberStyles.None, CultureInfo.InvariantCulture);

    public async ValueTask<bool> IsOn(Setting setting, CancellationToken cancel = default) => await Get(setting, cancel) == "true";

    /// <summary>The time zone of the shop.</summary>
    public async ValueTask<TimeZoneInfo> TimeZone(CancellationToken cancel = default) => TimeZoneInfo.FindSystemTimeZoneById(await Get(ShopTimeZone, cancel));

    /// <summary>Stores a value with the fact of it; the caller's right has been judged by the page.</summary>
    public Task<Outcome<Done>> Change(Caller caller, Setting setting, string value, CancellationToken cancel = default) =>
        Change(caller, [(setting, null, value)], cancel);

    /// <summary>
    /// Stores several values, all or none. Who was shown another value than there is now (<c>Shown</c>; null: he saw none) is refused, so that nobody takes
    /// back what somebody else has just changed.
    /// </summary>
    public async Task<Outcome<Done>> Change(Caller caller, IReadOnlyList<(Setting Setting, string? Shown, string Value)> changes, CancellationToken cancel = default)
    {
        foreach (var (setting, _, value) in changes)
        {
            if (setting.Check(value) is { } refusal)
            {
                return refusal;
            }
        }

        var outcome = await database.Write<Done>(
            caller,
            async tx =>
            {
                var rows = await tx.Db.Set<SettingRow>().ToDictionaryAsync(row => row.Name, tx.Cancel);
                foreach (var (setting, shown, value) in changes)
                {
                    if (Store(tx, rows.GetValueOrDefault(setting.Name), setting, shown, value) is { } conflict)
                    {
                        return conflict;
                    }
                }

                return Done.It;
            },
            cancel);
        _snapshot = null;
        return outcome;
    }

    /// <summary>Stores a value in a transaction that does more. Call <see cref="Forget"/> when it has ended.</summary>
    internal static async Task<Refusal?> Store(Tx tx, Setting setting, string shown, string value) =>
        Store(tx, await tx.Db.Set<SettingRow>().SingleOrDefaultAsync(row => row.Name == setting.Name, tx.Cancel), setting, shown, value);

    /// <summary>The next one who asks reads the database.</summary>
    internal void Forget() => _snapshot = null;

    private static Refusal? Store(Tx tx, SettingRow? row, Setting setting, string? shown, string value)
    {
        var before = row?.Value ?? setting.Default;
        if (before == value)
        {
            return null;
        }

        if (shown is not null && shown != before)
        {
            return Refusal.Conflict("settings.changed-meanwhile", $"{setting.Title}: {row?.ChangedBy ?? "somebody"} has changed it meanwhile. Look at the new value and decide again.") with
            {
                Field = setting.Name,
            };
        }

        if (row is null)
        {
            tx.Db.Add(new SettingRow { Name = setting.Name, Value = value, ChangedAt = tx.Now, ChangedBy = tx.Caller.Actor.Name, ChangedById = tx.Caller.Actor.Person });
        }
        else
        {
            (row.Value, row.ChangedAt, row.ChangedBy, row.ChangedById) = (value, tx.Now, tx.Caller.Actor.Name, tx.Caller.Actor.Person);
        }

        tx.Add(new SettingChanged(setting.Name, before, value));
        return null;
    }

    /// <summary>What was changed from its default, when and by whom.</summary>
    public async Task<IReadOnlyDictionary<string, SettingRow>> Changed(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Set<SettingRow>().ToDictionaryAsync(row => row.Name, cancel);
    }

    private Snapshot? Fresh => _snapshot is { } snapshot && clock.GetElapsedTime(snapshot.ReadAt) <= Freshness ? snapshot : null;

    private sealed record Snapshot(Dictionary<string, string> Values, long ReadAt)
    {
        public string Of(Setting setting) => Values.GetValueOrDefault(setting.Name, setting.Default);
    }
}
