using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Pricing;
using OnBehalf.Pricing;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// Articles as all lists show them, with the button that puts one into the cart. Written straight into the answer: as a Razor partial a page of 24 took
/// twice the memory (measured).
/// </summary>
public sealed class ProductListHtml(IReadOnlyList<ProductCard> cards, HttpContext context, string form = "add") : IHtmlContent
{
    private const string Cart = """<svg class="icon" aria-hidden="true" focusable="false"><use href="{0}#tabler-shopping-cart"/></svg>""";

    private readonly string _cartIcon = Cart.Replace("{0}", Assets.Url("/lib/icons.svg"), StringComparison.Ordinal);

    /// <summary>Whether the caller is offered to put articles into the cart; the cart judges for itself.</summary>
    public static bool MayFillCart(Caller caller) => caller.May(Right.CartsChange)
        && (caller.Session is not { } session || session.Mode >= Mode.Cart) && !caller.IsClosed(ClosablePage.CartChange);

    /// <summary>The page of a request, to come back to from the cart, without what only tells that something was added.</summary>
    public static string PageOf(HttpRequest request) => request.Path + QueryString.Create(request.Query.Where(field => field.Key != "added"));

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var shop = context.Request.PathBase.Value ?? "";
        var mayFill = MayFillCart(context.Caller());
        WriteAdded(writer, encoder, shop);
        if (mayFill)
        {
            WriteForm(writer, encoder, shop);
        }

        writer.Write("<ul class=\"product-list\">");
        foreach (var card in cards)
        {
            WriteCard(writer, encoder, shop, card, mayFill);
        }

        writer.Write("</ul>");
        if (cards.Any(card => card.Prices?.Tax is not null))
        {
            writer.Write("<p class=\"text-secondary small\" id=\"with-tax\">Prices with tax, without shipping.</p>");
        }
    }

    private void WriteAdded(TextWriter writer, HtmlEncoder encoder, string shop)
    {
        // Only what is on this page is said to be added: anybody can write an address.
        if (context.Request.Query["added"] is not [{ } sku] || cards.FirstOrDefault(card => card.Sku == sku) is not { } added)
        {
            return;
        }

        writer.Write("<div class=\"alert alert-success\" role=\"status\">In the cart: ");
        encoder.Encode(writer, added.Name);
        writer.Write(" (");
        encoder.Encode(writer, added.Sku);
        writer.Write(").");
        if (!context.Caller().IsClosed(ClosablePage.CartView))
        {
            writer.Write(" <a class=\"alert-link\" href=\"");
            writer.Write(shop);
            writer.Write("/cart\">Go to the cart</a>");
        }

        writer.Write("</div>");
    }

    // One form for the whole list: the buttons of the articles belong to it. Without a quantity it means the smallest that can be ordered.
    private void WriteForm(TextWriter writer, HtmlEncoder encoder, string shop)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        writer.Write("<form method=\"post\" id=\"");
        writer.Write(form);
        writer.Write("\" action=\"");
        writer.Write(shop);
        writer.Write("/cart/lines\"><input type=\"hidden\" name=\"returnUrl\" value=\"");
        encoder.Encode(writer, PageOf(context.Request));
        writer.Write("\"><input type=\"hidden\" name=\"");
        writer.Write(tokens.FormFieldName);
        writer.Write("\" value=\"");
        encoder.Encode(writer, tokens.RequestToken!);
        writer.Write("\"></form>");
    }

    private void WriteCard(TextWriter writer, HtmlEncoder encoder, string shop, ProductCard card, bool mayFill)
    {
        writer.Write("<li class=\"card product-card\" data-sku=\"");
        encoder.Encode(writer, card.Sku);
        writer.Write("\"><a class=\"product-picture\" tabindex=\"-1\" aria-hidden=\"true\" href=\"");
        WriteLink(writer, shop, card);
        writer.Write("\"><img alt=\"\" loading=\"lazy\" width=\"240\" height=\"180\" src=\"");
        encoder.Encode(writer, card.PictureUrl);
        writer.Write("\"></a><div class=\"product-facts\"><a class=\"product-name\" href=\"");
        WriteLink(writer, shop, card);
        writer.Write("\">");
        encoder.Encode(writer, card.Name);
        writer.Write("</a><div class=\"product-number\">");
        encoder.Encode(writer, card.Sku);
        writer.Write("</div><div class=\"product-attributes\">");
        encoder.Encode(writer, card.Color ?? "");
        writer.Write(card is { Color: not null, Size: not null } ? " · " : "");
        encoder.Encode(writer, card.Size ?? "");
        writer.Write("</div></div>");
        if (card.Prices is { } prices)
        {
            var quote = prices.Quote(Quantity.One);
            writer.Write("<div class=\"product-buy\">");
            WritePrice(writer, encoder, prices, quote, prices.NextStep);
            if (mayFill && quote is not null)
            {
                WriteButton(writer, encoder, card);
            }

            writer.Write("</div>");
        }

        writer.Write("</li>");
    }

    private static void WritePrice(TextWriter writer, HtmlEncoder encoder, ProductPrices prices, PriceQuote? quote, (Quantity From, PriceQuote Quote)? nextStep)
    {
        if (quote is null)
        {
            writer.Write("<div class=\"product-source\">Price on request</div>");
            return;
        }

        writer.Write("<div><div class=\"product-price\">");
        Html.Price(prices.Shown(quote.Unit)).WriteTo(writer, encoder);
        writer.Write("</div><div class=\"product-source\">");
        if (quote.List.Amount > quote.Unit.Amount)
        {
            writer.Write("<s title=\"Base price\"><span class=\"visually-hidden\">Base price </span>");
            Html.Price(prices.Shown(quote.List)).WriteTo(writer, encoder);
            writer.Write("</s> ");
        }

        encoder.Encode(writer, quote.Source);
        writer.Write("</div>");
        if (nextStep is { } step)
        {
            writer.Write("<div class=\"product-step\">from ");
            writer.Write(step.From.ToString());
            writer.Write(": ");
            Html.Price(prices.Shown(step.Quote.Unit)).WriteTo(writer, encoder);
            writer.Write("</div>");
        }

        writer.Write("</div>");
    }

    private void WriteButton(TextWriter writer, HtmlEncoder encoder, ProductCard card)
    {
        writer.Write("<button class=\"btn btn-icon btn-primary\" type=\"submit\" form=\"");
        writer.Write(form);
        writer.Write("\" name=\"sku\" title=\"Add to cart\" value=\"");
        encoder.Encode(writer, card.Sku);
        writer.Write("\" aria-label=\"Add ");
        encoder.Encode(writer, card.Name);
        writer.Write(" to the cart\">");
        writer.Write(_cartIcon);
        writer.Write("</button>");
    }

    private static void WriteLink(TextWriter writer, string shop, ProductCard card)
    {
        writer.Write(shop);
        writer.Write("/product/");
        writer.Write(Uri.EscapeDataString(card.Sku));
    }
}
