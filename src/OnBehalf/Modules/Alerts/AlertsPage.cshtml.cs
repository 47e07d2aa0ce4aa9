using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Alerts;

/// <summary>What the rules have found in the log; administrators switch them.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class AlertsPage(AlertQueries queries, AlertRules rules) : ShopPage
{
    public IReadOnlyList<RuleNow> Rules { get; private set; } = [];

    public IReadOnlyList<ShownAlert> Alerts { get; private set; } = [];

    public bool MayChange => Caller.May(Right.SettingsChange);

    public bool IsSaved { get; private set; }

    public async Task OnGet() => (Rules, Alerts) = (await queries.Rules(Cancel), await queries.Newest(Cancel));

    public async Task<IActionResult> OnPost()
    {
        if (!MayChange)
        {
            return Refused(AccessGate.RightMissing);
        }

        // A form of our own: what is not ticked is not sent, and a rule without a field keeps its threshold.
        var wanted = (await queries.Rules(Cancel)).Select(now => (
            now.Rule.Code, Request.Form["on-" + now.Rule.Code] == "true",
            !now.Rule.HasThreshold ? now.Threshold
                : long.TryParse(Request.Form["threshold-" + now.Rule.Code], NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : -1)).ToList();
        var outcome = await rules.Change(Caller, wanted, Cancel);
        await OnGet();
        if (outcome.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        IsSaved = true;
        return Page();
    }
}
