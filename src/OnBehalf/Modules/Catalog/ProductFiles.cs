using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// The files of articles that are downloaded: in the folder `downloads` of the data folder under the digest of their content, so that no name that somebody typed becomes a path, and the same
/// content lies there once. They are kept when an article no longer has them: who has bought one may hold a link to it.
/// </summary>
public sealed class ProductFiles(Database database, IConfiguration configuration)
{
    public const long LargestBytes = 200L * 1024 * 1024;
    public const int LongestName = 150;
    private const int MostFiles = 50;

    private static readonly Refusal BadFile = Refusal.Invalid("catalog.file-size", "Choose a file that is not empty and has at most 200 MB.", "File");

    private static readonly Refusal Gone = Refusal.Missing("catalog.article-gone", "There is no such article.");

    private string Folder => Path.GetFullPath(Path.Combine(ShopHost.DataFolder(configuration), "downloads"));

    public string PathOf(string digest) => Path.Combine(Folder, digest[..2], digest);

    public static async Task<IReadOnlyList<ProductFileRow>> Of(ShopDb db, string sku, CancellationToken cancel) => await (
        from file in db.Set<ProductFileRow>()
        join product in db.Set<ProductRow>() on file.ProductId equals product.Id
        where product.Sku == sku && file.RemovedAt == null
        orderby file.Name, file.Id
        select file).ToListAsync(cancel);

    public async Task<Outcome<Done>> Add(Caller caller, string sku, string? name, Stream content, long length, CancellationToken cancel)
    {
        if (!caller.May(Right.CatalogChange) || caller.IsAssisting)
        {
            return AccessGate.RightMissing;
        }

        if (length is <= 0 or > LargestBytes)
        {
            return BadFile;
        }

        var called = Plain(name);
        var (digest, size) = await Store(content, cancel);
        return size is 0 or > LargestBytes ? BadFile : await database.Write<Done>(
            caller,
            async tx =>
            {
                if (await tx.Db.Set<ProductRow>().SingleOrDefaultAsync(row => row.Sku == sku, tx.Cancel) is not { } product)
                {
                    return Gone;
                }

                var known = await tx.Db.Set<ProductFileRow>().Where(row => row.ProductId == product.Id && row.RemovedAt == null).ToListAsync(tx.Cancel);
                if (known.Exists(row => row.Digest == digest))
                {
                    return Refusal.Invalid("catalog.file-there", "This article has this very file already.", "File");
                }

                if (known.Count >= MostFiles)
                {
                    return Refusal.Invalid("catalog.file-many", $"An article has at most {MostFiles} files.", "File");
                }

                tx.Db.Add(new ProductFileRow { Id = Guid.CreateVersion7(), ProductId = product.Id, Name = called, Digest = digest, SizeBytes = size, AddedAt = tx.Now });
                tx.Add(new ArticleFileAdded(sku, called, digest, size));
                return Done.It;
            },
            cancel);
    }

    public Task<Outcome<Done>> Remove(Caller caller, string sku, Guid file, CancellationToken cancel) => !caller.May(Right.CatalogChange) || caller.IsAssisting
        ? Task.FromResult<Outcome<Done>>(AccessGate.RightMissing)
        : database.Write<Done>(
            caller,
            async tx =>
            {
                var row = await tx.Db.Set<ProductFileRow>().SingleOrDefaultAsync(row => row.Id == file && row.RemovedAt == null, tx.Cancel);
                if (row is null || !await tx.Db.Set<ProductRow>().AnyAsync(product => product.Id == row.ProductId && product.Sku == sku, tx.Cancel))
                {
                    return Refusal.Conflict("catalog.file-gone", "This file has been removed already.");
                }

                row.RemovedAt = tx.Now;
                tx.Add(new ArticleFileRemoved(sku, row.Name, row.Digest));
                return Done.It;
            },
            cancel);

    /// <summary>A name to show and to save under: without a path, control characters and those that turn the direction of writing, or what file systems do not take.</summary>
    internal static string Plain(string? name)
    {
        var last = (name ?? "").Replace('\\', '/').Split('/')[^1];
        var plain = new string([.. last.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format && !"<>:\"|?*".Contains(c, StringComparison.Ordinal))]).Trim().Trim('.');
        return plain.Length == 0 ? "file" : plain.Length <= LongestName ? plain : plain[^LongestName..];
    }

    // Written beside its place first, so that nobody ever reads half of it.
    private async Task<(string Digest, long Size)> Store(Stream content, CancellationToken cancel)
    {
        var (folder, size) = (Folder, 0L);
        Make(folder);
        var part = Path.Combine(folder, $".{Guid.NewGuid():N}");
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                var buffer = new byte[81_920];
                for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0; size += read)
                {
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                }
            }

            var digest = Convert.ToHexStringLower(hash.GetHashAndReset());
            var place = PathOf(digest);
            Make(Path.GetDirectoryName(place)!);
            File.Move(part, place, overwrite: true);
            return (digest, size);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
