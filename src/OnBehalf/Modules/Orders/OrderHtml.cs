using Microsoft.AspNetCore.Html;
using OnBehalf.Orders;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Orders;

/// <summary>Small pieces of the order pages.</summary>
public static class OrderHtml
{
    public static IHtmlContent Status(string status) => Html.Pill(OrderWords.Status(status), status switch
    {
        "placed" => "blue",
        "confirmed" => "azure",
        "shipped" => "green",
        "cancelled" => "red",
        _ => "secondary",
    });
}
