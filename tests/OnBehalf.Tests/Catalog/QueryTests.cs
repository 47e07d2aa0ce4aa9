using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Import;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>
/// What people type and which article they expect first, over both real catalogues: numbers whole and begun, names, words in either order, mistyped, in plural, with
/// colour and size, with and without accents, and by a synonym. They stand in queries.csv; the suite runs on both databases, so both answer the same.
/// </summary>
public sealed class QueryTests(AdventureWorks world) : IClassFixture<AdventureWorks>
{
    [Fact]
    public async Task The_first_hit_is_the_expected_one_in_the_catalogue_of_bicycles()
    {
        await world.Shop.Sql("insert into search_synonym (word, means) values ('bicycle', 'bike')");
        await Hold("adventure-works", world.Shop);
    }

    [Fact]
    public async Task The_first_hit_is_the_expected_one_in_the_catalogue_of_gifts()
    {
        await using var shop = await TestShop.Start(database: await TestDatabase.Empty());
        var package = Directory.CreateDirectory(Path.Combine(shop.Folder, "gifts")).FullName;
        File.Copy(Path.Combine(RealData.OnlineRetail, "products.csv"), Path.Combine(package, "products.csv"));
        var report = await ActivatorUtilities.CreateInstance<Importer>(shop.Services).Run(new ImportOptions(package) { FaultsFile = Path.Combine(shop.Folder, "faults.csv") });
        Assert.Equal(0, report.Faults);
        await Hold("online-retail", shop);
    }

    private static async Task Hold(string package, TestShop shop)
    {
        var visitor = shop.Anonymous();
        var wrong = new List<string>();
        var count = 0;
        foreach (var cells in File.ReadLines(Path.Combine(Repository.Root, "tests/OnBehalf.Tests/Catalog/queries.csv")).Skip(1).Select(line => line.Split(',')).Where(cells => cells[0] == package))
        {
            count++;
            var page = await visitor.Get("/search?q=" + Uri.EscapeDataString(cells[1]));
            var first = page.Document.QuerySelector("[data-sku]")?.GetAttribute("data-sku");
            if (first != cells[2])
            {
                wrong.Add($"{cells[1]}: {first ?? "nothing"}, expected {cells[2]}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(count >= 45, $"Only {count} queries for {package}.");
    }
}
