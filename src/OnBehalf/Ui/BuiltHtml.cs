using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace OnBehalf.Ui;

/// <summary>HTML that was put together, written from where it was put together: as a string it would be in memory twice, on every page.</summary>
internal sealed class BuiltHtml(StringBuilder html) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        foreach (var chunk in html.GetChunks())
        {
            writer.Write(chunk.Span);
        }
    }

    public override string ToString() => html.ToString();
}
