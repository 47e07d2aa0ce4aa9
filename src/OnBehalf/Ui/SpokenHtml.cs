using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using OnBehalf.Kernel;

namespace OnBehalf.Ui;

/// <summary>Words with HTML among their values: "Last changed by {0}, {1}.", where the second is a time in its own element.</summary>
public static class SpokenHtml
{
    /// <summary>The phrase in the language of who reads; values are encoded unless they are HTML themselves.</summary>
    public static IHtmlContent SayHtml(Phrase phrase) => new Spoken(phrase);

    private sealed class Spoken(Phrase phrase) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => phrase.Write(
            (Writer: writer, Encoder: encoder),
            static (to, words) => to.Encoder.Encode(to.Writer, words.ToString()),
            static (to, value, format) =>
            {
                if (value is IHtmlContent html)
                {
                    html.WriteTo(to.Writer, to.Encoder);
                }
                else
                {
                    to.Encoder.Encode(to.Writer, Phrase.InWords(value, format));
                }
            });

        public override string ToString()
        {
            using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
            WriteTo(writer, HtmlEncoder.Default);
            return writer.ToString();
        }
    }
}
