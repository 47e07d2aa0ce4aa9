using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using OnBehalf.Kernel;

namespace OnBehalf.Ui;

/// <summary>The pieces of <see cref="Html"/> under the same name in pages, where `Html` is Razor's own.</summary>
public static class HtmlInPages
{
    public static IHtmlContent Money(this IHtmlHelper _, Money amount) => Html.Money(amount);

    public static string Amount(this IHtmlHelper _, Money amount) => Html.Amount(amount);

    public static IHtmlContent Price(this IHtmlHelper _, UnitPrice price) => Html.Price(price);

    public static IHtmlContent Date(this IHtmlHelper _, DateTimeOffset time) => Html.Date(time);

    public static IHtmlContent DateTime(this IHtmlHelper _, DateTimeOffset time) => Html.DateTime(time);

    public static IHtmlContent DateTime(this IHtmlHelper _, DateTimeOffset time, TimeZoneInfo zone) => Html.DateTime(time, zone);

    public static IHtmlContent Icon(this IHtmlHelper _, string name) => Html.Icon(name);

    public static IHtmlContent Pill(this IHtmlHelper _, string word, string color = "secondary") => Html.Pill(word, color);
}
