using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Log;

/// <summary>An event bears the time at which its transaction began, and who checks the log allows a minute between that and its place: nothing is stored later.</summary>
public sealed class DeadlineTests
{
    [Fact]
    public async Task What_takes_longer_than_the_log_allows_is_not_stored_and_says_so()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Get("/cart");
        var before = await shop.Dump("cart", "cart_line", "audit_event", "idempotency");
        shop.Database.Longest = TimeSpan.Zero;
        var late = await ines.Put("P-100", "1");
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("took longer than half a minute", late.Text);
        Assert.Equal(before, await shop.Dump("cart", "cart_line", "audit_event", "idempotency"));

        // Through the second door nobody looks at an answer: there it is an error. What the shop does by itself has more time.
        var nobody = Caller.Machine("test") with { Actor = new Actor.Nobody() };
        await Assert.ThrowsAsync<TimeoutException>(() => shop.Database.Record(nobody, new AccessRefused("test", "test")));
        await shop.Happen(1);
        shop.Database.Longest = Database.LongestOfPeople;
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Put("P-100", "1")).Status);
    }

    [Fact]
    public async Task The_database_itself_stops_what_takes_too_long_the_commit_too()
    {
        await using var shop = await TestShop.Start();
        if (shop.Database.Kind == DatabaseKind.Sqlite)
        {
            // One writer at a time: nothing is committed between the beginning of a transaction and its end.
            return;
        }

        await using var db = shop.Database.Read();
        Assert.Equal("25s", (await db.Rows<string>("show statement_timeout").ToListAsync(default))[0]);
        await shop.Sql("create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(10); return null; end $$");
        await shop.Sql("create constraint trigger wait after insert on audit_private deferrable initially deferred for each row execute function wait()");
        var ines = await Callers(shop);
        shop.Database.LongestCommit = TimeSpan.FromMilliseconds(300);
        var outcome = await shop.Database.Write<Done>(ines, tx =>
        {
            tx.Add(new Waited("somebody"));
            return Task.FromResult<Outcome<Done>>(Done.It);
        });
        Assert.Equal(Database.TookTooLong.Code, outcome.Refusal?.Code);
        Assert.DoesNotContain("test.waited", await shop.Facts());
    }

    [Fact]
    public async Task What_the_shop_does_by_itself_and_asks_time_for_is_stopped_by_no_clock_of_a_request()
    {
        await using var shop = await TestShop.Start();
        shop.Database.LongestCommit = TimeSpan.FromMilliseconds(300);
        var isPostgres = shop.Database.Kind == DatabaseKind.Postgres;
        if (isPostgres)
        {
            await shop.Sql("create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return null; end $$");
            await shop.Sql("create constraint trigger wait after insert on audit_event deferrable initially deferred for each row when (new.name = 'test.waited') execute function wait()");
        }

        var outcome = await shop.Database.WriteLong<Done>(Caller.Machine("test"), async tx =>
        {
            if (isPostgres)
            {
                Assert.Equal("0", (await tx.Db.Rows<string>("show statement_timeout").ToListAsync(default))[0]);
                Assert.Equal(0, ((Npgsql.NpgsqlConnection)tx.Db.Database.GetDbConnection()).CommandTimeout);
            }

            tx.Add(new Waited("somebody"));
            return Done.It;
        });
        Assert.False(outcome.IsRefused);
        Assert.Equal("test.waited", (await shop.Facts())[^1]);
        await Assert.ThrowsAsync<ArgumentException>(async () => await shop.Database.WriteLong<Done>(await Callers(shop), _ => Task.FromResult<Outcome<Done>>(Done.It)));
    }

    [Fact]
    public async Task An_erasure_that_takes_longer_than_a_request_may_is_done_all_the_same_and_says_who_decided_it()
    {
        var slow = new PersonalRows("buyer", null, null) { Beyond = async (_, _) => { await Task.Delay(1_500); return 0; } };
        await using var shop = await TestShop.Start(builder => builder.Services.AddSingleton(slow));
        var (ada, path) = (await shop.As("ada"), "/admin/privacy/buyers/" + Characters.BuyerIdOf("ines"));
        var page = await ada.Get(path);
        shop.Database.Longest = TimeSpan.FromSeconds(1.2);
        var done = await ada.Submit(page, $"form[action$='{path}']", ("Input.IsSure", "true"), ("Input.Password", Characters.Password));
        Assert.Equal("/admin/privacy?done=true", done.Location);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from buyer where email = 'ines@buyers.example'"));
        var entry = System.Text.Json.Nodes.JsonNode.Parse(await shop.Entry("privacy.person-erased"))!;
        Assert.Equal("erasure", entry["actor-part"]!.ToString());
        var id = await shop.Scalar<string>("select lower(cast(k.ref as text)) from person_key k join staff s on s.id = k.person_id where s.email = 'ada@onbehalf.example'");
        Assert.Equal(id, entry["decided-by"]!.ToString());
        Assert.StartsWith("+ ", await File.ReadAllTextAsync(Path.Combine(shop.Folder, "person.erased")));
    }

    private static async Task<Caller> Callers(TestShop shop) => await Assistance.Sessions.CallerOf(await shop.As("vera"));

    private sealed record Waited(string Words) : Fact
    {
        public override string Name => "test.waited";
    }
}
