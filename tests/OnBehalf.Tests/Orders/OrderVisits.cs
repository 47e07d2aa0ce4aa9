using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>What people do at the checkout.</summary>
internal static class OrderVisits
{
    /// <summary>Presses "Place order" on a checkout page, after changing some of its fields.</summary>
    public static Task<Answer> Place(this Visitor visitor, Answer checkout, params (string Name, string Value)[] changed) =>
        visitor.Submit(checkout, "#checkout", [.. changed, ("Input.Place", "true")]);

    /// <summary>Puts articles into the cart and orders them; returns the order's number.</summary>
    public static async Task<string> Order(this Visitor visitor, string sku = "P-100", string quantity = "2")
    {
        await visitor.Put(sku, quantity);
        var placed = await visitor.Place(await visitor.Get("/checkout"));
        Assert.Equal(HttpStatusCode.SeeOther, placed.Status);
        return placed.OrderNumber();
    }

    /// <summary>From the address to which a placed order leads.</summary>
    public static string OrderNumber(this Answer placed) => placed.Location!.Split('?')[0].Split('/')[^1];

    public static string Total(this Answer page) => page.Document.QuerySelector("#total")!.TextContent.Replace('\u00A0', ' ');

    /// <summary>What is said at a field, and whether the field points to it.</summary>
    public static string? ErrorAt(this Answer page, string id) =>
        page.Document.GetElementById(id)?.GetAttribute("aria-describedby") is { } described ? page.Document.GetElementById(described)?.TextContent : null;
}
