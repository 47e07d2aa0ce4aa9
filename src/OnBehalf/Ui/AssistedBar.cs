using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Ui;

/// <summary>
/// The bar on every page of an assisted session: who acts, for whom, in which mode, why, how long still, and the way out. Rendered by the layout itself,
/// so no page can forget it and no theme can hide it.
/// </summary>
public static class AssistedBar
{
    public static IHtmlContent Render(HttpContext context)
    {
        var caller = context.Caller();
        var session = caller.Session!;
        var staff = caller.Staff;
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var ends = session.IdleEndsAt < session.HardEndsAt ? session.IdleEndsAt : session.HardEndsAt;
        var minutes = Math.Max(0, (int)Math.Ceiling((ends - now).TotalMinutes));
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        var mode = session.Mode.ToString().ToLowerInvariant();
        var role = staff is null ? "colleague" : StaffRoles.Word(staff.Role);
        var company = caller.Company is null ? "" : $"<span class=\"bar-company\">, {E(caller.Company.Name)}</span>";
        return new HtmlString(string.Create(CultureInfo.InvariantCulture, $"""
            <div class="assisted-bar" role="region" aria-label="You act for {E(caller.Buyer?.Name)}" data-session="{session.Handle}" data-idle-ends="{session.IdleEndsAt.ToUnixTimeSeconds()}" data-hard-ends="{session.HardEndsAt.ToUnixTimeSeconds()}">
              <div class="bar-people">
                <strong>{E(caller.Actor.Name)}</strong> <span class="bar-role">({E(role)})</span> for <strong>{E(caller.Buyer?.Name)}</strong>{company}
              </div>
              <div class="bar-facts">
                <span class="bar-mode bar-mode-{mode}">Mode: {mode}</span>
                <span class="bar-reason">{E(Reasons.Word(session.ReasonCode))}</span>
                <span class="bar-time" title="Ends at {ends.UtcDateTime:HH:mm} UTC">{minutes} min left</span>
              </div>
              <form class="bar-end" method="post" action="{context.Request.PathBase}/assisted-session/end">
                <input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">
                <button class="btn btn-sm" type="submit">End and return</button>
              </form>
            </div>
            <div class="assisted-print">Acted by {E(caller.Actor.Name)} for {E(caller.Buyer?.Name)}</div>
            """));
    }

    private static string E(string? text) => WebUtility.HtmlEncode(text ?? "");
}
