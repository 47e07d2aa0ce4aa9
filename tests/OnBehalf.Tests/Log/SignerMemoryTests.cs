using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>The key alone signs nothing; what was broken off can be finished; and what others remember counts as well.</summary>
public sealed class SignerMemoryTests
{
    [Fact]
    public async Task A_key_whose_memory_is_gone_signs_nothing_until_somebody_brings_a_checkpoint()
    {
        await using var shop = await TestShop.Start(watchesLog: true);
        await shop.Happen(3);
        await shop.Sequence();
        var signed = await shop.Head();
        var note = (await shop.Anonymous().Get("/log/checkpoint")).Html;
        var folder = Path.Combine(shop.Folder, "log-signer");

        // Also a damaged memory is none.
        await File.WriteAllTextAsync(Path.Combine(folder, "state"), "");
        await shop.Happen(1);
        await shop.Sequence();
        File.Delete(Path.Combine(folder, "state"));
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        await shop.Happen(1);
        await shop.Sequence();
        Assert.Equal(signed, await shop.Head());
        Assert.Contains("log.no-memory", await shop.Entry("log.stopped"));
        Assert.Equal(HttpStatusCode.Conflict, (await Sessions.Begin(await shop.As("karim"), "ines")).Status);
        Assert.Equal("log.no-memory", (await LogCommands.GoOn(shop.Services, "Ada", "Lost.", default)).Refusal?.Code);

        Assert.Equal("log.not-a-checkpoint", (await LogCommands.Recall(shop.Services, note.Replace("\n4\n", "\n3\n").Replace("\n5\n", "\n4\n"), "Ada", "A disk broke.", default)).Refusal?.Code);
        Assert.Equal("log.remembers-more", (await LogCommands.Recall(shop.Services, null, "Ada", "A disk broke.", default)).Refusal?.Code);
        Assert.Equal(signed, (await LogCommands.Recall(shop.Services, note, "Ada", "A disk broke.", default)).Value);
        await shop.Sequence();
        Assert.Equal(await shop.Scalar<long>("select count(*) from audit_event"), (await shop.Head()).Size);
        Assert.Contains($"\"signed-size\":{signed.Size}", await shop.Entry("log.memory-given"));
        Assert.NotEqual(HttpStatusCode.Conflict, (await Sessions.Begin(await shop.As("karim"), "ines")).Status);
    }

    [Fact]
    public async Task A_key_that_comes_alone_begins_when_somebody_says_that_nothing_was_signed_with_it()
    {
        await using var shop = await TestShop.Start();
        Directory.CreateDirectory(Path.Combine(shop.Folder, "log-signer"));
        using var key = SignerKey.Generate("shop.example/log");
        key.Save(Path.Combine(shop.Folder, "log-signer", "key"));
        await shop.Sequence();
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from audit_checkpoint"));
        Assert.False((await LogCommands.Recall(shop.Services, null, "Ada", "A new key, made elsewhere.", default)).IsRefused);
        await shop.Sequence();
        Assert.Equal("shop.example/log", (await shop.Head()).Origin);
    }

    [Theory]
    [InlineData("before the event")]
    [InlineData("before the key is in its place")]
    [InlineData("between memory and key")]
    public async Task A_way_on_that_broke_off_signs_nothing_and_is_finished_by_doing_it_again(string when)
    {
        await using var shop = await TestShop.Start();
        await shop.Happen(2);
        await shop.Sequence();
        var (signed, signer, folder) = (await shop.Head(), shop.Services.GetRequiredService<LogSigner>(), Path.Combine(shop.Folder, "log-signer"));
        var (state, key) = (Path.Combine(folder, "state"), Path.Combine(folder, "key"));
        await File.WriteAllTextAsync(state, (signed with { Size = signed.Size + 5 }).ToString());
        var next = signer.Prepare();
        if (when != "before the event")
        {
            var (had, old) = (await File.ReadAllTextAsync(state), await File.ReadAllBytesAsync(key));
            Assert.Equal(next, (await LogCommands.GoOn(shop.Services, "Ada", "A fire.", default)).Value);
            File.Move(key, key + ".next");
            await File.WriteAllBytesAsync(key, old);
            if (when == "before the key is in its place")
            {
                await File.WriteAllTextAsync(state, had);
            }
        }

        await shop.Sequence();
        Assert.Equal(signed, await shop.Head());
        Assert.Equal(next, (await LogCommands.GoOn(shop.Services, "Ada", "A fire.", default)).Value);
        await shop.Sequence();
        Assert.Equal((next.Name, await shop.Scalar<long>("select count(*) from audit_event")), ((await shop.Head()).Origin, (await shop.Head()).Size));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from audit_event where name = 'log.resumed'"));
        Assert.False(File.Exists(key + ".next"));
    }

    [Fact]
    public async Task What_a_witness_remembers_stops_a_log_that_is_shorter_until_it_is_cleared_up()
    {
        var policy = Path.Combine(Directory.CreateTempSubdirectory("onbehalf-witness-").FullName, "policy");
        await using var shop = await TestShop.Start(builder => builder.Configuration["Log:PolicyFile"] = policy, watchesLog: true);
        using var anna = SignerKey.Generate("anna.example/witness", SignatureType.Cosignature);
        var knows = 1000L;
        await using var desk = WebApplication.CreateSlimBuilder().Quiet().Build();
        desk.MapPost("/add-checkpoint", async (HttpRequest request) =>
        {
            var body = await new StreamReader(request.Body).ReadToEndAsync();
            return knows > 0 ? Results.Text($"{knows}\n", "text/x.tlog.size", statusCode: 409)
                : Results.Text(anna.Sign(SignedNote.TryParse(body[(body.IndexOf("\n\n", StringComparison.Ordinal) + 2)..], out var note) ? note!.Text : "", TimeProvider.System.GetUtcNow()) + "\n");
        });
        await desk.StartAsync();
        var signer = shop.Services.GetRequiredService<LogSigner>();
        signer.Create("shop.example/log");
        await File.WriteAllTextAsync(policy, $"log {signer.Verifier}\nwitness anna {anna.Verifier} {desk.Urls.Single()}\nquorum anna\n");

        await shop.Sequence();
        var signed = await shop.Head();
        await shop.Happen(1);
        await shop.Sequence();
        await shop.Sequence();
        Assert.Equal(signed, await shop.Head());
        Assert.Contains("log.witness-ahead", await shop.Entry("log.stopped"));
        Assert.Contains("Witness anna has cosigned 1,000 entries", (await (await shop.As("ada")).Get("/admin/audit")).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await Sessions.Begin(await shop.As("karim"), "ines")).Status);

        // Another leader knows it from the database, and asks before it signs.
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        await shop.Happen(1);
        await shop.Sequence();
        Assert.Equal(signed, await shop.Head());
        knows = 0;
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        await shop.Sequence();
        await shop.Sequence();
        Assert.Equal(await shop.Scalar<long>("select count(*) from audit_event"), (await shop.Head()).Size);
        Assert.NotEqual(HttpStatusCode.Conflict, (await Sessions.Begin(await shop.As("karim"), "ines")).Status);

        // Without its witnesses for more than a day nobody begins to act either.
        knows = 1;
        await shop.Happen(1);
        await shop.Sequence();
        await shop.Sql(shop.Database.Kind == Data.DatabaseKind.Postgres ? "update audit_checkpoint set at = at - interval '25 hours', is_witnessed = false" : "update audit_checkpoint set at = at - 90000000000, is_witnessed = 0");
        Assert.StartsWith("degraded", (await shop.Anonymous().Get("/health")).Html);
    }

    [Fact]
    public async Task Damaged_files_of_the_log_are_made_anew_from_the_database()
    {
        await using var shop = await TestShop.Start();
        await shop.Happen(300);
        await shop.Sequence();
        var folder = Directory.GetDirectories(Path.Combine(shop.Folder, "log")).Single();
        var tile = Path.Combine(folder, "tile", "0", "000");
        var bytes = await File.ReadAllBytesAsync(tile);
        await File.WriteAllBytesAsync(tile, [.. bytes[..40], (byte)(bytes[40] ^ 1), .. bytes[41..]]);
        foreach (var leaves in new[] { false, true })
        {
            if (leaves)
            {
                await shop.Services.GetRequiredService<LogLeader>().Leave();
            }

            await shop.Happen(1);
            await shop.Sequence();
        }

        await shop.Sequence();
        Assert.Equal(await shop.Scalar<long>("select count(*) from audit_event"), (await shop.Head()).Size);
        Assert.Equal((await shop.Head()).Root, (await Frontier.FromTiles((await shop.Head()).Size, new TileFolder(folder).Read)).Root());
        Assert.DoesNotContain("log.stopped", await shop.Facts());
    }
}
