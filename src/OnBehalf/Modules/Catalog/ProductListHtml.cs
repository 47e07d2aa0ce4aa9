using System.Collections.Concurrent;
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

    // What each of sixty articles says alike, once for each language.
    private static readonly ConcurrentDictionary<string, Words> Prepared = new(StringComparer.Ordinal);

    private Words _words = null!;

    /// <summary>Whether the caller is offered to put articles into the cart; the cart judges for itself.</summary>
    public static bool MayFillCart(Caller caller) => caller.May(Right.CartsChange)
        && (caller.Session is not { } session || session.Mode >= Mode.Cart) && !caller.IsClosed(ClosablePage.CartChange);

    /// <summary>The page of a request, to come back to from the cart, without what only tells that something was added.</summary>
    public static string PageOf(HttpRequest request) => request.Path + QueryString.Create(request.Query.Where(field => field.Key != "added"));

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var shop = context.Request.PathBase.Value ?? "";
        var mayFill = MayFillCart(context.Caller());
        _words = Prepared.GetOrAdd(Spoken.Now, static (_, encoder) => Words.Of(encoder), encoder);
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
            writer.Write("<p class=\"text-secondary small\" id=\"with-tax\">");
            encoder.Encode(writer, Say("Prices with tax, without shipping."));
            writer.Write("</p>");
        }
    }

    private void WriteAdded(TextWriter writer, HtmlEncoder encoder, string shop)
    {
        // Only what is on this page is said to be added: anybody can write an address.
        if (context.Request.Query["added"] is not [{ } sku] || cards.FirstOrDefault(card => card.Sku == sku) is not { } added)
        {
            return;
        }

        writer.Write("<div class=\"alert alert-success\" role=\"status\">");
        encoder.Encode(writer, Say("In the cart: "));
        encoder.Encode(writer, added.Name);
        writer.Write(" (");
        encoder.Encode(writer, added.Sku);
        writer.Write(").");
        if (!context.Caller().IsClosed(ClosablePage.CartView))
        {
            writer.Write(" <a class=\"alert-link\" href=\"");
            writer.Write(shop);
            writer.Write("/cart\">");
            encoder.Encode(writer, Say("Go to the cart"));
            writer.Write("</a>");
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

    private void WritePrice(TextWriter writer, HtmlEncoder encoder, ProductPrices prices, PriceQuote? quote, (Quantity From, PriceQuote Quote)? nextStep)
    {
        if (quote is null)
        {
            writer.Write("<div class=\"product-source\">");
            encoder.Encode(writer, Say("Price on request"));
            writer.Write("</div>");
            return;
        }

        writer.Write("<div><div class=\"product-price\">");
        Html.Price(prices.Shown(quote.Unit)).WriteTo(writer, encoder);
        writer.Write("</div><div class=\"product-source\">");
        if (quote.List.Amount > quote.Unit.Amount)
        {
            writer.Write(_words.List);
            Html.Price(prices.Shown(quote.List)).WriteTo(writer, encoder);
            writer.Write("</s> ");
        }

        encoder.Encode(writer, Phrasebook.Find(quote.Source));
        writer.Write("</div>");
        if (nextStep is { } step)
        {
            writer.Write(_words.From);
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
        writer.Write(_words.Button);
        encoder.Encode(writer, card.Sku);
        writer.Write(_words.Label);
        encoder.Encode(writer, card.Name);
        writer.Write(_words.LabelEnd);
        writer.Write(_cartIcon);
        writer.Write("</button>");
    }

    private static void WriteLink(TextWriter writer, string shop, ProductCard card)
    {
        writer.Write(shop);
        writer.Write("/product/");
        writer.Write(Uri.EscapeDataString(card.Sku));
    }

    private sealed record Words(string Button, string Label, string LabelEnd, string List, string From)
    {
        public static Words Of(HtmlEncoder encoder)
        {
            var add = Say("Add {0} to the cart").Split("{0}");
            return new Words(
                $"\" name=\"sku\" title=\"{encoder.Encode(Say("Add to cart"))}\" value=\"", $"\" aria-label=\"{encoder.Encode(add[0])}", encoder.Encode(add[1]) + "\">",
                $"<s title=\"{encoder.Encode(Say("Base price"))}\"><span class=\"visually-hidden\">{encoder.Encode(Say("Base price "))}</span>",
                $"<div class=\"product-step\">{encoder.Encode(Say("from "))}");
        }
    }
}
