using CsvHelper;
using static OnBehalf.Modules.Demo.PackageFile;
using static OnBehalf.Modules.Demo.VolumeRows;

namespace OnBehalf.Modules.Demo;

/// <summary>How many rows a volume shop has of each kind.</summary>
internal sealed record VolumeShopSize(int Companies, int Contacts, int Consumers, int Products, int Orders, int Staff)
{
    /// <summary>Customers are people: a tenth of them consumers, the others four to a company on average and at least one.</summary>
    public static VolumeShopSize Of(int customers, int products, int orders, int staff)
    {
        var consumers = customers / 10;
        var contacts = customers - consumers;
        return new(Math.Max(contacts / 4, Math.Min(contacts, 1)), contacts, consumers, products, orders, staff);
    }
}

/// <summary>
/// A shop of any size for benchmarks and trials, as a store data package written row by row. The same size gives the same bytes.
/// </summary>
internal static class VolumeShop
{
    private static readonly string[] Countries =
        ["DE", "DE", "DE", "FR", "FR", "NL", "AT", "BE", "IT", "ES", "PL", "SE", "DK", "CZ", "IE"];

    private static readonly string[] Roles = ["administrator", "purchaser", "purchaser", "approver", "purchaser", "viewer"];

    /// <param name="folder">Made when it is missing; files of the same names are overwritten.</param>
    /// <param name="size">Contacts and orders need at least one company, orders one product too.</param>
    public static void Write(string folder, VolumeShopSize size)
    {
        if ((size.Companies == 0 && size.Contacts + size.Orders > 0) || (size.Products == 0 && size.Orders > 0))
        {
            throw new ArgumentException("Contacts need a company, orders a company and a product.", nameof(size));
        }

        Directory.CreateDirectory(folder);
        WriteStaff(folder, size);
        WriteCompanies(folder, size);
        WriteContacts(folder, size);
        WriteRange(folder, size);
        WriteTerms(folder);
        WriteOrders(folder, size);
    }

    private static void WriteStaff(string folder, VolumeShopSize size)
    {
        using var staff = Create(folder, "staff.csv", "email", "first_name", "last_name", "role", "group", "commission_percent",
            "access_all_customers", "may_adjust_prices", "may_create_customers", "status");
        for (var i = 0; i < size.Staff; i++)
        {
            var chance = Chance.For(ForStaff, i);
            var (role, email) = StaffMember(i, size);
            var (first, last) = VolumeNames.Person(chance);
            var rep = role == "sales-rep";
            staff.WriteRecord(email, first, last, role, rep ? $"field-sales-{Text((i % Groups) + 1)}" : role,
                rep ? $"{Text(chance.Below(3))}.5" : "0", Text(!rep || i % 50 == 49), Text(rep || role == "supervisor"), Text(rep), "active");
        }
    }

    private static readonly string[] Segments = ["Crafts", "Industry", "Public sector", "Trade"];

    private static void WriteCompanies(string folder, VolumeShopSize size)
    {
        using var companies = Create(folder, "companies.csv", "number", "name", "parent_number", "country", "currency", "contract_number",
            "status", "price_list_code", "sales_rep_email", "segment");
        using var addresses = Create(folder, "addresses.csv", "company_number", "label", "line1", "line2", "city", "region", "postal_code",
            "country", "billing", "shipping");
        for (var i = 0; i < size.Companies; i++)
        {
            var chance = Chance.For(ForCompany, i);
            var (number, country) = (CompanyNumber(i), chance.Pick(Countries));
            var status = chance.Below(200) switch { 0 => "blocked", 1 or 2 => "on-hold", _ => "active" };

            // Every twelfth belongs to the company before it, which stands on its own.
            var parent = i % 12 == 5 ? CompanyNumber(i - 1) : "";
            companies.WriteRecord(number, VolumeNames.Company(chance, country), parent, country, "EUR",
                chance.Percent(20) ? Numbered("FC-", i + 1, 7) : "", status, PriceListOf(i), RepOf(i, size), Segments[i % Segments.Length]);
            Address(number, "Head office", chance, country, billing: true);
            if (i % 7 == 0) Address(number, "Warehouse", chance, country, billing: false);
        }

        void Address(string number, string label, Chance chance, string country, bool billing) =>
            addresses.WriteRecord(number, label, VolumeNames.Street(chance), "", VolumeNames.Place(chance), "",
                Numbered("", chance.Between(1000, 99999), 5), country, Text(billing), "true");
    }

    private static void WriteContacts(string folder, VolumeShopSize size)
    {
        using var contacts = Create(folder, "contacts.csv", "email", "title", "first_name", "last_name", "phone", "company_number", "role",
            "status", "external_id");
        var company = 0;
        for (var i = 0; i < size.Contacts; i++)
        {
            while (FirstContactOf(company + 1, size) <= i) company++;
            var (email, first, last) = Contact(i);
            contacts.WriteRecord(email, "", first, last, Numbered("+49 40 66969 ", i % 1000, 3), CompanyNumber(company),
                Roles[(i - FirstContactOf(company, size)) % Roles.Length], "active", Numbered("P", i + 1, 8));
        }
        for (var i = 0; i < size.Consumers; i++)
        {
            var (first, last) = VolumeNames.Person(Chance.For(ForConsumer, i));
            contacts.WriteRecord(Email(first, last, i, "home"), "", first, last, Numbered("+49 30 23125 ", i % 1000, 3), "", "", "active",
                Numbered("K", i + 1, 8));
        }
    }

    private static void WriteRange(string folder, VolumeShopSize size)
    {
        using var categories = Create(folder, "categories.csv", "code", "parent_code", "name");
        for (var i = 0; i < Groups; i++) categories.WriteRecord(Category(i), "", VolumeNames.Group(i));
        for (var i = Groups; i < Categories; i++) categories.WriteRecord(Category(i), Category(i % Groups), VolumeNames.Category(i - Groups));

        using var products = Create(folder, "products.csv", "sku", "name", "description", "category_code", "model", "color", "size",
            "weight_grams", "cost", "unit_price", "currency", "tax_class", "image", "status");
        using var prices = Create(folder, "prices.csv", "price_list_code", "sku", "min_quantity", "unit_price");
        for (var i = 0; i < size.Products; i++)
        {
            var (chance, sku, cents) = (Chance.For(ForProduct, i), Sku(i), BasePrice(i));
            var (name, model, color, length, text) = VolumeNames.Article(chance);
            products.WriteRecord(sku, name, text, Category(Groups + (i % (Categories - Groups))), model, color, length,
                Text(chance.Between(20, 9000)), Amount(Share(cents, 60)), Amount(cents), "EUR", "standard", "", i % 97 == 96 ? "discontinued" : "active");
            foreach (var from in new[] { 1, 10 }) prices.WriteRecord("trade", sku, Text(from), Amount(UnitPrice("trade", i, from)));
            if (!OnContract(i)) continue;
            foreach (var from in new[] { 1, 25 }) prices.WriteRecord("contract", sku, Text(from), Amount(UnitPrice("contract", i, from)));
        }
    }

    private static void WriteTerms(string folder)
    {
        using var lists = Create(folder, "price_lists.csv", "code", "name", "currency");
        lists.WriteRecord("trade", "Trade prices", "EUR");
        lists.WriteRecord("contract", "Frame contract: one article in ten", "EUR");

        using var rates = Create(folder, "tax_rates.csv", "country", "region", "tax_class", "rate");
        foreach (var country in Countries.Distinct(StringComparer.Ordinal)) rates.WriteRecord(country, "", "standard", "0.2");

        using var shipping = Create(folder, "shipping_methods.csv", "code", "name", "countries", "price", "currency", "free_from");
        shipping.WriteRecord("parcel", "Parcel", "", "9.90", "EUR", "500.00");
        shipping.WriteRecord("pallet", "Pallet", "", "69.00", "EUR", "");
    }

    private static void WriteOrders(string folder, VolumeShopSize size)
    {
        var start = new DateTime(2024, 7, 1, 6, 0, 0, DateTimeKind.Utc);
        using var orders = Create(folder, "orders.csv", "number", "company_number", "contact_email", "placed_at", "status",
            "purchase_order_number", "currency", "tax", "shipping", "sales_rep_email");
        using var lines = Create(folder, "order_lines.csv", "order_number", "sku", "quantity", "unit_price");
        for (var i = 0; i < size.Orders; i++)
        {
            var chance = Chance.For(ForOrder, i);
            var (number, company) = (Numbered("W", i + 1, 8), chance.Skewed(size.Companies));
            var employees = FirstContactOf(company + 1, size) - FirstContactOf(company, size);
            var contact = employees > 0 ? Contact(FirstContactOf(company, size) + chance.Below(employees)).Email : "";
            var goods = WriteLines(lines, number, PriceListOf(company), chance, size.Products);
            var shipping = goods >= 50000 ? 0 : 990;
            var placedAt = start.AddSeconds(i * (700L * 86400) / size.Orders);
            orders.WriteRecord(number, CompanyNumber(company), contact, Text(placedAt), "shipped",
                chance.Percent(50) ? Numbered("PO-", chance.Between(1, 999999), 6) : "", "EUR", Amount(Share(goods + shipping, 20)),
                Amount(shipping), chance.Percent(40) ? RepOf(company, size) : "");
        }
    }

    private static long WriteLines(CsvWriter lines, string order, string list, Chance chance, int products)
    {
        var goods = 0L;
        for (var left = 1 + chance.Skewed(16); left > 0; left--)
        {
            var (product, quantity) = (chance.Skewed(products), 1 + chance.Skewed(40));
            var price = UnitPrice(list, product, quantity);
            goods += price * quantity;
            lines.WriteRecord(order, Sku(product), Text(quantity), Amount(price));
        }
        return goods;
    }
}
