using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Backup;

/// <summary>
/// A backup of PostgreSQL is a zip archive: the rows of every table by binary COPY, all as of one moment, and a manifest with their number and digest.
/// It needs no program but this one, and no right but to read.
/// </summary>
internal sealed class PostgresBackup(Database database, TimeProvider clock)
{
    private const string ManifestName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public async Task<BackupSummary> Write(string file, CancellationToken cancel)
    {
        await using var work = await database.OpenWork(cancel);
        await work.Begin(writes: false, cancel);
        await using var stream = new FileStream(file, FileMode.Create);
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        var tables = new List<BackupTable>();
        foreach (var (name, columns) in await Tables(work, cancel))
        {
            var rows = await work.Count($"select count(*) from {name}", cancel);
            tables.Add(new BackupTable(name, columns, rows, await CopyOut(work, zip, name, columns, cancel)));
        }

        // A sequence is ahead of the rows or level with them, never behind: it is read after them.
        var sequences = await work.Rows(
            "select sequencename, last_value from pg_sequences where schemaname = current_schema() and last_value is not null",
            reader => (Name: reader.GetString(0), Value: reader.GetInt64(1)), cancel);
        var schema = (int)await work.Count("select max(number) from schema_migration", cancel);
        var manifest = new Manifest(schema, clock.GetUtcNow(), tables, sequences.ToDictionary(sequence => sequence.Name, sequence => sequence.Value));
        await using var entry = await zip.CreateEntry(ManifestName).OpenAsync(cancel);
        await JsonSerializer.SerializeAsync(entry, manifest, Json, cancel);
        return new BackupSummary(schema, tables.Count, tables.Sum(table => table.Rows));
    }

    public async Task<Outcome<BackupSummary>> Restore(string file, CancellationToken cancel)
    {
        await using var zip = await Open(file, cancel);
        if (zip is null || await Read(zip, cancel) is not { } manifest)
        {
            return BackupFile.NotABackup;
        }

        var ours = Migrator.Scripts(DatabaseKind.Postgres)[^1].Number;
        if (manifest.Schema > ours)
        {
            return BackupFile.Newer(manifest.Schema, ours);
        }

        await using (var empty = await database.OpenWork(cancel))
        {
            if (await empty.Count("select count(*) from information_schema.tables where table_schema = current_schema()", cancel) > 0)
            {
                return BackupFile.NotEmpty;
            }
        }

        await new Migrator(database).Migrate(cancel, upTo: manifest.Schema);
        await using var work = await database.OpenWork(cancel);
        await work.Begin(writes: true, cancel);
        if (!await Fill(work, zip, manifest, cancel))
        {
            await work.RollBack();
            await Clear(work, cancel);
            return BackupFile.NotABackup;
        }

        await work.Commit(cancel);
        await work.Run("analyze", cancel);
        await new Migrator(database).Migrate(cancel);
        return new BackupSummary(manifest.Schema, manifest.Tables.Count, manifest.Tables.Sum(table => table.Rows));
    }

    private static async Task<bool> Fill(WorkConnection work, ZipArchive zip, Manifest manifest, CancellationToken cancel)
    {
        var known = await Tables(work, cancel);
        if (!known.Select(table => table.Name).Order(StringComparer.Ordinal).SequenceEqual(manifest.Tables.Select(table => table.Name).Order(StringComparer.Ordinal)))
        {
            return false;
        }

        // What a row sets off when it is made, it has done where it was made: its place in a queue is a row of the backup. And what may only grow is empty here.
        await Triggers(work, known, "disable", cancel);
        await work.Run($"truncate {string.Join(", ", known.Select(table => table.Name))}", cancel);
        foreach (var table in manifest.Tables)
        {
            // Names go into SQL: only those that the schema itself has.
            var columns = known.Single(one => one.Name == table.Name).Columns;
            if (!columns.Order(StringComparer.Ordinal).SequenceEqual(table.Columns.Order(StringComparer.Ordinal))
                || zip.GetEntry(EntryOf(table.Name)) is not { } entry || !await CopyIn(work, entry, table, cancel)
                || await work.Count($"select count(*) from {table.Name}", cancel) != table.Rows)
            {
                return false;
            }
        }

        foreach (var (name, value) in manifest.Sequences)
        {
            await work.Run("select setval(to_regclass(quote_ident(@name)), @value)", cancel, ("name", name), ("value", value));
        }

        // Foreign keys are checked now, because a table that waits for a check cannot be altered.
        await work.Run("set constraints all immediate", cancel);
        await Triggers(work, known, "enable", cancel);
        return true;
    }

    private static async Task Triggers(WorkConnection work, IEnumerable<(string Name, IReadOnlyList<string> Columns)> tables, string verb, CancellationToken cancel)
    {
        foreach (var (name, _) in tables)
        {
            await work.Run($"alter table {name} {verb} trigger user", cancel);
        }
    }

    private static async Task<string> CopyOut(WorkConnection work, ZipArchive zip, string table, IReadOnlyList<string> columns, CancellationToken cancel)
    {
        await using var entry = await zip.CreateEntry(EntryOf(table), CompressionLevel.Fastest).OpenAsync(cancel);
        await using var rows = await ((NpgsqlConnection)work.Connection).BeginRawBinaryCopyAsync($"copy {table} ({Quoted(columns)}) to stdout (format binary)", cancel);
        return await Copy(rows, entry, cancel);
    }

    private static async Task<bool> CopyIn(WorkConnection work, ZipArchiveEntry entry, BackupTable table, CancellationToken cancel)
    {
        try
        {
            await using var stream = await entry.OpenAsync(cancel);
            await using var rows = await ((NpgsqlConnection)work.Connection).BeginRawBinaryCopyAsync($"copy {table.Name} ({Quoted(table.Columns)}) from stdin (format binary)", cancel);
            if (await Copy(stream, rows, cancel) == table.Digest)
            {
                return true;
            }

            await rows.CancelAsync();
            return false;
        }
        catch (Exception error) when (error is InvalidDataException or PostgresException)
        {
            return false;
        }
    }

    private static async Task<string> Copy(Stream from, Stream to, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static async Task<List<(string Name, IReadOnlyList<string> Columns)>> Tables(WorkConnection work, CancellationToken cancel)
    {
        var columns = await work.Rows(
            """
            select t.table_name::text, c.column_name::text from information_schema.tables t
            join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
            where t.table_schema = current_schema() and t.table_type = 'BASE TABLE' and t.table_name <> 'schema_migration' and c.is_generated = 'NEVER'
            order by t.table_name, c.ordinal_position
            """,
            reader => (Table: reader.GetString(0), Column: reader.GetString(1)), cancel);
        return [.. columns.GroupBy(pair => pair.Table, pair => pair.Column).Select(table => (table.Key, (IReadOnlyList<string>)[.. table]))];
    }

    // What did not become a shop is made empty again.
    private static Task Clear(WorkConnection work, CancellationToken cancel) => work.Run(
        """
        do $$ declare name text; begin
            for name in select tablename from pg_tables where schemaname = current_schema() loop execute format('drop table %I cascade', name); end loop;
            for name in select sequencename from pg_sequences where schemaname = current_schema() loop execute format('drop sequence %I cascade', name); end loop;
            for name in select p.oid::regprocedure::text from pg_proc p where p.pronamespace = current_schema()::regnamespace loop execute 'drop function ' || name || ' cascade'; end loop;
        end $$
        """,
        cancel);

    private static async Task<ZipArchive?> Open(string file, CancellationToken cancel)
    {
        try
        {
            return await ZipFile.OpenReadAsync(file, cancel);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task<Manifest?> Read(ZipArchive zip, CancellationToken cancel)
    {
        try
        {
            if (zip.GetEntry(ManifestName) is not { } entry)
            {
                return null;
            }

            await using var stream = await entry.OpenAsync(cancel);
            return await JsonSerializer.DeserializeAsync<Manifest>(stream, Json, cancel);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    private static string EntryOf(string table) => $"tables/{table}.copy";

    private static string Quoted(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));
}
