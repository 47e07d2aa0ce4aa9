using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using OnBehalf.Assistance;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Companies;

/// <summary>What lists and pages of customers show alike: the status, and the way into a session or why there is none.</summary>
public static class CustomerParts
{
    public static IHtmlContent Status(CustomerCard customer) => customer.Number is null ? Html.Pill("Consumer", "azure") : Status(customer.Status);

    public static IHtmlContent Status(CompanyStatus status) => status switch
    {
        CompanyStatus.Active => Html.Pill("Active", "green"),
        CompanyStatus.OnHold => Html.Pill("On hold", "yellow"),
        _ => Html.Pill("Blocked", "red"),
    };

    /// <summary>People of a row of a list: name, role, and the button.</summary>
    public static IHtmlContent People(string path, IReadOnlyList<ListedPerson> people, string here)
    {
        if (people.Count == 0)
        {
            return new HtmlString("<span class=\"text-secondary\">Nobody yet</span>");
        }

        var html = new StringBuilder(400 * people.Count).Append("<ul class=\"people\">");
        foreach (var person in people)
        {
            html.Append("<li><span>").Append(E(person.Name)).Append(" <span class=\"text-secondary\">").Append(BuyerRoles.Word(person.Role)).Append("</span></span>");
            Way(html, path, person, here, isSmall: true);
            html.Append("</li>");
        }

        return new HtmlString(html.Append("</ul>").ToString());
    }

    /// <summary>"Act for Ines", or why not.</summary>
    public static IHtmlContent ActFor(string path, ListedPerson person, string here)
    {
        var html = new StringBuilder(300);
        Way(html, path, person, here, isSmall: false);
        return new HtmlString(html.ToString());
    }

    public static IHtmlContent Denied(AssistanceDecision decision)
    {
        var html = new StringBuilder(200);
        Denied(html, decision);
        return new HtmlString(html.ToString());
    }

    /// <summary>A link that a telephone understands, when there are digits in it.</summary>
    public static string? Tel(string? phone)
    {
        var digits = string.Concat((phone ?? "").Where(char.IsAsciiDigit));
        return digits.Length < 3 ? null : "tel:" + (phone!.TrimStart().StartsWith('+') ? "+" : "") + digits;
    }

    public static string CountryName(string? code) => code is null ? "unknown, asked at checkout" : Country.TryParse(code, out var country) ? country.Name : code;

    public static IHtmlContent Addresses(IReadOnlyList<CustomerAddress> addresses)
    {
        if (addresses.Count == 0)
        {
            return new HtmlString("<span class=\"text-secondary\">None yet; one is asked for at checkout.</span>");
        }

        var html = new StringBuilder(300 * addresses.Count);
        foreach (var address in addresses)
        {
            html.Append("<address class=\"mb-3\">");
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

            html.Append("</address>");
        }

        return new HtmlString(html.ToString());
    }

    private static void Way(StringBuilder html, string path, ListedPerson person, string here, bool isSmall)
    {
        if (!person.Decision.IsAllowed)
        {
            Denied(html, person.Decision);
            return;
        }

        html.Append("<a class=\"btn ").Append(isSmall ? "btn-sm" : "btn-primary").Append("\" href=\"").Append(E(path)).Append("/act");
        if (!path.StartsWith("/staff/consumers/", StringComparison.Ordinal))
        {
            html.Append('/').Append(person.Membership);
        }

        html.Append("?from=").Append(E(here)).Append("\">Act for ").Append(E(person.FirstName)).Append("<span class=\"visually-hidden\"> ")
            .Append(E(person.Name[person.FirstName.Length..])).Append("</span></a>");
    }

    private static void Denied(StringBuilder html, AssistanceDecision decision) =>
        html.Append("<span class=\"why-not\" data-code=\"").Append(decision.Rule).Append("\"><svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"")
            .Append(Assets.Url("/lib/icons.svg")).Append("#tabler-lock\"/></svg> ").Append(E(decision.Sentence)).Append(' ').Append(E(decision.Remedy)).Append("</span>");

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
