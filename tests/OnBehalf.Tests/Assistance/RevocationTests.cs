using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Abuse 5: when the end of a session has been answered, no write of it commits any more, whichever node it came to.</summary>
public sealed class RevocationTests(ITestOutputHelper output)
{
    private const string Written = "select coalesce(sum(l.quantity_thousandths), 0) from cart c join cart_line l on l.cart_id = c.id";

    [Fact]
    public Task Abuse05_Nothing_commits_on_another_node_after_the_end_was_answered() => Hammer(sessions: 5, writesEach: 20);

    [Fact]
    [Trait("Category", "Long")]
    public Task Abuse05_Nothing_commits_on_another_node_after_the_end_was_answered_in_ten_thousand_writes() => Hammer(sessions: 100, writesEach: 100);

    private async Task Hammer(int sessions, int writesEach)
    {
        await using var shop = await TestShop.Start();

        // SQLite's file belongs to one process.
        await using var other = shop.Database.Kind == DatabaseKind.Postgres ? await shop.Beside() : null;
        var node = other ?? shop;
        var karim = await shop.As("karim");
        var (answered, ends) = (0, new List<double>());
        for (var session = 0; session < sessions; session++)
        {
            var inside = (await karim.Assisting("ines")).At(node);
            var token = (await inside.Get("/product/P-100")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            var left = writesEach;
            var (accepted, isOver) = (0, false);
            var isInTheMiddle = new TaskCompletionSource();
            var hammers = Enumerable.Range(0, 4).Select(async _ =>
            {
                var visitor = inside.At(node);
                while (Interlocked.Decrement(ref left) >= 0 || !Volatile.Read(ref isOver))
                {
                    var answer = await visitor.PostRaw("/cart/lines", [("sku", "P-100"), ("quantity", "1"), ("__RequestVerificationToken", token)]);
                    if (answer.Status == HttpStatusCode.SeeOther && Interlocked.Increment(ref accepted) == writesEach / 4)
                    {
                        isInTheMiddle.SetResult();
                    }
                }
            }).ToList();

            // In the middle of everything.
            await isInTheMiddle.Task.WaitAsync(TimeSpan.FromSeconds(60));

            var clock = Stopwatch.StartNew();
            await shop.Services.GetRequiredService<AssistedSessions>().End(Caller.Machine("test"), inside.Session, "supervisor", CancellationToken.None);
            ends.Add(clock.Elapsed.TotalMilliseconds);
            var atTheAnswer = await shop.Scalar<long>(Written);
            Volatile.Write(ref isOver, true);
            await Task.WhenAll(hammers);

            Assert.Equal(atTheAnswer, await shop.Scalar<long>(Written));
            Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);
            answered += accepted;
        }

        Assert.Equal(answered * 1_000L, await shop.Scalar<long>(Written));
        ends.Sort();

        // Writes that overlap each other would keep an end waiting for as long as they come, were it not in a queue: nine seconds here.
        Assert.InRange(ends[^1], 0, 5_000);
        output.WriteLine($"{answered} writes answered, {sessions} ends: p50 {ends[ends.Count / 2]:F0} ms, p99 {ends[(int)(ends.Count * 0.99)]:F0} ms");
    }
}
