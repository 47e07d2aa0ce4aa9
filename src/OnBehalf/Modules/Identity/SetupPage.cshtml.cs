using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>The first start of a shop in which nobody can sign in: its name and address, and the first administrator. Afterwards the page is not there.</summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class SetupPage(SetupCode setup, Database database, People<StaffRow> people, ShopSettings settings, SignInLimits limits) : ShopPage
{
    [BindProperty]
    public SetupInput Input { get; set; } = new();

    public static IEnumerable<(string, string)> Currencies => Currency.All.Select(currency => (currency.Code, currency.Code));

    public static IEnumerable<(string, string)> TimeZones =>
        TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Append("UTC").Distinct().Order(StringComparer.Ordinal).Select(id => (id, id));

    public async Task<IActionResult> OnGet()
    {
        if (!await setup.IsOpen(Cancel))
        {
            return Missing();
        }

        // Where the browser has found it, unless that is this machine: mails with such links lead nobody anywhere.
        Input.Address = Request.IsHttps ? $"https://{Request.Host}" : "";
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (!await setup.IsOpen(Cancel))
        {
            return Missing();
        }

        if (!await limits.AdmitsCode(HttpContext))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        if (!setup.IsRight(Input.Code))
        {
            return Refused(Refusal.Invalid("identity.setup-code-wrong", "Code: it is not the one in the file setup.code of the data folder.", nameof(Input.Code)));
        }

        (Setting Setting, string Value, string Field)[] wanted =
        [
            (ShopSettings.ShopName, Input.Name?.Trim() ?? "", nameof(Input.Name)), (ShopSettings.ShopAddress, Input.Address?.Trim().TrimEnd('/') ?? "", nameof(Input.Address)),
            (ShopSettings.ShopCurrency, Input.Currency ?? "", nameof(Input.Currency)), (ShopSettings.ShopTimeZone, Input.TimeZone ?? "", nameof(Input.TimeZone)),
        ];
        foreach (var (setting, value, field) in wanted)
        {
            if (setting.Check(value) is { } wrong)
            {
                return Refused(wrong with { Field = field });
            }
        }

        if (Input.Again != Input.Password)
        {
            return Refused(Refusal.Invalid("identity.passwords-differ", "The same again: the two passwords differ.", nameof(Input.Again)));
        }

        var administrator = new NewAdministrator(Input.Email, Input.FirstName, Input.LastName, Input.Password);
        if ((await administrator.Create(database, people, "setup", isFirst: true, Cancel)).Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        // Who breaks off here has an administrator, who finds the rest among the settings.
        await settings.Change(Caller.Machine("setup"), [.. wanted.Select(one => (one.Setting, (string?)null, one.Value))], Cancel);
        await setup.IsOpen(Cancel);
        return SeeOther("/staff/account/login?set=1");
    }
}

/// <summary>What a new shop is told at its first start.</summary>
public sealed class SetupInput
{
    public string? Code { get; set; }

    public string? Name { get; set; } = "";

    public string? Address { get; set; }

    public string? Currency { get; set; } = ShopSettings.ShopCurrency.Default;

    public string? TimeZone { get; set; } = ShopSettings.ShopTimeZone.Default;

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}
