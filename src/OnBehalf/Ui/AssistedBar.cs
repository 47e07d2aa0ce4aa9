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
        using var spoken = Spoken.ToOperator(context);
        var caller = context.Caller();
        var session = caller.Session!;
        var here = context.Request.PathBase;
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        var token = $"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{tokens.RequestToken}\">";
        var mode = session.Mode.ToString().ToLowerInvariant();
        var role = caller.Staff is { } staff ? StaffRoles.Word(staff.Role).ToString() : caller.Actor is Actor.Buyer { IsDealer: true } ? Say("Dealer") : Say("Colleague");
        var company = caller.Company is null || caller.IsForCompany ? "" : $"<span class=\"bar-company\">, {E(caller.Company.Name)}</span>";
        var idle = Seconds(session.IdleEndsAt - session.AsOf);
        var hard = Seconds(session.HardEndsAt - session.AsOf);

        // Reasons and notes are for the operator; the ticket is how he finds the case again.
        var note = session.Reason is null ? "" : $" title=\"{E(session.Reason)}\"";
        var ticket = session.Ticket is null ? "" : $" <span class=\"bar-ticket\">{E(session.Ticket)}</span>";
        var limits = session.Limits is null ? "" : $"<span class=\"bar-limits\">{E(Say($"at most {session.Limits}"))}</span>";
        var page = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/account";
        return new HtmlString(string.Create(CultureInfo.InvariantCulture, $"""
            <div class="assisted-bar" role="region" lang="{Spoken.Now}" aria-label="{E(Say($"You act for {caller.CustomerName}"))}" data-session="{session.Handle}" data-buyer="{E(caller.CustomerName)}" data-base="{here}" data-idle-left="{idle}" data-hard-left="{hard}">
              <div class="bar-people">
                <span class="bar-name"><strong>{E(caller.Actor.Name)}</strong> <span class="bar-role">({E(role)})</span></span>
                <span class="bar-for">{Say("for")}</span>
                {(caller.IsForCompany ? Selector(caller, here, token) : $"<span class=\"bar-name\"><strong>{E(caller.CustomerName)}</strong>{company}</span>")}
              </div>
              <div class="bar-facts">
                {Mode(session, here, page, mode)}
                <span class="bar-reason"{note}>{E(Reasons.Word(session.ReasonCode))}{ticket}</span>
                {limits}
                <span class="bar-time"><span data-time-left>{Left(Math.Min(idle, hard))}</span> {Say("left")}</span>
                <form class="bar-extend" method="post" action="{here}/assisted-session/extension"{(hard <= idle ? " hidden" : "")}>
                  {token}<input type="hidden" name="page" value="{E(page)}">
                  <button class="btn btn-sm btn-link" type="submit" title="{E(Say("Any click in the shop does the same"))}">{E(Say("Extend"))}</button>
                </form>
              </div>
              {Others(session)}
              <form class="bar-end" method="post" action="{here}/assisted-session/end">
                {token}<button class="btn btn-sm" type="submit" aria-label="{E(Say("End and return"))}"><span>{Say("End")}<span class="bar-word">{E(Say(" and return"))}</span></span></button>
              </form>
            </div>
            <div class="assisted-print" lang="{Spoken.Now}">{E(Say($"Acted by {caller.Actor.Name} ({role}) for {caller.CustomerName}"))}{company}</div>
            """));
    }

    // Where there is nothing to choose it is a word, else the way to the page that changes it.
    private static string Mode(CallerSession session, string here, string page, string mode)
    {
        if (session.Modes.Highest == Kernel.Mode.View)
        {
            return $"<span class=\"bar-mode\" title=\"{E(Say("What this session may do"))}\"><span class=\"bar-word\">{Say("Mode")}: </span><span data-mode=\"{mode}\">{E(WordOf(session.Mode))}</span></span>";
        }

        var raised = session.Modes.RaisedUntil is { } until
            ? string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar-raised\" data-raised-left=\"{Seconds(until - session.AsOf)}\">, {Left(Seconds(until - session.AsOf))}</span>") : "";
        var back = page.StartsWith("/assisted-session", StringComparison.Ordinal) ? "" : $"<input type=\"hidden\" name=\"back\" value=\"{E(page)}\">";

        // A button and no link: the link that skips the navigation has to be the first one of the page.
        return $"<form method=\"get\" action=\"{here}/assisted-session/mode\">{back}<button class=\"bar-mode\" type=\"submit\" title=\"{E(Say("What this session may do; click to change it"))}\"><span class=\"bar-word\">{Say("Mode")}: </span><span data-mode=\"{mode}\">{E(WordOf(session.Mode))}</span>{raised}<span class=\"visually-hidden\">{E(Say(" – change"))}</span></button></form>";
    }

    // Which company it is, and the way straight to the next one; buttons and no link, for the same reason.
    private static string Selector(Caller caller, string here, string token) => $"""
        <details class="bar-selector">
          <summary aria-label="{E(Say($"{caller.CustomerName}: switch to the next organisation"))}"><strong class="bar-badge">{E(caller.CustomerName)}</strong></summary>
          <div class="card bar-switch">
            {(caller.Staff is null || caller.IsClosed(ClosablePage.OrganisationSwitch) ? "" : Next(here, token))}
            {(caller.Staff is null
                ? "<form method=\"get\" action=\"/account/company/end-customers\"><button class=\"btn\" type=\"submit\">" + E(Say("All end customers")) + "</button></form>"
                : "<form method=\"get\" action=\"/staff/organisations\"><button class=\"btn\" type=\"submit\">" + E(Say("All organisations")) + "</button></form>")}
          </div>
        </details>
        """;

    private static string Next(string here, string token) => $"""
        <form method="post" action="{here}/assisted-session/organisation">
          {token}<label for="bar-next">{E(Say("Next organisation"))}</label>
          <input class="form-control" type="search" id="bar-next" name="to" maxlength="100" required autocomplete="off" spellcheck="false" placeholder="{E(Say("Name or number"))}">
          <button class="btn btn-primary" type="submit">{E(Say("End this and act for it"))}</button>
        </form>
        """;

    // What else he runs in this browser, and the way there.
    private static string Others(CallerSession session)
    {
        if (session.Others.Count == 0)
        {
            return "";
        }

        var names = string.Join(Say(" and "), session.Others.Select(other => other.Name));
        var ways = string.Concat(session.Others.Select(other => $"<form method=\"get\" action=\"{other.Path}\"><button class=\"btn\" type=\"submit\">{E(Say($"Go on for {other.Name}"))}</button></form>"));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <details class="bar-selector bar-others">
              <summary aria-label="{E(Say($"+{session.Others.Count}. You also act for {names}: go there"))}"><strong class="bar-badge">+{session.Others.Count}</strong></summary>
              <div class="card bar-switch"><div>{E(Say("You also act for"))}</div>{ways}</div>
            </details>
            """);
    }

    /// <summary>"view", in the language that is spoken now.</summary>
    public static string WordOf(Mode mode) => mode switch { Kernel.Mode.View => Say("view"), Kernel.Mode.Cart => Say("cart"), _ => Say("order") };

    private static int Seconds(TimeSpan left) => Math.Max(0, (int)left.TotalSeconds);

    private static string Left(int seconds) => seconds >= 120
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");

    private static string E(string? text) => WebUtility.HtmlEncode(text ?? "");
}
