using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using OnBehalf.Assistance;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The rights that a session would have, as a matrix of rights and modes: what it may, what not, and what takes it away.</summary>
public static class RightsHtml
{
    public static IHtmlContent Render(AssistanceDecision decision)
    {
        var modes = Enum.GetValues<Mode>().Where(mode => mode <= decision.Highest).ToList();
        var explained = modes.ConvertAll(mode => SessionRights.Explain(decision.Basis, mode));
        var opens = modes.IndexOf(decision.Mode);
        var html = new StringBuilder(4_000).Append("<table class=\"table table-sm card-table rights\"><thead><tr><th scope=\"col\">").Append(WebUtility.HtmlEncode(Say("In the mode"))).Append("</th>");
        foreach (var mode in modes)
        {
            html.Append("<th scope=\"col\">").Append(mode.ToString().ToLowerInvariant())
                .Append(mode == decision.Mode ? $"<div class=\"small text-secondary\">{WebUtility.HtmlEncode(Say("opens in it"))}</div></th>" : "</th>");
        }

        html.Append("</tr></thead><tbody>");
        for (var right = 0; right < explained[0].Count; right++)
        {
            var inOpening = explained[opens][right];
            html.Append("<tr data-right=\"").Append(inOpening.Right.Name).Append("\"><th scope=\"row\">").Append(WebUtility.HtmlEncode(inOpening.Right.Sentence));
            if (explained[^1][right] is { IsGranted: false } never)
            {
                html.Append("<div class=\"small text-secondary\">").Append(WebUtility.HtmlEncode(never.Why)).Append("</div>");
            }

            html.Append("</th>");
            foreach (var column in explained)
            {
                html.Append(column[right].IsGranted ? $"<td class=\"right-given\">{Say("yes")}</td>" : $"<td class=\"right-missing\">{Say("no")}</td>");
            }

            html.Append("</tr>");
        }

        return new HtmlString(html.Append("</tbody></table>").ToString());
    }
}
