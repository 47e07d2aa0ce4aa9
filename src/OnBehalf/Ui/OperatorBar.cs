using System.Net;
using Microsoft.AspNetCore.Html;
using OnBehalf.Host;

namespace OnBehalf.Ui;

/// <summary>
/// The slim bar in the shop itself for somebody who is signed in as staff (<see cref="OperatorHere"/>): whose name he types, as that buyer he sees the same page. What he
/// may is judged by the Sales Portal, to which the form leads.
/// </summary>
public static class OperatorBar
{
    public static IHtmlContent Render(HttpContext context)
    {
        var page = HttpMethods.IsGet(context.Request.Method) && context.Response.StatusCode == StatusCodes.Status200OK ? context.Request.Path.ToUriComponent() + context.Request.QueryString : "";
        var hosts = HostsOf(context);
        var staff = hosts.AreSeparate ? hosts.StaffOrigin(context.Request) : "";
        if (hosts.AreSeparate)
        {
            SecurityHeaders.AllowSearch(context, staff);
        }

        return new HtmlString($"""
            <div class="operator-bar d-print-none" role="region" aria-label="{E(Say("Acting for a customer"))}">
              <a href="{staff}/staff">{E(Say("Sales Portal"))}</a>
              <form role="search" aria-label="{E(Say("See this page as a customer"))}" method="get" action="{staff}/staff/customers">
                <label for="operator-bar-q">{E(Say("See this page as"))}</label>
                <input class="form-control form-control-sm" type="search" id="operator-bar-q" name="q" maxlength="100" required autocomplete="off" spellcheck="false" placeholder="{E(Say("E-mail, number or name of a customer"))}">
                <input type="hidden" name="go" value="1"><input type="hidden" name="to" value="{WebUtility.HtmlEncode(page)}">
                <button class="btn btn-sm" type="submit">{E(Say("Go"))}</button>
              </form>
            </div>
            """);
    }

    private static string E(string words) => WebUtility.HtmlEncode(words);

    private static Hosts HostsOf(HttpContext context) => context.RequestServices.GetRequiredService<Hosts>();
}
