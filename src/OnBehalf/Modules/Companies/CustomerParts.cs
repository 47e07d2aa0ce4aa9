using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using OnBehalf.Assistance;
using OnBehalf.Companies;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Companies;

/// <summary>What lists and pages of customers show alike: the status, and the way into a session or why there is none.</summary>
public static class CustomerParts
{
    public static IHtmlContent Status(CustomerCard customer) => customer.Number is null ? Html.Pill(Say("Consumer"), "azure") : Status(customer.Status);

    public static IHtmlContent Status(CompanyStatus status) => Html.Pill(WordOf(status), status switch
    {
        CompanyStatus.Active => "green",
        CompanyStatus.OnHold => "yellow",
        _ => "red",
    });

    public static string WordOf(CompanyStatus status) => status switch
    {
        CompanyStatus.Active => "Active",
        CompanyStatus.OnHold => "On hold",
        _ => "Blocked",
    };

    public static string LanguageName(string? code) => CompanyMaster.Languages.FirstOrDefault(language => language.Code == code).Name ?? Say("that of the shop");

    /// <summary>"Act for Ines", or why not.</summary>
    public static IHtmlContent ActFor(string path, ListedPerson person, string here) => new ActForHtml(path, person, here);

    /// <summary>A link that a telephone understands, when there are digits in it.</summary>
    public static string? Tel(string? phone)
    {
        var digits = string.Concat((phone ?? "").Where(char.IsAsciiDigit));
        return digits.Length < 3 ? null : "tel:" + (phone!.TrimStart().StartsWith('+') ? "+" : "") + digits;
    }

    public static string CountryName(string? code) => code is null ? Say("unknown, asked at checkout") : Country.TryParse(code, out var country) ? country.Name : code;

    public static IHtmlContent Addresses(IReadOnlyList<CustomerAddress> addresses)
    {
        if (addresses.Count == 0)
        {
            return new HtmlString($"<span class=\"text-secondary\">{System.Net.WebUtility.HtmlEncode(Say("None yet; one is asked for at checkout."))}</span>");
        }

        var html = new StringBuilder(300 * addresses.Count);
        foreach (var address in addresses)
        {
            html.Append("<div class=\"mb-3\"><address class=\"mb-0\">");
            if (address.Label is not null)
            {
                html.Append("<strong>").Append(E(address.Label)).Append("</strong> ");
            }

            html.Append("<span class=\"text-secondary\">").Append(address switch { { IsBilling: true, IsShipping: true } => "billing, shipping", { IsBilling: true } => "billing", { IsShipping: true } => "shipping", _ => "" })
                .Append("</span>");
            string?[] lines = [address.Recipient, address.Line1, address.Line2, $"{address.PostalCode} {address.City}".Trim(), address.Region, CountryName(address.Country)];
            foreach (var line in lines.Where(line => !string.IsNullOrEmpty(line)))
            {
                html.Append("<br>").Append(E(line!));
            }

            html.Append("</address>").Append(address.Hand.InSmall).Append("</div>");
        }

        return new HtmlString(html.ToString());
    }

    /// <summary>The button of somebody, or the lock with the reason.</summary>
    internal static void WriteActFor(TextWriter writer, HtmlEncoder encoder, string path, ListedPerson person, string here, bool isSmall)
    {
        if (person.Denied is { } denied)
        {
            WriteDenied(writer, encoder, denied);
            return;
        }

        writer.Write(isSmall ? "<a class=\"btn btn-sm\" href=\"" : "<a class=\"btn btn-primary\" href=\"");

        // As ActForLink.Of, without making the text: a list has sixty of them.
        var isOffice = path.StartsWith("/admin/", StringComparison.Ordinal);
        encoder.Encode(writer, isOffice ? "/admin" : path);
        writer.Write("/act");
        if (isOffice || !path.StartsWith("/staff/consumers/", StringComparison.Ordinal))
        {
            writer.Write('/');
            writer.Write(person.Membership.ToString());
        }

        writer.Write("?from=");
        encoder.Encode(writer, here);
        writer.Write("\">");
        // The first name is seen, the whole one is read out; neither is put together, for a list has sixty of them.
        var words = Say("Act for {0}");
        var at = words.IndexOf("{0}", StringComparison.Ordinal);
        encoder.Encode(writer, words, 0, at);
        encoder.Encode(writer, person.FirstName);
        writer.Write("<span class=\"visually-hidden\">");
        encoder.Encode(writer, person.Name, person.FirstName.Length, person.Name.Length - person.FirstName.Length);
        writer.Write("</span>");
        encoder.Encode(writer, words, at + 3, words.Length - at - 3);
        writer.Write("</a>");
    }

    internal static void WriteDenied(TextWriter writer, HtmlEncoder encoder, AssistanceDecision decision)
    {
        writer.Write("<span class=\"why-not\" data-code=\"");
        writer.Write(decision.Rule.Code);
        writer.Write("\">");
        Html.Icon("lock").WriteTo(writer, encoder);
        writer.Write(' ');
        encoder.Encode(writer, decision.Sentence);
        writer.Write(' ');
        encoder.Encode(writer, decision.Remedy);
        writer.Write("</span>");
    }

    private sealed class ActForHtml(string path, ListedPerson person, string here) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => WriteActFor(writer, encoder, path, person, here, isSmall: false);
    }

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
