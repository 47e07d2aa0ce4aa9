using OnBehalf.Modules.Demo;

namespace OnBehalf.Tests.Demo;

public sealed class VolumeShopTests : IDisposable
{
    private static readonly VolumeShopSize Size = VolumeShopSize.Of(customers: 3_000, products: 400, orders: 300, staff: 40);

    private readonly Package _shop = new();

    public VolumeShopTests() => VolumeShop.Write(_shop.Folder, Size);

    [Fact]
    public void The_same_size_gives_the_same_bytes()
    {
        using var second = new Package();
        VolumeShop.Write(second.Folder, Size);
        var (first, other) = (_shop.Files(), second.Files());
        Assert.Equal(first.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        Assert.All(first, file => Assert.Equal(file.Value, other[file.Key]));
    }

    [Fact]
    public void The_counts_are_what_was_asked_for_and_every_company_has_somebody()
    {
        Assert.Equal((675, 2_700, 300), (Size.Companies, Size.Contacts, Size.Consumers));
        Assert.Equal(675, _shop.Keys("companies", "number").Count);
        Assert.Equal(3_000, _shop.Keys("contacts", "email").Count);
        Assert.Equal(400, _shop.Keys("products", "sku").Count);
        Assert.Equal(300, _shop.Keys("orders", "number").Count);
        Assert.Equal(40, _shop.Keys("staff", "email").Count);
        var employees = _shop["contacts"].GroupBy(person => person["company_number"]).ToDictionary(company => company.Key, company => company.Count(), StringComparer.Ordinal);
        Assert.Equal(300, employees[""]);
        Assert.Equal(676, employees.Count);
        Assert.InRange(employees.Where(company => company.Key != "").Max(company => company.Value), 8, 16);
    }

    [Fact]
    public void Every_code_refers_to_a_row_that_is_there()
    {
        var (companies, staff, skus) = (_shop.Keys("companies", "number"), _shop.Keys("staff", "email"), _shop.Keys("products", "sku"));
        var (categories, lists) = (_shop.Keys("categories", "code"), _shop.Keys("price_lists", "code"));
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
        _shop.AssertRefers("order_lines", "order_number", _shop.Keys("orders", "number"));
        _shop.AssertRefers("order_lines", "sku", skus);
        var people = _shop["contacts"].Select(row => (row["email"], row["company_number"])).ToHashSet();
        Assert.All(_shop["orders"], order => Assert.Contains((order["contact_email"], order["company_number"]), people));
    }

    [Fact]
    public void Each_sales_rep_has_a_slice_and_every_staff_role_is_there()
    {
        var reps = _shop["staff"].Where(member => member["role"] == "sales-rep").Select(member => member["email"]).ToList();
        Assert.Equal(28, reps.Count);
        Assert.Equal(reps, _shop["companies"].Select(company => company["sales_rep_email"]).Distinct());
        Assert.Equal(5, _shop["staff"].Select(member => member["role"]).Distinct().Count());
    }

    /// <summary>A search benchmark is honest only if some three letters find many people and others few.</summary>
    [Fact]
    public void Three_letters_find_now_few_and_now_many()
    {
        var hits = _shop["contacts"].GroupBy(person => person["last_name"][..3].ToLowerInvariant()).Select(three => three.Count()).ToList();
        Assert.True(hits.Count > 60);
        Assert.True(hits.Max() > 20 * hits.Min());
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0, 0, 1)]
    [InlineData(7, 1, 3, 2)]
    public void Small_and_empty_shops_are_shops_too(int customers, int products, int orders, int staff)
    {
        using var shop = new Package();
        VolumeShop.Write(shop.Folder, VolumeShopSize.Of(customers, products, orders, staff));
        Assert.Equal(customers, shop["contacts"].Count);
        Assert.Equal(orders, shop["orders"].Count);
        Assert.Equal(staff, shop["staff"].Count);
    }

    [Fact]
    public void Orders_without_anybody_who_could_order_are_refused() =>
        Assert.Throws<ArgumentException>(() => VolumeShop.Write(_shop.Folder, VolumeShopSize.Of(customers: 0, products: 10, orders: 5, staff: 1)));

    public void Dispose() => _shop.Dispose();
}
