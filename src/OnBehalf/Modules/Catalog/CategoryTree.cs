using System.Collections.Concurrent;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>A category with its place in the tree.</summary>
/// <param name="showcase">Its first article that has a picture, else its first; null when it has none of its own.</param>
public sealed class CategoryNode(CategoryId id, string code, string name, CategoryNode? parent, ProductId? showcase, string? pictureUrl)
{
    private readonly List<CategoryNode> _children = [];

    public CategoryId Id => id;

    public string Code => code;

    public string Name => name;

    public CategoryNode? Parent => parent;

    public ProductId? Showcase => showcase;

    public bool HasOwnPicture => pictureUrl is not null;

    /// <summary>A picture of its own, else of the first category below that has one.</summary>
    public string? PictureUrl => pictureUrl ?? _children.Select(child => child.PictureUrl).FirstOrDefault(url => url is not null);

    public IReadOnlyList<CategoryNode> Children => _children;

    /// <summary>From the root down to this one.</summary>
    public IReadOnlyList<CategoryNode> Path => parent is null ? [this] : [.. parent.Path, this];

    /// <summary>This one and all below it.</summary>
    public IEnumerable<CategoryNode> Subtree => _children.SelectMany(child => child.Subtree).Prepend(this);

    public bool Contains(CategoryNode? other) => other is not null && (other == this || Contains(other.Parent));

    internal void Add(CategoryNode child) => _children.Add(child);
}

/// <summary>All categories at one moment.</summary>
public sealed class CategoryTree
{
    private readonly Dictionary<string, CategoryNode> _byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<CategoryId, CategoryNode> _byId = [];

    /// <param name="lines">In the order in which they are shown.</param>
    /// <param name="onlyFilled">Without categories that neither have an article nor lead to one.</param>
    internal CategoryTree(IReadOnlyCollection<CategoryLine> lines, bool onlyFilled)
    {
        Roots = [.. Grow((onlyFilled ? Filled(lines) : lines).ToLookup(line => line.Parent), null, null)];
    }

    public IReadOnlyList<CategoryNode> Roots { get; }

    public CategoryNode? Find(string code) => _byCode.GetValueOrDefault(code);

    public CategoryNode? Find(CategoryId? id) => id is { } known ? _byId.GetValueOrDefault(known) : null;

    /// <summary>One article of each of so many categories, taken from the roots in turn, so that a first page shows all sorts of things.</summary>
    public IReadOnlyList<ProductId> Showcase(int count)
    {
        var queues = Roots.Select(root => new Queue<ProductId>(root.Subtree.OrderBy(node => node.HasOwnPicture ? 0 : 1).Select(node => node.Showcase).OfType<ProductId>())).ToList();
        var chosen = new List<ProductId>();
        while (chosen.Count < count && queues.Exists(queue => queue.Count > 0))
        {
            chosen.AddRange(queues.Where(queue => queue.Count > 0).Select(queue => queue.Dequeue()).Take(count - chosen.Count));
        }

        return chosen;
    }

    private static IEnumerable<CategoryLine> Filled(IReadOnlyCollection<CategoryLine> lines)
    {
        var byId = lines.ToDictionary(line => line.Id);
        var filled = new HashSet<Guid>();
        foreach (var line in lines.Where(line => line.First is not null))
        {
            for (var here = line; here is not null && filled.Add(here.Id); here = here.Parent is { } parent ? byId.GetValueOrDefault(parent) : null)
            {
            }
        }

        return lines.Where(line => filled.Contains(line.Id));
    }

    private List<CategoryNode> Grow(ILookup<Guid?, CategoryLine> byParent, Guid? parentId, CategoryNode? parent)
    {
        var nodes = new List<CategoryNode>();
        foreach (var line in byParent[parentId])
        {
            var picture = line.Digest is null ? null : Pictures.Url(line.Digest, line.Picture);
            var node = new CategoryNode(
                new CategoryId(line.Id), line.Code, line.Name, parent, (line.Pictured ?? line.First) is { } product ? new ProductId(product) : null, picture);
            _byCode[line.Code] = _byId[node.Id] = node;
            nodes.Add(node);
            Grow(byParent, line.Id, node).ForEach(node.Add);
        }

        return nodes;
    }
}

internal sealed record CategoryLine(Guid Id, string Code, Guid? Parent, string Name, Guid? First, Guid? Pictured, string? Picture, string? Digest);

/// <summary>
/// The category tree, read from memory: a change shows after at most five seconds. Each assortment has its own, without the categories of which it holds nothing.
/// </summary>
public sealed class Categories(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    // Trees of so many assortments at once are enough for any five seconds.
    private const int MostTrees = 200;

    private const string Whole = """
        select c.id as "Id", c.code as "Code", c.parent_id as "Parent", c.name as "Name", c.first_id as "First", p.id as "Pictured", i.name as "Picture", i.digest as "Digest"
        from (
            select c.*,
                (select q.id from product q where q.category_id = c.id and q.status = 'active' order by q.sort_name, q.sku limit 1) as first_id,
                (select x.id from (
                    select q.id, q.sort_name, q.sku, q.picture_name from product q where q.category_id = c.id and q.status = 'active'
                    order by q.sort_name, q.sku limit 24) x
                where x.picture_name is not null order by x.sort_name, x.sku limit 1) as pictured_id
            from category c) c
        left join product p on p.id = c.pictured_id
        left join picture i on i.name = p.picture_name
        order by c.position, c.name, c.code
        """;

    private static readonly string OfAssortment = Whole
        .Replace("select q.id from product q where", "select q.product_id from assortment_product q where q.assortment_id = {0} and", StringComparison.Ordinal)
        .Replace("select q.id, q.sort_name, q.sku, q.picture_name from product q where",
            "select q.product_id as id, q.sort_name, q.sku, (select o.picture_name from product o where o.id = q.product_id) as picture_name from assortment_product q where q.assortment_id = {0} and", StringComparison.Ordinal);

    private readonly ConcurrentDictionary<AssortmentId, Snapshot> _ofAssortments = [];
    private volatile Snapshot? _whole;

    public async ValueTask<CategoryTree> Tree(VisibleRange range, CancellationToken cancel)
    {
        var snapshot = range.Assortment is { } known ? _ofAssortments.GetValueOrDefault(known) : _whole;
        if (snapshot is not null && clock.GetElapsedTime(snapshot.ReadAt) <= Freshness)
        {
            return snapshot.Tree;
        }

        await using var db = database.Read();
        if (range.Assortment is not { } assortment)
        {
            return (_whole = new Snapshot(new CategoryTree(await db.Rows<CategoryLine>(Whole).ToListAsync(cancel), onlyFilled: false), clock.GetTimestamp())).Tree;
        }

        if (_ofAssortments.Count >= MostTrees)
        {
            _ofAssortments.Clear();
        }

        var lines = await db.Rows<CategoryLine>(OfAssortment, assortment.Value).ToListAsync(cancel);
        return (_ofAssortments[assortment] = new Snapshot(new CategoryTree(lines, onlyFilled: true), clock.GetTimestamp())).Tree;
    }

    /// <summary>What was changed in this process is read anew at once.</summary>
    internal void Forget()
    {
        _whole = null;
        _ofAssortments.Clear();
    }

    private sealed record Snapshot(CategoryTree Tree, long ReadAt);
}
