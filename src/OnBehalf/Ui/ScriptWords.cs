using System.Text.Json;
using Microsoft.AspNetCore.Html;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Ui;

/// <summary>
/// What scripts say, for pages in other languages than English: a block of data that runs nothing. The scripts name a phrase by its English, as everything else
/// does; a test holds that all they say stands here.
/// </summary>
public static class ScriptWords
{
    public static readonly IReadOnlyList<Phrase> All =
    [
        "Allow {0} minutes",
        "Extended.",
        "Give it a name first.",
        "Go to your desk",
        "Got it",
        "No suggestions.",
        "Nothing was added. Please try again.",
        "Refuse",
        "Session over",
        "Somebody asks to act for you",
        "Suggestions",
        "That did not work. Try again.",
        "That was not finished. Try again.",
        "The session has ended, so this page is hidden. Nothing that you typed here was sent.",
        "This device has a passkey for you already.",
        "This session ends in two minutes unless you go on.",
        "This session ends in two minutes.",
        "This session is now in the mode {0}.",
        "Total {0}",
        "What you had typed",
        "Why: {0}. On the telephone you can read out {1} instead.",
        "You act for {0} in another tab.",
        "You are no longer acting for {0}.",
        "{0} suggestions.",
    ];

    /// <summary>In the language of the page.</summary>
    public static IHtmlContent OfPage() => Block("words");

    /// <summary>In that of the operator, whose bar stands on a page that speaks to the buyer.</summary>
    public static IHtmlContent OfBar(HttpContext context)
    {
        using var spoken = Spoken.ToOperator(context);
        return Block("words-of-bar");
    }

    private static HtmlString Block(string id) => Phrasebook.IsEnglish ? HtmlString.Empty : new HtmlString(
        $"<script type=\"application/json\" id=\"{id}\">{JsonSerializer.Serialize(All.ToDictionary(words => words.Key, words => Phrasebook.Find(words.Key)))}</script>");
}
