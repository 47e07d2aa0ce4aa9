using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>The step before ending everything: says how much it is, and does it; and the switch of the whole shop.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.SessionsEndAny)]
public sealed class StopSessionsPage(LiveSessionQueries live, SessionStops stops, ShopSettings settings) : ShopPage
{
    private static readonly Refusal Unknown = Refusal.Invalid("assistance.stop-what", "Choose what to do: end all sessions, or switch them off or on.");

    public int Running { get; private set; }

    public bool IsOff { get; private set; }

    public Task OnGet() => Load();

    /// <param name="what">`end`, `off`, `on`: the button that was pressed.</param>
    public async Task<IActionResult> OnPost(string? what)
    {
        Refusal? refusal = what switch
        {
            "end" => (await stops.EndAll(Caller, Cancel)).Refusal,
            "off" => (await settings.Change(Caller, ShopSettings.SessionsOff, "true", Cancel)).Refusal,
            "on" => (await settings.Change(Caller, ShopSettings.SessionsOff, "false", Cancel)).Refusal,
            _ => Unknown,
        };
        if (refusal is null)
        {
            return SeeOther($"/admin/sessions?done={(what == "end" ? "all" : what)}");
        }

        await Load();
        return Refused(refusal, prefix: "");
    }

    private async Task Load()
    {
        Running = (await live.All(Cancel)).Count;
        IsOff = await live.IsOff(Cancel);
    }
}
