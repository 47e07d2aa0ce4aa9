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
                ? Red(misfit)
                : line.Successor is { } next
                ? Red(Say($"No longer sold: please remove the article. It is replaced by {next.Name} ({next.Sku})."))
                : line.IsSold
                ? Red(Say("Price on request: call us for an offer, or remove the article."))
                : Red(Say("No longer sold: please remove the article.")));
        }

        var saved = quote.Struck is { } struck ? $"<s class=\"text-secondary\">{Html.Amount(Shown(struck).Amount)}</s> " : "";
        return new HtmlString($"{Html.Price(Shown(quote.Unit))} {saved}<span class=\"text-secondary\">{WebUtility.HtmlEncode(quote.Source)}</span>");

        static string Red(string why) => $"<span class=\"text-danger\">{WebUtility.HtmlEncode(why)}</span>";

        UnitPrice Shown(UnitPrice price) => tax is { } rate ? price.With(rate) : price;
    }
}
