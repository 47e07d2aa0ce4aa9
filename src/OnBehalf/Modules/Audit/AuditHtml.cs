using System.Net;
using Microsoft.AspNetCore.Html;

namespace OnBehalf.Modules.Audit;

/// <summary>Small pieces of the pages of the log.</summary>
internal static class AuditHtml
{
    // Longer values, such as addresses, stand below each other.
    private const int Short = 40;

    /// <summary>"2 → 5", or what was there before and what is there now.</summary>
    public static IHtmlContent Change(AuditSentence sentence)
    {
        var (before, after) = (sentence.Before, sentence.After);
        return (before, after) switch
        {
            (null, null) => HtmlString.Empty,
            ({ } was, { } now) when IsShort(was) && IsShort(now) => new HtmlString($"<div class=\"audit-change\"><s class=\"audit-was\">{E(was)}</s> <span class=\"visually-hidden\">{E(Say("became"))}</span><span aria-hidden=\"true\">→</span> <strong>{E(now)}</strong></div>"),
            _ => new HtmlString(
                (before is null ? "" : $"<div class=\"audit-change\"><span class=\"text-secondary\">{E(Say("Before"))}</span> {E(before)}</div>")
                + (after is null ? "" : $"<div class=\"session-value\">{(before is null ? "" : $"<span class=\"text-secondary\">{E(Say("After"))}</span> ")}{E(after)}</div>")),
        };
    }

    private static bool IsShort(string text) => text.Length is > 0 and <= Short && !text.Contains('\n', StringComparison.Ordinal);

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
