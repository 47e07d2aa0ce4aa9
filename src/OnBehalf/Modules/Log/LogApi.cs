using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>
/// The log for those who check it, under the paths of c2sp.org/tlog-tiles. Checkpoint, hashes and keys say nothing about anybody and are for everybody; the entries
/// hold codes, amounts and references, and are for readers of the log, for who has an auditor's token, or for everybody if the shop wants that.
/// </summary>
internal static class LogApi
{
    private const string Forever = "public, max-age=31536000, immutable";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var everybody = new AccessAttribute(Audience.Everybody, Delegation.Deny);
        (string Path, Delegate Answer)[] files =
            [("/log/checkpoint", Checkpoint), ("/log/keys", Keys), ("/log/tile/{level:int}/{**path}", Hashes), ("/log/tile/entries/{**path}", Entries)];
        foreach (var (path, answer) in files)
        {
            routes.MapGet(path, answer).WithMetadata(everybody)
                .AddEndpointFilter((context, next) => context.HttpContext.RequestServices.GetRequiredService<LogLimit>().Admit(context, next));
        }
    }

    private static async Task<IResult> Checkpoint(HttpContext context, LogQueries log, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "public, no-cache";
        return await log.Checkpoint(cancel) is { } checkpoint ? Results.Text(checkpoint.Note) : Results.NotFound();
    }

    // All that ever signed, each on a line, oldest first: what an auditor compares with the key that he was given by another way.
    private static async Task<IResult> Keys(LogQueries log, CancellationToken cancel) => Results.Text(string.Concat((await log.Keys(cancel)).Select(key => key + "\n")));

    private static async Task<IResult> Hashes(int level, HttpContext context, LogQueries log, LogTiles tiles, CancellationToken cancel) =>
        TileCoordinate.TryParse(context.Request.Path.Value!["/log/".Length..], out var tile) && tile.Level == level
            ? await Tile(tile, context, log, tiles, cancel) : Results.NotFound();

    private static async Task<IResult> Entries(HttpContext context, LogQueries log, LogTiles tiles, LogAccess access, ShopSettings settings, CancellationToken cancel)
    {
        // A mirror asks for thousands: what is cheapest is asked first.
        if (!context.Caller().May(Right.AuditRead) && !await access.Opens(Bearer(context.Request), cancel) && !await settings.IsOn(ShopSettings.EntriesArePublic, cancel))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Results.Text("The entries of this log are for its readers, and for auditors with an access token.", statusCode: StatusCodes.Status401Unauthorized);
        }

        return TileCoordinate.TryParse(context.Request.Path.Value!["/log/".Length..], out var tile) && tile.IsEntries ? await Tile(tile, context, log, tiles, cancel) : Results.NotFound();
    }

    private static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    private static async Task<IResult> Tile(TileCoordinate tile, HttpContext context, LogQueries log, LogTiles tiles, CancellationToken cancel)
    {
        var state = await log.Extent(cancel);
        var has = state.Published >> (TileCoordinate.Height * Math.Max(tile.Level, 0));
        if (tile.Index > has / TileCoordinate.FullWidth || (tile.Index * TileCoordinate.FullWidth) + tile.Width > has || (tile.IsEntries && tile.FirstLeaf < state.Pruned ? [] : await tiles.Served(state.Origin, tile, cancel)) is not { } bytes)
        {
            return Results.NotFound();
        }

        if (tile.IsEntries && tile.FirstLeaf < state.Pruned)
        {
            return Results.Text("Entries before this one are not kept any more, as the log says itself in log.pruned. Their hashes are.", statusCode: StatusCodes.Status410Gone);
        }

        // Of one index and width there is only one content, for ever; entries are not for caches on the way.
        context.Response.Headers.CacheControl = tile.IsEntries ? "private, max-age=31536000, immutable" : Forever;
        return Results.Bytes(bytes, "application/octet-stream");
    }
}
