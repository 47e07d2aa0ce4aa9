using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Settings;

/// <summary>All settings of the shop on one page; stored together or not at all.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.SettingsChange)]
public sealed class SettingsPage(ShopSettings settings) : ShopPage
{
    private static readonly (Phrase Title, string[] Prefixes)[] Groups =
        [("Shop", ["shop"]), ("Catalogue", ["catalog"]), ("Prices", ["pricing"]), ("Customers", ["customers"]), ("Orders", ["orders"]), ("Sign-ins and assisted sessions", ["staff", "identity", "assistance"]), ("Audit log", ["audit"]), ("Privacy", ["privacy"])];

    /// <summary>Where only what is about assisted commerce stands.</summary>
    internal const string AssistedPath = "/admin/settings/assisted-commerce";

    private const string OfPrices = "assistance.price-";

    // Who of the staff signs in how is not about acting for customers.
    private static readonly (Phrase Title, Setting[] Settings)[] Assisted =
    [
        ("Sessions", [.. ShopSettings.All.Where(setting => setting == ShopSettings.StaffIdleSeconds || (setting.Name.StartsWith("assistance.", StringComparison.Ordinal) && !setting.Name.StartsWith(OfPrices, StringComparison.Ordinal)))]),
        ("Prices in a session", [.. ShopSettings.All.Where(setting => setting.Name.StartsWith(OfPrices, StringComparison.Ordinal))]),
        ("Orders that staff place", [ShopSettings.KeepRepresentative, ShopSettings.StaffCopy, ShopSettings.StaffCopyCommission, ShopSettings.OriginInComment]),
        ("Customers of staff", [ShopSettings.SeveralReps, ShopSettings.InvitationsPerHour]),
    ];

    private IReadOnlyDictionary<string, SettingRow> _changed = new Dictionary<string, SettingRow>();

    /// <summary>Values by the settings' names, as typed.</summary>
    [BindProperty]
    public Dictionary<string, string?> Values { get; set; } = [];

    /// <summary>The values that the form showed when it was opened.</summary>
    [BindProperty]
    public Dictionary<string, string?> Shown { get; set; } = [];

    public bool IsStored { get; private set; }

    public bool IsAssisted => Request.Path.Value == AssistedPath;

    public string Path => IsAssisted ? AssistedPath : "/admin/settings";

    public IEnumerable<(Phrase Title, IEnumerable<Setting> Settings)> Sections => IsAssisted ? Assisted.Select(group => (group.Title, group.Settings.AsEnumerable()))
        : Groups.Select(group => (group.Title, ShopSettings.All.Where(setting => group.Prefixes.Contains(setting.Name.Split('.')[0]))));

    public async Task OnGet(bool stored)
    {
        IsStored = stored;
        await Load();
    }

    public async Task<IActionResult> OnPost()
    {
        var changes = ShopSettings.All.Where(setting => Values.ContainsKey(setting.Name))
            .Select(setting => (Setting: setting, Shown: Shown.GetValueOrDefault(setting.Name) ?? "", Value: Values[setting.Name]?.Trim() ?? ""))
            .Where(change => change.Value != change.Shown).ToList();
        var refusals = changes.Select(change => change.Setting.Check(change.Value)).OfType<Refusal>().ToList();
        if (refusals.Count == 0)
        {
            var outcome = await settings.Change(Caller, [.. changes.Select(change => (change.Setting, (string?)change.Shown, change.Value))], Cancel);
            if (outcome.Refusal is not { } conflict)
            {
                return SeeOther(Path + "?stored=true");
            }

            refusals.Add(conflict);
        }

        await Load();
        return Refused([.. refusals.Select(refusal => refusal with { Field = refusal.Field is { } name ? $"Values[{name}]" : null })], prefix: "");
    }

    public IEnumerable<(string Value, string Words)>? Options(Setting setting) => setting.Kind switch
    {
        SettingKind.Switch => [("true", Say("On")), ("false", Say("Off"))],
        SettingKind.Currency => Currency.All.Select(currency => (currency.Code, currency.Code)),
        SettingKind.TimeZone => TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Append("UTC").Distinct().Order(StringComparer.Ordinal).Select(id => (id, id)),
        SettingKind.Choice => setting.Choices.Select(choice => (choice.Value, choice.Words.ToString())),
        _ => null,
    };

    /// <summary>What it does, its limits and default, and who changed it last.</summary>
    public string Hint(Setting setting)
    {
        var limits = setting.Kind == SettingKind.Number ? Say($" From {setting.Least:N0} to {setting.Most:N0}.") : "";
        var normally = setting.Default is "" ? "" : Say($" Default: {Options(setting)?.FirstOrDefault(option => option.Value == setting.Default).Words ?? setting.Default}.");
        var changed = _changed.GetValueOrDefault(setting.Name) is { } row
            ? Say($" Changed by {row.ChangedBy} on {row.ChangedAt.UtcDateTime:d MMM yyyy, HH:mm} UTC.")
            : "";
        return setting.Sentence + limits + normally + changed;
    }

    private async Task Load()
    {
        _changed = await settings.Changed(Cancel);
        foreach (var setting in ShopSettings.All)
        {
            var now = _changed.GetValueOrDefault(setting.Name)?.Value ?? setting.Default;
            Values.TryAdd(setting.Name, now);
            Shown.TryAdd(setting.Name, now);
        }
    }
}
