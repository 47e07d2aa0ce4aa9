using System.Collections.Concurrent;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Pricing;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Catalog;

/// <summary>An article as lists show it.</summary>
/// <param name="Prices">Null: the caller may not see prices.</param>
public sealed record ProductCard(ProductId Id, string Sku, string Name, string? Model, string? Color, string? Size, string PictureUrl, ProductPrices? Prices);

/// <summary>An article as its own page shows it.</summary>
/// <param name="Weight">Milligrams.</param>
/// <param name="IsSold">False: discontinued; it has a page and cannot be ordered.</param>
public sealed record ProductDetails(
    ProductId Id, string Sku, string Name, string Description, CategoryId? Category, string? Model, string? Color, string? Size, long? Weight, bool IsSold,
    string PictureUrl, bool HasPicture, ProductPrices? Prices)
{
    public QuantityRule Rule { get; init; } = QuantityRule.Pieces;

    /// <summary>Null: it is not counted.</summary>
    public StockLevel? Stock { get; init; }

    /// <summary>It has further pictures, or articles that go with it.</summary>
    public bool HasNeighbours { get; init; }

    /// <summary>Of a discontinued one: what is sold in its place, when that is there for the caller.</summary>
    public Successor? Successor { get; init; }
}

/// <summary>Another article of the same model.</summary>
public sealed record ProductVersion(string Sku, string Name, string? Color, string? Size);

/// <summary>A page of a list; the numbers are what to ask for to get the page after and before it.</summary>
public sealed record ProductPageOf(IReadOnlyList<ProductCard> Cards, string? After, string? Before);

/// <summary>
/// What the catalogue's pages show. A page costs one command for the articles and one for their prices, at any size of the catalogue: discontinued articles
/// are in no list, and every list walks an index.
/// </summary>
public sealed class CatalogQueries(Database database, PricingQueries pricing, AssortmentQueries assortments)
{
    private readonly ProductLists _lists = new(database);
    private readonly ConcurrentDictionary<string, string> _narrowed = [];
    private readonly ConcurrentDictionary<string, string> _whole = [];

    private readonly string _cards = $"""
        select {ProductLists.CardFields} from product p left join picture i on i.name = p.picture_name where {database.OneOf("p.id", "{0}")} and p.status = 'active' and {"{where}"}
        """;

    private readonly string _details = $"""
        select {ProductLists.CardFields}, {ProductTexts.Description("p")} as "Description", p.category_id as "Category", p.weight_milligrams as "Weight", p.status as "Status",
            {RuleColumns.Of("p")}, k.on_hand_thousandths - k.reserved_thousandths as "Available", k.back_on as "BackOn", r.sku as "SuccessorSku", {ProductTexts.Name("r")} as "SuccessorName",
            exists (select 1 from product_picture x where x.product_id = p.id) or exists (select 1 from product_related x where x.product_id = p.id) as "HasNeighbours"
        from product p left join picture i on i.name = p.picture_name
        left join stock k on k.product_id = p.id
        left join product r on r.id = p.replaced_by_id and p.status <> 'active' and r.status = 'active' and {"{successor}"}
        where p.sku in ({"{0}"}, {"{1}"}) and {"{where}"} order by case when p.sku = {"{0}"} then 0 else 1 end limit 1
        """;

    private readonly string _names = $"""select p.id as "Id", p.sku as "Sku", {ProductTexts.Name("p")} as "Name" from product p where {database.OneOf("p.id", "{0}")}""";

    private static readonly string Versions = $"""
        select p.sku as "Sku", {ProductTexts.Name("p")} as "Name", p.color as "Color", p.size as "Size" from product p
        where p.model = {"{0}"} and p.status = 'active' and p.sku <> {"{1}"} and {"{where}"} order by p.sort_name, p.sku limit 200
        """;

    /// <summary>A page of the articles of categories, or of all where none are named.</summary>
    /// <param name="after">Number of the article before the page.</param>
    /// <param name="before">Number of the article after the page; counts only without <paramref name="after"/>.</param>
    /// <param name="chosen">What it is narrowed by, where it is longer than a <see cref="ProductShelf"/>.</param>
    public async Task<ProductPageOf> List(
        ShopDb db, Caller caller, VisibleRange range, IReadOnlyCollection<CategoryId>? categories, ProductSort sort, string? after, string? before, CancellationToken cancel,
        (string Sql, object[] Arguments)? chosen = null)
    {
        var isBack = after is null && before is not null;
        var (sql, arguments) = _lists.Of(range, categories, sort, after, before, chosen);
        var lines = await db.Rows<CardLine>(sql, arguments).ToListAsync(cancel);
        var hasMore = lines.Count > ProductLists.PageSize;
        if (hasMore)
        {
            lines.RemoveAt(ProductLists.PageSize);
        }

        if (isBack)
        {
            lines.Reverse();
        }

        var cards = await Priced(db, caller, lines, cancel);
        return new ProductPageOf(
            cards,
            cards.Count > 0 && (hasMore || isBack) ? cards[^1].Sku : null,
            cards.Count > 0 && (isBack ? hasMore : after is not null) ? cards[0].Sku : null);
    }

    /// <summary>What is there for the caller; asked once for a page, and handed to everything that is read for it.</summary>
    public Task<VisibleRange> RangeOf(ShopDb db, Caller caller, CancellationToken cancel) => assortments.Of(db, caller, cancel);

    /// <summary>These articles in this order, without those that are not sold or not there for the caller.</summary>
    public async Task<IReadOnlyList<ProductCard>> Cards(ShopDb db, Caller caller, VisibleRange range, IReadOnlyList<ProductId> products, CancellationToken cancel)
    {
        if (products.Count == 0)
        {
            return [];
        }

        var lines = (await Narrowed<CardLine>(db, range, _cards, database.List(products)).ToListAsync(cancel)).ToDictionary(line => new ProductId(line.Id));
        return await Priced(db, caller, [.. products.Where(lines.ContainsKey).Select(product => lines[product])], cancel);
    }

    /// <summary>Number and name of these articles, which were found for the caller, in this order.</summary>
    internal async Task<IReadOnlyList<Successor>> Names(ShopDb db, IReadOnlyList<ProductId> products, CancellationToken cancel)
    {
        var known = products.Count == 0 ? [] : (await db.Rows<NameLine>(ProductTexts.Spoken(_names), database.List(products)).ToListAsync(cancel)).ToDictionary(line => line.Id);
        return [.. products.Where(product => known.ContainsKey(product.Value)).Select(product => known[product.Value]).Select(line => new Successor(line.Sku, line.Name))];
    }

    /// <summary>The article of a number, in upper case too, or null.</summary>
    public async Task<ProductDetails?> Find(ShopDb db, Caller caller, VisibleRange range, string sku, CancellationToken cancel)
    {
        if (await Narrowed<DetailsLine>(db, range, _details, sku, sku.ToUpperInvariant()).ToListAsync(cancel) is not [var line])
        {
            return null;
        }

        var id = new ProductId(line.Id);
        var prices = await pricing.MaySee(caller, cancel) ? (await pricing.Prices(db, caller, [id], cancel))[id] : null;
        return new ProductDetails(
            id, line.Sku, line.Name, line.Description, line.Category is { } category ? new CategoryId(category) : null, line.Model, line.Color, line.Size, line.Weight,
            line.Status == "active", Pictures.Url(line.Digest, line.Picture), line.Digest is not null, prices)
        {
            Stock = line.Available is { } left ? new StockLevel(new Quantity(left), line.BackOn) : null,
            HasNeighbours = line.HasNeighbours, Rule = line.Rule.Rule, Successor = line.SuccessorSku is { } successor ? new Successor(successor, line.SuccessorName!) : null,
        };
    }

    /// <summary>The other articles of a model, at most two hundred.</summary>
    public async Task<IReadOnlyList<ProductVersion>> VersionsOf(ShopDb db, VisibleRange range, ProductDetails product, CancellationToken cancel) =>
        product.Model is null ? [] : await Narrowed<ProductVersion>(db, range, Versions, product.Model, product.Sku).ToListAsync(cancel);

    // The text for everybody, and the one for whoever has an assortment, whose id is the last argument.
    private SqlRows<T> Narrowed<T>(ShopDb db, VisibleRange range, string sql, params object[] arguments) => range.Assortment is { } assortment
        ? db.Rows<T>(ProductTexts.Spoken(_narrowed.GetOrAdd(sql, text => text.Replace("{where}", VisibleRange.Has("p.id", $"{{{arguments.Length}}}"), StringComparison.Ordinal)
            .Replace("{successor}", VisibleRange.Has("r.id", $"{{{arguments.Length}}}"), StringComparison.Ordinal))), [.. arguments, assortment.Value])
        : db.Rows<T>(ProductTexts.Spoken(_whole.GetOrAdd(sql, text => text.Replace("{where}", "true", StringComparison.Ordinal).Replace("{successor}", "true", StringComparison.Ordinal))), arguments);

    private async Task<IReadOnlyList<ProductCard>> Priced(ShopDb db, Caller caller, List<CardLine> lines, CancellationToken cancel)
    {
        var prices = await pricing.MaySee(caller, cancel) ? await pricing.Prices(db, caller, [.. lines.Select(line => new ProductId(line.Id))], cancel) : null;
        return
        [
            .. lines.Select(line => new ProductCard(
                new ProductId(line.Id), line.Sku, line.Name, line.Model, line.Color, line.Size, Pictures.Url(line.Digest, line.Picture),
                prices?[new ProductId(line.Id)])),
        ];
    }

    private sealed record NameLine(Guid Id, string Sku, string Name);

    private sealed record CardLine(Guid Id, string Sku, string Name, string? Model, string? Color, string? Size, string? Digest, string? Picture);

    private sealed record DetailsLine(
        Guid Id, string Sku, string Name, string? Model, string? Color, string? Size, string? Digest, string? Picture, string Description, Guid? Category,
        long? Weight, string Status, RuleColumns Rule, long? Available, DateTimeOffset? BackOn, string? SuccessorSku, string? SuccessorName, bool HasNeighbours);
}
