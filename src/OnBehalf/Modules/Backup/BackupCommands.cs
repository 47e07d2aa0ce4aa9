using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;

namespace OnBehalf.Modules.Backup;

/// <summary>`onbehalf backup FILE` and `onbehalf restore FILE`.</summary>
internal static class BackupCommands
{
    private const string WithoutKey = "without it, open forms must be loaded anew and one-time links that were not sent yet are lost.";

    public static Command Backup()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file to write; it must not exist." };
        var command = new Command("backup", "Copies the whole database, as of one moment, into one file. The shop may run meanwhile.") { file };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            var outcome = await Write(app.Services, parsed.GetRequiredValue(file).FullName, cancel);
            return Say(outcome, summary => $"{parsed.GetRequiredValue(file).FullName}: {Rows(summary)}.\n{KeyApart(app.Configuration)}");
        });
        return command;
    }

    public static Command Restore()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A file that `backup` has written." };
        file.AcceptExistingOnly();
        var command = new Command("restore", "Fills an empty database from a backup of the same kind of database, and brings it to the schema of this version.") { file };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            var outcome = await Read(app.Services, parsed.GetRequiredValue(file).FullName, cancel);
            var key = KeyFile(app.Configuration);
            var advice = outcome.IsRefused || await KeyFits(app.Services, cancel) ? ""
                : $"\nThe master key {key} is not the one of this backup. Put the right one in its place before you start the shop; {WithoutKey}";
            var log = outcome.IsRefused ? "" : await LogCommands.AfterRestore(app.Services, cancel);
            return Say(outcome, summary => $"Restored {Rows(summary)}.{advice}{log}");
        });
        return command;
    }

    /// <summary>Written beside the wanted name and renamed when it is whole: what carries the name of a backup is one.</summary>
    public static async Task<Outcome<BackupSummary>> Write(IServiceProvider services, string file, CancellationToken cancel)
    {
        if (File.Exists(file))
        {
            return Refusal.Conflict("backup.file-exists", $"{file} exists already. Choose another name.");
        }

        var database = services.GetRequiredService<Database>();
        var part = file + ".part";
        File.Delete(part);
        try
        {
            MakePrivate(part);
            var summary = database.Kind == DatabaseKind.Sqlite
                ? await new SqliteBackup(database).Write(part, cancel)
                : await new PostgresBackup(database, services.GetRequiredService<TimeProvider>()).Write(part, cancel);
            var digest = await Digest(part, cancel);
            await database.Record(Caller.Machine("backup"), new BackupWritten(digest, new FileInfo(part).Length, summary.Tables, summary.Rows), cancel);
            File.Move(part, file);
            return summary;
        }
        finally
        {
            File.Delete(part);
        }
    }

    public static async Task<Outcome<BackupSummary>> Read(IServiceProvider services, string file, CancellationToken cancel)
    {
        var database = services.GetRequiredService<Database>();
        var kind = BackupFile.KindOf(file);
        if (kind != database.Kind)
        {
            return kind is { } other ? BackupFile.OtherKind(other) : BackupFile.NotABackup;
        }

        var outcome = kind == DatabaseKind.Sqlite
            ? await new SqliteBackup(database).Restore(file, cancel)
            : await new PostgresBackup(database, services.GetRequiredService<TimeProvider>()).Restore(file, cancel);
        if (!outcome.IsRefused)
        {
            await database.Record(
                Caller.Machine("backup"), new BackupRestored(await Digest(file, cancel), outcome.Value.Tables, outcome.Value.Rows), cancel);
        }

        return outcome;
    }

    // Everything about everybody is in it: nobody but its owner may read it, from the first byte on.
    private static void MakePrivate(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(file, options).Dispose();
    }

    private static async Task<string> Digest(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }

    private static string Rows(BackupSummary summary) =>
        string.Create(CultureInfo.InvariantCulture, $"{summary.Rows:N0} rows of {summary.Tables} tables, schema {summary.Schema}");

    /// <summary>Whether what the database keeps encrypted can be read with the master key of this machine; so it is when there is nothing.</summary>
    internal static async Task<bool> KeyFits(IServiceProvider services, CancellationToken cancel)
    {
        await using var work = await services.GetRequiredService<Database>().OpenWork(cancel);
        var key = services.GetRequiredService<MasterKey>();
        try
        {
            foreach (var xml in await work.Rows("select xml from data_protection_key", reader => reader.GetString(0), cancel))
            {
                foreach (var secret in XElement.Parse(xml).Descendants("encrypted"))
                {
                    key.Decrypt(secret.Value);
                }
            }

            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string KeyFile(IConfiguration configuration) => Path.GetFullPath(Path.Combine(ShopHost.DataFolder(configuration), "master.key"));

    private static string KeyApart(IConfiguration configuration) =>
        $"The master key {KeyFile(configuration)} is not in it. Keep a copy of the key in another place than the backups: {WithoutKey} The folder of the audit log's signer is not in it either: keep one copy of its key, and never restore what it remembers.";

    private static int Say(Outcome<BackupSummary> outcome, Func<BackupSummary, string> words)
    {
        if (outcome.Refusal is { } refusal)
        {
            Console.Error.WriteLine(refusal.Sentence);
            return 1;
        }

        Console.WriteLine(words(outcome.Value));
        return 0;
    }
}
