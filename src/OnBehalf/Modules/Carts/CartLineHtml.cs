using System.Net;
using Microsoft.AspNetCore.Html;
using OnBehalf.Kernel;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Carts;

/// <summary>The pieces of a line that the cart and the checkout share.</summary>
public static class CartLineHtml
{
    /// <summary>The price for the caller, the base price beside it where it is higher, and where the price comes from; or why there is none.</summary>
    public static IHtmlContent Price(ShownLine line) => Price(line, line.Prices?.Tax);

    /// <param name="line">Of the cart.</param>
    /// <param name="tax">With which its prices are shown; null: without.</param>
    public static IHtmlContent Price(ShownLine line, Percentage? tax)
    {
        if (line is not { IsOrderable: true, Quote: { } quote })
        {
            return new HtmlString(line is { IsSold: true, Quote: not null, Misfit: { } misfit }
                ? $"<span class=\"text-danger\">{WebUtility.HtmlEncode(misfit)}</span>"
                : line.Successor is { } next
                ? $"<span class=\"text-danger\">No longer sold: please remove the article. It is replaced by {WebUtility.HtmlEncode($"{next.Name} ({next.Sku})")}.</span>"
                : line.IsSold
                ? "<span class=\"text-danger\">Price on request: call us for an offer, or remove the article.</span>"
                : "<span class=\"text-danger\">No longer sold: please remove the article.</span>");
        }

        var saved = quote.List.PerUnits == quote.Unit.PerUnits && quote.List.Amount > quote.Unit.Amount
            ? $"<s class=\"text-secondary\">{Html.Amount(Shown(quote.List).Amount)}</s> " : "";
        return new HtmlString($"{Html.Price(Shown(quote.Unit))} {saved}<span class=\"text-secondary\">{WebUtility.HtmlEncode(quote.Source)}</span>");

        UnitPrice Shown(UnitPrice price) => tax is { } rate ? price.With(rate) : price;
    }
}
