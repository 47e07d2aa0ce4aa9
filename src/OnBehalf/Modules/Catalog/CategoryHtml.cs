using System.Net;
using System.Text;
using Microsoft.AspNetCore.Html;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Catalog;

/// <summary>Where one is in the catalogue.</summary>
public static class CategoryHtml
{
    /// <summary>The way from the catalogue down to the parent, then where one is.</summary>
    public static IHtmlContent Breadcrumb(HttpContext context, CategoryNode? parent, string here)
    {
        var html = new StringBuilder(400).Append($"<nav aria-label=\"{E(Say("Breadcrumb"))}\"><ol class=\"breadcrumb mb-3\"><li class=\"breadcrumb-item\"><a href=\"")
            .Append(context.Request.PathBase).Append("/\">").Append(E(Say("Catalogue"))).Append("</a></li>");
        foreach (var node in parent?.Path ?? [])
        {
            html.Append("<li class=\"breadcrumb-item\">");
            Link(html, context, node, isHere: false);
            html.Append("</li>");
        }

        return new BuiltHtml(html.Append("<li class=\"breadcrumb-item active\" aria-current=\"page\">").Append(E(here)).Append("</li></ol></nav>"));
    }

    /// <summary>The roots, and what lies open on the way to where one is.</summary>
    public static IHtmlContent Tree(HttpContext context, CategoryTree tree, CategoryNode? here)
    {
        var html = new StringBuilder(2_000);
        Level(html, context, tree.Roots, here);
        return new BuiltHtml(html);
    }

    private static void Level(StringBuilder html, HttpContext context, IReadOnlyList<CategoryNode> nodes, CategoryNode? here)
    {
        html.Append("<ul>");
        foreach (var node in nodes)
        {
            html.Append("<li>");
            Link(html, context, node, node == here);
            if (node.Children.Count > 0 && node.Contains(here))
            {
                Level(html, context, node.Children, here);
            }

            html.Append("</li>");
        }

        html.Append("</ul>");
    }

    private static void Link(StringBuilder html, HttpContext context, CategoryNode node, bool isHere) =>
        html.Append("<a href=\"").Append(context.Request.PathBase).Append("/category/").Append(Uri.EscapeDataString(node.Code)).Append('"')
            .Append(isHere ? " aria-current=\"page\">" : ">").Append(E(node.Name)).Append("</a>");

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
