using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Net.Http.Headers;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>
/// Taking what was bought. The button counts and leaves a fact; the link that it leads to is for one file of one line, for ten minutes, and for nobody but who pressed it: without his sign-in
/// (or his session) it opens nothing, so that it is no secret.
/// </summary>
public sealed class Downloads(Database database, DownloadQueries queries, ShopSettings settings, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Here = "/account/downloads";

    private static readonly TimeSpan LinkLives = TimeSpan.FromMinutes(10);

    // Counted and judged in one statement: two at once take no more than there are.
    private const string Count = """
        insert into download (order_id, position, file_id, times, last_at) values ({0}, {1}, {2}, 1, {3})
        on conflict (order_id, position, file_id) do update set times = download.times + 1, last_at = excluded.last_at where download.times < {4}
        returning times as "Value"
        """;

    private ITimeLimitedDataProtector Protector => protection.CreateProtector("OnBehalf.Download").ToTimeLimitedDataProtector();

    public async Task<DownloadTerms> Terms(CancellationToken cancel) =>
        new(await settings.Number(ShopSettings.DownloadTimes, cancel), await settings.Number(ShopSettings.DownloadDays, cancel));

    /// <summary>Whether the caller may take anything: in a session by setting only.</summary>
    public async ValueTask<bool> MayTake(Caller caller, CancellationToken cancel) => !caller.IsAssisting || await settings.IsOn(ShopSettings.DownloadsInSessions, cancel);

    /// <summary>Counts, and gives the link.</summary>
    public async Task<Outcome<string>> Take(Caller caller, Guid order, int position, Guid file, CancellationToken cancel) => await database.Write<string>(
        caller,
        async tx =>
        {
            if (caller.IsAssisting && await ShopSettings.Exact(tx, ShopSettings.DownloadsInSessions) != "true")
            {
                return DownloadTerms.NotInSession;
            }

            if (!caller.May(Right.OrdersView) || await queries.Find(tx.Db, caller, order, position, file, tx.Cancel) is not { } bought)
            {
                return DownloadTerms.Missing;
            }

            var terms = new DownloadTerms(await settings.Number(tx.Db, ShopSettings.DownloadTimes, tx.Cancel), await settings.Number(tx.Db, ShopSettings.DownloadDays, tx.Cancel));
            if (terms.Check(bought.PaidAt, bought.Times, tx.Now) is { } refusal)
            {
                return refusal;
            }

            if (await tx.Db.Rows<int>(Count, order, position, file, tx.Now, terms.Times).ToListAsync(tx.Cancel) is not [var times])
            {
                return DownloadTerms.TooOften;
            }

            tx.Add(new DownloadTaken(new OrderId(order), bought.Number, position, bought.Sku, bought.Digest, times));
            return $"{Here}/{Protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{caller.Actor.Person} {caller.Session?.Id} {order} {position} {file}"), LinkLives)}";
        },
        cancel);

    /// <summary>The file of a link, for who got it: everything but the count is judged again.</summary>
    internal static async Task Serve(HttpContext context, string link, Downloads downloads, DownloadQueries queries, ProductFiles files, Database database)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        await using var db = database.Read();
        if (downloads.Read(caller, link) is not var (order, position, file) || !await downloads.MayTake(caller, cancel)
            || await queries.Find(db, caller, order, position, file, cancel) is not { PaidAt: { } paid } bought
            || (await downloads.Terms(cancel)).Until(paid) is { } until && until <= downloads.Now)
        {
            await Refusals.Answer(context, DownloadTerms.LinkOver);
            return;
        }

        var place = new FileInfo(files.PathOf(bought.Digest));
        if (!place.Exists || place.Length != bought.Size)
        {
            await Refusals.Answer(context, DownloadTerms.Missing);
            return;
        }

        // Whatever it is: it is saved and never shown, and what opens it all the same can run nothing.
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(bought.Name);
        var headers = context.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.ContentType = "application/octet-stream";
        headers.ContentLength = place.Length;
        await context.Response.SendFileAsync(place.FullName, cancel);
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    private (Guid Order, int Position, Guid File)? Read(Caller caller, string link)
    {
        try
        {
            return Protector.Unprotect(link).Split(' ') is [var person, var session, var order, var position, var file]
                && person == $"{caller.Actor.Person}" && session == $"{caller.Session?.Id}"
                ? (Guid.Parse(order), int.Parse(position, CultureInfo.InvariantCulture), Guid.Parse(file)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
