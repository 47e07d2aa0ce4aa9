using System.Runtime.CompilerServices;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>A price list in the list of them.</summary>
public sealed record ListedPrices(string Code, string Name, string Currency, string Source, bool ForEverybody, int? Off, DateTimeOffset? From, DateTimeOffset? Until)
{
    public string Word => PriceSources.Word(Words.Parse<PriceSource>(Source));

    public string? Percent => Off is { } off ? new Percentage(off).ToString() : null;
}

/// <summary>A price list with for whom it counts and what it takes off.</summary>
public sealed record PriceListHead(
    Guid Id, string Code, string Name, string Currency, string Source, bool ForEverybody, int? Off, DateTimeOffset? From, DateTimeOffset? Until, int Version);

/// <param name="IsOwn">It is the price list that the company's own data names; the page of the list does not change that.</param>
public sealed record ListedCompany(Guid Id, string Number, string Name, bool IsOwn);

public sealed record ListedDiscount(string Code, string Name, int Off)
{
    public string Percent => new Percentage(Off).ToString();
}

public sealed record ListedPrice(string Sku, string Name, long FromThousandths, long Minor, int Per)
{
    public Quantity From => new(FromThousandths);
}

/// <summary>Price lists as staff see them.</summary>
public sealed class PriceListQueries(Database database)
{
    public const int PageSize = 50;
    private const int MostCompanies = 200;
    private const int InFileAtOnce = 5_000;

    private const string Lists = """
        select code as "Code", name as "Name", currency as "Currency", source as "Source", for_everybody as "ForEverybody", percent_millionths as "Off", valid_from as "From",
            valid_until as "Until"
        from price_list where ({0} = '' or lower(code) like {0} or lower(name) like {0}) and (name, code) > ({1}, {2}) order by name, code limit 51
        """;

    private const string Head = """
        select id as "Id", code as "Code", name as "Name", currency as "Currency", source as "Source", for_everybody as "ForEverybody", percent_millionths as "Off",
            valid_from as "From", valid_until as "Until", version as "Version"
        from price_list where code = {0}
        """;

    private readonly string _companies = $"""
        select id as "Id", number as "Number", name as "Name", max(own) as "IsOwn" from (
            select c.id, c.number, c.name, 0 as own from price_list_company l join company c on c.id = l.company_id where l.price_list_id = {"{0}"}
            union all select c.id, c.number, c.name, 1 from company c where c.price_list_id = {"{0}"}) x
        group by id, number, name order by name, number limit {MostCompanies}
        """;

    private const string Groups = """
        select g.code as "Value" from price_list_group l join customer_group g on g.id = l.customer_group_id where l.price_list_id = {0} order by g.code
        """;

    private const string Discounts = """
        select c.code as "Code", c.name as "Name", d.percent_millionths as "Off"
        from price_list_discount d join category c on c.id = d.category_id where d.price_list_id = {0} order by c.name, c.code limit 500
        """;

    private const string Prices = """
        select p.sku as "Sku", p.name as "Name", t.min_quantity_thousandths as "FromThousandths", t.price_minor as "Minor", t.price_per as "Per"
        from price t join product p on p.id = t.product_id
        where t.price_list_id = {0} and ({1} = '' or p.sku = {1}) and (p.sku, t.min_quantity_thousandths) > ({2}, {3}) order by p.sku, t.min_quantity_thousandths limit {4}
        """;

    public async Task<IReadOnlyList<ListedPrices>> All(string query, string afterName, string afterCode, CancellationToken cancel)
    {
        await using var db = database.Read();
        var like = query.Length == 0 ? "" : $"%{query.ToLowerInvariant().Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)}%";
        return await db.Rows<ListedPrices>(Lists, like, afterName, afterCode).ToListAsync(cancel);
    }

    public async Task<PriceListHead?> Find(ShopDb db, string code, CancellationToken cancel) => await db.Rows<PriceListHead>(Head, code).ToListAsync(cancel) is [var head] ? head : null;

    public async Task<IReadOnlyList<ListedCompany>> CompaniesOf(ShopDb db, PriceListHead list, CancellationToken cancel) =>
        (await db.Rows<CompanyLine>(_companies, list.Id).ToListAsync(cancel)).ConvertAll(line => new ListedCompany(line.Id, line.Number, line.Name, line.IsOwn == 1));

    public async Task<IReadOnlyList<string>> GroupsOf(ShopDb db, PriceListHead list, CancellationToken cancel) => await db.Rows<string>(Groups, list.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<ListedDiscount>> DiscountsOf(ShopDb db, PriceListHead list, CancellationToken cancel) => await db.Rows<ListedDiscount>(Discounts, list.Id).ToListAsync(cancel);

    /// <summary>Prices by article number, one more than a page; of one article when it is named.</summary>
    public async Task<IReadOnlyList<ListedPrice>> PricesOf(ShopDb db, PriceListHead list, string sku, string afterSku, long afterFrom, CancellationToken cancel) =>
        await db.Rows<ListedPrice>(Prices, list.Id, sku, afterSku, afterFrom, PageSize + 1).ToListAsync(cancel);

    /// <summary>All prices of a list, for a file: some at a time, however many there are.</summary>
    public async IAsyncEnumerable<ListedPrice> AllPricesOf(ShopDb db, PriceListHead list, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (afterSku, afterFrom) = ("", 0L);
        while (true)
        {
            var some = await db.Rows<ListedPrice>(Prices, list.Id, "", afterSku, afterFrom, InFileAtOnce).ToListAsync(cancel);
            foreach (var price in some)
            {
                yield return price;
            }

            if (some.Count < InFileAtOnce)
            {
                yield break;
            }

            (afterSku, afterFrom) = (some[^1].Sku, some[^1].FromThousandths);
        }
    }

    internal static async Task<CompanyId?> CompanyOf(Tx tx, string? number) =>
        await tx.Db.Rows<Guid>("select id as \"Value\" from company where number = {0}", number?.Trim() ?? "").ToListAsync(tx.Cancel) is [var id] ? new CompanyId(id) : null;

    internal static async Task<CategoryId?> CategoryOf(Tx tx, string? code) =>
        await tx.Db.Rows<Guid>("select id as \"Value\" from category where code = {0}", code ?? "").ToListAsync(tx.Cancel) is [var id] ? new CategoryId(id) : null;

    /// <summary>The articles of these numbers, those that there are.</summary>
    internal static async Task<Dictionary<string, ProductId>> ArticlesOf(Tx tx, IEnumerable<string> numbers)
    {
        var found = new Dictionary<string, ProductId>(StringComparer.Ordinal);
        foreach (var some in numbers.Chunk(200))
        {
            var places = string.Join(", ", some.Select((_, i) => $"{{{i}}}"));
            foreach (var row in await tx.Db.Rows<ArticleLine>($"select id as \"Id\", sku as \"Sku\" from product where sku in ({places})", [.. some]).ToListAsync(tx.Cancel))
            {
                found[row.Sku] = new ProductId(row.Id);
            }
        }

        return found;
    }

    private sealed record CompanyLine(Guid Id, string Number, string Name, int IsOwn);

    private sealed record ArticleLine(Guid Id, string Sku);
}
