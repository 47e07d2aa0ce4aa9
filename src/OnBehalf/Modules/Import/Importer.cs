using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Import;

/// <summary>
/// Imports a store data package: reads every file into staging tables, judges all of it, and merges it in one transaction, or changes nothing. Importing the
/// same package again changes nothing but adds the facts that say so. What is in memory does not grow with the package.
/// </summary>
internal sealed class Importer(Database database, ShopSettings settings, ShopPolicies policies, Invitations invitations)
{
    private const int Attempts = 5;
    private const int InvitedAtOnce = 500;

    private static readonly Caller Importing = Caller.Machine("import");

    private static readonly string[] OurOwnFiles = ["rejects.csv", "faults.csv"];

    public async Task<ImportReport> Run(ImportOptions options, Action<ImportProgress>? progress = null, CancellationToken cancel = default)
    {
        var report = progress ?? (_ => { });
        await using var work = await database.OpenWork(cancel);
        var faults = new FaultBook(work);
        var package = await Task.Run(() => Stage(work, faults, options.Folder, report, cancel), cancel);
        await Hold(work, "pg_advisory_lock", cancel);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await Merge(work, faults, options, package, report, cancel);
                }
                catch (Exception error) when (attempt < Attempts && Database.IsPassing(error))
                {
                    await work.RollBack();
                }
            }
        }
        finally
        {
            await work.RollBack();
            await Hold(work, "pg_advisory_unlock", CancellationToken.None);
        }
    }

    // Before the transaction begins: one that waits inside sees the shop as it was when it began to wait, and would put back what it waited for.
    private static async Task Hold(WorkConnection work, string how, CancellationToken cancel)
    {
        if (work.Kind == DatabaseKind.Postgres)
        {
            await work.Run($"select {how}({AssortmentIndex.Lock})", cancel);
        }
    }

    private static async Task<Package> Stage(WorkConnection work, FaultBook faults, string folder, Action<ImportProgress> progress, CancellationToken cancel)
    {
        if (work.Kind == DatabaseKind.Sqlite)
        {
            await work.Run("pragma cache_size = -65536; pragma temp.cache_size = -16384", cancel);
        }

        await work.Begin(writes: false, cancel);
        await faults.Open(cancel);
        await OpenCurrencies(work, cancel);
        var known = PackageFormat.Files.Select(file => file.Csv).Append(PackageFormat.Images).Concat(OurOwnFiles).ToHashSet(StringComparer.Ordinal);
        foreach (var stranger in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.') && !known.Contains(entry.Name)))
        {
            faults.OfFiles.Add(new ImportFault(stranger.Name, null, null, null, "Not part of a store data package."));
        }

        var loader = new PackageLoader(work, faults, progress);
        var loaded = new List<LoadedFile>();
        foreach (var file in PackageFormat.Files)
        {
            cancel.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, file.Csv);
            if (File.Exists(path))
            {
                loaded.Add(loader.Load(file, path));
            }
            else
            {
                loader.Create(file);
            }
        }

        var pictures = await Pictures(faults, Path.Combine(folder, PackageFormat.Images), cancel);
        await work.Commit(cancel);
        return new Package(folder, loaded, pictures);
    }

    private static async Task<List<FileInfo>> Pictures(FaultBook faults, string folder, CancellationToken cancel)
    {
        var good = new List<FileInfo>();
        foreach (var picture in PictureImport.In(folder))
        {
            if (PictureImport.Refuse(picture) is { } reason)
            {
                await faults.AddPicture(picture.Name, reason, cancel);
            }
            else
            {
                good.Add(picture);
            }
        }

        return good;
    }

    private async Task<ImportReport> Merge(
        WorkConnection work, FaultBook faults, ImportOptions options, Package package, Action<ImportProgress> progress, CancellationToken cancel)
    {
        using var gate = await database.WriterGate(cancel);
        await work.Begin(writes: true, cancel);
        if (work.Kind == DatabaseKind.Postgres)
        {
            await work.Run("set local work_mem = '64MB'; set local jit = off", cancel);
        }

        var steps = new ImportSteps(work, faults, progress, await settings.Get(ShopSettings.ShopCurrency, cancel), cancel);
        var files = await steps.Run(package);
        var count = faults.OfFiles.Count + faults.OfPictures.Count + await faults.CountOwn(cancel);
        var isStored = count == 0 || (options.SkipBadRows && faults.OfFiles.Count == 0);
        var (first, written) = (new List<ImportFault>(), (string?)null);
        if (count > 0)
        {
            written = isStored ? options.RejectsFile : options.FaultsFile;
            first = await FaultFile.Write(faults, package, written, withDependents: isStored, cancel);
        }

        if (!isStored)
        {
            await work.RollBack();
            return new ImportReport(false, files, count, first, written);
        }

        await TrialPassword.Set(work, options.Password, cancel);
        await database.WriteIn(work, Importing, tx => Record(work, tx, package, files), cancel);
        var history = new PriceHistory(work, file => package.Files.Any(loaded => loaded.File == file), cancel);
        await history.Tell(tell => database.WriteIn(work, Importing, tell, cancel));
        await history.TellGiven(tell => database.WriteIn(work, Importing, tell, cancel));
        var invited = options.Invite ? await Invite<StaffRow>("staff", PackageFormat.Staff) + await Invite<BuyerRow>("buyer", PackageFormat.Contacts) : 0;
        progress(new ImportProgress("Storing", 0, 0, 0));
        await work.Commit(cancel);
        await Analyze(work, files, cancel);
        return new ImportReport(true, files, count, first, written, invited);

        async Task<int> Invite<TPerson>(string table, PackageFile file)
            where TPerson : PersonRow
        {
            progress(new ImportProgress($"Inviting {table}", 0, 0, 0));
            var all = 0;
            for (var some = 1; some > 0; all += some)
            {
                var next = $"""
                    select * from {table} where email_normalized in (select email_normalized from {file.Stage})
                        and password_hash is null and invited_at is null and status = 'active' limit {InvitedAtOnce}
                    """;
                await database.WriteIn(work, Importing, async tx => some = await invitations.Send(tx, tx.Db.Set<TPerson>().FromSqlRaw(next)), cancel);
            }

            return all;
        }
    }

    private async Task Record(WorkConnection work, Tx tx, Package package, IReadOnlyList<FileReport> files)
    {
        foreach (var (file, read, merged, rejected, digest) in files)
        {
            tx.Add(new FileImported(file, digest, read, merged.New, merged.Changed, merged.Unchanged, merged.Removed, rejected));
        }

        await AuthorityEnds.Run(work, tx, policies, file => package.Files.Any(loaded => loaded.File == file));
    }

    // Fresh statistics, so that the first page after a big import is as fast as the hundredth.
    private static async Task Analyze(WorkConnection work, IReadOnlyList<FileReport> files, CancellationToken cancel)
    {
        var big = files.Where(file => file.Merged.New + file.Merged.Changed + file.Merged.Removed > 500).Select(file => file.File).ToHashSet(StringComparer.Ordinal);
        var tables = PackageFormat.Files.Where(file => big.Contains(file.Csv)).SelectMany(file => file.Tables).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var table in tables)
        {
            await work.Run("analyze " + table, cancel);
        }
    }

    private static async Task OpenCurrencies(WorkConnection work, CancellationToken cancel)
    {
        var rows = Currency.All.Select(currency => string.Create(null, $"('{currency.Code}', {currency.Decimals}, {10_000 / currency.MinorPerMajor})"));
        await work.Run(
            $"""
            drop table if exists import_currency;
            create temp table import_currency (code text primary key, decimals integer, divisor {work.TypeOf("bigint")});
            insert into import_currency (code, decimals, divisor) values {string.Join(", ", rows)};
            """,
            cancel);
    }
}

/// <summary>A package that has been read.</summary>
internal sealed record Package(string Folder, IReadOnlyList<LoadedFile> Files, IReadOnlyList<FileInfo> Pictures);
