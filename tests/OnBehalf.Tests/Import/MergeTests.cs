using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Import;
using OnBehalf.Modules.Orders;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Tests.Import;

/// <summary>What becomes of good rows: defaults, changes, and what belongs together.</summary>
public sealed class MergeTests
{
    [Fact]
    public async Task Empty_cells_get_the_defaults_of_the_format()
    {
        await using var box = await Good();
        await using var db = box.Shop.Database.Read();
        var product = await db.Set<ProductRow>().SingleAsync(row => row.Sku == "L-2");
        Assert.Equal(("standard", "active", "Lamp \"two\"", "", null, null, 1), (product.TaxClass, product.Status, product.Name, product.Description, product.CostMinor, product.PictureName, product.Version));
        Assert.Equal(961_610, (await db.Set<ProductRow>().SingleAsync(row => row.Sku == "L-1")).WeightMilligrams);
        Assert.Equal([1_000, 10_000], await db.Set<PriceRow>().OrderBy(row => row.MinQuantityThousandths).Select(row => row.MinQuantityThousandths).ToListAsync());
        var germany = await db.Set<TaxRateRow>().SingleAsync(row => row.Country == "DE");
        Assert.Equal(("", 190_000), (germany.Region, germany.RateMillionths));
        var pickup = await db.Set<ShippingMethodRow>().SingleAsync(row => row.Code == "pickup");
        Assert.Equal(("", 10_000), (pickup.Countries, pickup.FreeFromMinor));
        Assert.Null((await db.Set<ShippingMethodRow>().SingleAsync(row => row.Code == "parcel")).FreeFromMinor);

        var roy = await db.Set<StaffRow>().SingleAsync(row => row.Email == "roy@seller.example");
        Assert.Equal((null, 0, true, false, "active", null), (roy.StaffGroup, roy.CommissionPercentMillionths, roy.AccessAllCustomers, roy.MayAdjustPrices, roy.Status, roy.PasswordHash));
        Assert.Equal(15_000, (await db.Set<StaffRow>().SingleAsync(row => row.Email == "rita@seller.example")).CommissionPercentMillionths);
        var baum = await db.Set<CompanyRow>().SingleAsync(row => row.Number == "C2");
        Assert.Equal((null, "EUR", CompanyStatus.OnHold, null, null), (baum.Country, baum.Currency.Code, baum.Status, baum.PriceListId, baum.SalesRepId));
        Assert.Equal(baum.Id, (await db.Set<CompanyRow>().SingleAsync(row => row.Number == "C1")).ParentId);
        var order = await db.Set<OrderRow>().SingleAsync(row => row.Number == "O-2");
        Assert.Equal(("shipped", "EUR", 0, 0, 2_100, 2_100, null), (order.Status, order.Currency.Code, order.TaxMinor, order.ShippingMinor, order.LinesMinor, order.TotalMinor, order.BuyerName));
        var lines = await db.Set<OrderRow>().Where(row => row.Number == "O-1").Join(db.Set<OrderLineRow>(), row => row.Id, line => line.OrderId, (_, line) => line).OrderBy(line => line.Position).ToListAsync();

        // 1.5 × 2.25 = 3.375 is rounded half up, once.
        Assert.Equal([(1, "L-1", 2_000L, 1_100L, 2_200L), (2, "L-1", 1_500L, 225L, 338L)], lines.Select(line => (line.Position, line.Sku, line.QuantityThousandths, line.PriceMinor, line.TotalMinor)));
        Assert.Equal("2200", await box.Shop.Scalar<string>("select cast(lines_minor - 338 as text) from orders where number = 'O-1'"));
        Assert.Equal("3503", await box.Shop.Scalar<string>("select cast(total_minor as text) from orders where number = 'O-1'"));
    }

    [Fact]
    public async Task One_person_may_stand_in_several_companies_and_a_consumer_in_none()
    {
        await using var box = await Good();
        await using var db = box.Shop.Database.Read();
        var anna = await db.Set<BuyerRow>().SingleAsync(row => row.EmailNormalized == "anna@buyer.example");
        Assert.Equal([BuyerRole.Purchaser, BuyerRole.Approver], (await db.Set<MembershipRow>().Where(row => row.BuyerId == anna.Id).ToListAsync()).Select(row => row.Role).Order());
        var kurt = await db.Set<MembershipRow>().SingleAsync(row => row.CompanyId == null);
        Assert.Equal((BuyerRole.Consumer, "active", "konsum kurt"), (kurt.Role, kurt.Status, kurt.SortName));
    }

    [Fact]
    public async Task Every_price_that_an_import_changes_is_told_with_before_and_after_and_what_is_new_with_its_list_is_not()
    {
        await using var box = await Good();
        Assert.Empty((await box.Shop.Facts()).Where(IsOfPrices));
        box["products.csv"] = SmallPackage.Products.Replace("12.50", "6.25", StringComparison.Ordinal);
        box["prices.csv"] = "price_list_code,sku,min_quantity,unit_price\ndealer,L-1,,9.00\ndealer,L-1,10,10.00\ndealer,L-2,,5.00\nnew,L-1,,1.00\n";
        box["price_lists.csv"] = SmallPackage.PriceLists + "new,New ones,EUR\n";
        box["price_list_discounts.csv"] = "price_list_code,category_code,percent\ndealer,lamps,40\nnew,lamps,50\n";
        await box.Import();
        Assert.Equal(["catalog.article-changed", "pricing.discount-changed", "pricing.price-changed", "pricing.price-changed"], (await box.Shop.Facts()).Where(IsOfPrices));
        var told = await box.Shop.Dump("audit_event");
        foreach (var part in new[]
        {
            "\"after\":\"6.25\",\"article\":\"L-1\"", "\"before\":\"12.50\"", "\"after\":\"9.00 EUR\",\"article\":\"L-1\"", "\"before\":\"11.00 EUR\"",
            "\"after\":\"5.00 EUR\",\"article\":\"L-2\"", "\"after\":\"40 %\"",
        })
        {
            Assert.Contains(part, told);
        }

        // How long a list counts, how it is called, and who has it.
        var before = (await box.Shop.Facts()).Count;
        box["price_lists.csv"] = SmallPackage.PriceLists.Replace("code,name,currency", "code,name,currency,valid_until", StringComparison.Ordinal).Replace("dealer,Dealers,EUR", "dealer,Our dealers,EUR,2031-01-01", StringComparison.Ordinal);
        box["customer_groups.csv"] = "code,name\ngold,Gold\n";
        box["price_list_groups.csv"] = "price_list_code,customer_group_code\ndealer,gold\n";
        box["price_list_companies.csv"] = "price_list_code,company_number\ndealer,C1\ndealer,C2\n";
        await box.Import();
        await box.Import();
        Assert.Equal(
            ["pricing.list-changed", "pricing.list-changed", "pricing.list-given", "pricing.list-given", "pricing.list-given"], (await box.Shop.Facts()).Skip(before).Where(IsOfPrices).Order(StringComparer.Ordinal));
        told = await box.Shop.Dump("audit_event");
        Assert.Contains("\"after\":\"Our dealers\"", told);
        Assert.Contains("\"after\":\"2031-01-01T00:00:00Z\"", told);
        Assert.Contains("\"group\":\"gold\"", told);
        Assert.Equal(1, await box.Shop.Scalar<int>("select count(*) from audit_event e join company c on c.id = e.company_id where e.name = 'pricing.list-given' and c.number = 'C2'"));

        // A thousand and more at once, and once only.
        var many = Enumerable.Range(1, 1_200).ToList();
        box["products.csv"] = SmallPackage.Products.Split("L-1")[0] + string.Concat(many.Select(i => $"M-{i},Lamp,,,lamps,,,,,,7.00,EUR,,,\n"));
        await box.Import();
        box["products.csv"] = SmallPackage.Products.Split("L-1")[0] + string.Concat(many.Select(i => $"M-{i},Lamp,,,lamps,,,,,,8.00,EUR,,,\n"));
        await box.Import();
        await box.Import();
        Assert.Equal(1 + many.Count, (await box.Shop.Facts()).Count(name => name == "catalog.article-changed"));
        Assert.Equal("catalog.article-changed", await box.Shop.Scalar<string>("select name from audit_event where about = 'article:M-7'"));

        static bool IsOfPrices(string name) => name.StartsWith("pricing.", StringComparison.Ordinal) || name == "catalog.article-changed";
    }

    [Fact]
    public async Task A_second_import_of_everything_changes_nothing()
    {
        await using var box = await Good();
        var before = await box.Dump();
        var second = await box.Import();

        Assert.True(before == await box.Dump(), "A second import has changed rows.");
        Assert.All(second.Files, file => Assert.Equal(new Merged(0, 0, file.Read), file.Merged));
    }

    [Fact]
    public async Task Only_what_differs_is_changed_and_found_by_its_new_words()
    {
        await using var box = await Good();
        box.Clear();
        box["products.csv"] = SmallPackage.Products.Replace("\nL-1,Lamp,", "\nL-1,Lantern,", StringComparison.Ordinal).Replace(",Brille,", ",Lanterne,", StringComparison.Ordinal);
        box["companies.csv"] = SmallPackage.Companies.Replace("Baum AG", "Birke AG", StringComparison.Ordinal);
        box["contacts.csv"] = SmallPackage.Contacts.Replace("Ash", "Oak", StringComparison.Ordinal);
        var report = await box.Import();

        Assert.Equal([new(0, 1, 1), new(0, 1, 1), new Merged(0, 2, 1)], report.Files.Select(file => file.Merged));
        Assert.Equal("L-1|2 L-2|1", await Text(box, "select sku || '|' || version from product order by sku"));
        Assert.Equal("Lanterne", await box.Shop.Scalar<string>("select description from product_text where language = 'fr'"));
        Assert.Equal("L-1", await Text(box, "select p.sku from product_word w join product p on p.id = w.product_id where word = 'lantern'"));
        Assert.Equal("L-2", await Text(box, "select p.sku from product_word w join product p on p.id = w.product_id where word = 'lamp'"));
        Assert.Equal("C2", await Text(box, "select c.number from customer_word w join company c on c.id = w.company_id where word = 'birke'"));
        Assert.Equal("oak anna oak anna", await Text(box, "select sort_name from membership where company_id is not null"));
        Assert.Equal(2, await box.Shop.Scalar<int>("select count(*) from customer_word where word = 'oak'"));
        Assert.Equal(0, await box.Shop.Scalar<int>("select count(*) from customer_word where word in ('ash', 'baum')"));
        Assert.Equal("birke lantern", await Text(box, "select term from search_term where term in ('baum', 'birke', 'lantern') order by term"));
    }

    [Fact]
    public async Task A_new_name_of_a_category_is_found_at_its_products()
    {
        await using var box = await Good();
        box.Clear();
        box["categories.csv"] = SmallPackage.Categories.Replace("Lamps", "Luminaires", StringComparison.Ordinal);
        await box.Import();

        Assert.Equal("L-1", await Text(box, "select p.sku from product_word w join product p on p.id = w.product_id where word = 'luminaires'"));
        Assert.Equal(0, await box.Shop.Scalar<int>("select count(*) from product_word where word = 'lamps'"));
    }

    [Fact]
    public async Task Addresses_are_a_set_by_company_and_those_that_stay_keep_their_row()
    {
        await using var box = await Good();
        var office = await box.Shop.Scalar<string>("select cast(id as text) from address where label = 'Office'");
        box.Clear();
        box["addresses.csv"] = "company_number,label,line1,city,postal_code,country,billing,shipping\nC1,Depot,Way 3,Kiel,24103,DE,,true\nC1,Office,Way 1,Kiel,24103,DE,TRUE,true\n";
        var report = await box.Import();

        Assert.Equal(new Merged(1, 0, 1, 1), report.Files.Single().Merged);
        Assert.Equal("Depot Office", await Text(box, "select label from address order by label"));
        Assert.Equal(office, await box.Shop.Scalar<string>("select cast(id as text) from address where label = 'Office'"));
    }

    [Fact]
    public async Task Lines_are_an_ordered_list_that_is_replaced_as_a_whole_and_the_total_follows()
    {
        await using var box = await Good();
        box.Clear();
        box["order_lines.csv"] = "order_number,sku,quantity,unit_price\nO-1,L-1,1.5,2.25\nO-1,L-1,2,11.00\nO-2,L-2,3,7\nO-2,L-1,1,0.50\n";
        var report = await box.Import();

        Assert.Equal(new Merged(0, 4, 0), report.Files.Single().Merged);
        Assert.Equal("O-1|1500 O-1|2000 O-2|3000 O-2|1000", await Text(box, "select o.number || '|' || l.quantity_thousandths from order_line l join orders o on o.id = l.order_id order by o.number, l.position"));
        Assert.Equal("O-1|3503|2 O-2|2150|2", await Text(box, "select number || '|' || total_minor || '|' || version from orders order by number"));

        var before = await box.Dump();
        await box.Import();
        Assert.True(before == await box.Dump(), "A second import has changed rows.");
    }

    [Fact]
    public async Task An_order_that_moves_to_another_company_is_counted_there()
    {
        await using var box = await Good();
        box.Clear();
        box["orders.csv"] = "number,company_number,placed_at\nO-1,C2,2025-04-01\n";
        await box.Import();

        Assert.Equal("C1|0 C2|2", await Text(box, "select number || '|' || order_count from company order by number"));
        Assert.Equal("Baum AG", await box.Shop.Scalar<string>("select company_name from orders where number = 'O-1'"));
        Assert.Equal("2025-04-01", await Text(box, box.Shop.Database.Kind == DatabaseKind.Postgres
            ? "select to_char(last_order_at at time zone 'UTC', 'YYYY-MM-DD') from company where number = 'C2'"
            : "select date(last_order_at / 1000000, 'unixepoch') from company where number = 'C2'"));
        Assert.Equal(0, await box.Shop.Scalar<int>("select count(*) from company where number = 'C1' and last_order_at is not null"));
    }

    [Fact]
    public async Task An_order_placed_in_the_shop_is_never_replaced()
    {
        await using var box = await Good();
        await box.Shop.Sql("update orders set is_imported = false where number = 'O-1'");
        box.Clear();
        box["orders.csv"] = "number,company_number,placed_at\nO-1,C2,2025-04-01\n";
        box["order_lines.csv"] = "order_number,sku,quantity,unit_price\nO-1,L-1,9,9\n";

        Assert.Equal(["orders.csv, line 2, number 'O-1': An order of this number was placed in the shop and cannot be replaced."], await box.Faults());
        box.Clear();
        box["order_lines.csv"] = "order_number,sku,quantity,unit_price\nO-1,L-1,9,9\n";
        Assert.Equal(["order_lines.csv, line 2, order_number 'O-1': This order was placed in the shop and cannot be replaced."], await box.Faults());
    }

    [Fact]
    public async Task A_currency_cannot_change_under_amounts_that_stay()
    {
        await using var box = await Good();
        box.Clear();
        box["price_lists.csv"] = "code,name,currency\ndealer,Dealers,CHF\n";
        box["orders.csv"] = "number,company_number,placed_at,currency\nO-2,C2,2025-03-05,USD\n";

        Assert.Equal(
            [
                "price_lists.csv, line 2, currency 'CHF': This list is kept in EUR and has prices: make a new list for another currency.",
                "orders.csv, line 2, currency 'USD': This order is kept in EUR: its lines must come with it when its currency changes.",
            ],
            await box.Faults());
        box.Clear();
        box["orders.csv"] = "number,company_number,placed_at,currency\nO-2,C2,2025-03-05,JPY\n";
        box["order_lines.csv"] = "order_number,sku,quantity,unit_price\nO-2,L-2,3,7\n";
        Assert.Equal(0, (await box.Import()).Faults);
        Assert.Equal("JPY|21", await Text(box, "select currency || '|' || total_minor from orders where number = 'O-2'"));
    }

    [Fact]
    public async Task A_circle_of_companies_is_found_across_package_and_shop()
    {
        await using var box = await Good();
        box.Clear();
        box["companies.csv"] = "number,name,parent_number\nC2,Baum AG,C1\n";

        Assert.Equal(["companies.csv, line 2, parent_number 'C1': The parents of this row lead back to itself."], await box.Faults());
    }

    [Fact]
    public async Task A_trial_password_is_for_those_who_have_none()
    {
        await using var box = await Good();
        await box.Shop.Sql("update buyer set password_hash = 'kept' where email = 'kurt@buyer.example'");
        await box.Import(password: "a trial of strength");

        Assert.Equal("kept", await box.Shop.Scalar<string>("select password_hash from buyer where email = 'kurt@buyer.example'"));
        Assert.Equal(0, await box.Shop.Scalar<int>("select count(*) from staff where password_hash is null"));
        var hash = await box.Shop.Scalar<string>("select password_hash from buyer where email = 'anna@buyer.example'");
        Assert.Equal(
            Microsoft.AspNetCore.Identity.PasswordVerificationResult.Success,
            new Microsoft.AspNetCore.Identity.PasswordHasher<object>().VerifyHashedPassword(new object(), hash, "a trial of strength"));
    }

    private static async Task<ImportBox> Good()
    {
        var box = await ImportBox.Open();
        SmallPackage.Put(box);
        Assert.Empty(await box.Faults());
        return box;
    }

    private static async Task<string> Text(ImportBox box, string sql)
    {
        await using var work = await box.Shop.Database.OpenWork();
        return string.Join(' ', await work.Rows(sql, reader => reader.GetString(0), default));
    }
}
