using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Import;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Import;

/// <summary>A shop and a package folder to import into it. `box["products.csv"] = "sku,name,…"`.</summary>
internal sealed class ImportBox : IAsyncDisposable
{
    /// <summary>Everything that an import may change, and nothing of the audit log.</summary>
    public static readonly string[] Tables =
    [
        "category", "picture", "product", "product_text", "product_word", "search_term", "price_list", "price_list_discount", "price_list_company", "price_list_group", "price", "tax_rate", "customer_group", "customer_terms", "shipping_method", "shipping_rate", "payment_method", "coupon", "staff", "company",
        "staff_assignment", "buyer", "membership", "customer_word", "address", "sign_in", "assisted_session", "cart", "cart_line", "orders", "order_line", "mail", "setting",
    ];

    private ImportBox(TestShop shop) => Shop = shop;

    public TestShop Shop { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("onbehalf-package-").FullName;

    public string RejectsFile => Path.Combine(Shop.Folder, "rejects.csv");

    public string FaultsFile => Path.Combine(Shop.Folder, "faults.csv");

    public string this[string file]
    {
        set
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, file))!);
            File.WriteAllText(Path.Combine(Folder, file), value);
        }
    }

    /// <summary>Empties the package.</summary>
    public void Clear()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>A shop without a row, or with the <see cref="Characters"/>.</summary>
    public static async Task<ImportBox> Open(bool peopled = false) =>
        new(await TestShop.Start(database: peopled ? null : await TestDatabase.Empty()));

    public Task<ImportReport> Import(
        bool skipBadRows = false, string? password = null, bool invite = false, string? folder = null, Action<ImportProgress>? progress = null)
    {
        var options = new ImportOptions(folder ?? Folder)
        {
            SkipBadRows = skipBadRows, Password = password, Invite = invite, RejectsFile = RejectsFile, FaultsFile = FaultsFile,
        };
        return ActivatorUtilities.CreateInstance<Importer>(Shop.Services).Run(options, progress);
    }

    /// <summary>Imports and returns the faults as "products.csv, line 2, unit_price 'x': why".</summary>
    public async Task<string[]> Faults() => [.. (await Import()).FirstFaults.Select(ImportScreen.Line)];

    public Task<string> Dump() => Shop.Dump(Tables);

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
