using Microsoft.AspNetCore.Mvc.RazorPages;
using OnBehalf.Host;

namespace OnBehalf.Modules.Catalog;

/// <summary>What there is to buy.</summary>
public static class CatalogModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton(CatalogErasing.Staff);
        services.AddSingleton<CatalogQueries>();
        services.AddSingleton<AssortmentQueries>();
        services.AddSingleton<Assortments>();
        services.AddSingleton<Categories>();
        services.AddSingleton<ArticleQueries>();
        services.AddSingleton<Articles>();
        services.AddSingleton<ProductFiles>().AddSingleton<ArticleNeighbours>();
        services.AddSingleton<StockBook>();
        services.AddSingleton<CategoryChanges>();
        services.AddSingleton<KeptCounts>();
        services.AddSingleton<ProductShelves>();
        services.AddSingleton<Synonyms>();
        services.AddSingleton<ProductSearch>();
        services.AddSingleton<SuggestionsApi>();
        services.Configure<RazorPagesOptions>(options => options.Conventions.AddPageRoute("/Catalog/CategoryPage", "/products"));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/pictures/{digest}/{name}", [HttpMethods.Get, HttpMethods.Head], Pictures.Serve)
            .WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.View), new UnseenAttribute("a picture of a page that is written down"));
        routes.MapGet("/admin/articles/products.csv", ArticleFile.Write).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.CatalogChange });
        SuggestionsApi.Map(routes);
    }
}
