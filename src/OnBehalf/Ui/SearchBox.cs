using System.Net;
using Microsoft.AspNetCore.Html;

namespace OnBehalf.Ui;

/// <summary>
/// The staff's way to every customer. The key `/` leads to it from anywhere; Enter goes straight to the customer when only one is found. The large one of a
/// page shows hits in the page's `#found` while somebody types, where there is JavaScript.
/// </summary>
public static class SearchBox
{
    private const string AsTyped =
        "\" hx-trigger=\"input changed delay:200ms\" hx-sync=\"this:replace\" hx-target=\"#found\" hx-swap=\"innerHTML\"";

    /// <param name="to">The page of the Buyer Portal on which the session is to begin; null: the usual one.</param>
    public static IHtmlContent Customers(string? query, bool isMain, string root = "/staff", string? to = null) => new HtmlString(
        $"""
        <form class="customer-search{(isMain ? " customer-search-main" : "")}" role="search" aria-label="{E(Say("Customers"))}" method="get" action="{root}/customers">
          <input class="form-control" type="search" name="q" maxlength="100" autocomplete="off" spellcheck="false" data-search-key
            aria-label="{E(Say("Find a customer"))}" aria-keyshortcuts="/" placeholder="{E(Say("Name, e-mail or number of a customer"))}" value="{WebUtility.HtmlEncode(query)}"{(isMain ? $" autofocus hx-get=\"{root}/customers{(to is null ? "" : "?to=" + Uri.EscapeDataString(to))}{AsTyped}" : "")}>
          <input type="hidden" name="go" value="1">{(to is null ? "" : $"<input type=\"hidden\" name=\"to\" value=\"{E(to)}\">")}
          <button class="btn btn-primary" type="submit"><svg class="icon" aria-hidden="true" focusable="false"><use href="{Assets.Url("/lib/icons.svg")}#tabler-search"/></svg><span>{E(Say("Search"))}</span></button>
        </form>{(isMain ? $"<script src=\"{Assets.Url("/lib/htmx.min.js")}\" defer></script>" : "")}
        """);

    private static string E(string words) => WebUtility.HtmlEncode(words);
}
