using OnBehalf.Catalog;
using OnBehalf.Companies;
using OnBehalf.Kernel;
using OnBehalf.Orders;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Import;

/// <summary>One of the files of a store data package.</summary>
/// <param name="Number">Its own; it says nothing about an order.</param>
/// <param name="Key">Staged columns that no two rows may share; empty where a file is a set or a list.</param>
/// <param name="Subject">Staged column that says what a row is about: by it other rows depend on a row that was rejected.</param>
internal sealed record PackageFile(int Number, string Name, string[] Key, string Subject, Column[] Columns)
{
    public string Csv => Name + ".csv";

    public string Stage => "import_" + Name;

    /// <summary>The tables that its rows end in.</summary>
    public string[] Tables { get; init; } = [];

    /// <summary>Whether columns such as `name_fr` and `description_fr` hold the texts of another language.</summary>
    public bool HasTranslations { get; init; }

    /// <summary>What is derived from a row while it is staged.</summary>
    public Derived[] Derived { get; init; } = [];
}

/// <summary>A staged column that stands in no file.</summary>
internal sealed record Derived(string Name, string Type, Func<StagedRow, object> Value)
{
    public static Derived Id(string name = "new_id") => new(name, "uuid", _ => Guid.CreateVersion7());

    public static Derived SortName(params string[] of) => new("sort_name", "text", row => SearchText.SortName(string.Join(' ', of.Select(row.Text))));

    /// <summary>Random, so that whatever ASP.NET Core Identity derives from it cannot be guessed.</summary>
    public static Derived SecurityStamp() => new("security_stamp", "text", _ => Guid.NewGuid().ToString("N"));
}

/// <summary>
/// The store data package: a folder of UTF-8 CSV files with a header row, every one of them optional, and `images/`. In the order in which they depend on
/// each other. A new column is one line here and one where its file is merged.
/// </summary>
internal static class PackageFormat
{
    public const string Images = "images";

    private static readonly string[] PersonStatus = ["active", "inactive"];

    public static readonly PackageFile Categories = new(0, "categories", ["code"], "code",
        [Column.Key("code"), Column.Reference("parent_code"), new("name", Required: true)])
    { Tables = ["category"], Derived = [Derived.Id()] };

    public static readonly PackageFile Products = new(1, "products", ["sku"], "sku",
        [
            Column.Key("sku"), new("name", Required: true, Longest: 300), new("description", CellKind.LongText, Longest: 20_000),
            Column.Reference("category_code"), new("model"), new("color"), new("size"), new("weight_grams", CellKind.Grams), new("cost", CellKind.Amount),
            new("unit_price", CellKind.Amount, Required: true), new("currency", CellKind.Currency, Required: true), new("tax_class", Default: "standard", Longest: 64),
            new("image", Longest: 255), Column.OneOf("status", "active", "active", "discontinued"),
            new("unit", Default: "piece", Longest: 20), new("pack_quantity", CellKind.Quantity, Default: "1"), new("min_quantity", CellKind.Quantity),
            new("max_quantity", CellKind.Quantity), Column.Reference("replaced_by"),
            Column.OneOf("price_per", "1", "1", "10", "100", "1000"), Column.OneOf("kind", ArticleKind.Physical, [.. ArticleKind.All.Select(kind => kind.Value)]),
        ])
    { Tables = ["product", "product_text", "product_word", "search_term"], Derived = [Derived.Id(), Derived.SortName("name")], HasTranslations = true };

    public static readonly PackageFile PriceLists = new(2, "price_lists", ["code"], "code",
        [
            Column.Key("code"), new("name", Required: true), new("currency", CellKind.Currency, Required: true),
            Column.OneOf("source", "list", [.. PriceSources.All.Select(PriceSources.Code)]), Column.Flag("for_everybody"), new("percent", CellKind.Percent),
            new("valid_from", CellKind.Time), new("valid_until", CellKind.Time),
        ])
    { Tables = ["price_list"], Derived = [Derived.Id()] };

    public static readonly PackageFile Prices = new(3, "prices", ["price_list_code", "sku", "min_quantity"], "sku",
        [
            Column.Key("price_list_code"), Column.Key("sku"), new("min_quantity", CellKind.Quantity, Default: "1"),
            new("unit_price", CellKind.Amount, Required: true),
        ])
    { Tables = ["price"] };

    public static readonly PackageFile TaxRates = new(4, "tax_rates", ["country", "region", "tax_class"], "country",
        [
            new("country", CellKind.Country, Required: true), new("region"), new("tax_class", Required: true, Longest: 64),
            new("rate", CellKind.Fraction, Required: true),
        ])
    { Tables = ["tax_rate"] };

    public static readonly PackageFile ShippingMethods = new(5, "shipping_methods", ["code"], "code",
        [
            Column.Key("code"), new("name", Required: true), new("countries", CellKind.Countries, Longest: 1_000), new("price", CellKind.Amount, Required: true),
            new("currency", CellKind.Currency, Required: true), new("free_from", CellKind.Amount), new("most_weight_grams", CellKind.Grams),
        ])
    { Tables = ["shipping_method"] };

    public static readonly PackageFile ShippingRates = new(40, "shipping_rates", ["method_code", "countries", "region", "from_weight_grams", "from_value"], "method_code",
        [
            Column.Key("method_code"), new("countries", CellKind.Countries, Longest: 1_000), new("region", Longest: TaxRateDraft.LongestRegion), new("from_weight_grams", CellKind.Grams, Default: "0"),
            new("from_value", CellKind.Amount, Default: "0"), new("price", CellKind.Amount, Required: true),
        ])
    { Tables = ["shipping_rate"] };

    public static readonly PackageFile PaymentMethods = new(41, "payment_methods", ["code"], "code",
        [
            new("code", CellKind.Word, Required: true) { Words = [.. Enum.GetValues<PaymentMethod>().Select(Data.Words.Kebab)] }, Column.Flag("is_on"), new("countries", CellKind.Countries, Longest: 1_000),
            Column.OneOf<PayingCustomers>("customers", "everybody"),
        ])
    { Tables = ["payment_method"] };

    public static readonly PackageFile Staff = new(6, "staff", ["email_normalized"], "email_normalized",
        [
            new("email", CellKind.Email, Required: true, Longest: 254), new("first_name", Required: true, Longest: 100), new("last_name", Required: true, Longest: 100),
            Column.OneOf<StaffRole>("role", null), new("group", Longest: 100), new("commission_percent", CellKind.Percent, Default: "0"),
            Column.Flag("access_all_customers"), Column.Flag("may_adjust_prices"), Column.Flag("may_create_customers"),
            Column.OneOf("status", "active", PersonStatus),
        ])
    { Tables = ["staff"], Derived = [Derived.Id(), Derived.SecurityStamp()] };

    public static readonly PackageFile Companies = new(7, "companies", ["number"], "number",
        [
            Column.Key("number"), new("name", Required: true), Column.Reference("parent_number"),
            new("kind", CellKind.Word) { Words = [.. Enum.GetValues<CompanyKind>().Select(Data.Words.Kebab)] }, new("country", CellKind.Country), new("currency", CellKind.Currency),
            new("contract_number", Longest: CompanyMaster.LongestContracts), new("external_id", Longest: 64), Column.OneOf<CompanyStatus>("status", "active"),
            Column.Reference("price_list_code"), new("sales_rep_email", CellKind.EmailReference, Longest: 254), new("segment", Longest: 64),
            new("order_email", CellKind.Email, Longest: 254), new("tax_id", CellKind.TaxId, Longest: 30), Column.Choice("language", [.. CompanyMaster.Languages.Select(language => language.Code)]),
        ])
    { Tables = ["company", "staff_assignment", "customer_word", "search_term"], Derived = [Derived.Id(), Derived.SortName("name")] };

    public static readonly PackageFile Contacts = new(8, "contacts", ["email_normalized", "company_number"], "email_normalized",
        [
            new("email", CellKind.Email, Required: true, Longest: 254), new("title", Longest: 50), new("first_name", Required: true, Longest: 100),
            new("last_name", Required: true, Longest: 100), new("phone", Longest: 50), Column.Reference("company_number"),
            new("role", CellKind.Word) { Words = [.. Enum.GetValues<BuyerRole>().Where(role => role != BuyerRole.Own).Select(Data.Words.Kebab)] },
            Column.OneOf("status", "active", PersonStatus), new("external_id", Longest: 64),
        ])
    { Tables = ["buyer", "membership", "customer_word", "search_term"], Derived = [Derived.Id(), Derived.Id("new_membership_id"), Derived.SortName("last_name", "first_name"), Derived.SecurityStamp()] };

    public static readonly PackageFile CustomerGroups = new(20, "customer_groups", ["code"], "code", [Column.Key("code"), new("name", Required: true, Longest: CustomerGroup.LongestName)])
    { Tables = ["customer_group"], Derived = [Derived.Id()] };

    public static readonly PackageFile PriceListDiscounts = new(22, "price_list_discounts", ["price_list_code", "category_code"], "price_list_code",
        [Column.Key("price_list_code"), Column.Key("category_code"), new("percent", CellKind.Percent, Required: true)])
    { Tables = ["price_list_discount"] };

    public static readonly PackageFile PriceListCompanies = new(23, "price_list_companies", ["price_list_code", "company_number"], "price_list_code",
        [Column.Key("price_list_code"), Column.Key("company_number")])
    { Tables = ["price_list_company"] };

    public static readonly PackageFile PriceListGroups = new(24, "price_list_groups", ["price_list_code", "customer_group_code"], "price_list_code",
        [Column.Key("price_list_code"), Column.Key("customer_group_code")])
    { Tables = ["price_list_group"] };

    public static readonly PackageFile CustomerTerms = new(21, "customer_terms", ["company_number", "email"], "company_number",
        [
            Column.Reference("company_number"), new("email", CellKind.EmailReference, Longest: 254), Column.Reference("customer_group_code"),
            new("exemption_number", Longest: TaxExemption.LongestNumber), new("exemption_from", CellKind.Time), new("exemption_until", CellKind.Time), Column.Flag("gross_prices"), Column.Flag("credit_approved"),
        ])
    { Tables = ["customer_terms"], Derived = [Derived.Id()] };

    public static readonly PackageFile Addresses = new(9, "addresses", [], "company_number",
        [
            Column.Key("company_number"), new("label", Longest: 100), new("line1", Required: true, Longest: PostalAddress.Longest), new("line2", Longest: PostalAddress.Longest), new("city", Required: true, Longest: PostalAddress.Longest),
            new("region", Longest: PostalAddress.Longest), new("postal_code", Longest: PostalAddress.LongestPostalCode), new("country", CellKind.Country, Required: true), Column.Flag("billing"), Column.Flag("shipping"),
        ])
    { Tables = ["address"], Derived = [Derived.Id()] };

    public static readonly PackageFile Orders = new(10, "orders", ["number"], "number",
        [
            Column.Key("number"), Column.Key("company_number"), new("contact_email", CellKind.EmailReference, Longest: 254),
            new("placed_at", CellKind.Time, Required: true), Column.OneOf("status", "shipped", OrderWords.Statuses),
            new("purchase_order_number", Longest: Payment.LongestNumber), new("currency", CellKind.Currency), new("tax", CellKind.Amount, Default: "0"),
            new("shipping", CellKind.Amount, Default: "0"), new("sales_rep_email", CellKind.EmailReference, Longest: 254),
        ])
    { Tables = ["orders", "company"], Derived = [Derived.Id()] };

    public static readonly PackageFile OrderLines = new(11, "order_lines", [], "order_number",
        [
            Column.Key("order_number"), Column.Key("sku"), new("quantity", CellKind.Quantity, Required: true), new("unit_price", CellKind.Amount, Required: true),
        ])
    { Tables = ["order_line"] };

    public static readonly PackageFile Assortments = new(30, "assortments", ["code"], "code", [Column.Key("code"), new("name", Required: true)])
    { Tables = ["assortment"], Derived = [Derived.Id()] };

    public static readonly PackageFile AssortmentContents = new(31, "assortment_contents", ["assortment_code", "kind", "code"], "code",
        [Column.Key("assortment_code"), Column.OneOf("kind", null, "category", "article", "without"), Column.Key("code")])
    { Tables = ["assortment_entry", "assortment_product"], Derived = [Derived.Id()] };

    public static readonly PackageFile AssortmentCustomers = new(32, "assortment_customers", ["kind", "code"], "code",
        [Column.Key("assortment_code"), Column.OneOf("kind", null, "company", "group", "country", "everybody"), Column.Reference("code")])
    { Tables = ["assortment_assignment"], Derived = [Derived.Id()] };

    public static readonly PackageFile Coupons = new(42, "coupons", ["code"], "code",
        [
            Column.Key("code"), new("name", Required: true, Longest: CustomerGroup.LongestName), Column.OneOf("kind", null, "percent", "amount", "free-shipping"), new("percent", CellKind.Percent),
            new("amount", CellKind.Amount), new("least", CellKind.Amount), new("currency", CellKind.Currency), Column.Reference("category_code"), Column.Reference("sku"),
            new("valid_from", CellKind.Time), new("valid_until", CellKind.Time), new("times", CellKind.Quantity), new("times_each", CellKind.Quantity), Column.Flag("combinable"),
        ])
    { Tables = ["coupon"], Derived = [Derived.Id()] };

    public static readonly PackageFile Stock = new(33, "stock", ["sku"], "sku",
        [Column.Key("sku"), new("on_hand", CellKind.Count, Required: true), new("back_on", CellKind.Time)])
    { Tables = ["stock"] };

    public static readonly PackageFile ProductPictures = new(34, "product_pictures", ["sku", "image"], "sku", [Column.Key("sku"), new("image", Required: true, Longest: 255)])
    { Tables = ["product_picture"] };

    public static readonly PackageFile RelatedProducts = new(35, "related_products", ["sku", "related_sku"], "sku", [Column.Key("sku"), Column.Key("related_sku")])
    { Tables = ["product_related"] };

    public static readonly IReadOnlyList<PackageFile> Files =
        [Categories, Products, ProductPictures, RelatedProducts, PriceLists, PriceListDiscounts, Prices, TaxRates, ShippingMethods, ShippingRates, PaymentMethods, Coupons, Staff, CustomerGroups, PriceListGroups, Companies, PriceListCompanies, Contacts, CustomerTerms, Addresses, Orders, OrderLines, Assortments, AssortmentContents, AssortmentCustomers, Stock];

    public static string CsvOf(int number) => Files.Single(file => file.Number == number).Csv;
}
