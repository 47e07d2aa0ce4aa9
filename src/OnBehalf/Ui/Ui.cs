using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Html;
using OnBehalf.Kernel;

namespace OnBehalf.Ui;

/// <summary>Small pieces of HTML as functions: a row that is rendered a hundred times calls these instead of a partial.</summary>
public static class Html
{
    /// <summary>"1,234.50 EUR"</summary>
    public static IHtmlContent Money(Money amount) => Raw($"<span class=\"text-nowrap\">{Amount(amount)}</span>");

    public static string Amount(Money amount) =>
        ((decimal)amount.Minor / amount.Currency.MinorPerMajor).ToString("N" + amount.Currency.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture)
        + "\u00A0" + amount.Currency.Code;

    public static IHtmlContent Price(UnitPrice price) =>
        price.PerUnits == 1 ? Money(price.Amount) : Raw($"<span class=\"text-nowrap\">{Amount(price.Amount)}</span> per {price.PerUnits}");

    public static IHtmlContent Date(DateTimeOffset time) =>
        Raw($"<time datetime=\"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{time.UtcDateTime.ToString("d MMM yyyy", CultureInfo.CurrentCulture)}</time>");

    public static IHtmlContent DateTime(DateTimeOffset time) =>
        Raw($"<time datetime=\"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{time.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture)} UTC</time>");

    /// <summary>An icon of the sprite; decorative, so it is hidden from screen readers.</summary>
    public static IHtmlContent Icon(string name) =>
        Raw($"<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{Assets.Url("/lib/icons.svg")}#tabler-{name}\"/></svg>");

    /// <summary>A word in a coloured pill; the colour never says more than the word.</summary>
    public static IHtmlContent Pill(string word, string color = "secondary") =>
        Raw($"<span class=\"badge bg-{color}-lt\">{WebUtility.HtmlEncode(word)}</span>");

    private static HtmlString Raw(string html) => new(html);
}
