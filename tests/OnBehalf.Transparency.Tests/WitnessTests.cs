using System.Net;
using System.Text;

namespace OnBehalf.Transparency.Tests;

/// <summary>The witness cosigns one history of a log and never two, whatever it is asked and however often it dies.</summary>
public sealed class WitnessTests
{
    private static readonly Hash Leaf = Merkle.LeafHash([1]);

    [Theory]
    [InlineData("the first checkpoint", 0, 0, 3, 200)]
    [InlineData("the next one", 3, 3, 5, 200)]
    [InlineData("the same once more", 3, 3, 3, 200)]
    [InlineData("a proof from another size than it knows", 3, 2, 5, 409)]
    [InlineData("a smaller log than it knows", 5, 3, 3, 409)]
    [InlineData("an old size above the new one", 5, 5, 3, 400)]
    public async Task It_answers_as_its_protocol_says(string what, int known, int old, int size, int status)
    {
        Assert.NotEmpty(what);
        using var place = new Place();
        using var witness = place.Witness(isNew: true);
        if (known > 0)
        {
            Assert.Equal(200, witness.AddCheckpoint(await place.Request(0, known)).Status);
        }

        var reply = witness.AddCheckpoint(await place.Request(old, size));
        Assert.Equal(status, reply.Status);
        Assert.Equal(status == 409 ? ($"{known}\n", "text/x.tlog.size") : ("", ""), status == 409 ? (reply.Body, reply.ContentType) : ("", ""));
        Assert.Equal((status == 200, false), (reply.Body.StartsWith('—'), reply.IsEvidence));
        Assert.Equal(status == 200 ? size : known, witness.Last(WrittenLog.Origin)?.Size ?? 0);
    }

    [Fact]
    public async Task It_refuses_logs_it_does_not_know_signatures_that_do_not_hold_and_proofs_that_prove_nothing()
    {
        using var place = new Place();
        using var witness = place.Witness(isNew: true);
        Assert.Equal(404, witness.AddCheckpoint(Body(new WitnessRequest(0, [], SignedNote.Sign(new Checkpoint("other.example/log", 1, Leaf).ToString(), default, WrittenLog.Log)))).Status);
        Assert.Equal(403, witness.AddCheckpoint(Body(new WitnessRequest(0, [], SignedNote.Sign(new Checkpoint(WrittenLog.Origin, 1, Leaf).ToString(), default, WrittenLog.Node)))).Status);
        Assert.Equal(422, witness.AddCheckpoint(Body(new WitnessRequest(0, [Leaf], place.Note(3)))).Status);
        Assert.Equal(400, witness.AddCheckpoint("old 0\n"u8).Status);
        Assert.Equal(400, witness.AddCheckpoint(Body(new WitnessRequest(0, [.. Enumerable.Repeat(Leaf, 64)], place.Note(3)))).Status);
        Assert.Null(witness.Last(WrittenLog.Origin));

        Assert.Equal(200, witness.AddCheckpoint(await place.Request(0, 3)).Status);
        Assert.Equal(422, witness.AddCheckpoint(Body(new WitnessRequest(3, [Leaf, Leaf], place.Note(5)))).Status);
        Assert.Equal(422, witness.AddCheckpoint(Body(new WitnessRequest(3, [], place.Note(5)))).Status);
        var fork = SignedNote.Sign(new Checkpoint(WrittenLog.Origin, 3, Leaf).ToString(), default, WrittenLog.Log);
        var reply = witness.AddCheckpoint(Body(new WitnessRequest(3, [], fork)));
        Assert.Equal((409, true), (reply.Status, reply.IsEvidence));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_from_the_same_size_one_is_served_and_the_others_are_told_its_size()
    {
        using var place = new Place();
        using var witness = place.Witness(isNew: true);
        var requests = await Task.WhenAll(Enumerable.Range(1, 9).Select(size => place.Request(0, size)));
        var replies = new WitnessReply[requests.Length];
        Parallel.For(0, requests.Length, i => replies[i] = witness.AddCheckpoint(requests[i]));
        var served = Assert.Single(Enumerable.Range(0, replies.Length), i => replies[i].Status == 200);
        Assert.Equal(served + 1, witness.Last(WrittenLog.Origin)!.Size);
        Assert.All(replies.Where((_, i) => i != served), reply => Assert.Equal((409, $"{served + 1}\n"), (reply.Status, reply.Body)));
    }

    [Fact]
    public async Task Its_memory_is_its_own_cannot_be_lost_unnoticed_and_serves_one_at_a_time()
    {
        using var place = new Place();
        Assert.Throws<IOException>(() => place.Witness(isNew: false));
        using (var witness = place.Witness(isNew: true))
        {
            Assert.Equal(200, witness.AddCheckpoint(await place.Request(0, 3)).Status);
            Assert.Throws<IOException>(() => place.Witness(isNew: false));
        }

        Assert.Throws<IOException>(() => place.Witness(isNew: false, WrittenLog.Bert));
        var file = Directory.GetFiles(place.State, "*.checkpoint").Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\n3\n", "\n2\n"));
        using var damaged = place.Witness(isNew: false);
        Assert.Throws<IOException>(() => damaged.AddCheckpoint(place.Request(0, 3).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Over_HTTP_killed_and_started_again_it_cosigns_no_fork()
    {
        using var place = new Place();
        var key = Path.Combine(place.Log.Home, "witness.key");
        var (exit, made) = await VerifyProgram.Run("key", "new", "--for", "witness", "--name", "w.example/1", "--out", key);
        Assert.Equal(0, exit);
        var witness = VerifierKey.Parse(made.Trim());
        using var http = new HttpClient();
        var client = new WitnessClient(http);
        string[] command = ["witness", "--key", key, "--state", place.State, "--policy", place.Log.PolicyPath, "--listen", "127.0.0.1:0"];

        var cosigned = await Alive([.. command, "--new"], async address =>
        {
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await http.PostAsync(address + "/add-checkpoint", new ByteArrayContent(new byte[100_000]))).StatusCode);
            // It asks from a size that the witness does not know, and is told the right one.
            await client.Cosign(witness, address, place.Note(3), 3, 0, place.Prove(3));
            return await client.Cosign(witness, address, place.Note(5), 5, 1, place.Prove(5));
        });
        var signature = Assert.IsType<WitnessAnswer.Cosigned>(cosigned).Signature;
        Assert.True(place.Note(5).With(signature).IsSignedBy(witness));

        var other = new GrownLog(Enumerable.Range(0, 7).Select(i => BitConverter.GetBytes(i + (i == 1 ? 9 : 0))));
        var fork = SignedNote.Sign(new Checkpoint(WrittenLog.Origin, 7, other.Frontier.Root()).ToString(), default, WrittenLog.Log);
        var answers = await Alive(command, async address => new[]
        {
            await client.Cosign(witness, address, fork, 7, 5, (from, cancel) => Proofs.Consistency(from, 7, other.Read, cancel)),
            await client.Ask(witness, address, new WitnessRequest(0, [], fork)),
            await client.Cosign(witness, address, place.Note(7), 7, 5, place.Prove(7)),
        });
        Assert.Equal(422, Assert.IsType<WitnessAnswer.Refused>(answers[0]).Status);
        Assert.Equal(5, Assert.IsType<WitnessAnswer.KnowsOtherSize>(answers[1]).Size);
        Assert.IsType<WitnessAnswer.Cosigned>(answers[2]);
        Assert.Equal(0, Assert.IsType<WitnessAnswer.Refused>(await client.Ask(witness, "http://127.0.0.1:1", new WitnessRequest(0, [], fork))).Status);
    }

    private static async Task<T> Alive<T>(string[] command, Func<string, Task<T>> use)
    {
        using var process = VerifyProgram.Start(command);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync();
            return await use(line is null ? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()) : line.Split(' ')[^1]);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static byte[] Body(WitnessRequest request) => Encoding.UTF8.GetBytes(request.ToString());

    private sealed class Place : IDisposable
    {
        private readonly GrownLog _whole = new(Enumerable.Range(0, 10).Select(BitConverter.GetBytes));

        public WrittenLog Log { get; } = new();

        public string State => Path.Combine(Log.Home, "state");

        public Witness Witness(bool isNew, SignerKey? key = null) => new(key ?? WrittenLog.Anna, WitnessPolicy.Parse(Log.Policy), State, TimeProvider.System, isNew);

        public SignedNote Note(int size) => SignedNote.Sign(
            new Checkpoint(WrittenLog.Origin, size, Merkle.Root([.. _whole.Entries.Take(size).Select(entry => Merkle.LeafHash(entry))])).ToString(), default, WrittenLog.Log);

        public async Task<byte[]> Request(int old, int size) =>
            Body(new WitnessRequest(old, old > size ? [] : await Proofs.Consistency(old, size, Of(size).Read), Note(size)));

        public Func<long, CancellationToken, Task<IReadOnlyList<Hash>>> Prove(int size) => (from, cancel) => Proofs.Consistency(from, size, Of(size).Read, cancel);

        public void Dispose() => Log.Dispose();

        private GrownLog Of(int size) => new(_whole.Entries.Take(size));
    }
}
