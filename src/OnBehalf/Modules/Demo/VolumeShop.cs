using System.Globalization;
using CsvHelper;

namespace OnBehalf.Modules.Demo;

/// <summary>How many rows a volume shop has of each kind.</summary>
internal sealed record VolumeShopSize(int Companies, int Contacts, int Consumers, int Products, int Orders, int Staff)
{
    /// <summary>Customers are people: a tenth of them consumers, the rest four to a company on average.</summary>
    public static VolumeShopSize Of(int customers, int products, int orders, int staff)
    {
        var contacts = customers - (customers / 10);
        return new(Math.Max(contacts / 4, Math.Min(contacts, 1)), contacts, customers / 10, products, orders, staff);
    }
}

/// <summary>A shop of any size for benchmarks and trials, as a store data package. Every row is a function of its index, so that nothing
/// is kept in memory and a row can name another one without having seen it. The same size gives the same bytes.</summary>
internal static class VolumeShop
{
    private const ulong ForCompany = 1, ForContact = 2, ForConsumer = 3, ForProduct = 4, ForOrder = 5, ForStaff = 6;
    private const int Categories = 40, Groups = 8;

    /// <summary>Most companies are small and one in sixteen is big: how many employees each of sixteen neighbours has, in sum so far.</summary>
    private static readonly int[] EmployeesBefore = [0, 1, 2, 3, 5, 7, 9, 11, 14, 17, 20, 24, 29, 35, 42, 52];

    private const int EmployeesOfSixteen = 64;

    private static readonly string[] Countries = ["DE", "DE", "DE", "FR", "FR", "NL", "AT", "BE", "IT", "ES", "PL", "SE", "DK", "CZ", "IE"];
    private static readonly string[] Roles = ["administrator", "purchaser", "purchaser", "approver", "purchaser", "viewer"];

    /// <param name="folder">Made when it is missing; files of the same names are overwritten.</param>
    public static void Write(string folder, VolumeShopSize size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size.Contacts);
        if (size.Contacts > 0 || size.Orders > 0) ArgumentOutOfRangeException.ThrowIfLessThan(size.Companies, 1, "size.Companies");
        if (size.Orders > 0) ArgumentOutOfRangeException.ThrowIfLessThan(size.Products, 1, "size.Products");
        Directory.CreateDirectory(folder);
        WriteStaff(folder, size);
        WriteCompanies(folder, size);
        WriteContacts(folder, size);
        WriteRange(folder, size);
        WriteTerms(folder);
        WriteOrders(folder, size);
    }

    public static string CompanyNumber(int company) => Numbered("C", company + 1, 7);

    private static void WriteStaff(string folder, VolumeShopSize size)
    {
        using var staff = PackageFile.Create(folder, "staff.csv", "email", "first_name", "last_name", "role", "group", "commission_percent",
            "access_all_customers", "may_adjust_prices", "may_create_customers", "status");
        for (var i = 0; i < size.Staff; i++)
        {
            var chance = Chance.For(ForStaff, i);
            var (role, email) = StaffMember(i, size);
            var (first, last) = VolumeNames.Person(chance);
            var rep = role == "sales-rep";
            staff.WriteRecord(email, first, last, role, rep ? $"field-sales-{PackageFile.Text((i % Groups) + 1)}" : role, rep ? $"{PackageFile.Text(chance.Below(3))}.5" : "0",
                PackageFile.Text(!rep || i % 50 == 49), PackageFile.Text(rep || role == "supervisor"), PackageFile.Text(rep), "active");
        }
    }

    private static void WriteCompanies(string folder, VolumeShopSize size)
    {
        using var companies = PackageFile.Create(folder, "companies.csv", "number", "name", "parent_number", "country", "currency", "contract_number", "status", "price_list_code", "sales_rep_email");
        using var addresses = PackageFile.Create(folder, "addresses.csv", "company_number", "label", "line1", "line2", "city", "region", "postal_code", "country", "billing", "shipping");
        for (var i = 0; i < size.Companies; i++)
        {
            var chance = Chance.For(ForCompany, i);
            var (number, country) = (CompanyNumber(i), chance.Pick(Countries));
            var status = chance.Below(200) switch { 0 => "blocked", 1 or 2 => "on-hold", _ => "active" };

            // Every twelfth belongs to the company before it, which stands on its own.
            var parent = i % 12 == 5 ? CompanyNumber(i - 1) : "";
            companies.WriteRecord(number, VolumeNames.Company(chance, country), parent, country, "EUR", chance.Percent(20) ? Numbered("FC-", i + 1, 7) : "",
                status, PriceList(i), Rep(i, size));
            addresses.WriteRecord(number, "Head office", VolumeNames.Street(chance), "", VolumeNames.Place(chance), "", Numbered("", chance.Between(1000, 99999), 5), country, "true", "true");
            if (i % 7 == 0) addresses.WriteRecord(number, "Warehouse", VolumeNames.Street(chance), "", VolumeNames.Place(chance), "", Numbered("", chance.Between(1000, 99999), 5), country, "false", "true");
        }
    }

    private static void WriteContacts(string folder, VolumeShopSize size)
    {
        using var contacts = PackageFile.Create(folder, "contacts.csv", "email", "title", "first_name", "last_name", "phone", "company_number", "role", "status", "external_id");
        var company = 0;
        for (var i = 0; i < size.Contacts; i++)
        {
            while (FirstContactOf(company + 1, size) <= i) company++;
            var (email, first, last) = Contact(i);
            contacts.WriteRecord(email, "", first, last, Numbered("+49 40 66969 ", i % 1000, 3), CompanyNumber(company), Roles[(i - FirstContactOf(company, size)) % Roles.Length], "active", Numbered("P", i + 1, 8));
        }
        for (var i = 0; i < size.Consumers; i++)
        {
            var (first, last) = VolumeNames.Person(Chance.For(ForConsumer, i));
            contacts.WriteRecord(Email(first, last, i, "home"), "", first, last, Numbered("+49 30 23125 ", i % 1000, 3), "", "", "active", Numbered("K", i + 1, 8));
        }
    }

    private static void WriteRange(string folder, VolumeShopSize size)
    {
        using var categories = PackageFile.Create(folder, "categories.csv", "code", "parent_code", "name");
        for (var i = 0; i < Categories; i++)
            categories.WriteRecord(Category(i), i < Groups ? "" : Category(i % Groups), i < Groups ? VolumeNames.Group(i) : VolumeNames.Category(i - Groups));

        using var products = PackageFile.Create(folder, "products.csv", "sku", "name", "description", "category_code", "model", "color", "size",
            "weight_grams", "cost", "unit_price", "currency", "tax_class", "image", "status");
        using var prices = PackageFile.Create(folder, "prices.csv", "price_list_code", "sku", "min_quantity", "unit_price");
        for (var i = 0; i < size.Products; i++)
        {
            var (chance, sku, cents) = (Chance.For(ForProduct, i), Sku(i), BasePrice(i));
            var article = VolumeNames.Article(chance);
            products.WriteRecord(sku, article.Name, article.Text, Category(Groups + (i % (Categories - Groups))), article.Model, article.Color, article.Size, PackageFile.Text(chance.Between(20, 9000)),
                PackageFile.Amount(cents * 6 / 10), PackageFile.Amount(cents), "EUR", "standard", "", i % 97 == 96 ? "discontinued" : "active");
            Price("trade", 1);
            Price("trade", 10);
            if (i % 10 != 0) continue;
            Price("contract", 1);
            Price("contract", 25);

            void Price(string list, int from) => prices.WriteRecord(list, sku, PackageFile.Text(from), PackageFile.Amount(UnitPrice(list, i, from)));
        }
    }

    private static void WriteTerms(string folder)
    {
        using var lists = PackageFile.Create(folder, "price_lists.csv", "code", "name", "currency");
        lists.WriteRecord("trade", "Trade prices", "EUR");
        lists.WriteRecord("contract", "Frame contract: one article in ten", "EUR");

        using var rates = PackageFile.Create(folder, "tax_rates.csv", "country", "region", "tax_class", "rate");
        foreach (var country in Countries.Distinct(StringComparer.Ordinal)) rates.WriteRecord(country, "", "standard", "0.2");

        using var shipping = PackageFile.Create(folder, "shipping_methods.csv", "code", "name", "countries", "price", "currency", "free_from");
        shipping.WriteRecord("parcel", "Parcel", "", "9.90", "EUR", "500.00");
        shipping.WriteRecord("pallet", "Pallet", "", "69.00", "EUR", "");
    }

    private static void WriteOrders(string folder, VolumeShopSize size)
    {
        var start = new DateTime(2024, 7, 1, 6, 0, 0, DateTimeKind.Utc);
        using var orders = PackageFile.Create(folder, "orders.csv", "number", "company_number", "contact_email", "placed_at", "status", "purchase_order_number", "currency", "tax", "shipping", "sales_rep_email");
        using var lines = PackageFile.Create(folder, "order_lines.csv", "order_number", "sku", "quantity", "unit_price");
        for (var i = 0; i < size.Orders; i++)
        {
            var chance = Chance.For(ForOrder, i);
            var (number, company) = (Numbered("W", i + 1, 8), chance.Skewed(size.Companies));
            var employees = FirstContactOf(company + 1, size) - FirstContactOf(company, size);
            var contact = employees > 0 ? Contact(FirstContactOf(company, size) + chance.Below(employees)).Email : "";
            var total = WriteLines(lines, number, PriceList(company), chance, size.Products);
            var shipping = total >= 50000 ? 0 : 990;
            var placedAt = start.AddSeconds(i * (700L * 86400) / size.Orders);
            orders.WriteRecord(number, CompanyNumber(company), contact, placedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), "shipped",
                chance.Percent(50) ? Numbered("PO-", chance.Between(1, 999999), 6) : "", "EUR", PackageFile.Amount((total + shipping + 2) / 5), PackageFile.Amount(shipping),
                chance.Percent(40) ? Rep(company, size) : "");
        }
    }

    private static long WriteLines(CsvWriter lines, string order, string list, Chance chance, int products)
    {
        var total = 0L;
        for (var line = 1 + chance.Skewed(16); line > 0; line--)
        {
            var (product, quantity) = (chance.Skewed(products), 1 + chance.Skewed(40));
            var price = UnitPrice(list, product, quantity);
            total += price * quantity;
            lines.WriteRecord(order, Sku(product), PackageFile.Text(quantity), PackageFile.Amount(price));
        }
        return total;
    }

    /// <summary>The index of the first employee of a company. Exact over all: the companies share the contacts without rest.</summary>
    private static int FirstContactOf(int company, VolumeShopSize size) => (int)(size.Contacts * Weight(company) / Weight(size.Companies));

    private static long Weight(int company) => (company / 16 * (long)EmployeesOfSixteen) + EmployeesBefore[company % 16];

    private static (string Email, string First, string Last) Contact(int i)
    {
        var (first, last) = VolumeNames.Person(Chance.For(ForContact, i));
        return (Email(first, last, i, VolumeNames.Domain(i)), first, last);
    }

    /// <summary>The number makes it unique.</summary>
    private static string Email(string first, string last, int index, string domain) =>
        $"{VolumeNames.Plain(first)}.{VolumeNames.Plain(last)}{PackageFile.Text(index + 1)}@{domain}.example";

    /// <summary>Seven of ten are sales reps, who come first; then telesales, support, supervisors and administrators.</summary>
    private static (string Role, string Email) StaffMember(int i, VolumeShopSize size)
    {
        var reps = Reps(size);
        if (i < reps) return ("sales-rep", RepEmail(i));
        var (role, name) = ((i - reps) % 10) switch
        {
            0 => ("administrator", "admin"),
            1 => ("supervisor", "supervisor"),
            2 or 5 or 8 => ("support-agent", "support"),
            _ => ("telesales-operator", "telesales"),
        };
        return (role, $"{name}{PackageFile.Text(i - reps + 1)}@volume.example");
    }

    private static int Reps(VolumeShopSize size) => (size.Staff * 7 + 9) / 10;

    private static string RepEmail(int rep) => $"rep{PackageFile.Text(rep + 1)}@volume.example";

    /// <summary>Each sales rep has a slice of neighbours.</summary>
    private static string Rep(int company, VolumeShopSize size) => size.Staff == 0 ? "" : RepEmail((int)((long)company * Reps(size) / size.Companies));

    private static string PriceList(int company) => company % 20 == 7 ? "contract" : company % 10 == 3 ? "" : "trade";

    private static long BasePrice(int product)
    {
        var chance = Chance.For(ForProduct, ~product);
        return chance.Below(3) switch { 0 => chance.Between(90, 990), 1 => chance.Between(990, 9900), _ => chance.Between(9900, 49900) };
    }

    private static long UnitPrice(string list, int product, int quantity)
    {
        var percent = list switch
        {
            "trade" => quantity < 10 ? 88 : 80,
            "contract" when product % 10 == 0 => quantity < 25 ? 75 : 70,
            _ => 100,
        };
        return ((BasePrice(product) * percent) + 50) / 100;
    }

    private static string Sku(int product) => Numbered(VolumeNames.SkuPrefix(product), product + 1, 6);

    private static string Category(int i) => Numbered("cat-", i + 1, 2);

    private static string Numbered(string prefix, int number, int digits) => prefix + number.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
