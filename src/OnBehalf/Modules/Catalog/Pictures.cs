using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// Pictures of articles at addresses that carry the digest of their content: kept by browsers for a year, and still changed at once. They are as public
/// as the catalogue, so no credential is read for them.
/// </summary>
public static class Pictures
{
    /// <summary>A drawing for articles without a picture.</summary>
    public const string Placeholder = "/assets/no-picture.svg";

    // Somebody may have imported an SVG with a script in it: opened by itself it can do nothing and belongs to nobody.
    private const string Sandbox = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private static readonly FrozenSet<string> Shown =
        FrozenSet.ToFrozenSet(["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"], StringComparer.Ordinal);

    /// <summary>The address for the columns `picture.digest` and `picture.name`; never inside a session's path, because the picture is the same for all.</summary>
    public static string Url(string? digest, string? name) =>
        digest is null || name is null ? Ui.Assets.Url(Placeholder) : $"/pictures/{digest}/{Uri.EscapeDataString(name)}";

    internal static async Task Serve(HttpContext context, Database database, string digest, string name)
    {
        await using var db = database.Read();
        var picture = await db.Set<PictureRow>().SingleOrDefaultAsync(row => row.Name == name && row.Digest == digest, context.RequestAborted);
        if (picture is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.ContentSecurityPolicy = Sandbox;
        headers.ContentLength = picture.Bytes.Length;
        if (Shown.Contains(picture.ContentType))
        {
            headers.ContentType = picture.ContentType;
        }
        else
        {
            headers.ContentType = "application/octet-stream";
            headers.ContentDisposition = "attachment";
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(picture.Bytes, context.RequestAborted);
        }
    }
}
