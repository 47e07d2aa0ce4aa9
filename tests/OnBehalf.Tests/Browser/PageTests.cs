using Microsoft.Playwright;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>Every page of every surface on a phone, in light: axe finds nothing, nothing is cut off.</summary>
[Trait("Category", "Browser")]
public sealed class PhonePageTests
{
    [Theory]
    [MemberData(nameof(PageWalk.Everybody), MemberType = typeof(PageWalk))]
    public Task Every_page_is_accessible_and_fits(string who) => PageWalk.Walk(who, 375, ColorScheme.Light);
}

/// <summary>The same on a desk, in dark. A class of its own, so that both run at once.</summary>
[Trait("Category", "Browser")]
public sealed class DeskPageTests
{
    [Theory]
    [MemberData(nameof(PageWalk.Everybody), MemberType = typeof(PageWalk))]
    public Task Every_page_is_accessible_and_fits(string who) => PageWalk.Walk(who, 1280, ColorScheme.Dark);
}

internal static class PageWalk
{
    private static readonly string[] Open = ["/", "/category/tools", "/product/P-100", "/search?q=drill", "/search?q=zzzz", "/account/login", "/account/forgot", "/no-such-page"];

    private static readonly string[] Portal =
    [
        "/", "/category/light", "/product/P-100", "/product/P-400", "/product/P-900", "/search?q=lamp", "/cart", "/checkout", "/account", "/account/orders", "/account/addresses",
        "/account/data", "/account/assistance", "/no-such-page",
    ];

    private static readonly string[] Own = ["/account/password", "/account/email", "/account/delete", "/account/sign-ins"];

    private static readonly string[] Desk = ["/staff", "/staff/customers", "/staff/customers?q=nord", "/staff/customers?q=zzzz", "/staff/customers/N-1001", "/staff/orders", "/staff/carts", "/staff/sessions", "/staff/account/password", "/staff/account/security", "/staff/no-such-page", "/product/P-100"];

    private static readonly string[] Office = ["/admin", "/admin/orders", "/admin/carts", "/admin/customers/N-1001/act", "/admin/mail", "/admin/sessions", "/admin/sessions/stop", "/admin/cases", "/admin/audit", "/admin/staff", "/admin/settings", "/admin/assistance/closed", "/admin/no-such-page"];

    public static TheoryData<string> Everybody { get; } = ["nobody", "ines", "carla", "karim", "ada", "karim for ines"];

    public static async Task Walk(string who, int width, ColorScheme scheme)
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var window = await Window.Open(shop, who.Replace(' ', '-'), width, scheme: scheme);
        var prefix = "";
        switch (who)
        {
            case "nobody":
                break;
            case "karim for ines":
                var inside = await (await shop.As("karim")).Assisting("ines");
                await window.Enter(inside);
                prefix = inside.PathBase;
                window.Session = ("Karim Weiss", "Ines Albrecht");
                await inside.Post("/cart/lines", [("sku", "P-100"), ("quantity", "3")], from: "/product/P-100");
                break;
            default:
                var visitor = await shop.As(who);
                await window.Enter(visitor);
                break;
        }

        string[] paths = who switch
        {
            "nobody" => Open,
            "ines" or "carla" => [.. Portal, .. Own],
            "karim" => Desk,
            "ada" => [.. Desk, .. Office],
            _ => [.. Portal, .. Own],
        };
        foreach (var path in paths)
        {
            await window.Go(prefix + path, path.Trim('/').Replace('/', '-').Replace('?', '-'));
        }

        window.Close();
    }
}
