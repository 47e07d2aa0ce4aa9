using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>Price lists and their prices, tax rates, shipping methods.</summary>
internal sealed class PriceImport(WorkConnection work, Checks checks, FaultBook faults, CancellationToken cancel)
{
    public async Task<Merged> PriceLists()
    {
        var file = PackageFormat.PriceLists;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Fault(
            file, "currency", "s.currency", "'This list is kept in ' || t.currency || ' and has prices: make a new list for another currency.'",
            $"{file.Stage} s join price_list t on t.code = s.code where t.currency <> s.currency and exists (select 1 from price where price.price_list_id = t.id)");
        await faults.Reject(file, cancel);
        return await new Target("price_list", "import_price_lists s", [("code", "s.code")], [
            ("name", "s.name"), ("currency", "s.currency"), ("source", "s.source"), ("for_everybody", "s.for_everybody"), ("percent_millionths", "s.percent"),
            ("valid_from", "s.valid_from"), ("valid_until", "s.valid_until"),
        ])
        { AtFirst = [("id", "s.new_id")], HasVersion = true, Remember = ["percent_millionths", "for_everybody", "source", "name", "currency", "valid_from", "valid_until"] }.Merge(work, cancel);
    }

    public async Task<Merged> Discounts()
    {
        var file = PackageFormat.PriceListDiscounts;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "price_list_code", PackageFormat.PriceLists, "price_list", "code");
        await checks.Refers(file, "category_code", PackageFormat.Categories, "category", "code");
        await faults.Reject(file, cancel);
        return await new Target(
            "price_list_discount", $"{file.Stage} s join price_list l on l.code = s.price_list_code join category on category.code = s.category_code",
            [("price_list_id", "l.id"), ("category_id", "category.id")], [("percent_millionths", "s.percent")])
        { Remember = ["percent_millionths"] }.Merge(work, cancel);
    }

    /// <summary>For which companies, or groups, lists count.</summary>
    public async Task<Merged> ListsOf(PackageFile file, string table, string key, string column)
    {
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "price_list_code", PackageFormat.PriceLists, "price_list", "code");
        await checks.Refers(file, column, table == "company" ? PackageFormat.Companies : PackageFormat.CustomerGroups, table, key);
        await faults.Reject(file, cancel);
        return await new Target(
            file.Tables[0], $"{file.Stage} s join price_list l on l.code = s.price_list_code join {table} w on w.{key} = s.{column}",
            [("price_list_id", "l.id"), (table + "_id", "w.id")], []).Merge(work, cancel);
    }

    public async Task<Merged> Prices()
    {
        var file = PackageFormat.Prices;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "price_list_code", PackageFormat.PriceLists, "price_list", "code");
        await checks.Refers(file, "sku", PackageFormat.Products, "product", "sku");
        await checks.Amount(file, "unit_price", "l.currency", "join price_list l on l.code = s.price_list_code");
        await faults.Reject(file, cancel);
        return await new Target(
            "price",
            "import_prices s join price_list l on l.code = s.price_list_code join product on product.sku = s.sku join import_currency c on c.code = l.currency",
            [("price_list_id", "l.id"), ("product_id", "product.id"), ("min_quantity_thousandths", "s.min_quantity")],
            [("price_minor", "s.unit_price / c.divisor"), ("price_per", "1")])
        { Remember = ["price_minor", "price_per"] }.Merge(work, cancel);
    }

    public async Task<Merged> TaxRates()
    {
        var file = PackageFormat.TaxRates;
        await checks.NoTwoRowsShareTheKey(file);
        await faults.Reject(file, cancel);
        return await new Target(
            "tax_rate", "import_tax_rates s",
            [("country", "s.country"), ("region", "coalesce(s.region, '')"), ("tax_class", "s.tax_class")], [("rate_millionths", "s.rate")]).Merge(work, cancel);
    }

    public async Task<Merged> ShippingMethods(IReadOnlySet<string> header)
    {
        var file = PackageFormat.ShippingMethods;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Amount(file, "price", "s.currency");
        await checks.Amount(file, "free_from", "s.currency");
        await faults.Reject(file, cancel);
        return await new Target(
            "shipping_method", "import_shipping_methods s join import_currency c on c.code = s.currency",
            [("code", "s.code")],
            [
                ("name", "s.name"), ("price_minor", "s.price / c.divisor"), ("currency", "s.currency"),

                // A sum in another currency does not stay.
                ("free_from_minor", header.Contains("free_from") ? "s.free_from / c.divisor" : "(select k.free_from_minor from shipping_method k where k.code = s.code and k.currency = s.currency)"),
            ]).With(header, ("countries", "countries", "coalesce(s.countries, '')"), ("most_weight_grams", "most_milligrams", "s.most_weight_grams")).Merge(work, cancel);
    }

    public async Task<Merged> ShippingRates()
    {
        var file = PackageFormat.ShippingRates;
        const string method = "join shipping_method m on m.code = s.method_code";
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "method_code", PackageFormat.ShippingMethods, "shipping_method", "code");
        await checks.Amount(file, "from_value", "m.currency", method);
        await checks.Amount(file, "price", "m.currency", method);
        await checks.Fault(
            file, "region", "s.region", "'A region is one of exactly one country.'", $"{file.Stage} s where s.region is not null and (s.countries is null or length(s.countries) <> 2)");
        await faults.Reject(file, cancel);
        return await new Target(
            "shipping_rate", $"{file.Stage} s {method} join import_currency c on c.code = m.currency",
            [
                ("method_code", "s.method_code"), ("countries", "coalesce(s.countries, '')"), ("region", "coalesce(s.region, '')"), ("from_milligrams", "s.from_weight_grams"),
                ("from_minor", "s.from_value / c.divisor"),
            ],
            [("price_minor", "s.price / c.divisor")]).Merge(work, cancel);
    }

    public async Task<Merged> Coupons(IReadOnlySet<string> header)
    {
        var file = PackageFormat.Coupons;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "category_code", PackageFormat.Categories, "category", "code");
        await checks.Refers(file, "sku", PackageFormat.Products, "product", "sku");
        await checks.Amount(file, "amount", "s.currency");
        await checks.Amount(file, "least", "s.currency");
        foreach (var (column, reason, wrong) in new[]
        {
            ("code", "Capital letters and digits without blanks, at most 64.", "s.code <> upper(s.code) or s.code like '% %' or s.code like '%,%' or s.code like '%;%' or length(s.code) > 64"),
            ("kind", "A coupon of percent needs percent, one of amount needs amount, and no other.", "(s.kind = 'percent') <> (s.percent is not null) or (s.kind = 'amount') <> (s.amount is not null)"),
            ("currency", "A sum needs its currency.", "(s.amount is not null or s.least is not null) and s.currency is null"),
            ("sku", "Either a category or an article.", "s.sku is not null and s.category_code is not null"),
            ("times", "A whole number.", "s.times % 1000 <> 0"), ("times_each", "A whole number.", "s.times_each % 1000 <> 0"),
        })
        {
            await checks.Fault(file, column, "''", $"'{reason}'", $"{file.Stage} s where ({wrong})");
        }

        await checks.Fault(
            file, "code", "s.code", "'What a coupon gives cannot be changed once it is out: take another code.'",
            $"""
            {file.Stage} s join coupon k on k.code = s.code left join import_currency c on c.code = s.currency left join category g on g.code = s.category_code left join product p on p.sku = s.sku
            where k.kind <> s.kind or k.percent_millionths is distinct from s.percent or k.amount_minor is distinct from s.amount / c.divisor or k.least_minor is distinct from s.least / c.divisor
                or k.category_id is distinct from g.id or k.product_id is distinct from p.id or k.name <> s.name
                {(header.Contains("currency") ? "or k.currency is distinct from s.currency" : "")} {(header.Contains("combinable") ? "or k.is_combinable <> s.combinable" : "")}
            """);
        await faults.Reject(file, cancel);
        return await new Target(
            "coupon",
            $"{file.Stage} s left join import_currency c on c.code = s.currency left join category g on g.code = s.category_code left join product p on p.sku = s.sku",
            [("code", "s.code")],
            [])
        {
            AtFirst =
            [
                ("id", "s.new_id"), ("name", "s.name"), ("kind", "s.kind"), ("percent_millionths", "s.percent"), ("amount_minor", "s.amount / c.divisor"), ("least_minor", "s.least / c.divisor"),
                ("currency", "s.currency"), ("category_id", "g.id"), ("product_id", "p.id"), ("is_combinable", "s.combinable"), ("used", "0"),
            ],
            HasVersion = true,
        }.With(
            header, ("valid_from", "valid_from", "s.valid_from"), ("valid_until", "valid_until", "s.valid_until"), ("times", "times", "cast(s.times / 1000 as integer)"),
            ("times_each", "times_each", "cast(s.times_each / 1000 as integer)")).Merge(work, cancel);
    }

    public async Task<Merged> PaymentMethods(IReadOnlySet<string> header)
    {
        var file = PackageFormat.PaymentMethods;
        await checks.NoTwoRowsShareTheKey(file);
        await faults.Reject(file, cancel);
        return await new Target(
            "payment_method", $"{file.Stage} s", [("code", "s.code")], [])
            .With(header, ("is_on", "is_on", "s.is_on"), ("countries", "countries", "coalesce(s.countries, '')"), ("customers", "customers", "s.customers")).Merge(work, cancel);
    }
}
