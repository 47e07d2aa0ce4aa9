using System.Net;
using Microsoft.AspNetCore.Html;
using OnBehalf.Host;

namespace OnBehalf.Ui;

/// <summary>
/// The slim bar in the shop itself for somebody who is signed in as staff: whose name he types, as that buyer he sees the same page. It asks no more than
/// whether this browser holds a staff sign-in; what it is worth is judged by the Sales Portal, to which the form leads. Where staff and shop have host names
/// of their own that cookie stays on the other one: there the first start that arrives leaves a mark, which opens nothing.
/// </summary>
public static class OperatorBar
{
    /// <summary>The mark on the shop host: in this browser somebody has acted for a customer.</summary>
    public const string Mark = "operator";

    public static bool IsWanted(HttpContext context) => context.Surface() == Surface.Shop
        && (HostsOf(context).AreSeparate ? Cookies.Of(context.Request, Mark) is not null : Cookies.Hash(context.Request, Cookies.Staff) is not null);

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
            <div class="operator-bar d-print-none" role="region" aria-label="Acting for a customer">
              <a href="{staff}/staff">Sales Portal</a>
              <form role="search" aria-label="See this page as a customer" method="get" action="{staff}/staff/customers">
                <label for="operator-bar-q">See this page as</label>
                <input class="form-control form-control-sm" type="search" id="operator-bar-q" name="q" maxlength="100" required autocomplete="off" spellcheck="false" placeholder="E-mail, number or name of a customer">
                <input type="hidden" name="go" value="1"><input type="hidden" name="to" value="{WebUtility.HtmlEncode(page)}">
                <button class="btn btn-sm" type="submit">Go</button>
              </form>
            </div>
            """);
    }

    private static Hosts HostsOf(HttpContext context) => context.RequestServices.GetRequiredService<Hosts>();
}
