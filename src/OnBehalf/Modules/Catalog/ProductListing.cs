using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>Articles as `ProductListing.cshtml` shows them, once per page.</summary>
/// <param name="ReturnUrl">The page to come back to when one was put into the cart from here.</param>
public sealed record ProductListing(IReadOnlyList<ProductCard> Cards, bool MayFillCart, string ReturnUrl, string? Added)
{
    /// <summary>The article that was put into the cart just now, when it is on this page.</summary>
    public ProductCard? JustAdded => Added is null ? null : Cards.FirstOrDefault(card => card.Sku == Added);

    public static ProductListing Of(IReadOnlyList<ProductCard> cards, HttpContext context)
    {
        var request = context.Request;
        return new ProductListing(cards, MayFill(Host.CallerOfContext.Caller(context)), PageOf(request), request.Query["added"]);
    }

    /// <summary>Whether the caller is offered to put articles into the cart; the cart judges for itself.</summary>
    public static bool MayFill(Caller caller) => caller.May(Right.CartsChange) && (caller.Session is not { } session || session.Mode >= Mode.Cart);

    /// <summary>The page of this request without what only tells that something was added.</summary>
    public static string PageOf(HttpRequest request) =>
        request.Path + QueryString.Create(request.Query.Where(field => field.Key != "added"));
}
