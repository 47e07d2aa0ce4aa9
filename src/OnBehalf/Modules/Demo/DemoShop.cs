using System.Globalization;
using System.Text;
using OnBehalf.Modules.Demo.Shop;
using static OnBehalf.Modules.Demo.PackageFile;

namespace OnBehalf.Modules.Demo;

/// <summary>A sign-in that the demo offers, and what there is to see with it.</summary>
internal sealed record SignIn(string Surface, string Role, string Name, string Email, string Try);

/// <summary>
/// The demo shop: an invented wholesaler of workshop and electrical supplies in Hamburg, written as a store data package.
/// The same day gives the same bytes.
/// </summary>
internal static class DemoShop
{
    /// <summary>Everybody's password in the demo, and nowhere else.</summary>
    public const string Password = "onbehalf-demo";

    public static readonly IReadOnlyList<SignIn> SignIns =
    [
        new("Sales Portal", "sales rep", "Karim Weiss", Cast.Karim,
            "Find Nordlicht, act for Ines Albrecht, fill her cart and place the order."),
        new("Sales Portal", "sales rep", "Bruno Keller", Cast.Bruno, "Serve the Swiss customers, at prices in francs."),
        new("Sales Portal", "telesales operator", "Tomás Ferreira", Cast.Telesales,
            "Take an order on the telephone for any customer; see only your own orders."),
        new("Sales Portal", "supervisor", "Helena Vogt", Cast.Supervisor, "See every customer and every order of the sales team."),
        new("Back Office", "support agent", "Priya Raman", Cast.Support, "See the shop as a customer sees it."),
        new("Back Office", "administrator", "Ada Brandt", Cast.Administrator, "Read the audit log: who did what, for whom."),
        new("Buyer Portal", "purchaser", "Ines Albrecht", "ines.albrecht@nordlicht.example",
            "Shop at Nordlicht's prices; see what Karim did for you."),
        new("Buyer Portal", "administrator", "Henrik Sander", "henrik.sander@nordlicht.example",
            "See everything that Nordlicht ordered; look after its addresses."),
        new("Buyer Portal", "approver", "Claudia Wendt", "claudia.wendt@nordlicht.example", "See the shop and its prices as one who may not order."),
        new("Buyer Portal", "purchaser in two companies", "Jonas Petersen", "jonas.petersen@nordlicht.example",
            "Choose the company that you buy for."),
        new("Buyer Portal", "purchaser in Switzerland", "Anna Müller", "anna.mueller@bergmann.example", "Shop in Swiss francs."),
        new("Buyer Portal", "administrator of a dealer", "Sabine Hagedorn", Cast.Sabine,
            "Account, People, End customers: act for Tischlerei Wendland, which has given her company a mandate."),
        new("Buyer Portal", "consumer", "Rosa Winter", "rosa.winter@post.example", "Shop without a company, at list prices."),
    ];

    /// <param name="folder">Made when it is missing; files of the same names are overwritten.</param>
    /// <param name="today">The day that the newest orders lie just before.</param>
    public static void Write(string folder, DateOnly today)
    {
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        var people = DemoPeople.Contacts();
        WriteRange(folder);
        WritePrices(folder);
        WriteTerms(folder);
        WriteStaff(folder);
        WriteCompanies(folder);
        WriteContacts(folder, people);
        WriteOrders(folder, new DemoOrders(people).Until(today));
    }

    private static void WriteRange(string folder)
    {
        using var categories = Create(folder, "categories.csv", "code", "parent_code", "name");
        foreach (var (code, parent, name) in DemoRange.Categories) categories.WriteRecord(code, parent, name);

        using var products = Create(folder, "products.csv", "sku", "name", "description", "category_code", "model", "color", "size",
            "weight_grams", "cost", "unit_price", "currency", "tax_class", "image", "status");
        foreach (var product in DemoRange.Products)
        {
            var (family, item) = (product.Family, product.Item);
            products.WriteRecord(product.Sku, product.Name, family.Text, family.Category, family.Model, item.Color, item.Size,
                Text(item.Grams), Amount(Share(item.Cents, 61)), Amount(item.Cents), "EUR", family.TaxClass, product.Image,
                item.Discontinued ? "discontinued" : "active");
            File.WriteAllBytes(Path.Combine(folder, "images", product.Image), Encoding.UTF8.GetBytes(product.Svg()));
        }
    }

    private static void WritePrices(string folder)
    {
        using var lists = Create(folder, "price_lists.csv", "code", "name", "currency");
        using var prices = Create(folder, "prices.csv", "price_list_code", "sku", "min_quantity", "unit_price");
        foreach (var (code, name, currency) in Terms.PriceLists)
        {
            lists.WriteRecord(code, name, currency);
            foreach (var product in DemoRange.Products)
            {
                foreach (var (from, price) in Terms.PricesOf(code, product)) prices.WriteRecord(code, product.Sku, Text(from), Amount(price));
            }
        }
    }

    private static void WriteTerms(string folder)
    {
        using var rates = Create(folder, "tax_rates.csv", "country", "region", "tax_class", "rate");
        foreach (var (country, standard, reduced) in Terms.TaxRates)
        {
            rates.WriteRecord(country, "", "standard", Rate(standard));
            rates.WriteRecord(country, "", "reduced", Rate(reduced));
        }

        using var shipping = Create(folder, "shipping_methods.csv", "code", "name", "countries", "price", "currency", "free_from");
        foreach (var (code, name, countries, price, currency, freeFrom) in Terms.Shipping)
            shipping.WriteRecord(code, name, countries, Amount(price), currency, freeFrom is { } amount ? Amount(amount) : "");

        static string Rate(int thousandths) => string.Create(CultureInfo.InvariantCulture, $"0.{thousandths:000}");
    }

    private static void WriteStaff(string folder)
    {
        using var staff = Create(folder, "staff.csv", "email", "first_name", "last_name", "role", "group", "commission_percent",
            "access_all_customers", "may_adjust_prices", "may_create_customers", "status");
        foreach (var member in Cast.Staff)
            staff.WriteRecord(member.Email, member.First, member.Last, member.Role, member.Group, member.Commission,
                Text(member.AllCustomers), Text(member.AdjustPrices), Text(member.CreateCustomers), "active");
    }

    private static void WriteCompanies(string folder)
    {
        using var companies = Create(folder, "companies.csv", "number", "name", "parent_number", "country", "currency", "contract_number",
            "status", "price_list_code", "sales_rep_email", "segment", "kind");
        using var addresses = Create(folder, "addresses.csv", "company_number", "label", "line1", "line2", "city", "region", "postal_code",
            "country", "billing", "shipping");
        foreach (var company in DemoCompanies.All)
        {
            companies.WriteRecord(company.Number, company.Name, company.Parent, company.Country, company.Currency, company.Contract,
                company.Status, company.PriceList, company.Rep, company.Segment, company.Kind);
            foreach (var site in company.Sites)
            {
                addresses.WriteRecord(company.Number, site.Label, site.Line1, site.Line2, site.City, site.Region, site.PostalCode,
                    company.Country, Text(site.Billing), Text(site.Shipping));
            }
        }
    }

    private static void WriteContacts(string folder, List<Person> people)
    {
        using var contacts = Create(folder, "contacts.csv", "email", "title", "first_name", "last_name", "phone", "company_number", "role",
            "status", "external_id");
        var countries = DemoCompanies.All.ToDictionary(company => company.Number, company => company.Country, StringComparer.Ordinal);

        // A person in two companies has one telephone and one number with us, or the second row would contradict the first.
        var known = new Dictionary<string, (string Phone, string Id)>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            if (!known.TryGetValue(person.Email, out var facts))
            {
                var phone = DemoPeople.Phone(countries.GetValueOrDefault(person.Company, ""), known.Count + 1);
                known[person.Email] = facts = (phone, Text(20001 + known.Count));
            }

            contacts.WriteRecord(person.Email, person.Title, person.First, person.Last, facts.Phone, person.Company, person.Role, "active", facts.Id);
        }
    }

    private static void WriteOrders(string folder, List<Order> history)
    {
        using var orders = Create(folder, "orders.csv", "number", "company_number", "contact_email", "placed_at", "status",
            "purchase_order_number", "currency", "tax", "shipping", "sales_rep_email");
        using var lines = Create(folder, "order_lines.csv", "order_number", "sku", "quantity", "unit_price");
        foreach (var order in history)
        {
            orders.WriteRecord(order.Number, order.Company.Number, order.Contact, Text(order.PlacedAt), "shipped",
                order.Purchase, order.Company.Currency, Amount(order.Tax), Amount(order.Shipping), order.Rep);
            foreach (var line in order.Lines) lines.WriteRecord(order.Number, line.Product.Sku, Text(line.Quantity), Amount(line.Price));
        }
    }
}
