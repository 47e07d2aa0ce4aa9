using System.Data.Common;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>What the database and the door hold against a way past them.</summary>
public sealed class AppendOnlyTests
{
    [Fact]
    public async Task An_entry_that_no_leaf_can_hold_is_refused_and_none_is_replaced()
    {
        await using var shop = await TestShop.Start();
        await shop.Happen(1);
        await shop.Sequence();
        var isPostgres = shop.Database.Kind == DatabaseKind.Postgres;
        var id = Guid.CreateVersion7().ToString().ToUpperInvariant();
        string[] tries =
        [
            $"insert into audit_event (id, at, name, outcome, entry) select '{id}', at, name, outcome, {(isPostgres ? "repeat('é', 32768)" : "replace(hex(zeroblob(16384)), '0', 'é')")} from audit_event limit 1",
            .. isPostgres ? Array.Empty<string>() :
            [
                "insert or replace into audit_event select * from audit_event",
                "insert or replace into audit_event (seq, id, at, name, outcome, entry) select seq + 100, id, at, 'changed', outcome, entry from audit_event limit 1",
                "replace into audit_leaf select leaf_index, event_id, x'00' from audit_leaf",
                "replace into audit_leaf select leaf_index + 100, event_id, x'00' from audit_leaf",
            ],
        ];
        foreach (var sql in tries)
        {
            await Assert.ThrowsAnyAsync<DbException>(() => shop.Sql(sql));
        }

        await shop.Sql($"insert into audit_event (id, at, name, outcome, entry) select '{id}', at, name, outcome, {(isPostgres ? "repeat('e', 65535)" : "substr(hex(zeroblob(32768)), 2)")} from audit_event limit 1");
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Fetch("/log/tile/0/x999/x999/x999/x999/x999/999", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Fetch("/log/tile/8/000.p/1", null)).StatusCode);
    }

    [Fact]
    public async Task A_decision_that_saves_by_itself_is_a_mistake()
    {
        await using var shop = await TestShop.Start();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => shop.Database.Write<Done>(Caller.Machine("test"), async tx =>
        {
            (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(tx.Db.Set<CompanyRow>())).TaxId = "DE1";
            await tx.Db.SaveChangesAsync();
            return Done.It;
        }));
        Assert.Contains("saved by itself", error.Message);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from company where tax_id = 'DE1'"));
        await shop.Happen(1);
    }

    [Fact]
    public async Task A_page_has_the_time_at_which_it_is_written_however_long_that_waited()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        // People who are spoken of for the first time get their keys, and that waits for the writer too.
        await inside.Get("/cart");
        Task<Answer> asked;
        DateTimeOffset until;
        await using (var work = await shop.Database.OpenWork())
        {
            using var gate = await shop.Database.WriterGate();
            await work.Begin(writes: true, default);
            await work.Run("update assisted_session_activity set entries = entries", default);
            asked = inside.Get("/cart");
            await IsWaiting(shop, asked);
            until = (await work.Rows($"select {shop.Database.Now}", reader => shop.Database.Kind == DatabaseKind.Postgres ? reader.GetFieldValue<DateTimeOffset>(0) : DateTimeOffset.UnixEpoch.AddMicroseconds(reader.GetInt64(0)), default))[0];
            await work.Commit(default);
        }

        Assert.Equal(HttpStatusCode.OK, (await asked).Status);
        await using var db = shop.Database.Read();
        var view = db.Set<AuditEventRow>().Where(row => row.Name == "pages.viewed").OrderBy(row => row.Seq).ToList()[1];
        Assert.True(view.At >= until, $"{view.At:O} is before {until:O}");
        Assert.Contains($"\"at\":\"{AuditDraft.Time(view.At)}\"", view.Entry);
    }

    // It has been judged, and stands before the writer.
    private static async Task IsWaiting(TestShop shop, Task asked)
    {
        if (shop.Database.Kind == DatabaseKind.Sqlite)
        {
            await Mailbox.Eventually(() => Task.FromResult(shop.Services.GetRequiredService<Views>().Unwritten == 1 || asked.IsCompleted), "a page that waits");
        }

        await shop.WaitsForALock(asked, "The page did not wait to be written.");
    }

    [Fact]
    public async Task Who_sends_an_order_again_gets_the_receipt_for_it_again_and_a_proof_that_was_seen_is_written_down()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        await shop.Sequence();
        await shop.Sequence();
        await inside.Put("P-100", "2");
        var checkout = await inside.Get("/checkout");
        var receipts = new List<Receipt>();
        for (var i = 0; i < 2; i++)
        {
            var placed = await inside.Submit(checkout, "#checkout", ("Input.Place", "true"));
            Assert.True(Receipt.TryParse(placed.Response.Headers.GetValues(Receipt.HeaderName).Single(), out var receipt));
            receipts.Add(receipt!);
        }

        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
        Assert.Equal((receipts[0].Event, receipts[0].Leaf), (receipts[1].Event, receipts[1].Leaf));
        await shop.Sequence();
        var number = await shop.Scalar<string>("select number from orders");
        Assert.Equal(HttpStatusCode.OK, (await inside.Get($"/account/orders/{number}/proof")).Status);
        Assert.Contains("/account/orders/{number}/proof", await shop.Entry("pages.viewed"));
    }
}
