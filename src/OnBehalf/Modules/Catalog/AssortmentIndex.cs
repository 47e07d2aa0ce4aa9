using OnBehalf.Data;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// The SQL that keeps `assortment_product` from the entries of assortments: what went is deleted, what came or changed is written, the rest is not touched.
/// Run in the transaction of whatever changed an entry, an article or the tree of categories.
/// </summary>
public static class AssortmentIndex
{
    /// <summary>Of the transactions that change what assortments hold, the import among them.</summary>
    public const long Lock = 4_611_870_231_904_417L;

    private static readonly string PostgresLock = $"select 1 as \"Value\" from (select pg_advisory_xact_lock({Lock})) held";

    private static readonly string[] Copied = ["category_id", "status", "sort_name", "sku", "price_minor", "price_per"];

    /// <summary>Of one assortment; the statements in order.</summary>
    /// <param name="kind">Of the database.</param>
    /// <param name="assortment">SQL of its id: a parameter.</param>
    public static IReadOnlyList<string> OfAssortment(DatabaseKind kind, string assortment) =>
        [Delete(kind, $"and e.assortment_id = {assortment}", "", $"assortment_id = {assortment}"), Insert($"and e.assortment_id = {assortment}", ""), Count($"id = {assortment}")];

    /// <summary>Of one article, in all assortments.</summary>
    public static IReadOnlyList<string> OfProduct(DatabaseKind kind, string product) =>
        [Delete(kind, "", $"and p.id = {product}", $"product_id = {product}"), Insert("", $"and p.id = {product}"), Count("true")];

    private static string Wanted(string ofAssortment, string ofProduct) => $"""
        with recursive inside(assortment_id, category_id) as (
            select e.assortment_id, e.category_id from assortment_entry e where e.kind = 'category' {ofAssortment}
            union select i.assortment_id, c.id from inside i join category c on c.parent_id = i.category_id),
        wanted(assortment_id, product_id) as (
            select i.assortment_id, p.id from inside i join product p on p.category_id = i.category_id
            where not exists (select 1 from assortment_entry x where x.assortment_id = i.assortment_id and x.product_id = p.id and x.kind = 'without') {ofProduct}
            union select e.assortment_id, p.id from assortment_entry e join product p on p.id = e.product_id where e.kind = 'article' {ofAssortment} {ofProduct})
        """;

    // PostgreSQL hashes an anti join of any size, SQLite a set that it is asked to look into.
    private static string Delete(DatabaseKind kind, string ofAssortment, string ofProduct, string where)
    {
        var gone = kind == DatabaseKind.Postgres
            ? "not exists (select 1 from wanted w where w.assortment_id = assortment_product.assortment_id and w.product_id = assortment_product.product_id)"
            : "(assortment_id, product_id) not in (select w.assortment_id, w.product_id from wanted w)";
        return $"{Wanted(ofAssortment, ofProduct)} delete from assortment_product where {where} and {gone}";
    }

    private static string Insert(string ofAssortment, string ofProduct) => $"""
        insert into assortment_product (assortment_id, product_id, {string.Join(", ", Copied)})
        {Wanted(ofAssortment, ofProduct)}
        select w.assortment_id, p.id, {string.Join(", ", Copied.Select(column => "p." + column))} from wanted w join product p on p.id = w.product_id where true
        on conflict (assortment_id, product_id) do update set {string.Join(", ", Copied.Select(column => $"{column} = excluded.{column}"))}
        where {string.Join(" or ", Copied.Select(column => $"assortment_product.{column} is distinct from excluded.{column}"))}
        """;

    private static string Count(string where) =>
        $"""
        update assortment set products = (select count(*) from assortment_product a where a.assortment_id = assortment.id and a.status = 'active')
        where {where} and products <> (select count(*) from assortment_product a where a.assortment_id = assortment.id and a.status = 'active')
        """;

    /// <summary>
    /// One at a time: what an assortment holds follows from its entries, its articles and the tree, so that whoever changes one of them waits for who changes another. The import takes the
    /// same lock. SQLite has one writer and needs none. Before anything is loaded.
    /// </summary>
    internal static async Task Hold(Tx tx)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<int>(PostgresLock).ToListAsync(tx.Cancel);
        }
    }

    /// <summary>Brings one assortment up to date inside a write.</summary>
    internal static Task Refresh(Tx tx, Kernel.AssortmentId assortment) => Run(tx, OfAssortment(tx.Database.Kind, "{0}"), assortment.Value);

    /// <summary>Brings all assortments up to date about one article.</summary>
    internal static Task Refresh(Tx tx, Kernel.ProductId article) => Run(tx, OfProduct(tx.Database.Kind, "{0}"), article.Value);

    /// <summary>After many articles, or the tree of categories, have changed.</summary>
    internal static async Task RefreshAll(Tx tx)
    {
        foreach (var assortment in await tx.Db.Rows<Guid>("select id as \"Value\" from assortment").ToListAsync(tx.Cancel))
        {
            await Refresh(tx, new Kernel.AssortmentId(assortment));
        }
    }

    private static async Task Run(Tx tx, IReadOnlyList<string> statements, Guid about)
    {
        foreach (var statement in statements)
        {
            await tx.Db.Rows<int>(statement + " returning 1", about).ToListAsync(tx.Cancel);
        }
    }
}
