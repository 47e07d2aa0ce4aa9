using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>What somebody who types into the search may mean: a category or an article.</summary>
/// <param name="Kind">`category` or `article`.</param>
/// <param name="Note">The number of an article; where a category lies.</param>
/// <param name="Path">Of its page, without the base of a session.</param>
public sealed record Suggestion(string Kind, string Text, string Note, string Path);

/// <summary>
/// Suggestions while somebody types: the first hits of the search that he would get, and categories of that name. So many in ten seconds as nobody types; after
/// that none, for the search itself works without.
/// </summary>
internal sealed class SuggestionsApi : IDisposable
{
    public const string Route = "/search/suggestions";

    private const int Shortest = 2;
    private const int MostArticles = 6;
    private const int MostCategories = 3;
    private const int MostRequests = 80;

    private readonly PartitionedRateLimiter<string> _limit = PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = MostRequests, Window = TimeSpan.FromSeconds(10) }));

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Route, Serve).WithMetadata(
        new AccessAttribute(Audience.Everybody, Delegation.View) { Right = Needs.CatalogView },
        new UnseenAttribute("names beside what somebody is typing; the page that he chooses is written down"));

    public void Dispose() => _limit.Dispose();

    private static async Task<IResult> Serve(
        HttpContext context, string? q, SuggestionsApi suggestions, Database database, CatalogQueries catalog, Categories categories, ProductSearch search)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        using var lease = suggestions._limit.AttemptAcquire(Who(context, caller));
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "10";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var typed = SearchText.SortName((q ?? "").Length > Shortest + 100 ? q![..100] : q ?? "");
        if (typed.Length < Shortest)
        {
            return Results.Json(Array.Empty<Suggestion>());
        }

        await using var db = database.Read();
        var range = await catalog.RangeOf(db, caller, cancel);
        var tree = await categories.Tree(range, cancel);
        var inTree = tree.Roots.SelectMany(root => root.Subtree).Select(node => (Node: node, Name: SearchText.SortName(node.Name)))
            .Where(known => known.Name.StartsWith(typed, StringComparison.Ordinal) || known.Name.Contains(' ' + typed, StringComparison.Ordinal))
            .OrderBy(known => known.Name.StartsWith(typed, StringComparison.Ordinal) ? 0 : 1).ThenBy(known => known.Name.Length).ThenBy(known => known.Name, StringComparer.Ordinal).Take(MostCategories)
            .Select(known => new Suggestion(
                "category", known.Node.Name, known.Node.Parent is { } parent ? $"in {parent.Name}" : "Category", "/category/" + Uri.EscapeDataString(known.Node.Code)));
        var found = await search.Find(db, new ShelfQuestion(caller, range, tree, ProductFilter.None, ProductSort.Relevance, null), q, cancel);
        var articles = await catalog.Names(db, [.. found.Products.Take(MostArticles)], cancel);
        return Results.Json((Suggestion[])[.. inTree, .. articles.Select(article => new Suggestion("article", article.Name, article.Sku, "/product/" + Uri.EscapeDataString(article.Sku)))]);
    }

    // A session counts by itself; of visitors a network does, as one customer of a provider has a whole /64.
    private static string Who(HttpContext context, Caller caller) =>
        caller.Session is { } session ? session.Handle
        : caller.Buyer is { } buyer ? buyer.Membership.Value.ToString("N", CultureInfo.InvariantCulture)
        : context.Connection.RemoteIpAddress switch
        {
            null => "unknown",
            { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } address => new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString(),
            var address => address.ToString(),
        };
}
