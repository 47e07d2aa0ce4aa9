using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>What others say of the log, and what the world sees of it meanwhile.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onbehalf-witnesses-").FullName;

    [Fact]
    public async Task The_word_of_one_witness_stops_nothing_while_enough_others_cosign_and_is_told_once()
    {
        await using var anna = await Desk.Open("anna");
        await using var bert = await Desk.Open("bert");
        await using var shop = await Start("any", anna, bert);
        await shop.Happen(1);
        await shop.Sequence();
        anna.Knows = 1_000;
        for (var i = 0; i < 3; i++)
        {
            await shop.Happen(1);
            await shop.Sequence();
        }

        Assert.DoesNotContain("log.stopped", await shop.Facts());
        Assert.Single(await shop.Facts(), "log.witness-differs");
        Assert.Contains("\"witness\":\"anna\"", await shop.Entry("log.witness-differs"));
        Assert.Equal(await shop.Scalar<long>("select size from audit_tree"), (await shop.Head()).Size);

        // When nobody outweighs it any more, its word counts until enough cosign again.
        bert.IsOpen = false;
        await shop.Happen(1);
        await shop.Sequence();
        var signed = await shop.Head();
        await shop.Happen(1);
        await shop.Sequence();
        Assert.Equal(signed, await shop.Head());
        Assert.Contains("log.stopped", await shop.Facts());
        bert.IsOpen = true;
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        await shop.Sequence();
        await shop.Sequence();
        Assert.Equal(await shop.Scalar<long>("select size from audit_tree"), (await shop.Head()).Size);
    }

    [Theory]
    [InlineData("after a start")]
    [InlineData("after it was away")]
    public async Task Who_may_have_missed_what_is_gone_outweighs_nobody_who_says_so(string when)
    {
        await using var anna = await Desk.Open("anna");
        await using var bert = await Desk.Open("bert");
        await using var shop = await Start("any", anna, bert);
        if (when == "after it was away")
        {
            await shop.Happen(1);
            await shop.Sequence();
            bert.IsOpen = false;
            await shop.Happen(1);
            await shop.Sequence();
            bert.IsOpen = true;
        }

        anna.Knows = 1_000;
        for (var i = 0; i < 3; i++)
        {
            await shop.Happen(1);
            await shop.Sequence();
        }

        Assert.Contains("log.stopped", await shop.Facts());
        Assert.True((await shop.Head()).Size < await shop.Scalar<long>("select size from audit_tree"));

        // Until the one who doubts cosigns.
        anna.Knows = 0;
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        await shop.Sequence();
        await shop.Sequence();
        Assert.Equal(await shop.Scalar<long>("select size from audit_tree"), (await shop.Head()).Size);
    }

    [Fact]
    public async Task A_witness_that_wavers_is_told_once_an_hour()
    {
        await using var anna = await Desk.Open("anna");
        await using var bert = await Desk.Open("bert");
        await using var shop = await Start("any", anna, bert);
        for (var i = 0; i < 6; i++)
        {
            anna.Knows = i % 2 * 1_000;
            await shop.Happen(1);
            await shop.Sequence();
        }

        Assert.Single(await shop.Facts(), "log.witness-differs");
        Assert.DoesNotContain("log.stopped", await shop.Facts());
    }

    [Fact]
    public async Task A_node_that_has_lost_the_place_takes_nothing_for_a_fork_and_shows_nothing_smaller()
    {
        await using var anna = await Desk.Open("anna");
        await using var shop = await Start("anna", anna);
        await shop.Happen(1);
        await shop.Sequence();
        var late = await shop.Head();
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        await using (var other = await shop.Beside(builder => builder.Configuration["Log:PolicyFile"] = Policy))
        {
            await other.Happen(10);
            Assert.True(await other.Sequence());
            await other.Services.GetRequiredService<LogLeader>().Leave();
        }

        var newest = await shop.Head();
        Assert.True(newest.Size > late.Size);

        // It comes late with what it has signed before.
        anna.Knows = newest.Size;
        var note = await shop.Scalar<string>($"select note from audit_checkpoint where size = {late.Size}");
        Assert.True(SignedNote.TryParse(note, out var signed));
        shop.Services.GetRequiredService<LogWitnesses>().Offer(new Published(late, signed!));
        await shop.Services.GetRequiredService<LogWitnesses>().Settle();
        Assert.Null(shop.Services.GetRequiredService<LogWitnesses>().ForkOf(() => newest.Origin));
        Assert.Equal(newest.Size, await Public(shop));
        var file = await File.ReadAllTextAsync(Path.Combine(Directory.GetDirectories(Path.Combine(shop.Folder, "log")).Single(), "checkpoint"));
        Assert.True(SignedNote.TryParse(file, out var shown) && Checkpoint.TryParse(shown!.Text, out var inFile) && inFile!.Size == newest.Size);
        shop.Services.GetRequiredService<LogTiles>().Show(late, note);
        Assert.Equal(file, await File.ReadAllTextAsync(Path.Combine(Directory.GetDirectories(Path.Combine(shop.Folder, "log")).Single(), "checkpoint")));

        // And where the signer's memory says more, it signs nothing.
        var signer = shop.Services.GetRequiredService<LogSigner>();
        var refused = await signer.Sign(late, shop.Services.GetRequiredService<LogTiles>().Reader(late.Origin), TimeProvider.System.GetUtcNow(), default);
        Assert.Equal("log.database-older", refused.Refusal?.Code);
        Assert.Equal(newest, signer.Last);
    }

    [Fact]
    public async Task What_everybody_is_shown_never_goes_back_however_late_witnesses_answer()
    {
        await using var anna = await Desk.Open("anna");
        await using var shop = await Start("anna", anna);
        var leader = shop.Services.GetRequiredService<LogLeader>();
        var (witnesses, sizes) = (shop.Services.GetRequiredService<LogWitnesses>(), new List<long>());

        // The first answer takes so long that more is published meanwhile.
        anna.Answers = new TaskCompletionSource();
        for (var i = 0; i < 3; i++)
        {
            await shop.Happen(1);
            await leader.Round(atOnce: true, default);
            sizes.Add(await Public(shop));
        }

        anna.Answers.SetResult();
        await witnesses.Settle();
        sizes.Add(await Public(shop));

        // Then nobody answers for so long that what is shown goes on without.
        anna.IsOpen = false;
        for (var i = 0; i < 25; i++)
        {
            await shop.Happen(1);
            await shop.Sequence();
            sizes.Add(await Public(shop));
        }

        anna.IsOpen = true;
        await shop.Happen(1);
        await shop.Sequence();
        sizes.Add(await Public(shop));
        Assert.Equal(sizes.Order(), sizes);
        Assert.Equal(await shop.Scalar<long>("select size from audit_tree"), sizes[^1]);
        Assert.True(sizes[^2] > sizes[3], "Without its witnesses the log was never shown again.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Policy => Path.Combine(_folder, "policy");

    private async Task<TestShop> Start(string quorum, params Desk[] desks)
    {
        var shop = await TestShop.Start(builder => builder.Configuration["Log:PolicyFile"] = Policy);
        var signer = shop.Services.GetRequiredService<LogSigner>();
        signer.Create("shop.example/log");
        var lines = desks.Select(desk => $"witness {desk.Name} {desk.Key.Verifier} {desk.Address}");
        var group = quorum == "any" ? $"group any any {string.Join(' ', desks.Select(desk => desk.Name))}\n" : "";
        await File.WriteAllTextAsync(Policy, $"log {signer.Verifier}\n{string.Join('\n', lines)}\n{group}quorum {quorum}\n");
        return shop;
    }

    // What is public, as a mirror asks for it.
    private static async Task<long> Public(TestShop shop)
    {
        Assert.True(SignedNote.TryParse((await shop.Anonymous().Get("/log/checkpoint")).Html, out var note));
        Assert.True(Checkpoint.TryParse(note!.Text, out var head));
        return head!.Size;
    }

    /// <summary>A witness who cosigns whatever he is shown, or says that he knows more.</summary>
    private sealed class Desk(string name, WebApplication app) : IAsyncDisposable
    {
        public string Name => name;

        public SignerKey Key { get; } = SignerKey.Generate($"{name}.example/witness", SignatureType.Cosignature);

        public string Address => app.Urls.Single();

        /// <summary>So many entries, which he says instead of cosigning; 0 cosigns.</summary>
        public long Knows { get; set; }

        public bool IsOpen { get; set; } = true;

        public TaskCompletionSource Answers { get; set; } = Done();

        public static async Task<Desk> Open(string name)
        {
            var desk = new Desk(name, WebApplication.CreateSlimBuilder().Quiet().Build());
            desk.Map();
            await desk.Begin();
            return desk;
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            Key.Dispose();
        }

        private Task Begin() => app.StartAsync();

        private void Map() => app.MapPost("/add-checkpoint", async (HttpRequest request) =>
        {
            var body = await new StreamReader(request.Body).ReadToEndAsync();
            await Answers.Task;
            return !IsOpen ? Results.StatusCode(503) : Knows > 0 ? Results.Text($"{Knows}\n", "text/x.tlog.size", statusCode: 409)
                : Results.Text(Key.Sign(SignedNote.TryParse(body[(body.IndexOf("\n\n", StringComparison.Ordinal) + 2)..], out var note) ? note!.Text : "", TimeProvider.System.GetUtcNow()) + "\n");
        });

        private static TaskCompletionSource Done()
        {
            var done = new TaskCompletionSource();
            done.SetResult();
            return done;
        }
    }
}
