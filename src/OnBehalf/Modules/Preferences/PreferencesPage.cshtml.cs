using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Preferences;

/// <summary>Newsletter and being remembered: what the buyer has said and since when. Whoever acts for him neither sees nor changes it.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.AccountSecure)]
public sealed class PreferencesPage(PreferenceQueries queries, BuyerPreferences preferences, ShopAddress address) : ShopPage
{
    [BindProperty]
    public PreferencesInput Input { get; set; } = new();

    public ShownPreferences Now { get; private set; } = null!;

    public async Task OnGet() => Now = await queries.Of(Caller.Buyer!.Id, Cancel);

    public async Task<IActionResult> OnPost()
    {
        var outcome = Input.Do switch
        {
            "newsletter" => await preferences.AskNewsletter(Caller, await address.Of(Request), Cancel),
            "no-newsletter" => await preferences.WithdrawNewsletter(Caller, Cancel),
            "tracking" => await preferences.AllowTracking(Caller, true, Cancel),
            "no-tracking" => await preferences.AllowTracking(Caller, false, Cancel),
            _ => Refusal.Invalid("preferences.nothing-chosen", "Choose what to change."),
        };
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther("/account/preferences");
        }

        await OnGet();
        return Refused(refusal);
    }
}

public sealed class PreferencesInput
{
    /// <summary>`newsletter`, `no-newsletter`, `tracking` or `no-tracking`.</summary>
    public string? Do { get; set; }
}
