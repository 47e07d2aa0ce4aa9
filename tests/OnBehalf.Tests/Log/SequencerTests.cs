using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>From an event to its leaf and into a signed checkpoint, on both databases.</summary>
public sealed class SequencerTests
{
    [Fact]
    public async Task Every_event_becomes_one_leaf_and_what_is_signed_is_the_tree_over_all_entries()
    {
        await using var shop = await TestShop.Start();
        await shop.Happen(3);
        Assert.True(await shop.Sequence());
        await shop.Happen(600);
        Assert.True(await shop.Sequence());

        var entries = await shop.Entries();
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from audit_pending"));
        Assert.Equal(await shop.Scalar<int>("select count(*) from audit_event"), entries.Count);
        Assert.Contains("\"log.began\"", entries[0]);
        var head = await shop.Head();
        Assert.Equal((entries.Count, Merkle.Root([.. entries.Select(entry => Merkle.LeafHash(Encoding.UTF8.GetBytes(entry)))])), (head.Size, head.Root));

        // All files are there, and give the same tree.
        var folder = new TileFolder(Directory.GetDirectories(Path.Combine(shop.Folder, "log")).Single());
        Assert.All(TileCoordinate.All(head.Size), tile => Assert.True(folder.Has(tile), tile.Path));
        Assert.Equal(head.Root, (await Frontier.FromTiles(head.Size, folder.Read)).Root());
        Assert.Equal(head.ToString(), (await shop.Anonymous().Get("/log/checkpoint")).Html.Split("\n\n")[0] + "\n");
    }

    [Fact]
    public async Task An_event_that_is_committed_after_a_later_one_is_not_lost()
    {
        await using var shop = await TestShop.Start();
        if (shop.Database.Kind == DatabaseKind.Sqlite)
        {
            // One writer at a time: numbers are committed in their order.
            return;
        }

        await shop.Sequence();
        var (isWaiting, mayGo) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var late = await shop.Database.OpenWork();
        await late.Begin(writes: true, default);
        await late.Run("insert into audit_event (id, at, name, outcome, entry) values (gen_random_uuid(), now(), 'test.late', 'done', '{\"name\":\"test.late\"}')", default);
        await shop.Happen(2);
        await shop.Sequence();
        Assert.DoesNotContain(await shop.Entries(), entry => entry.Contains("test.late"));
        await late.Commit(default);
        await shop.Sequence();
        Assert.Contains("test.late", (await shop.Entries())[^1]);
    }

    [Fact]
    public async Task What_happened_before_there_was_a_log_is_held_by_its_first_leaf()
    {
        await using var shop = await TestShop.Start();
        await shop.Happen(5);
        await shop.Sql("delete from audit_pending where seq < (select max(seq) from audit_pending)");
        await shop.Sequence();
        var entries = await shop.Entries();
        Assert.True(entries[0].Contains("\"older\":4"), entries[0]);
        Assert.Contains("\"older-hash\":", entries[0]);
        Assert.Equal(3, entries.Count);
    }

    [Fact]
    public async Task Another_node_takes_over_where_the_first_one_left_and_makes_no_leaf_twice()
    {
        await using var shop = await TestShop.Start();
        await shop.Happen(10);
        Assert.True(await shop.Sequence());
        await using (var other = await shop.Beside())
        {
            await other.Happen(10);
            if (shop.Database.Kind == DatabaseKind.Postgres)
            {
                Assert.False(await other.Sequence());
            }

            await shop.Services.GetRequiredService<LogLeader>().Leave();
            Assert.True(await other.Sequence());
            await other.Services.GetRequiredService<LogLeader>().Leave();
        }

        await shop.Happen(1);
        Assert.True(await shop.Sequence());
        var entries = await shop.Entries();
        Assert.Equal(entries.Count, entries.Distinct().Count());
        Assert.Equal(await shop.Scalar<int>("select count(*) from audit_event"), entries.Count);
        Assert.Equal((await shop.Head()).Root, Merkle.Root([.. entries.Select(entry => Merkle.LeafHash(Encoding.UTF8.GetBytes(entry)))]));
    }

    [Fact]
    public async Task Nobody_changes_or_removes_what_is_in_the_log()
    {
        await using var shop = await TestShop.Start();
        await shop.Happen(1);
        await shop.Sequence();
        string[] tries = ["update audit_event set outcome = 'done'", "delete from audit_event", "update audit_leaf set leaf_index = leaf_index + 1", "delete from audit_leaf", "update audit_private set field = 'x'", "delete from audit_private"];
        foreach (var sql in tries.Concat(shop.Database.Kind == DatabaseKind.Postgres ? ["truncate audit_event cascade"] : []))
        {
            // Some triggers are asked for each row.
            if (sql.Contains("audit_private") && (shop.Database.Kind == DatabaseKind.Sqlite || sql.StartsWith("delete")) && await shop.Scalar<int>("select count(*) from audit_private") == 0)
            {
                continue;
            }

            Assert.Contains("append-only", (await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => shop.Sql(sql))).Message);
        }
    }
}
