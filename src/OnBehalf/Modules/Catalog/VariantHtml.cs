using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using OnBehalf.Catalog;

namespace OnBehalf.Modules.Catalog;

/// <summary>The chooser of colours and sizes on the page of an article: links, each to the page of another article of the model.</summary>
public static class VariantHtml
{
    public static IHtmlContent Chooser(string? shop, IReadOnlyList<VariantOption> colors, IReadOnlyList<VariantOption> sizes)
    {
        var html = new StringBuilder(1_000);
        Row(html, shop, Say("Colour"), colors);
        Row(html, shop, Say("Size"), sizes);
        return new HtmlString(html.ToString());
    }

    private static void Row(StringBuilder html, string? shop, string title, IReadOnlyList<VariantOption> options)
    {
        if (options.Count == 0)
        {
            return;
        }

        html.Append("<nav class=\"variant-row mb-3\" aria-label=\"").Append(title).Append("\"><span class=\"text-secondary\" aria-hidden=\"true\">").Append(title).Append("</span>");
        foreach (var option in options)
        {
            html.Append("<a class=\"btn btn-sm").Append(option.IsHere ? " active\" aria-current=\"true\"" : option.IsExact ? "\"" : " variant-other\"").Append(" href=\"").Append(shop).Append("/product/")
                .Append(Uri.EscapeDataString(option.Sku)).Append("\">").Append(WebUtility.HtmlEncode(option.Words))
                .Append(option.IsHere || option.IsExact ? "" : "<span class=\"visually-hidden\"> (something else changes too)</span>").Append("</a>");
        }

        html.Append("</nav>");
    }
}
