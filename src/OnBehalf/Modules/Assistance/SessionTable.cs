using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Assistance;

/// <summary>Sessions as rows: on the pages of customers with who acted, on the desk with for whom.</summary>
public static class SessionTable
{
    public static IHtmlContent Render(IReadOnlyList<PastSession> sessions, bool mayReadLog = false)
    {
        if (sessions.Count == 0)
        {
            return new HtmlString($"<div class=\"card-body text-secondary\">{E(Say("Nobody has acted for this customer yet."))}</div>");
        }

        var html = new StringBuilder(400 * sessions.Count);
        html.Append("<table class=\"table table-vcenter card-table sessions\"><thead><tr><th scope=\"col\">").Append(E(Say("When"))).Append("</th><th scope=\"col\">").Append(E(Say("Who"))).Append("</th>")
            .Append("<th scope=\"col\">").Append(E(Say("For"))).Append("</th><th scope=\"col\">").Append(E(Say("Why"))).Append("</th><th scope=\"col\">").Append(E(Say("How it ended"))).Append("</th></tr></thead><tbody>");
        foreach (var session in sessions)
        {
            html.Append("<tr><td class=\"text-nowrap\">").Append(When(session, mayReadLog)).Append("</td><td>").Append(E(session.Operator)).Append("</td><td>")
                .Append(E(session.Name)).Append("</td><td>").Append(E(session.Reason));
            if (session.Ticket is not null)
            {
                html.Append(" <span class=\"text-secondary\">").Append(E(session.Ticket)).Append("</span>");
            }

            html.Append("</td><td>").Append(E(session.Cause ?? Say("running"))).Append("</td></tr>");
        }

        return new HtmlString(html.Append("</tbody></table>").ToString());
    }

    private static string When(PastSession session, bool mayReadLog) =>
        mayReadLog ? $"<a href=\"/admin/audit/sessions/{session.Id}\">{Html.DateTime(session.StartedAt)}</a>" : Html.DateTime(session.StartedAt).ToString()!;

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
