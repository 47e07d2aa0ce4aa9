using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>The files of a package in the order in which they depend on each other: each is judged, cleared of rejected rows and merged before the next.</summary>
internal sealed class ImportSteps(WorkConnection work, FaultBook faults, Action<ImportProgress> progress, string shopCurrency, CancellationToken cancel)
{
    private readonly Checks _checks = new(work, faults, cancel);
    private readonly List<FileReport> _reports = [];

    public async Task<IReadOnlyList<FileReport>> Run(Package package)
    {
        await Analyze(package);
        var now = await Now();
        await Pictures(package);

        var catalog = new CatalogImport(work, _checks, faults, cancel);
        await Step(package, PackageFormat.Categories, catalog.Categories);
        await Step(package, PackageFormat.Products, () => catalog.Products(Loaded(package, PackageFormat.Products)?.Translations ?? [], HeaderOf(package, PackageFormat.Products)));
        var neighbours = new NeighbourImport(work, _checks, faults, cancel);
        await Step(package, PackageFormat.ProductPictures, neighbours.Pictures);
        await Step(package, PackageFormat.RelatedProducts, neighbours.Related);

        var prices = new PriceImport(work, _checks, faults, cancel);
        await Step(package, PackageFormat.PriceLists, prices.PriceLists);
        await Step(package, PackageFormat.PriceListDiscounts, prices.Discounts);
        await Step(package, PackageFormat.Prices, prices.Prices);
        await Step(package, PackageFormat.TaxRates, prices.TaxRates);
        await Step(package, PackageFormat.ShippingMethods, () => prices.ShippingMethods(HeaderOf(package, PackageFormat.ShippingMethods)));
        await Step(package, PackageFormat.ShippingRates, prices.ShippingRates);
        await Step(package, PackageFormat.PaymentMethods, () => prices.PaymentMethods(HeaderOf(package, PackageFormat.PaymentMethods)));
        await Step(package, PackageFormat.Coupons, () => prices.Coupons(HeaderOf(package, PackageFormat.Coupons)));

        var people = new PeopleImport(work, _checks, faults, now, shopCurrency, cancel);
        await Step(package, PackageFormat.Staff, people.Staff);
        var terms = new TermsImport(work, _checks, faults, cancel);
        await Step(package, PackageFormat.CustomerGroups, terms.Groups);
        await Step(package, PackageFormat.PriceListGroups, () => prices.ListsOf(PackageFormat.PriceListGroups, "customer_group", "code", "customer_group_code"));
        await Step(package, PackageFormat.Companies, people.Companies);
        await Step(package, PackageFormat.PriceListCompanies, () => prices.ListsOf(PackageFormat.PriceListCompanies, "company", "number", "company_number"));
        await Step(package, PackageFormat.Contacts, people.Contacts);
        await Step(package, PackageFormat.CustomerTerms, () => terms.Terms(HeaderOf(package, PackageFormat.CustomerTerms)));
        await Step(package, PackageFormat.Addresses, new AddressImport(work, _checks, faults, now, cancel).Addresses);

        var assortments = new AssortmentImport(work, _checks, faults, now, cancel);
        await Step(package, PackageFormat.Assortments, assortments.Assortments);
        await Step(package, PackageFormat.AssortmentContents, assortments.Contents);
        await Step(package, PackageFormat.AssortmentCustomers, assortments.Customers);
        if (new[] { PackageFormat.Categories, PackageFormat.Products, PackageFormat.AssortmentContents }.Any(file => Loaded(package, file) is not null))
        {
            await assortments.Index();
        }

        await Step(package, PackageFormat.Stock, new StockImport(work, _checks, faults, cancel).Stock);
        await Orders(package);
        await Words(package);
        return _reports;
    }

    private async Task Orders(Package package)
    {
        if (Loaded(package, PackageFormat.Orders) is null && Loaded(package, PackageFormat.OrderLines) is null)
        {
            return;
        }

        progress(new ImportProgress("Storing orders.csv", 0, 0, 0));
        var (orders, lines) = await new OrderImport(work, _checks, faults, cancel).Orders();
        await Report(package, PackageFormat.Orders, orders);
        await Report(package, PackageFormat.OrderLines, lines);
    }

    private async Task Words(Package package)
    {
        progress(new ImportProgress("Storing search words", 0, 0, 0));
        var words = new WordIndex(work, cancel);
        var (products, categories) = (Loaded(package, PackageFormat.Products), Loaded(package, PackageFormat.Categories));
        if (products is not null || categories is not null)
        {
            await words.Products(products is not null, categories is not null);
        }

        if (Loaded(package, PackageFormat.Companies) is not null)
        {
            await words.Companies();
        }

        if (Loaded(package, PackageFormat.Contacts) is not null)
        {
            await words.People();
        }
    }

    private async Task Pictures(Package package)
    {
        if (package.Pictures.Count + faults.OfPictures.Count == 0)
        {
            return;
        }

        progress(new ImportProgress("Storing pictures", 0, 0, 0));
        var (merged, digest) = await new PictureImport(work, cancel).Store(package.Pictures);
        _reports.Add(new FileReport(PackageFormat.Images, package.Pictures.Count + faults.OfPictures.Count, merged, faults.OfPictures.Count, digest));
    }

    // A file that is not there costs nothing: a nightly list of prices is a package too.
    private async Task Step(Package package, PackageFile file, Func<Task<Merged>> merge)
    {
        if (Loaded(package, file) is not null)
        {
            progress(new ImportProgress("Storing " + file.Csv, 0, 0, 0));
            await Report(package, file, await merge());
        }
    }

    private async Task Report(Package package, PackageFile file, Merged merged)
    {
        if (Loaded(package, file) is { } loaded)
        {
            _reports.Add(new FileReport(file.Csv, loaded.Rows, merged, await faults.CountRows(file, cancel), loaded.Digest));
        }
    }

    private static IReadOnlySet<string> HeaderOf(Package package, PackageFile file) => Loaded(package, file)!.Header;

    private static LoadedFile? Loaded(Package package, PackageFile file) => package.Files.FirstOrDefault(loaded => loaded.File == file);

    // A staging table that nobody has counted is taken for a small one, and joined row by row.
    private async Task Analyze(Package package)
    {
        if (work.Kind == DatabaseKind.Postgres)
        {
            foreach (var file in package.Files)
            {
                await work.Run("analyze " + file.File.Stage, cancel);
            }
        }
    }

    private async Task<DateTimeOffset> Now() => work.Kind == DatabaseKind.Postgres
        ? (await work.Rows("select clock_timestamp()", reader => reader.GetFieldValue<DateTimeOffset>(0), cancel))[0]
        : MicrosecondsConverter.FromMicroseconds(await work.Count($"select {work.Database.Now}", cancel));
}
