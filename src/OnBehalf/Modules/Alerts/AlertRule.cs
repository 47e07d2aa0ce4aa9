using System.Globalization;
using OnBehalf.Kernel;
using OnBehalf.Modules.Exports;

namespace OnBehalf.Modules.Alerts;

/// <summary>What one alert is about.</summary>
public enum AlertCounts
{
    /// <summary>Every such event.</summary>
    Event,

    /// <summary>So many such events of one person within a time.</summary>
    PerPerson,

    /// <summary>So many different customers of one operator within a time.</summary>
    Customers,

    /// <summary>An amount in the event.</summary>
    Amount,

    /// <summary>By how much a price falls, in percent.</summary>
    Percent,

    /// <summary>How long a session runs.</summary>
    Minutes,

    /// <summary>The state of the log, and no event.</summary>
    State,
}

/// <summary>A rule that comes with the product: it can be switched, and its threshold changed.</summary>
/// <param name="Sentence">`{0}` is the threshold.</param>
/// <param name="Facts">Names of facts that it looks at.</param>
public sealed record AlertRule(string Code, Phrase Title, Phrase Sentence, AlertCounts Counts, bool IsOn, long Threshold, params string[] Facts)
{
    /// <summary>Supervisors are told of it by a mail of the session itself, at once; here it is listed and not told twice.</summary>
    public bool IsToldElsewhere { get; private init; }

    public TimeSpan Within { get; private init; } = TimeSpan.FromHours(1);

    public const long Most = 1_000_000_000;

    public static readonly IReadOnlyList<AlertRule> All =
    [
        new("emergency", "Emergency", "Somebody acts without consent, in an emergency.", AlertCounts.Event, true, 0, "assistance.emergency-started") { IsToldElsewhere = true },
        new("long-session", "Long session", "An assisted session runs for more than {0} minutes.", AlertCounts.Minutes, true, 240),
        new("refused-starts", "Refused starts", "One operator is refused more than {0} starts within an hour.", AlertCounts.PerPerson, true, 5, "assistance.session-refused") { IsToldElsewhere = true },
        new("many-customers", "Many customers", "One operator acts for more than {0} customers within a day.", AlertCounts.Customers, true, 100, "assistance.session-started") { Within = TimeSpan.FromDays(1) },
        new("sign-in-failures", "Failures to sign in", "More than {0} failures to sign in as one person within an hour.", AlertCounts.PerPerson, true, 10, "identity.sign-in-failed"),
        new("order-above", "Big order", "An order of {0} or more, in whatever currency, is placed for somebody else.", AlertCounts.Amount, false, 50_000, "orders.placed", "orders.held"),
        new("price-cut", "Price lowered", "A price is lowered by {0} percent or more: of a list, of an article, or by a percentage off.", AlertCounts.Percent, true, 30,
            "pricing.price-changed", "pricing.discount-changed", "pricing.list-changed", "catalog.article-changed"),
        new("policy-changed", "Other rules", "Other rules about acting for customers are in force, or what is closed to a role has changed.", AlertCounts.Event, true, 0, "assistance.policy-changed", "assistance.pages-closed"),
        new("settings-changed", "Setting changed", "A setting of the shop was changed.", AlertCounts.Event, true, 0, "settings.changed"),
        new("more-rights", "More rights", "Somebody of the staff has become administrator, or may do more beyond his role than before.", AlertCounts.Event, true, 0,
            "identity.staff-created", "identity.staff-role-changed", "identity.staff-extras-changed", "identity.staff-reactivated"),
        new("log-taken", "Log taken away", "Entries of the audit log are taken away as a file, or sent to another system.", AlertCounts.Event, true, 0, "audit.exported", "audit.stream-added", "log.access-made"),
        new("person-read", "A person in the log", "Somebody looks in the audit log for what one person did.", AlertCounts.Event, false, 0, "audit.read"),
        new("node-key", "New key", "A node signs receipts with a new key, the log goes on under another name, or its signer was given its memory by hand.", AlertCounts.Event, true, 0, "log.node-key-added", "log.resumed", "log.memory-given"),
        new("log-stopped", "Log stands still", "The log is signed no more: the database does not hold what was signed, or a witness knows another log.", AlertCounts.Event, true, 0, "log.stopped"),
        new("witness-differs", "A witness differs", "A witness of the log says that it has cosigned another log; as many others as are wanted have cosigned this one.", AlertCounts.Event, true, 0, "log.witness-differs"),
        new("log-red", "Log behind", "The audit log is red: behind, or standing still.", AlertCounts.State, true, 0),
    ];

    public bool HasThreshold => Sentence.Key.Contains("{0}", StringComparison.Ordinal);

    public string Words(long threshold) => string.Format(CultureInfo.InvariantCulture, Sentence, threshold.ToString("N0", CultureInfo.CurrentCulture));

    public static AlertRule? Of(string code) => All.FirstOrDefault(rule => rule.Code == code);

    /// <summary>Whether a record is one that this rule looks at.</summary>
    public bool Fits(AuditRecord record, long threshold) => Facts.Contains(record.Name) && Counts switch
    {
        AlertCounts.Amount => record.IsAssisted && Amount(record["total"]) >= threshold,
        AlertCounts.Percent => Lowered(record) >= threshold,
        _ when Code == "person-read" => (record["by-person"] ?? record["by-operator"]) is not null,
        _ when Code == "more-rights" => IsMore(record),
        _ => true,
    };

    /// <summary>Whose events are counted together; null: nobody known.</summary>
    public string? PersonOf(AuditRecord record) => Code == "sign-in-failures" ? record["operator"] ?? record["buyer"] : record["actor-staff"] ?? record["actor-buyer"];

    private static bool IsMore(AuditRecord record) => record.Name switch
    {
        "identity.staff-role-changed" => record["after"] == "administrator",
        "identity.staff-extras-changed" => Extras(record["after"]).Except(Extras(record["before"])).Any(),
        _ => record["role"] == "administrator" || Extras(record["extras"]).Length > 0,
    };

    private static string[] Extras(string? codes) => (codes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static long Lowered(AuditRecord record) => record.Name switch
    {
        "catalog.article-changed" => record["what"] switch
        {
            "unit_price" => Fall(record["before"], record["after"]),

            // The same price for more pieces.
            "price_per" => Fall($"1 per {record["before"]}", $"1 per {record["after"]}"),
            _ => 0,
        },
        "pricing.list-changed" => record["what"] == "percent" ? Off(record["before"], record["after"]) : 0,
        "pricing.discount-changed" => Off(record["before"], record["after"]),
        _ => Fall(record["before"], record["after"]),
    };

    // "10 %" off, nothing at first: by how much what is paid falls.
    private static long Off(string? before, string? after)
    {
        var (old, now) = (Percent(before), Percent(after));
        return now > old && old < 100 ? (long)((now - old) * 100 / (100 - old)) : 0;

        static decimal Percent(string? text) => decimal.TryParse(text?.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? percent : 0;
    }

    // "90.00 EUR" or "90.00 EUR per 100": both of one list, so of one currency, and compared for one piece; what is no such amount is no fall.
    private static long Fall(string? before, string? after)
    {
        if (Price(before) is not var (high, much, unit) || Price(after) is not var (low, more, same) || unit != same)
        {
            return 0;
        }

        var (from, to) = ((Int128)high * more, (Int128)low * much);
        return to < from ? (long)((from - to) * 100 / from) : 0;
    }

    private static (long Digits, long Per, string Unit)? Price(string? text)
    {
        var parts = (text ?? "").Split(" per ");
        var amount = parts[0].Split(' ', 2);
        return Number(amount[0].Replace(".", "", StringComparison.Ordinal)) is { } digits && (parts.Length == 1 ? 1 : Number(parts[1])) is > 0 and var per ? (digits, per, amount.ElementAtOrDefault(1) ?? "") : null;

        static long? Number(string text) => text.Length < 16 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    // "1234.50 EUR": whole units of whatever currency.
    private static long Amount(string? money) => long.TryParse(money?.Split(' ', '.')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount) ? amount : 0;
}
