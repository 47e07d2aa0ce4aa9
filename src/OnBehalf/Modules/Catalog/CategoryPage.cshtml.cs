using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Catalog;

/// <summary>The articles of a category and of all below it.</summary>
[Access(Audience.Everybody, Delegation.View, Right = Needs.CatalogView)]
public sealed class CategoryPage(Database database, CatalogQueries catalog, PricingQueries pricing, Categories categories)
    : ProductListPage(database, catalog, pricing, categories)
{
    public Task<IActionResult> OnGet(string code) => Show(code);
}
