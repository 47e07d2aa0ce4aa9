using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using OnBehalf.Kernel;

namespace OnBehalf.Ui;

/// <summary>Small pieces of HTML as functions: a row that is rendered a hundred times calls these instead of a partial.</summary>
public static class Html
{
    private static readonly ConcurrentDictionary<string, HtmlString> Icons = new();

    /// <summary>"1,234.50 EUR"</summary>
    public static IHtmlContent Money(Money amount) => new PriceHtml(new UnitPrice(amount));

    public static string Amount(Money amount) => string.Create(
        CultureInfo.CurrentCulture, stackalloc char[64], $"{new Figure(amount)}\u00A0{amount.Currency.Code}");

    public static IHtmlContent Price(UnitPrice price) => new PriceHtml(price);

    public static IHtmlContent Date(DateTimeOffset time) =>
        Raw($"<time datetime=\"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{time.UtcDateTime.ToString(Phrasebook.DatePattern("d MMM yyyy"), CultureInfo.CurrentCulture)}</time>");

    public static IHtmlContent DateTime(DateTimeOffset time) =>
        Raw($"<time datetime=\"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{time.UtcDateTime.ToString(Phrasebook.DatePattern("d MMM yyyy, HH:mm"), CultureInfo.CurrentCulture)} UTC</time>");

    /// <summary>To the second, by the clock of a place that the page names.</summary>
    public static IHtmlContent DateTime(DateTimeOffset time, TimeZoneInfo zone) =>
        Raw($"<time datetime=\"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{TimeZoneInfo.ConvertTime(time, zone).ToString(Phrasebook.DatePattern("d MMM yyyy, HH:mm:ss"), CultureInfo.CurrentCulture)}</time>");

    /// <summary>An icon of the sprite; decorative, so it is hidden from screen readers.</summary>
    public static IHtmlContent Icon(string name) => Icons.GetOrAdd(
        name, static name => Raw($"<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{Assets.Url("/lib/icons.svg")}#tabler-{name}\"/></svg>"));

    /// <summary>A word in a coloured pill; the colour never says more than the word.</summary>
    public static IHtmlContent Pill(string word, string color = "secondary") =>
        Raw($"<span class=\"badge bg-{color}-lt\">{WebUtility.HtmlEncode(word)}</span>");

    private static HtmlString Raw(string html) => new(html);

    /// <summary>Writes itself without making a string: a list shows a hundred prices.</summary>
    private sealed class PriceHtml(UnitPrice price) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            writer.Write("<span class=\"text-nowrap\">");
            Span<char> text = stackalloc char[64];
            writer.Write(new Figure(price.Amount).TryFormat(text, out var length, default, CultureInfo.CurrentCulture) ? text[..length] : price.Amount.ToPlainString());
            writer.Write('\u00A0');
            writer.Write(price.Amount.Currency.Code);
            writer.Write("</span>");
            if (price.PerUnits != 1)
            {
                writer.Write(" per ");
                writer.Write(price.PerUnits);
            }
        }

        public override string ToString()
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            WriteTo(writer, HtmlEncoder.Default);
            return writer.ToString();
        }
    }

    /// <summary>The number of an amount in a culture: "1,234.50".</summary>
    private readonly struct Figure(Money amount) : ISpanFormattable
    {
        public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
            ((decimal)amount.Minor / amount.Currency.MinorPerMajor).TryFormat(destination, out charsWritten, Format, provider);

        public string ToString(string? format, IFormatProvider? formatProvider) =>
            ((decimal)amount.Minor / amount.Currency.MinorPerMajor).ToString(Format, formatProvider);

        private string Format => amount.Currency.Decimals switch { 0 => "N0", 1 => "N1", 2 => "N2", 3 => "N3", _ => "N4" };
    }
}
