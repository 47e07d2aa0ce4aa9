using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>Categories and products, with their texts in other languages.</summary>
internal sealed class CatalogImport(WorkConnection work, Checks checks, FaultBook faults, CancellationToken cancel)
{
    public async Task<Merged> Categories()
    {
        var file = PackageFormat.Categories;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.RefersToParent(file, "parent_code", "category", "code");
        await faults.Reject(file, cancel);
        return await new Target(
            "category",
            "import_categories s left join category old_parent on old_parent.code = s.parent_code left join import_categories new_parent on new_parent.code = s.parent_code",
            [("code", "s.code")],
            [("parent_id", "coalesce(old_parent.id, new_parent.new_id)"), ("name", "s.name"), ("position", "s.line - 1")])
        { AtFirst = [("id", "s.new_id")] }.Merge(work, cancel);
    }

    public async Task<Merged> Products(IReadOnlyList<Column> translations, IReadOnlySet<string> header)
    {
        var file = PackageFormat.Products;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "category_code", PackageFormat.Categories, "category", "code");
        await checks.Amount(file, "unit_price", "s.currency");
        await checks.Amount(file, "cost", "s.currency");
        await checks.Fault(
            file, "image", "s.image",
            $"case when {FaultBook.IsBadPicture("s.image")} then 'Depends on this picture, which was rejected.' else 'There is no picture of this name, neither in images nor in the shop.' end",
            $"{file.Stage} s left join picture t on t.name = s.image where s.image is not null and t.name is null", $"not ({FaultBook.IsBadPicture("s.image")})");
        await checks.Fault(
            file, "max_quantity", "s.max_quantity / 1000.0", "'Less than the smallest quantity that can be ordered: whole packages, from min_quantity on.'",
            $"{file.Stage} s where s.max_quantity < s.pack_quantity or s.max_quantity < (coalesce(s.min_quantity, 0) + s.pack_quantity - 1) / s.pack_quantity * s.pack_quantity");
        await checks.Fault(
            file, "replaced_by", "s.replaced_by", "case when s.replaced_by = s.sku then 'An article does not replace itself.' else 'Sku not found, neither in products.csv nor in the shop.' end",
            $"{file.Stage} s where s.replaced_by is not null and (s.replaced_by = s.sku or not exists (select 1 from product o where o.sku = s.replaced_by) and not exists (select 1 from {file.Stage} o where o.sku = s.replaced_by))");
        await faults.Reject(file, cancel);
        var merged = await new Target(
            "product",
            """
            import_products s join import_currency c on c.code = s.currency left join category on category.code = s.category_code
            left join product old_next on old_next.sku = s.replaced_by left join import_products new_next on new_next.sku = s.replaced_by
            """,
            [("sku", "s.sku")],
            [
                ("name", "s.name"), ("description", "coalesce(s.description, '')"), ("category_id", "category.id"), ("model", "s.model"), ("color", "s.color"),
                ("size", "s.size"), ("weight_milligrams", "s.weight_grams"), ("cost_minor", "s.cost / c.divisor"), ("price_minor", "s.unit_price / c.divisor"),
                ("price_per", "cast(s.price_per as integer)"), ("currency", "s.currency"), ("tax_class", "s.tax_class"), ("picture_name", "s.image"), ("status", "s.status"),
                ("sort_name", "s.sort_name"), ("unit", "s.unit"), ("pack_thousandths", "s.pack_quantity"), ("min_thousandths", "s.min_quantity"),
                ("max_thousandths", "s.max_quantity"), ("replaced_by_id", "coalesce(old_next.id, new_next.new_id)"),
            ])
        { AtFirst = [("id", "s.new_id")], HasVersion = true, Remember = ["price_minor", "price_per", "currency"] }.With(header, ("kind", "kind", "s.kind")).Merge(work, cancel);
        foreach (var language in translations.Select(column => column.Name[^2..]).Distinct(StringComparer.Ordinal))
        {
            merged = await Translate(merged, language, Value("name_" + language), Value("description_" + language));
        }

        return merged;

        string Value(string column) => translations.Any(known => known.Name == column) ? "s." + column : "cast(null as text)";
    }

    // A product whose text in another language is all that differs has changed too.
    private async Task<Merged> Translate(Merged merged, string language, string name, string description)
    {
        var hasText = $"({name} is not null or {description} is not null)";
        await work.Run(
            $"""
            drop table if exists import_translated;
            create temp table import_translated as
            select product.id, s.sku from import_products s join product on product.sku = s.sku
            join product_text t on t.product_id = product.id and t.language = '{language}' where not {hasText};
            delete from product_text where language = '{language}' and product_id in (select id from import_translated);
            """,
            cancel);
        var texts = new Target(
            "product_text", $"import_products s join product on product.sku = s.sku where {hasText}",
            [("product_id", "product.id"), ("language", $"'{language}'")], [("name", name), ("description", description)]);
        await texts.Merge(work, cancel);
        await work.Run(
            $"insert into import_translated (id, sku) select t.id, t.sku from product t join {texts.Plan} p on p.product_id = t.id where p.change > 0", cancel);
        var alsoChanged = await work.Run(
            "update product as t set version = version + 1 from plan_product p, import_translated x where p.sku = x.sku and p.change = 0 and t.id = x.id", cancel);
        await work.Run("update plan_product set change = 1 where change = 0 and sku in (select sku from import_translated)", cancel);
        return merged with { Changed = merged.Changed + alsoChanged, Unchanged = merged.Unchanged - alsoChanged };
    }
}
