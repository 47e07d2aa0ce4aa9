using System.Globalization;
using System.Xml;
using OnBehalf.Modules.Demo;

namespace OnBehalf.Tests.Demo;

public sealed class DemoShopTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 3, 16);

    private readonly Package _shop = new();

    public DemoShopTests() => DemoShop.Write(_shop.Folder, Today);

    [Fact]
    public void The_same_day_gives_the_same_bytes_in_every_culture()
    {
        using var second = new Package();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // Swedish writes its minus sign differently and Arabic its numbers.
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
            DemoShop.Write(second.Folder, Today);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        var (first, other) = (_shop.Files(), second.Files());
        Assert.Equal(first.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        Assert.All(first, file => Assert.Equal(file.Value, other[file.Key]));
    }

    [Fact]
    public void Every_code_refers_to_a_row_that_is_there()
    {
        var (categories, skus, companies) = (_shop.Keys("categories", "code"), _shop.Keys("products", "sku"), _shop.Keys("companies", "number"));
        var (staff, lists, orders) = (_shop.Keys("staff", "email"), _shop.Keys("price_lists", "code"), _shop.Keys("orders", "number"));
        _shop.AssertRefers("categories", "parent_code", categories);
        _shop.AssertRefers("products", "category_code", categories);
        _shop.AssertRefers("prices", "sku", skus);
        _shop.AssertRefers("prices", "price_list_code", lists);
        _shop.AssertRefers("companies", "parent_number", companies);
        _shop.AssertRefers("companies", "price_list_code", lists);
        _shop.AssertRefers("companies", "sales_rep_email", staff);
        _shop.AssertRefers("contacts", "company_number", companies);
        _shop.AssertRefers("addresses", "company_number", companies);
        _shop.AssertRefers("orders", "company_number", companies);
        _shop.AssertRefers("orders", "sales_rep_email", staff);
        _shop.AssertRefers("order_lines", "order_number", orders);
        _shop.AssertRefers("order_lines", "sku", skus);

        var people = _shop["contacts"].Select(row => (row["email"], row["company_number"])).ToList();
        Assert.Equal(people.Count, people.Distinct().Count());
        Assert.All(_shop["orders"], order => Assert.Contains((order["contact_email"], order["company_number"]), people));
        Assert.Equal(orders, _shop["order_lines"].Select(line => line["order_number"]).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_can_be_called_or_written_to_by_accident()
    {
        Assert.All(_shop["contacts"].Concat(_shop["staff"]), person => Assert.EndsWith(".example", person["email"], StringComparison.Ordinal));
        Assert.All(_shop["contacts"].Select(person => person["phone"]).Where(phone => phone != ""), phone => Assert.Matches(
            @"^\+(49 40 66969 \d{3}|33 1 99 00 \d\d \d\d|46 8 465 004 \d\d|353 20 91\d \d{4}|45 00 .*|34 940 00 .*|352 20 00 .*|.* 000 .*)$", phone));
    }

    [Fact]
    public void Ines_and_Karim_are_there_and_belong_together()
    {
        var nordlicht = Assert.Single(_shop["companies"], company => company["name"] == "Nordlicht GmbH");
        Assert.Equal(("DE", "EUR", "active", "karim.weiss@onbehalf.example"),
            (nordlicht["country"], nordlicht["currency"], nordlicht["status"], nordlicht["sales_rep_email"]));
        var ines = Assert.Single(_shop["contacts"], person => person["email"] == "ines.albrecht@nordlicht.example");
        Assert.Equal(("Ines", "Albrecht", "purchaser", nordlicht["number"]), (ines["first_name"], ines["last_name"], ines["role"], ines["company_number"]));
        var karim = Assert.Single(_shop["staff"], member => member["email"] == "karim.weiss@onbehalf.example");
        Assert.Equal(("sales-rep", "field-sales", "false"), (karim["role"], karim["group"], karim["access_all_customers"]));
    }

    [Fact]
    public void Every_kind_of_customer_is_there()
    {
        var (companies, contacts) = (_shop["companies"], _shop["contacts"]);
        Assert.InRange(companies.Count, 20, 35);
        Assert.Equal(["active", "blocked", "on-hold"], companies.Select(company => company["status"]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["CHF", "EUR"], companies.Select(company => company["currency"]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["", "administrator", "approver", "purchaser", "viewer"], contacts.Select(person => person["role"]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(contacts, person => Assert.Equal(person["company_number"] == "", person["role"] == ""));
        Assert.Contains(contacts, person => person["company_number"] == "");

        // A tree of three generations, people in two companies, one name for two people.
        var parents = companies.ToDictionary(company => company["number"], company => company["parent_number"], StringComparer.Ordinal);
        Assert.Contains(parents, company => company.Value != "" && parents[company.Value] != "" && parents[parents[company.Value]] == "");
        var employees = contacts.Where(person => person["company_number"] != "").ToList();
        Assert.Contains(employees.GroupBy(person => person["email"]), person => person.Count() == 2);
        Assert.Contains(employees.GroupBy(person => (person["first_name"], person["last_name"])),
            name => name.Select(person => person["email"]).Distinct().Count() == 2 && name.Select(person => person["company_number"]).Distinct().Count() == 2);
        var sizes = employees.GroupBy(person => person["company_number"]).Select(company => company.Count()).ToList();
        Assert.Equal((companies.Count, 1, 12), (sizes.Count, sizes.Min(), sizes.Max()));
        Assert.All(employees.GroupBy(person => person["company_number"]), company => Assert.Contains(company, person => person["role"] == "administrator"));
        foreach (var name in new[] { "José", "Łukasz", "Zoë", "Müller", "Åsa" })
        {
            Assert.Contains(contacts, person => person["first_name"] == name || person["last_name"] == name);
        }
    }

    /// <summary>The importer takes the person from each of his rows, so the rows must agree, or a second import would change something.</summary>
    [Fact]
    public void A_person_in_two_companies_is_described_the_same_way_twice() => Assert.All(
        _shop["contacts"].GroupBy(person => person["email"]),
        person => Assert.Single(person.Select(row => (row["title"], row["first_name"], row["last_name"], row["phone"], row["external_id"])).Distinct()));

    [Fact]
    public void Every_staff_role_is_there_and_every_sign_in_that_is_printed_exists()
    {
        Assert.Equal(["administrator", "sales-rep", "supervisor", "support-agent", "telesales-operator"],
            _shop["staff"].Select(member => member["role"]).Distinct().Order(StringComparer.Ordinal));
        var staff = _shop["staff"].Select(row => (row["email"], $"{row["first_name"]} {row["last_name"]}")).ToHashSet();
        var buyers = _shop["contacts"].Select(row => (row["email"], $"{row["first_name"]} {row["last_name"]}")).ToHashSet();
        Assert.All(DemoShop.SignIns, one => Assert.Contains((one.Email, one.Name), one.Surface == "Buyer Portal" ? buyers : staff));
        Assert.Equal(["Back Office", "Buyer Portal", "Sales Portal"], DemoShop.SignIns.Select(one => one.Surface).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_picture_belongs_to_a_product_and_is_a_plain_drawing()
    {
        var pictures = _shop["products"].Select(product => (product["image"], product["name"])).ToList();
        Assert.Equal(pictures.Select(picture => picture.Item1).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(_shop.Folder, "images")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string[] allowed = ["svg", "title", "g", "rect", "circle", "ellipse", "path", "text"];
        foreach (var (file, name) in pictures)
        {
            var svg = new XmlDocument { XmlResolver = null };
            svg.Load(Path.Combine(_shop.Folder, "images", file));
            var elements = svg.GetElementsByTagName("*").Cast<XmlElement>().ToList();
            Assert.All(elements, element => Assert.Contains(element.Name, allowed));
            Assert.All(elements.SelectMany(element => element.Attributes.Cast<XmlAttribute>()), attribute =>
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name.Contains("href", StringComparison.Ordinal), attribute.Name);
                Assert.DoesNotContain("url(", attribute.Value, StringComparison.Ordinal);
            });
            Assert.Equal("0 0 400 400", svg.DocumentElement!.GetAttribute("viewBox"));
            Assert.Equal(name, svg.DocumentElement["title"]!.InnerText);
        }
    }

    [Fact]
    public void Prices_fall_with_the_quantity_and_stay_above_the_cost()
    {
        var products = _shop["products"].ToDictionary(product => product["sku"], StringComparer.Ordinal);
        Assert.InRange(products.Count, 100, 160);
        Assert.All(products.Values, product => Assert.True(Amount(product["cost"]) < Amount(product["unit_price"])));
        foreach (var ladder in _shop["prices"].GroupBy(price => (price["price_list_code"], price["sku"])))
        {
            var steps = ladder.Select(price => (From: int.Parse(price["min_quantity"], CultureInfo.InvariantCulture), Price: Amount(price["unit_price"]))).ToList();
            Assert.Equal(1, steps[0].From);
            Assert.True(steps.Count > 1);
            Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.True(pair.First.From < pair.Second.From && pair.First.Price > pair.Second.Price));
            Assert.All(steps, step => Assert.True(step.Price > Amount(products[ladder.Key.Item2]["cost"])));
        }
    }

    [Fact]
    public void Orders_end_before_today_and_cost_what_the_customers_price_list_says()
    {
        var companies = _shop["companies"].ToDictionary(company => company["number"], StringComparer.Ordinal);
        var products = _shop["products"].ToDictionary(product => product["sku"], StringComparer.Ordinal);
        var prices = _shop["prices"].ToLookup(price => (price["price_list_code"], price["sku"]));
        var lines = _shop["order_lines"].ToLookup(line => line["order_number"]);
        var moments = _shop["orders"].Select(order => DateTime.Parse(order["placed_at"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)).ToList();
        Assert.InRange(moments.Count, 55, 70);
        Assert.Equal(moments.Order(), moments);
        Assert.True(moments[^1] < Today.ToDateTime(TimeOnly.MinValue) && moments[^1] > Today.AddDays(-7).ToDateTime(TimeOnly.MinValue));
        foreach (var order in _shop["orders"])
        {
            var company = companies[order["company_number"]];
            Assert.Equal(company["currency"], order["currency"]);
            Assert.All(lines[order["number"]], line =>
            {
                var quantity = int.Parse(line["quantity"], CultureInfo.InvariantCulture);
                var listed = prices[(company["price_list_code"], line["sku"])].LastOrDefault(price => int.Parse(price["min_quantity"], CultureInfo.InvariantCulture) <= quantity);
                Assert.Equal(listed?["unit_price"] ?? products[line["sku"]]["unit_price"], line["unit_price"]);
            });
        }
    }

    public void Dispose() => _shop.Dispose();

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
