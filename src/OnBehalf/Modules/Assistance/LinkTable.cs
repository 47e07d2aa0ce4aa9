using System.Net;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Assistance;

/// <summary>Links that were sent to colleagues, on the page of their customer; the maker's own with a button to take them back.</summary>
public static class LinkTable
{
    public static IHtmlContent Render(IReadOnlyList<ShownLink> links, HttpContext context)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var html = new StringBuilder(500 * links.Count).Append("<ul class=\"list-group list-group-flush\">");
        foreach (var link in links)
        {
            var isOpen = link.Status == "open" && link.ExpiresAt > now;
            html.Append("<li class=\"list-group-item d-flex flex-wrap align-items-center gap-2\"><div class=\"me-auto\">")
                .Append(E(Say($"{link.Maker} asked {link.For} to act for {link.Buyer}"))).Append(": ").Append(E(Reasons.Word(link.Reason)))
                .Append(link.Ticket is null ? "" : $" <span class=\"text-secondary\">{E(link.Ticket)}</span>").Append("<div class=\"text-secondary\">").Append(Html.DateTime(link.MadeAt)).Append(", ")
                .Append(State(link, isOpen)).Append("</div></div>");
            if (isOpen && context.Caller().Staff?.Id.Value == link.MadeById)
            {
                var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
                html.Append("<form method=\"post\" action=\"/staff/links/").Append(link.Id).Append("/withdrawal\"><input type=\"hidden\" name=\"").Append(tokens.FormFieldName)
                    .Append("\" value=\"").Append(tokens.RequestToken).Append("\"><input type=\"hidden\" name=\"back\" value=\"").Append(E(context.Request.Path))
                    .Append("\"><button class=\"btn btn-sm\" type=\"submit\">").Append(E(Say("Withdraw"))).Append("<span class=\"visually-hidden\"> ").Append(E(Say($"the link for {link.For}"))).Append("</span></button></form>");
            }

            html.Append("</li>");
        }

        return new HtmlString(html.Append("</ul>").ToString());
    }

    private static string State(ShownLink link, bool isOpen) => link.Status switch
    {
        "used" => Say($"used {Html.DateTime(link.EndedAt!.Value)}"),
        "withdrawn" => Say($"withdrawn {Html.DateTime(link.EndedAt!.Value)}"),
        _ => isOpen ? Say($"open until {Html.DateTime(link.ExpiresAt)}") : Say("its time is over"),
    };

    private static string E(string? text) => WebUtility.HtmlEncode(text ?? "");
}
