using Microsoft.AspNetCore.Mvc.RazorPages;
using OnBehalf.Host;

namespace OnBehalf.Modules.Settings;

/// <summary>What an administrator can set.</summary>
public static class SettingsModule
{
    // What no search engine has to do with even where it is welcome: what belongs to somebody, and the paths of staff and sessions.
    private const string Welcome = """
        User-agent: *
        Disallow: /account
        Disallow: /admin
        Disallow: /as/
        Disallow: /cart
        Disallow: /checkout
        Disallow: /log
        Disallow: /search
        Disallow: /staff

        """;

    private const string Unwelcome = """
        User-agent: *
        Disallow: /

        """;

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton(SettingsErasing.Staff).AddSingleton<ShopSettings>().AddSingleton<ShopAddress>();

        // The same page, with what is about acting for customers alone.
        services.Configure<RazorPagesOptions>(pages => pages.Conventions.AddPageRoute("/Settings/SettingsPage", SettingsPage.AssistedPath));
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/robots.txt", Robots).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));

    private static async Task<IResult> Robots(HttpRequest request, Hosts hosts, ShopSettings settings, CancellationToken cancel) =>
        Results.Text(await settings.IsOn(ShopSettings.SearchEngines, cancel) && !(hosts.AreSeparate && hosts.IsStaff(request)) ? Welcome : Unwelcome);
}
