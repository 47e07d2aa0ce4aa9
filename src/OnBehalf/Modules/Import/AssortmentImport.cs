using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;

namespace OnBehalf.Modules.Import;

/// <summary>Assortments, what they hold and who has them; and what follows for them from changed articles and categories.</summary>
internal sealed class AssortmentImport(WorkConnection work, Checks checks, FaultBook faults, DateTimeOffset now, CancellationToken cancel)
{
    public async Task<Merged> Assortments()
    {
        var file = PackageFormat.Assortments;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Fault(file, "code", "s.code", "'A code has small letters, digits and hyphens.'", $"{file.Stage} s where {IsNoCode("s.code")}");
        await faults.Reject(file, cancel);
        return await new Target("assortment", "import_assortments s", [("code", "s.code")], [("name", "s.name")])
        { AtFirst = [("id", "s.new_id"), ("products", "0"), ("changed_at", "@now"), ("changed_by", "'import'")], HasVersion = true }.Merge(work, cancel, ("now", now));
    }

    public async Task<Merged> Contents()
    {
        var file = PackageFormat.AssortmentContents;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "assortment_code", PackageFormat.Assortments, "assortment", "code");
        await Known(file, "s.kind = 'category'", PackageFormat.Categories, "category", "code", "'There is no category of this code, neither in categories.csv nor in the shop.'");
        await Known(file, "s.kind <> 'category'", PackageFormat.Products, "product", "sku", "'There is no article of this number, neither in products.csv nor in the shop.'");
        await checks.Fault(
            file, "code", "s.code", "'This article is left out on line ' || o.line || '.'",
            $"{file.Stage} s join {file.Stage} o on o.assortment_code = s.assortment_code and o.code = s.code and o.kind = 'without' where s.kind = 'article'");
        await faults.Reject(file, cancel);
        var from = $"{file.Stage} s join assortment on assortment.code = s.assortment_code";
        var categories = await new Target(
            "assortment_entry", $"{from} join category on category.code = s.code and s.kind = 'category'",
            [("assortment_id", "assortment.id"), ("category_id", "category.id")], [("kind", "'category'")])
        { AtFirst = [("id", "s.new_id")] }.Merge(work, cancel);
        var articles = await new Target(
            "assortment_entry", $"{from} join product on product.sku = s.code and s.kind <> 'category'",
            [("assortment_id", "assortment.id"), ("product_id", "product.id")], [("kind", "s.kind")])
        { AtFirst = [("id", "s.new_id")] }.Merge(work, cancel);
        return Sum(categories, articles);
    }

    public async Task<Merged> Customers()
    {
        var file = PackageFormat.AssortmentCustomers;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "assortment_code", PackageFormat.Assortments, "assortment", "code");
        await Known(file, "s.kind = 'company'", PackageFormat.Companies, "company", "number", "'There is no company of this number, neither in companies.csv nor in the shop.'");
        await Known(file, "s.kind = 'group'", PackageFormat.CustomerGroups, "customer_group", "code", "'There is no customer group of this code.'");
        await checks.Fault(
            file, "code", "s.code", "case s.kind when 'everybody' then 'Everybody has no code.' when 'country' then 'An ISO 3166 code such as DE.' else 'The number of the company, or the code of the group, is missing.' end",
            $"{file.Stage} s where (s.kind = 'everybody') <> (s.code is null) or s.kind = 'country' and s.code not in ({string.Join(", ", Country.All.Select(country => $"'{country.Code}'"))})");
        await checks.Fault(
            file, "kind", "s.kind", "'Everybody has one assortment, and there is another one on line ' || o.line || '.'",
            $"{file.Stage} s join {file.Stage} o on o.kind = 'everybody' and o.line < s.line where s.kind = 'everybody'");
        await faults.Reject(file, cancel);
        var from = $"{file.Stage} s join assortment on assortment.code = s.assortment_code";
        return Sum(
            await Give($"{from} join company on company.number = s.code and s.kind = 'company'", ("company_id", "company.id")),
            await Give($"{from} join customer_group on customer_group.code = s.code and s.kind = 'group'", ("customer_group_id", "customer_group.id")),
            await Give($"{from} where s.kind = 'country'", ("country", "s.code")),
            await Give($"{from} where s.kind = 'everybody'", ("kind", "s.kind")));
    }

    /// <summary>Brings what the lists read up to date.</summary>
    public async Task Index()
    {
        foreach (var id in await work.Rows("select id from assortment", reader => reader.GetGuid(0), cancel))
        {
            foreach (var statement in AssortmentIndex.OfAssortment(work.Kind, "@id"))
            {
                await work.Run(statement, cancel, ("id", id));
            }
        }
    }

    private async Task<Merged> Give(string from, (string Column, string Value) whom) => await new Target(
        "assortment_assignment", from, [whom], [("assortment_id", "assortment.id"), .. whom.Column == "kind" ? [] : new[] { ("kind", "s.kind") }])
    { AtFirst = [("id", "s.new_id")] }.Merge(work, cancel);

    private Task Known(PackageFile file, string which, PackageFile to, string table, string key, string reason) => checks.Fault(
        file, "code", "s.code", reason,
        $"{file.Stage} s left join {table} t on t.{key} = s.code where {which} and s.code is not null and t.{key} is null",
        own: $"not exists (select 1 from import_rejected r where r.file = {to.Number} and r.subject = s.code)");

    private string IsNoCode(string column) => work.Kind == DatabaseKind.Postgres ? $"{column} !~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'"
        : $"{column} glob '*[^a-z0-9-]*' or {column} glob '-*' or {column} glob '*-'";

    private static Merged Sum(params ReadOnlySpan<Merged> parts)
    {
        var sum = new Merged(0, 0, 0);
        foreach (var part in parts)
        {
            sum = new Merged(sum.New + part.New, sum.Changed + part.Changed, sum.Unchanged + part.Unchanged);
        }

        return sum;
    }
}
