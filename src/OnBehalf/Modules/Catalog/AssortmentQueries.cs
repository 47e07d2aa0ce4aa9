using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>What of the catalogue is there for a caller; the rest does not exist for him.</summary>
/// <param name="Assortment">Null: all of it.</param>
/// <param name="Products">How many articles of it are sold.</param>
public readonly record struct VisibleRange(AssortmentId? Assortment, int Products)
{
    public static readonly VisibleRange All;

    public bool IsAll => Assortment is null;

    /// <summary>The condition that an article is in an assortment, as SQL; for a query that has found its few rows already.</summary>
    /// <param name="product">Column with the id of the article.</param>
    /// <param name="assortment">The parameter.</param>
    public static string Has(string product, string assortment) =>
        $"exists (select 1 from assortment_product v where v.assortment_id = {assortment} and v.product_id = {product})";
}

/// <summary>
/// The one place that decides which assortment counts for whom: that of his company, else of the nearest company above it in the tree, else of its customer group,
/// else of its country, else the one for everybody; where there is none, all articles. Nothing of it is kept in memory: what is given or taken counts for the next request.
/// </summary>
public sealed class AssortmentQueries(Database database)
{
    private const string Nearest = """
        with recursive up(id, parent_id, steps) as (
            select id, parent_id, 0 from company where id = {0}
            union all select c.id, c.parent_id, up.steps + 1 from up join company c on c.id = up.parent_id where up.steps < 50),
        given(assortment_id, company_id, kind, steps) as (
            select g.assortment_id, g.company_id, g.kind, up.steps from up join assortment_assignment g on g.company_id = up.id
            union all select g.assortment_id, null, g.kind, 500 from customer_terms t join assortment_assignment g on g.customer_group_id = t.customer_group_id where t.company_id = {0} or t.membership_id = {0}
            union all select g.assortment_id, null, g.kind, 1000 from assortment_assignment g where g.country = (select country from company where id = {0})
            union all select g.assortment_id, null, g.kind, 2000 from assortment_assignment g where g.kind = 'everybody')
        """;

    private const string OfCompany = Nearest + """

        select a.id as "Id", a.products as "Products" from given g join assortment a on a.id = g.assortment_id order by g.steps limit 1
        """;

    private const string OfEverybody = """
        select a.id as "Id", a.products as "Products" from assortment_assignment g join assortment a on a.id = g.assortment_id where g.kind = 'everybody'
        """;

    private const string Why = Nearest + """

        select a.code as "Code", a.name as "Name", g.kind as "Kind", c.name as "Giver", cast(g.steps as integer) as "Steps"
        from given g join assortment a on a.id = g.assortment_id left join company c on c.id = g.company_id order by g.steps limit 1
        """;

    private const string List = """
        select a.code as "Code", a.name as "Name", a.products as "Products", a.changed_at as "ChangedAt", a.changed_by as "ChangedBy",
            (select cast(count(*) as integer) from (select 1 from assortment_assignment g where g.assortment_id = a.id and g.kind = 'company' limit 1001) x) as "Companies",
            (select cast(count(*) as integer) from assortment_assignment g where g.assortment_id = a.id and g.kind = 'country') as "Countries",
            (select cast(count(*) as integer) from assortment_assignment g where g.assortment_id = a.id and g.kind = 'group') as "Groups",
            (select cast(count(*) as integer) from assortment_assignment g where g.assortment_id = a.id and g.kind = 'everybody') as "Everybody"
        from assortment a order by a.name, a.code limit 500
        """;

    private const string Entries = """
        select e.id as "Id", e.kind as "Kind", coalesce(c.code, p.sku) as "Code", coalesce(c.name, p.name) as "Name"
        from assortment_entry e left join category c on c.id = e.category_id left join product p on p.id = e.product_id
        where e.assortment_id = {0} order by case e.kind when 'category' then 0 when 'article' then 1 else 2 end, coalesce(c.name, p.name), coalesce(c.code, p.sku) limit 501
        """;

    private const string Assignments = """
        select g.id as "Id", g.kind as "Kind", coalesce(c.number, r.code, g.country) as "Code", coalesce(c.name, r.name) as "Name"
        from assortment_assignment g left join company c on c.id = g.company_id left join customer_group r on r.id = g.customer_group_id
        where g.assortment_id = {0} order by case g.kind when 'everybody' then 0 when 'country' then 1 when 'group' then 2 else 3 end, c.sort_name, r.name, g.country limit 501
        """;

    /// <summary>The same inside a query of somebody else, before its `select`: with it <see cref="IsThere"/> can be asked.</summary>
    /// <param name="company">The parameter with what <see cref="CompanyOf"/> gives.</param>
    public static string With(string company) =>
        Nearest.Replace("{0}", company, StringComparison.Ordinal) + ", there(assortment_id) as (select g.assortment_id from given g order by g.steps limit 1)";

    /// <summary>The condition that an article is there, as SQL.</summary>
    /// <param name="product">Column with its id.</param>
    public static string IsThere(string product) =>
        $"(not exists (select 1 from there) or exists (select 1 from there t join assortment_product v on v.assortment_id = t.assortment_id where v.product_id = {product}))";

    /// <summary>For <see cref="With"/>: the company of a caller; of a private customer his place in none, which has a customer group too.</summary>
    public static Guid CompanyOf(Caller caller) => caller.Company?.Id.Value ?? caller.Buyer?.Membership.Value ?? Guid.Empty;

    /// <summary>What is there for the caller: the buyer, in a session the one who is acted for.</summary>
    public Task<VisibleRange> Of(ShopDb db, Caller caller, CancellationToken cancel) => Of(db, CompanyOf(caller), cancel);

    private static async Task<VisibleRange> Of(ShopDb db, Guid whom, CancellationToken cancel)
    {
        var found = await (whom != Guid.Empty ? db.Rows<Found>(OfCompany, whom) : db.Rows<Found>(OfEverybody)).ToListAsync(cancel);
        return found is [var one] ? new VisibleRange(new AssortmentId(one.Id), one.Products) : VisibleRange.All;
    }

    internal async Task<IReadOnlyList<ListedAssortment>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ListedAssortment>(List).ToListAsync(cancel);
    }

    /// <summary>Which assortment a company has, and why; null when it has none, so that it sees everything.</summary>
    internal async Task<AssortmentReason?> Explain(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<AssortmentReason>(Why, company.Value).ToListAsync(cancel)).SingleOrDefault();
    }

    internal async Task<(CompanyId Id, string Name)?> Company(string number, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Known>("select id as \"Id\", name as \"Name\" from company where number = {0}", number.Trim()).ToListAsync(cancel) is [var company] ? (new CompanyId(company.Id), company.Name) : null;
    }

    internal async Task<IReadOnlyList<ShownEntry>> Groups(ShopDb db, CancellationToken cancel) =>
        await db.Rows<ShownEntry>("select id as \"Id\", 'group' as \"Kind\", code as \"Code\", name as \"Name\" from customer_group order by name, code limit 500").ToListAsync(cancel);

    internal Task<AssortmentRow?> Find(ShopDb db, string code, CancellationToken cancel) => db.Set<AssortmentRow>().SingleOrDefaultAsync(row => row.Code == code, cancel);

    internal async Task<(IReadOnlyList<ShownEntry> Entries, IReadOnlyList<ShownEntry> Assignments)> Of(AssortmentId assortment, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<ShownEntry>(Entries, assortment.Value).ToListAsync(cancel), await db.Rows<ShownEntry>(Assignments, assortment.Value).ToListAsync(cancel));
    }

    private sealed record Found(Guid Id, int Products);

    private sealed record Known(Guid Id, string Name);
}

/// <summary>An assortment in the list of the Back Office.</summary>
public sealed record ListedAssortment(
    string Code, string Name, int Products, DateTimeOffset ChangedAt, string ChangedBy, int Companies, int Countries, int Groups, int Everybody)
{
    public string Whom
    {
        get
        {
            string[] parts =
            [
                .. Everybody > 0 ? [Say("everybody else")] : Array.Empty<string>(),
                .. Countries > 0 ? [Countries == 1 ? "1 country" : $"{Countries} countries"] : Array.Empty<string>(),
                .. Groups > 0 ? [Groups == 1 ? Say("1 customer group") : Say($"{Groups} customer groups")] : Array.Empty<string>(),
                .. Companies > 0 ? [Companies == 1 ? Say("1 company") : Companies > 1000 ? Say("more than 1,000 companies") : Say($"{Companies} companies")] : Array.Empty<string>(),
            ];
            return parts.Length == 0 ? Say("nobody yet") : string.Join(", ", parts);
        }
    }
}

/// <summary>A line of an assortment: what it holds, or who has it.</summary>
public sealed record ShownEntry(Guid Id, string Kind, string? Code, string? Name);

/// <summary>The assortment of a company, and from where it comes.</summary>
public sealed record AssortmentReason(string Code, string Name, string Kind, string? Giver, int Steps)
{
    public string Because => Kind switch
    {
        "company" when Steps == 0 => Say("it is given to the company itself"),
        "company" => Say($"{Giver}, above it, has it"),
        "group" => Say("its customer group has it"),
        "country" => Say("its country has it"),
        _ => Say("everybody has it who has no other"),
    };
}
