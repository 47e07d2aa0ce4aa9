using System.Net;
using Microsoft.AspNetCore.Html;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Ui;

/// <summary>
/// The offer, on the page to which the end of a session leads, to write a note about it. It stands there once; later the list of the operator's sessions has the way to the same form. Where
/// the staff host has a name of its own, only that list has it: no cookie goes from one host to the other.
/// </summary>
public static class SessionOver
{
    public const string Cookie = "session-over";

    /// <summary>The session of a staff member has ended; the next page of his says so.</summary>
    public static void Tell(HttpContext context, AssistedSessionId session)
    {
        var options = Options(context);
        options.MaxAge = TimeSpan.FromMinutes(1);
        context.Response.Cookies.Append(Cookie, session.ToString(), options);
    }

    public static IHtmlContent Render(HttpContext context)
    {
        if (!Guid.TryParse(context.Request.Cookies[Cookie], out var session))
        {
            return HtmlString.Empty;
        }

        context.Response.Cookies.Delete(Cookie, Options(context));
        var from = HttpMethods.IsGet(context.Request.Method) ? QueryString.Create("from", context.Request.Path + context.Request.QueryString).ToString() : "";
        return new HtmlString($"""
            <div class="container-xl mt-3 d-print-none"><div class="alert alert-info mb-0" role="status" id="session-over"><div>{E(Say("The session is over."))} <a class="alert-link" href="/staff/sessions/{session}/note{E(from)}">{E(Say("Write a note about it"))}</a></div></div></div>
            """);
    }

    private static CookieOptions Options(HttpContext context) => new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
