using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>The options of a choice of countries: written from one text, because there are 250 of them on a form that people open all day.</summary>
public sealed class CountryOptions(string? chosen) : IHtmlContent
{
    private static readonly string All;

    private static readonly FrozenDictionary<string, int> EndOfValue;

    static CountryOptions()
    {
        var html = new StringBuilder(12_000);
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var country in Country.InOrder)
        {
            html.Append("<option value=\"").Append(country.Code).Append('"');
            ends[country.Code] = html.Length;
            html.Append('>').Append(WebUtility.HtmlEncode(country.Name)).Append("</option>");
        }

        (All, EndOfValue) = (html.ToString(), ends.ToFrozenDictionary(StringComparer.Ordinal));
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var end = EndOfValue.GetValueOrDefault(chosen ?? "");
        writer.Write(All.AsSpan(0, end));
        writer.Write(end == 0 ? "" : " selected");
        writer.Write(All.AsSpan(end));
    }
}
