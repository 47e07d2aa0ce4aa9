using System.Net;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using OnBehalf.Host;

namespace OnBehalf.Ui;

/// <summary>At the foot of a page: its languages, each under its own name; nothing where there is one, and nothing in a session, which speaks the buyer's.</summary>
public static class LanguageChooser
{
    public static IHtmlContent Render(HttpContext context)
    {
        var offered = Spoken.Offered(context);
        if (offered.Count < 2 || context.Surface() == Surface.Assisted)
        {
            return HtmlString.Empty;
        }

        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        var here = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "";
        var html = new StringBuilder()
            .Append("<form class=\"languages\" method=\"post\" action=\"").Append(context.Surface() == Surface.Shop ? "/language" : "/staff/language").Append("\" aria-label=\"").Append(Say("Language"))
            .Append("\"><input type=\"hidden\" name=\"").Append(tokens.FormFieldName).Append("\" value=\"").Append(tokens.RequestToken)
            .Append("\"><input type=\"hidden\" name=\"returnUrl\" value=\"").Append(WebUtility.HtmlEncode(here)).Append("\">");
        foreach (var (code, name) in offered)
        {
            var isNow = code == Spoken.Now;
            html.Append("<button class=\"btn btn-sm btn-link\" name=\"language\" value=\"").Append(code).Append("\" lang=\"").Append(code).Append(isNow ? "\" aria-current=\"true" : "").Append("\">").Append(name).Append("</button>");
        }

        return new BuiltHtml(html.Append("</form>"));
    }
}
