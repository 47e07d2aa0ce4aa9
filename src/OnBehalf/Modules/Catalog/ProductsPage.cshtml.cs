using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Catalog;

/// <summary>All articles, those in no category too.</summary>
[Access(Audience.Everybody, Delegation.View, Right = Needs.CatalogView)]
public sealed class ProductsPage(Database database, CatalogQueries catalog, PricingQueries pricing, Categories categories)
    : ProductListPage(database, catalog, pricing, categories)
{
    public Task<IActionResult> OnGet() => Show(null);
}
