using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using OnBehalf.Catalog;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// What a list can be narrowed by: each kind folded up, its values as links, what was chosen as chips that take it back. Written straight into the answer, as a
/// page has dozens of them.
/// </summary>
/// <param name="isBeforeTax">The caller sees prices with tax, and steps of prices are without.</param>
/// <param name="path">Of the list, with the base of a session.</param>
/// <param name="fields">Of its address: what it is and in which order; neither what was chosen nor the page.</param>
public sealed class FacetHtml(IReadOnlyList<FacetGroup> groups, ProductFilter filter, CategoryTree tree, string currency, bool isBeforeTax, string path, IReadOnlyList<KeyValuePair<string, string?>> fields) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (groups.Count > 0)
        {
            writer.Write("<nav class=\"facets\" aria-label=\"");
            encoder.Encode(writer, Say("Narrow down"));
            writer.Write("\">");
            var begin = Address(null);
            begin += begin.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            foreach (var group in groups)
            {
                WriteGroup(writer, encoder, group, begin);
            }

            writer.Write("</nav>");
        }

        if (!filter.IsEmpty)
        {
            WriteChosen(writer, encoder);
        }
    }

    private void WriteGroup(TextWriter writer, HtmlEncoder encoder, FacetGroup group, string begin)
    {
        writer.Write("<details class=\"facet\" name=\"facet\"><summary class=\"btn btn-sm\">");
        writer.Write(group.Title);
        writer.Write(isBeforeTax && group.Kind == FacetKind.Price ? Say(" before tax") : "");
        writer.Write("</summary><ul class=\"card\">");
        foreach (var value in group.Values)
        {
            var isChosen = filter.Has(group.Kind, value.Value);
            writer.Write("<li><a rel=\"nofollow\" href=\"");
            if (isChosen)
            {
                encoder.Encode(writer, Address(new FacetValue(group.Kind, value.Value)));
                writer.Write("\" aria-current=\"true");
            }
            else
            {
                encoder.Encode(writer, begin);
                writer.Write(ProductFilter.FieldOf(group.Kind));
                writer.Write('=');
                writer.Write(Uri.EscapeDataString(value.Value));
            }

            writer.Write("\">");
            encoder.Encode(writer, value.Title);
            if (value.Count is { } count)
            {
                writer.Write(" <span class=\"facet-count\">");
                writer.Write(count.ToString("N0", CultureInfo.CurrentCulture));
                writer.Write("</span>");
            }

            writer.Write("</a></li>");
        }

        writer.Write("</ul></details>");
    }

    private void WriteChosen(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write("<ul class=\"facet-chosen\" aria-label=\"");
        encoder.Encode(writer, Say("Chosen"));
        writer.Write("\">");
        foreach (var chosen in filter.Chosen)
        {
            var title = TitleOf(chosen);
            writer.Write("<li><a class=\"btn btn-sm\" rel=\"nofollow\" href=\"");
            encoder.Encode(writer, Address(chosen));
            writer.Write("\"><span class=\"visually-hidden\">");
            encoder.Encode(writer, Say("Without "));
            writer.Write("</span>");
            encoder.Encode(writer, title);
            writer.Write(' ');
            Html.Icon("x").WriteTo(writer, encoder);
            writer.Write("</a></li>");
        }

        if (filter.Chosen.Count > 1)
        {
            writer.Write("<li><a class=\"btn btn-sm btn-link\" href=\"");
            encoder.Encode(writer, path + QueryString.Create(fields.Where(field => field.Value is not null)));
            writer.Write("\">");
            encoder.Encode(writer, Say("Clear all"));
            writer.Write("</a></li>");
        }

        writer.Write("</ul>");
    }

    private string TitleOf(FacetValue chosen) => chosen.Kind switch
    {
        FacetKind.Category => tree.Find(chosen.Value)?.Name ?? chosen.Value,
        FacetKind.Price => PriceBands.Title(PriceBands.Find(chosen.Value)!.Value, currency),
        FacetKind.Size => Say($"Size {chosen.Value}"),
        _ => chosen.Value,
    };

    private string Address(FacetValue? without) => path + QueryString.Create(
        fields.Where(field => field.Value is not null).Concat(Fields(without is { } value ? new ProductFilter([.. filter.Chosen.Where(chosen => chosen != value)]) : filter)));

    /// <summary>What was chosen, as fields of an address.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Fields(ProductFilter filter) =>
        filter.Chosen.Select(chosen => new KeyValuePair<string, string?>(ProductFilter.FieldOf(chosen.Kind), chosen.Value));
}
