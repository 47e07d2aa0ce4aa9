using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using OnBehalf.Assistance;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Assistance;

/// <summary>Pieces that the pages of the rules share.</summary>
internal static class PolicyHtml
{
    /// <summary>A rule in a sentence, with its terms below.</summary>
    public static IHtmlContent Rule(PolicyRule rule)
    {
        var html = new StringBuilder(400).Append("<div class=\"fw-bold\">").Append(E(rule.Name)).Append(" <code>").Append(E(rule.Id)).Append("</code></div><div>")
            .Append(E(PolicyWords.Of(rule))).Append("</div>");
        var terms = string.Join(", ", PolicyWords.Terms(rule));
        if (terms.Length > 0)
        {
            html.Append("<div class=\"text-secondary\">").Append(E(char.ToUpperInvariant(terms[0]) + terms[1..])).Append(".</div>");
        }

        return new HtmlString(html.ToString());
    }

    /// <summary>Ticks of which any number may be set, under one heading.</summary>
    public static IHtmlContent Ticks(string name, string legend, IEnumerable<(string Value, string Words)> options, IReadOnlyList<string>? chosen, string? hint, string? error, string? key = null)
    {
        var id = name.Replace('.', '_') + (key is null ? "" : $"-{key}");
        var html = new StringBuilder(800).Append("<fieldset class=\"mb-3\"").Append(hint is null && error is null ? "" : $" aria-describedby=\"{id}-hint\"").Append("><legend class=\"form-label\">")
            .Append(E(legend)).Append("</legend><div class=\"ticks\">");
        foreach (var ((value, words), i) in options.Select((option, i) => (option, i)))
        {
            html.Append("<label class=\"form-check\" for=\"").Append(id).Append('_').Append(i).Append("\"><input class=\"form-check-input\" type=\"checkbox\" id=\"").Append(id).Append('_').Append(i)
                .Append("\" name=\"").Append(name).Append("\" value=\"").Append(E(value)).Append(chosen?.Contains(value) == true ? "\" checked>" : "\">")
                .Append("<span class=\"form-check-label\">").Append(E(words)).Append("</span></label>");
        }

        html.Append("</div>");
        if (hint is not null || error is not null)
        {
            html.Append("<div class=\"").Append(error is null ? "form-hint" : "invalid-feedback d-block").Append("\" id=\"").Append(id).Append("-hint\">").Append(E(error ?? hint!)).Append("</div>");
        }

        return new HtmlString(html.Append("</fieldset>").ToString());
    }

    public static IHtmlContent Changes(IReadOnlyList<PolicyChange> changes)
    {
        if (changes.Count == 0)
        {
            return new HtmlString($"<div class=\"card-body text-secondary\">{E(Say("Nothing: the rules are the same."))}</div>");
        }

        var html = new StringBuilder(300 * changes.Count).Append("<table class=\"table table-vcenter card-table fold\"><thead><tr><th scope=\"col\">").Append(E(Say("Rule"))).Append("</th><th scope=\"col\">").Append(E(Say("What"))).Append("</th>")
            .Append("<th scope=\"col\">").Append(E(Say("Before"))).Append("</th><th scope=\"col\">").Append(E(Say("After"))).Append("</th></tr></thead><tbody>");
        foreach (var change in changes)
        {
            html.Append("<tr><td>").Append(change.Rule is null ? $"<span class=\"text-secondary\">{E(Say("for all"))}</span>" : $"<code>{E(change.Rule)}</code>").Append("</td><td>").Append(E(change.What))
                .Append("</td><td><del>").Append(E(change.Before ?? "")).Append("</del></td><td><ins>").Append(E(change.After ?? "")).Append("</ins></td></tr>");
        }

        return new HtmlString(html.Append("</tbody></table>").ToString());
    }

    public static IHtmlContent Status(PolicyVersion version) => Html.Pill(version.Word, version.Color);

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
