using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Exports;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Log;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Exports;

/// <summary>
/// The real server, killed in the middle of sending the log to somebody who now and then dies himself. Afterwards the receiver has every leaf, and what came twice is
/// no more than the batch that was on its way, with the same number and the same hash.
/// </summary>
public sealed class StreamKillTests
{
    private const int Breaks = 7;
    private const int Refuses = 4;

    [Fact]
    public Task A_server_that_is_killed_while_it_sends_loses_no_leaf_and_repeats_only_the_batch_that_was_on_its_way() => Kill(rounds: 3);

    [Fact]
    [Trait("Category", "Long")]
    public Task A_server_that_is_killed_while_it_sends_loses_no_leaf_and_repeats_only_the_batch_that_was_on_its_way_however_often() => Kill(rounds: 15);

    private static async Task Kill(int rounds)
    {
        await using var siem = await HttpSiem.Open();
        await using var shop = await TestShop.Start(builder => builder.Configuration["Streams:InternalHosts"] = "127.0.0.1");
        var ada = await shop.As("ada");
        await shop.Happen(3_000);
        await shop.Sequence();
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        await ada.Submit(await ada.Get("/admin/audit/streams"), "#add-stream", ("Input.Name", "The SIEM"), ("Input.Address", siem.Address), ("Input.FromBeginning", "true"));
        var requests = 0;
        using var pause = new ManualResetEventSlim();
        siem.Does = number =>
        {
            // Long enough to be killed in. What it refuses it does not keep: whoever took it for sent has lost it.
            pause.Wait(40);
            requests = number;
            return number % Breaks == 0 ? -1 : number % Refuses == 0 ? 503 : 200;
        };
        var (seed, node) = (Environment.TickCount, new KilledNode(shop, shop.Folder, ("Streams__InternalHosts", "127.0.0.1")));
        var chance = new Random(seed);
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var before = siem.Lines.Count;
                await node.Start();
                await Until(() => Task.FromResult(siem.Lines.Count > before), seed);
                await shop.Happen(1_500);
                await Task.Delay(chance.Next(400));
                node.Kill();
            }

            siem.Does = _ => 200;
            await node.Start();
            await Until(async () => await shop.Scalar<long>("select published - (select min(next_index) from audit_stream) + (select count(*) from audit_pending) from audit_tree") == 0, seed);
        }
        finally
        {
            node.Kill();
        }

        Check(siem, await shop.Scalar<long>("select min(next_index) from audit_stream"), rounds + (requests / Breaks), seed);
    }

    private static void Check(HttpSiem siem, long size, int interruptions, int seed)
    {
        var lines = siem.Lines.Select(line => (Index: line["onbehalf"]!["log"]!["index"]!.GetValue<long>(), Hash: line["event"]!["hash"]!.ToString())).ToList();
        Assert.Equal(Enumerable.Range(0, (int)size).Select(index => (long)index), lines.Select(line => line.Index).Distinct().Order());
        Assert.True(lines.Distinct().Count() == size, $"Seed {seed}: a number came with two hashes.");

        var (next, back) = (0L, 0);
        foreach (var (index, _) in lines)
        {
            Assert.True(index <= next && index > next - StreamSender.MostRecords - 1, $"Seed {seed}: {index} came where {next} was due.");
            back += index == next ? 0 : 1;
            next = index + 1;
        }

        Assert.True(back <= interruptions, $"Seed {seed}: {back} batches came again, and there were {interruptions} interruptions.");
    }

    private static async Task Until(Func<Task<bool>> isSo, int seed)
    {
        for (var patience = Stopwatch.StartNew(); !await isSo(); await Task.Delay(20))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(3), $"Seed {seed}: nothing arrives any more.");
        }
    }
}
