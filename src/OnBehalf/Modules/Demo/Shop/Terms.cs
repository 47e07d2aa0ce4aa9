namespace OnBehalf.Modules.Demo.Shop;

/// <summary>Prices, taxes and carriage of the demo shop. All amounts are minor units.</summary>
internal static class Terms
{
    public static readonly (string Code, string Name, string Currency)[] PriceLists =
        [("trade-eur", "Trade prices EUR", "EUR"), ("key-eur", "Key accounts EUR", "EUR"), ("trade-chf", "Trade prices CHF", "CHF")];

    /// <summary>Thousandths: the standard rate and the one for books, by country.</summary>
    public static readonly (string Country, int Standard, int Reduced)[] TaxRates =
    [
        ("DE", 190, 70), ("AT", 200, 100), ("CH", 81, 26), ("FR", 200, 55), ("NL", 210, 90), ("BE", 210, 60), ("LU", 170, 30), ("PL", 230, 50),
        ("SE", 250, 60), ("DK", 250, 250), ("FI", 255, 135), ("ES", 210, 40), ("PT", 230, 60), ("IT", 220, 40), ("CZ", 210, 0), ("IE", 230, 0),
    ];

    public static readonly (string Code, string Name, string Countries, long Price, string Currency, long? FreeFrom)[] Shipping =
    [
        ("parcel", "Parcel, 2 to 3 days", "DE AT NL BE LU FR DK CZ PL", 990, "EUR", 50000),
        ("parcel-far", "Parcel, 4 to 6 days", "SE FI ES PT IT IE", 1690, "EUR", 80000),
        ("express", "Express, next working day before noon", "DE AT NL BE LU", 2490, "EUR", null),
        ("pallet", "Pallet with tail lift", "DE AT NL BE LU FR DK CZ PL SE FI ES PT IT IE", 6900, "EUR", 250000),
        ("pickup", "Collect from our warehouse in Hamburg", "", 0, "EUR", null),
        ("parcel-ch", "Parcel in Switzerland, duty paid", "CH", 1450, "CHF", 60000),
        ("pallet-ch", "Pallet in Switzerland, duty paid", "CH", 9800, "CHF", 300000),
    ];

    /// <summary>The rows of a list for one article, dearest first. None where the list leaves the article out.</summary>
    public static IEnumerable<(int From, long Price)> PricesOf(string list, Product product)
    {
        var cents = product.Item.Cents;
        var (some, many) = cents < 1000 ? (50, 200) : cents < 5000 ? (10, 50) : (5, 20);
        return list switch
        {
            "trade-eur" => [(1, PackageFile.Share(cents, 88)), (some, PackageFile.Share(cents, 83)), (many, PackageFile.Share(cents, 78))],
            "key-eur" => [(1, PackageFile.Share(cents, 82)), (some, PackageFile.Share(cents, 75))],
            // Swiss prices end on five or zero, as Swiss coins do.
            "trade-chf" when !product.Family.NotForSwitzerland =>
                [(1, PackageFile.Share(cents, 95, 5)), (some, PackageFile.Share(cents, 89, 5)), (many, PackageFile.Share(cents, 84, 5))],
            _ => [],
        };
    }

    public static long UnitPrice(Company company, Product product, int quantity) => PricesOf(company.PriceList, product)
        .Where(row => row.From <= quantity).Select(row => row.Price).DefaultIfEmpty(product.Item.Cents).Last();
}
