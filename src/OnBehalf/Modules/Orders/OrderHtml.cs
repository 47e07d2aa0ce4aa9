using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using OnBehalf.Orders;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Orders;

/// <summary>Small pieces of the order pages.</summary>
public static class OrderHtml
{
    public static IHtmlContent Status(string status) => Html.Pill(OrderWords.Status(status), status switch
    {
        OrderWords.Waiting => "yellow",
        OrderWords.Placed => "blue",
        "confirmed" => "azure",
        OrderProgress.PartlyShipped => "teal",
        "shipped" or "invoiced" or "paid" => "green",
        "cancelled" or "returned" or OrderWords.Declined => "red",
        _ => "secondary",
    });

    /// <summary>A few orders as staff see them: number, day, who placed it for whom, total.</summary>
    /// <param name="withCompany">Where orders of several customers stand together.</param>
    /// <param name="root">The surface on which they stand.</param>
    public static IHtmlContent ForStaff(IReadOnlyList<OrderSummary> orders, bool withCompany, string root = "/staff")
    {
        var html = new StringBuilder(500 * orders.Count).Append("<ul class=\"desk-orders\">");
        foreach (var order in orders)
        {
            html.Append("<li class=\"desk-order\"><a class=\"desk-order-number\" href=\"").Append(root).Append("/orders/").Append(Uri.EscapeDataString(order.Number)).Append("\">")
                .Append(E(order.Number)).Append("</a><span class=\"text-secondary\">").Append(Html.Date(order.PlacedAt));
            if (withCompany && order.CompanyName is not null)
            {
                html.Append(", ").Append(E(order.CompanyName));
            }

            if (OrderWords.By(order.Status, order.OperatorName, order.BuyerName, order.CompanyName) is { } by)
            {
                html.Append(", ").Append(E(by));
            }

            html.Append("</span><span class=\"desk-order-status\">").Append(Status(order.Status)).Append("</span><span class=\"desk-order-total\">")
                .Append(Html.Money(order.Total)).Append("</span></li>");
        }

        return new HtmlString(html.Append("</ul>").ToString());
    }

    /// <summary>That an order waits, and what became of that; nothing for the others.</summary>
    public static IHtmlContent Approval(OrderHead head)
    {
        if (head.ApprovalWhy is not { } why)
        {
            return HtmlString.Empty;
        }

        var when = head.DecidedAt is { } at ? $"<div class=\"small\">{Html.DateTime(at)}</div>" : "";
        return new HtmlString(head.Status switch
        {
            OrderWords.Waiting =>
                $"<div class=\"alert alert-warning\" role=\"status\" id=\"approval\">{E(Say($"Waits for approval by an administrator of {head.CompanyName}. {OrderWords.WhyWaiting(why, head.Above)} Nothing is ordered yet."))}</div>",
            OrderWords.Declined => $"<div class=\"alert alert-danger\" role=\"status\" id=\"approval\">{E(Say($"Declined by {head.DecidedBy}: “{head.DeclineReason}” Nothing was ordered."))}{when}</div>",
            _ => $"<div class=\"text-secondary mb-3\" id=\"approval\">{E(Say($"Approved by {head.DecidedBy}. {OrderWords.WhyWaiting(why, head.Above)}"))}{when}</div>",
        });
    }

    /// <summary>The tax of a document, a row for each rate: "Tax 19 % on 100.00".</summary>
    /// <param name="span">Columns before that of the amounts.</param>
    /// <param name="isGross">The other amounts contain it.</param>
    public static IHtmlContent Taxes(IReadOnlyList<ShownTax> taxes, int span, bool isGross)
    {
        var html = new StringBuilder();
        foreach (var tax in taxes)
        {
            html.Append("<tr class=\"tax-row\"><td colspan=\"").Append(span).Append("\" class=\"text-end\">").Append(isGross ? "Contains tax" : "Tax").Append(tax.Rate is { } rate ? $" {rate}" : "")
                .Append(tax.Net is { } net ? $" on {E(Html.Amount(net))}" : "").Append("</td><td class=\"text-end\">").Append(Html.Money(tax.Tax)).Append("</td></tr>");
        }

        return new HtmlString(html.ToString());
    }

    private static string E(string? text) => WebUtility.HtmlEncode(text ?? "");
}
