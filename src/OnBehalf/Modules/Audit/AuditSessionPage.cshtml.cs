using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Audit;

/// <summary>A session from its start to its end, step by step. Looking is itself an event.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class AuditSessionPage(AuditTimelineQueries timelines, ShopSettings settings, Database database) : ShopPage
{
    public AuditTimeline Timeline { get; private set; } = null!;

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public bool IsFirst { get; private set; }

    /// <summary>"12 entries, all of them in the signed log"</summary>
    public string InLog { get; private set; } = "";

    public async Task<IActionResult> OnGet(Guid id, string? behind)
    {
        _ = long.TryParse(behind, NumberStyles.None, CultureInfo.InvariantCulture, out var place);
        if (await timelines.Of(new AssistedSessionId(id), place, Cancel) is not { } timeline)
        {
            return Missing();
        }

        Timeline = timeline;
        Zone = await settings.TimeZone(Cancel);
        IsFirst = place == 0;
        var all = timeline.Steps.SelectMany(step => step.Pages.Count > 0 ? step.Pages : [step]).ToList();
        var waiting = all.Count(step => !IsSigned(step));
        InLog = string.Create(CultureInfo.CurrentCulture, $"{all.Count:N0} {(all.Count == 1 ? "entry" : "entries")}{(timeline.Next is null && IsFirst ? "" : " on this page")}, {(waiting == 0 ? "all of them in the signed log" : $"{waiting:N0} of them not in the signed log yet")}");
        await database.Record(Caller, new AuditRead(all.Count, null) { BySession = id }, Cancel);
        return Page();
    }

    public bool IsSigned(AuditStep step) => step.Leaf is { } leaf && leaf < Timeline.Published;
}
