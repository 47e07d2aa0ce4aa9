using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using OnBehalf.Kernel;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Pricing;

/// <summary>Which prices could count, which one does and why: for staff who act for a customer, to be opened on demand.</summary>
public static class PriceWhy
{
    /// <summary>Whether the caller is told: staff in a session who may see the customer's prices at all.</summary>
    public static bool IsFor(Caller caller) => caller is { IsAssisting: true, Staff: not null } && caller.May(Right.PricesView);

    public static IHtmlContent Render(Caller caller, ProductPrices? prices, Quantity quantity)
    {
        if (prices is null || !IsFor(caller) || prices.Alternatives(quantity) is not { Count: > 0 } alternatives)
        {
            return HtmlString.Empty;
        }

        var html = new StringBuilder($"<details class=\"price-why\"><summary>{WebUtility.HtmlEncode(Say("Why this price"))}</summary><ul>");
        foreach (var price in alternatives)
        {
            html.Append(price.IsWinner ? "<li><strong>" : "<li>").Append(WebUtility.HtmlEncode(price.Name)).Append(' ').Append(Html.Price(prices.Shown(price.Price)))
                .Append(price.IsWinner ? "</strong>" : "").Append(" <span class=\"text-secondary\">").Append(WebUtility.HtmlEncode(price.Why)).Append("</span></li>");
        }

        return new HtmlString(html.Append("</ul></details>").ToString());
    }
}
