using AngleSharp.Dom;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Carts;

/// <summary>What people do to carts, and how tests read one from its page.</summary>
internal static class CartVisits
{
    /// <summary>Adds an article as a product page does.</summary>
    public static Task<Answer> Put(this Visitor visitor, string sku, string quantity) =>
        visitor.Post("/cart/lines", [("Sku", sku), ("Quantity", quantity)], from: "/cart");

    /// <summary>"P-100 2" for each line, with the quantity as it stands in its field.</summary>
    public static IReadOnlyList<string> Lines(this Answer cart) =>
        [.. cart.Document.QuerySelectorAll(".cart-line").Select(line => $"{line.GetAttribute("data-sku")} {line.QuerySelector(".cart-quantity input.form-control")?.GetAttribute("value")}")];

    /// <summary>All that a line says.</summary>
    public static string Line(this Answer cart, string sku) => Of(cart, sku).TextContent.Replace('\u00A0', ' ');

    public static string Product(this Answer cart, string sku) => Of(cart, sku).QuerySelector("input[type=hidden]")!.GetAttribute("value")!;

    private static IElement Of(Answer cart, string sku) =>
        cart.Document.QuerySelector($".cart-line[data-sku='{sku}']") ?? throw new InvalidOperationException($"No line {sku} in:\n{cart.Text}");
}
