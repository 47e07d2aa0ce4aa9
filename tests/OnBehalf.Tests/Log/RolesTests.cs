using Microsoft.Extensions.Configuration;
using Npgsql;
using OnBehalf.Data;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Log;

/// <summary>The shop under a role that can only add and read events, and the log under one that can do nothing else.</summary>
public sealed class RolesTests
{
    [Fact]
    public async Task The_shop_runs_under_roles_that_cannot_change_the_log()
    {
        var peopled = await TestDatabase.Peopled();
        if (TestDatabase.Kind == DatabaseKind.Sqlite)
        {
            await using var sqlite = await TestShop.Start(database: peopled);
            Assert.Equal("database.has-no-roles", (await DatabaseRoles.Grant(sqlite.Database, "shop_app", "shop_sequencer", default)).Refusal?.Code);
            return;
        }

        await using (var owner = new Database(peopled.ConnectionString, new FactHandlers([])))
        {
            Assert.Equal("database.not-a-role", (await DatabaseRoles.Grant(owner, "shop; drop table staff", "shop_sequencer", default)).Refusal?.Code);
            Assert.Null((await DatabaseRoles.Grant(owner, "shop_app", "shop_sequencer", default)).Refusal);
            Assert.Null((await DatabaseRoles.Grant(owner, "shop_app", "shop_sequencer", default)).Refusal);
        }

        var (app, sequencer) = (As(peopled.ConnectionString, "shop_app"), As(peopled.ConnectionString, "shop_sequencer"));
        await using var shop = await TestShop.Start(
            builder => (builder.Configuration["ConnectionStrings:Shop"], builder.Configuration["ConnectionStrings:Sequencer"]) = (app, sequencer), database: peopled);
        var inside = await (await shop.As("karim")).Assisting("ines");
        await inside.Put("P-100", "2");
        await inside.Submit(await inside.Get("/checkout"), "#checkout", ("Input.Place", "true"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
        Assert.True(await shop.Sequence());
        Assert.Contains(await shop.Entries(), entry => entry.Contains("\"orders.placed\""));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from audit_pending"));

        string[] notOfShop = ["update audit_event set name = name", "delete from audit_event", "truncate audit_event cascade", "delete from audit_pending", "insert into audit_pending select seq, id from audit_event", "select setval(pg_get_serial_sequence('audit_event', 'seq'), 1)", "insert into audit_leaf select 0, id, '' from audit_event", "update audit_tree set size = 0", "delete from audit_checkpoint", "update audit_private set value = value", "alter table audit_event disable trigger user", "create table elsewhere (a integer)"];
        string[] notOfSequencer = ["select * from buyer", "select * from audit_private", "update audit_event set name = name", "insert into audit_event default values", "delete from audit_leaf", "update audit_leaf set leaf_index = 1"];
        await Refuses(app, notOfShop);
        await Refuses(sequencer, notOfSequencer);
    }

    private static async Task Refuses(string connectionString, string[] statements)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        foreach (var sql in statements)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            var error = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
            Assert.True(error.SqlState == "42501", $"{sql}: {error.Message}");
        }
    }

    private static string As(string connectionString, string role) => new NpgsqlConnectionStringBuilder(connectionString) { Username = role }.ConnectionString;
}
