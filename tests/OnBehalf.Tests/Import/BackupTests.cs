using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Backup;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Import;

public sealed class BackupTests : IAsyncDisposable
{
    private static readonly string[] All = [.. ImportBox.Tables, "audit_event", "audit_private", "person_key", "data_protection_key"];

    private readonly string _folder = Directory.CreateTempSubdirectory("onbehalf-backup-").FullName;

    private string File => Path.Combine(_folder, "shop.backup");

    [Fact]
    public async Task A_restored_shop_has_the_same_rows_and_works()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("karim")).Assisting("ines");
        await shop.Sql("insert into product_text (product_id, language, name) select id, 'fr', name from product");
        var before = await shop.Dump(All);
        var written = await BackupCommands.Write(shop.Services, File, default);
        Assert.False(written.IsRefused);
        Assert.Contains("backup.written", await shop.Facts());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }

        // The key is kept apart, and brought back by hand.
        var empty = await TestDatabase.Empty();
        foreach (var key in new[] { "master.key", "person.keys" })
        {
            System.IO.File.Copy(Path.Combine(shop.Folder, key), Path.Combine(empty.Folder, key));
        }

        Outcome<BackupSummary> restored;
        await using (var app = ShopHost.Build(ShopHost.Builder(empty.Settings)))
        {
            restored = await BackupCommands.Read(app.Services, File, default);
            Assert.True(await BackupCommands.KeyFits(app.Services, default));
        }

        Assert.Null(restored.Refusal);
        Assert.Equal(written.Value, restored.Value);
        await using var other = await TestShop.Start(database: empty);
        var after = await other.Dump(All);
        Assert.Equal(before, string.Join('\n', after.Split('\n').Where(line => !line.Contains("backup.restored"))));

        // The numbers of new rows go on where the old ones ended.
        await (await other.As("rosa")).Assisting("paul");
        Assert.Equal("backup.restored", (await other.Facts())[^1]);
    }

    [Fact]
    public async Task A_backup_under_writers_is_of_one_moment()
    {
        await using var shop = await TestShop.Start();
        using var stop = new CancellationTokenSource();
        var written = 0;
        var enough = new TaskCompletionSource();
        (ProductId Up, ProductId Down)[] pairs = [(Characters.Lamp, Characters.Drill), (Characters.Cable, Characters.OldSaw)];
        var writers = pairs.Select(pair => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                // The price of one article goes up by what that of the other comes down.
                await shop.Database.Write<Done>(Caller.Machine("test"), async tx =>
                {
                    var up = await tx.Db.Set<ProductRow>().SingleAsync(row => row.Id == pair.Up);
                    var down = await tx.Db.Set<ProductRow>().SingleAsync(row => row.Id == pair.Down);
                    (up.PriceMinor, up.Version) = (up.PriceMinor + 1, up.Version + 1);
                    (down.PriceMinor, down.Version) = (down.PriceMinor - 1, down.Version + 1);
                    tx.Add(new SettingChanged("shop.name", "a", "b"));
                    return Done.It;
                });
                if (Interlocked.Increment(ref written) == 20)
                {
                    enough.SetResult();
                }
            }
        })).ToList();
        await await Task.WhenAny([enough.Task, .. writers]);

        var outcome = await BackupCommands.Write(shop.Services, File, default);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.False(outcome.IsRefused);

        await using var empty = await TestDatabase.Empty();
        await using var app = ShopHost.Build(ShopHost.Builder(empty.Settings));
        Assert.Null((await BackupCommands.Read(app.Services, File, default)).Refusal);
        Assert.False(await BackupCommands.KeyFits(app.Services, default));
        await using var db = app.Services.GetRequiredService<Database>().Read();
        var prices = await db.Set<ProductRow>().ToDictionaryAsync(row => row.Id, row => row.PriceMinor);
        Assert.Equal(119_99, prices[Characters.Lamp] + prices[Characters.Drill]);
        Assert.Equal(31_25, prices[Characters.Cable] + prices[Characters.OldSaw]);
        var changes = await db.Set<AuditEventRow>().CountAsync(row => row.Name == "settings.changed");
        Assert.True(changes >= 20);
        Assert.Equal(prices[Characters.Lamp] - 19_99 + prices[Characters.Cable] - 1_25, changes);
    }

    [Fact]
    public async Task Only_an_empty_database_is_filled_and_no_file_is_overwritten()
    {
        await using var shop = await TestShop.Start();
        await BackupCommands.Write(shop.Services, File, default);
        var before = await shop.Dump(All);

        Assert.Equal("backup.database-not-empty", (await BackupCommands.Read(shop.Services, File, default)).Refusal?.Code);
        Assert.Equal("backup.file-exists", (await BackupCommands.Write(shop.Services, File, default)).Refusal?.Code);
        Assert.Equal(before, await shop.Dump(All));
    }

    [Fact]
    public async Task A_newer_backup_is_refused()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("insert into schema_migration (number, name, digest, applied_at) values (9999, 'future', '', '')");
        await BackupCommands.Write(shop.Services, File, default);

        await AssertRefused("backup.newer");
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_the_database_stays_empty()
    {
        await using var shop = await TestShop.Start();
        await BackupCommands.Write(shop.Services, File, default);
        if (TestDatabase.Kind == DatabaseKind.Postgres)
        {
            await using (var zip = await ZipFile.OpenAsync(File, ZipArchiveMode.Update))
            {
                await using var entry = await zip.GetEntry("tables/company.copy")!.OpenAsync();
                entry.Position = entry.Length - 40;
                entry.WriteByte(0x7F);
            }
        }
        else
        {
            await using var stream = System.IO.File.Open(File, FileMode.Open);
            stream.Position = 4096 * 20;
            stream.Write(new byte[4096 * 8]);
        }

        await AssertRefused("backup.not-a-backup");
    }

    [Fact]
    public async Task What_is_no_backup_or_one_of_the_other_database_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, "hello");
        await AssertRefused("backup.not-a-backup");
        await System.IO.File.WriteAllBytesAsync(File, TestDatabase.Kind == DatabaseKind.Postgres ? "SQLite format 3\0"u8.ToArray() : "PK\x03\x04 and more of it"u8.ToArray());
        await AssertRefused("backup.other-database");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task AssertRefused(string code)
    {
        await using var empty = await TestDatabase.Empty();
        await using var app = ShopHost.Build(ShopHost.Builder(empty.Settings));
        Assert.Equal(code, (await BackupCommands.Read(app.Services, File, default)).Refusal?.Code);
        await using var work = await app.Services.GetRequiredService<Database>().OpenWork();
        var tables = TestDatabase.Kind == DatabaseKind.Postgres ? "select count(*) from pg_tables where schemaname = 'public'" : "select count(*) from sqlite_master";
        Assert.Equal(0, await work.Count(tables, default));
    }
}
