using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Settings;

/// <summary>One thing an administrator can set: its name, the sentence that explains it, its default, and what it accepts.</summary>
public sealed record Setting(string Name, string Title, string Sentence, string Default, SettingKind Kind, int Least = 0, int Most = int.MaxValue)
{
    public Refusal? Check(string value) => Kind switch
    {
        SettingKind.Number when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < Least || number > Most =>
            Refusal.Invalid("settings.out-of-range", $"{Title}: a whole number from {Least} to {Most:N0}.", Name),
        SettingKind.Switch when value is not ("true" or "false") => Refusal.Invalid("settings.not-a-switch", $"{Title}: on or off.", Name),
        SettingKind.Currency when !Currency.TryParse(value, out _) =>
            Refusal.Invalid("settings.not-a-currency", $"{Title}: a currency code of three capital letters, such as EUR.", Name),
        SettingKind.TimeZone when !TimeZoneInfo.TryFindSystemTimeZoneById(value, out _) =>
            Refusal.Invalid("settings.not-a-time-zone", $"{Title}: a name of the time zone database, such as Europe/Berlin, or UTC.", Name),
        SettingKind.Address when value.Length > 0 && !Settings.ShopAddress.IsOne(value) =>
            Refusal.Invalid("settings.not-an-address", $"{Title}: https:// and a host name, without a path, or nothing.", Name),
        SettingKind.Text when value.Length > 200 => Refusal.Invalid("settings.too-long", $"{Title}: at most 200 characters.", Name),
        _ => null,
    };
}

public enum SettingKind
{
    Number,
    Switch,
    Currency,
    TimeZone,
    Text,

    /// <summary>Scheme and host of a web address, or nothing.</summary>
    Address,
}

/// <summary>
/// The settings of the shop. Read from memory; a change made here counts at once, one made by another node after at most five seconds. No authority
/// depends on a setting without being judged anew at its use.
/// </summary>
public sealed class ShopSettings(Database database, TimeProvider clock)
{
    public static readonly Setting StaffIdleSeconds = new(
        "staff.session-idle-seconds", "Staff session", "Seconds without activity after which a staff sign-in and its assisted session end together.",
        "900", SettingKind.Number, 60, 31_536_000);

    public static readonly Setting AssistIdleSeconds = new(
        "assistance.idle-seconds", "Assisted session, idle", "Seconds without activity after which an assisted session ends.", "900", SettingKind.Number, 60, 28_800);

    public static readonly Setting AssistHardSeconds = new(
        "assistance.hard-seconds", "Assisted session, at most", "Seconds after which an assisted session ends whatever happens in it.",
        "3600", SettingKind.Number, 60, 28_800);

    public static readonly Setting DiscardExpiredBranch = new(
        "assistance.discard-expired-cart", "Cart of an expired session",
        "On: what an operator put into the cart of a session that ran out is thrown away. Off: it is kept for 30 days and resumed by the next session.",
        "false", SettingKind.Switch);

    public static readonly Setting PricesNeedSignIn = new(
        "catalog.prices-need-sign-in", "Prices after sign-in", "On: visitors see the catalogue without prices.", "true", SettingKind.Switch);

    public static readonly Setting ShopCurrency = new("shop.currency", "Currency", "For consumers, visitors and imported companies that name none.", "EUR", SettingKind.Currency);

    public static readonly Setting ShopName = new("shop.name", "Name of the shop", "Shown in the head of every page and in mails.", "OnBehalf", SettingKind.Text);

    public static readonly Setting ShopTimeZone = new(
        "shop.time-zone", "Time zone", "Where the shop is at home: the year of order numbers follows it, and days begin by it.", "UTC", SettingKind.TimeZone);

    public static readonly Setting ShopAddress = new(
        "shop.address", "Address of the shop",
        "Where people reach it, such as https://shop.example.com: for the links in mails. Empty: mails carry codes instead, except on this machine itself.",
        "", SettingKind.Address);

    public static readonly IReadOnlyList<Setting> All =
        [ShopName, ShopAddress, ShopCurrency, ShopTimeZone, PricesNeedSignIn, StaffIdleSeconds, AssistIdleSeconds, AssistHardSeconds, DiscardExpiredBranch];

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

    public async ValueTask<int> Number(Setting setting, CancellationToken cancel = default) =>
        int.Parse(await Get(setting, cancel), NumberStyles.None, CultureInfo.InvariantCulture);

    public async ValueTask<bool> IsOn(Setting setting, CancellationToken cancel = default) => await Get(setting, cancel) == "true";

    /// <summary>The time zone of the shop.</summary>
    public async ValueTask<TimeZoneInfo> TimeZone(CancellationToken cancel = default) => TimeZoneInfo.FindSystemTimeZoneById(await Get(ShopTimeZone, cancel));

    /// <summary>Stores a value with the fact of it; the caller's right has been judged by the page.</summary>
    public async Task<Outcome<Done>> Change(Caller caller, Setting setting, string value, CancellationToken cancel = default)
    {
        if (setting.Check(value) is { } refusal)
        {
            return refusal;
        }

        var outcome = await database.Write<Done>(
            caller,
            async tx =>
            {
                var row = await tx.Db.Set<SettingRow>().SingleOrDefaultAsync(row => row.Name == setting.Name, tx.Cancel);
                var before = row?.Value ?? setting.Default;
                if (before == value)
                {
                    return Done.It;
                }

                if (row is null)
                {
                    tx.Db.Add(new SettingRow { Name = setting.Name, Value = value, ChangedAt = tx.Now, ChangedBy = caller.Actor.Name });
                }
                else
                {
                    (row.Value, row.ChangedAt, row.ChangedBy) = (value, tx.Now, caller.Actor.Name);
                }

                tx.Add(new SettingChanged(setting.Name, before, value));
                return Done.It;
            },
            cancel);
        _snapshot = null;
        return outcome;
    }

    private Snapshot? Fresh => _snapshot is { } snapshot && clock.GetElapsedTime(snapshot.ReadAt) <= Freshness ? snapshot : null;

    private sealed record Snapshot(Dictionary<string, string> Values, long ReadAt)
    {
        public string Of(Setting setting) => Values.GetValueOrDefault(setting.Name, setting.Default);
    }
}

public sealed record SettingChanged(Code Setting, Code Before, Code After) : Fact
{
    public override string Name => "settings.changed";
}
