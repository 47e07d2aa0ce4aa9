using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Schema;

public sealed class SchemaTests
{
    /// <summary>Tables that the model does not know, with the reason.</summary>
    private static readonly string[] NotInTheModel =
    [
        "schema_migration", // the migrator's own
        "counter", // numbers are taken by SQL alone
        "audit_closed", // of SQLite alone, for its triggers
    ];

    [Fact]
    public async Task The_migrated_schema_and_the_model_name_the_same_columns()
    {
        await using var shop = await TestShop.Start();
        var migrated = await Columns(shop);
        await using var db = shop.Database.Read();
        var model = db.Model.GetEntityTypes().SelectMany(type => type.GetProperties().Select(property => Describe(type, property))).Order(StringComparer.Ordinal);
        var inTables = migrated.Where(column => !NotInTheModel.Contains(column.Split('.')[0])).Order(StringComparer.Ordinal);
        Assert.Equal(string.Join('\n', inTables), string.Join('\n', model));
    }

    [Fact]
    public async Task Both_databases_are_migrated_by_scripts_of_the_same_numbers_and_names()
    {
        var sqlite = Migrator.Scripts(DatabaseKind.Sqlite).Select(script => script.Name);
        var postgres = Migrator.Scripts(DatabaseKind.Postgres).Select(script => script.Name);
        Assert.NotEmpty(sqlite);
        Assert.Equal(sqlite, postgres);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Migrating_twice_and_at_the_same_time_runs_each_script_once()
    {
        await using var empty = await TestDatabase.Empty();
        await using var database = new Database(empty.ConnectionString, new FactHandlers([]));
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new Migrator(database).Migrate()));
        Assert.Equal(Migrator.Scripts(database.Kind).Select(script => script.Name), runs.SelectMany(run => run));
        Assert.Empty(await new Migrator(database).Migrate());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("insert into schema_migration (number, name, digest, applied_at) values (9999, '9999_from_the_future', '', '')");
        var error = await Assert.ThrowsAsync<NewerDatabaseException>(() => shop.Services.GetRequiredService<Migrator>().Migrate());
        Assert.Contains("9999", error.Message);
    }

    [Fact]
    public async Task Sqlite_waits_for_the_disk_before_it_says_done()
    {
        if (TestDatabase.Kind == DatabaseKind.Postgres)
        {
            return;
        }

        await using var shop = await TestShop.Start();
        Assert.Equal("wal", await shop.Scalar<string>("pragma journal_mode"));
        Assert.Equal(2, await shop.Scalar<int>("pragma synchronous"));
        Assert.Equal(1, await shop.Scalar<int>("pragma foreign_keys"));
    }

    private static string Describe(IEntityType type, IProperty property)
    {
        var store = StoreObjectIdentifier.Table(type.GetTableName()!);
        return $"{type.GetTableName()}.{property.GetColumnName(store)} {(property.IsNullable ? "null" : "not null")}";
    }

    private static async Task<List<string>> Columns(TestShop shop)
    {
        var sql = shop.Database.Kind == DatabaseKind.Postgres
            ? "select table_name || '.' || column_name || case when is_nullable = 'YES' then ' null' else ' not null' end as \"Value\" from information_schema.columns where table_schema = 'public'"
            : "select m.name || '.' || c.name || case when c.\"notnull\" = 1 or c.pk > 0 then ' not null' else ' null' end as \"Value\" "
              + "from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'";
        await using var db = shop.Database.Read();
        return await db.Database.SqlQueryRaw<string>(sql).ToListAsync();
    }
}
