using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>
/// The real server, killed in the middle of what people do. On PostgreSQL there are two of them, and the one that leads the log is killed each time. Afterwards nothing
/// that was done is without its leaf, no leaf without what was done, and an outsider proves the log.
/// </summary>
public sealed class KillTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onbehalf-kill-").FullName;

    [Fact]
    public Task What_was_done_when_a_server_was_killed_has_its_leaf_and_every_leaf_was_done() => Kill(rounds: 2);

    [Fact]
    [Trait("Category", "Long")]
    public Task What_was_done_when_a_server_was_killed_has_its_leaf_and_every_leaf_was_done_however_often() => Kill(rounds: 12);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task Kill(int rounds)
    {
        await using var shop = await TestShop.Start();
        await shop.Sequence();
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        var seed = Environment.TickCount;
        var chance = new Random(seed);
        var nodes = shop.Database.Kind == DatabaseKind.Postgres
            ? new[] { new KilledNode(shop, shop.Folder), new KilledNode(shop, Copy(shop.Folder)) } : [new KilledNode(shop, shop.Folder)];
        var (promised, answered) = (new ConcurrentBag<Guid>(), new ConcurrentBag<string>());
        using var stop = new CancellationTokenSource();
        List<Task> work = [];
        try
        {
            await nodes[0].Start();
            await Publishes(shop);
            foreach (var node in nodes.Skip(1))
            {
                await node.Start();
            }

            Visitor[] people = [await Act(shop, "karim", "ines"), await Act(shop, "rosa", "paul"), await shop.As("jonas")];
            work = [.. people.Select((person, i) => Task.Run(() => Buy(shop, person, nodes[i % nodes.Length], promised, answered, stop.Token)))];

            // Everybody is in the middle of it.
            for (var patience = Stopwatch.StartNew(); answered.Distinct().Count() < people.Length; await Task.Delay(50))
            {
                Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), $"Only {string.Join(", ", answered.Distinct())} could buy.");
            }

            for (var round = 0; round < rounds; round++)
            {
                // The other one, or the same one again, leads from here on.
                var leads = nodes[round % nodes.Length];
                await Publishes(shop);
                await Task.Delay(chance.Next(600));
                leads.Kill();
                if (nodes.Length > 1)
                {
                    await Publishes(shop);
                }

                if (round < rounds - 1)
                {
                    await leads.Start();
                }
            }
        }
        finally
        {
            Array.ForEach(nodes, node => node.Kill());
            await stop.CancelAsync();
            await Task.WhenAll(work);
        }

        await Mailbox.Eventually(() => shop.Sequence(), "the place of who was killed");
        Assert.True(rounds < 5 || !promised.IsEmpty, "No node lived long enough to promise anything.");
        await Check(shop, promised, answered.Count, seed);
    }

    private static async Task<Visitor> Act(TestShop shop, string who, string buyer)
    {
        var visitor = await shop.As(who);
        return visitor.Inside((await Sessions.Act(visitor, buyer)).Base);
    }

    private async Task Check(TestShop shop, IReadOnlyCollection<Guid> promised, int answered, int seed)
    {
        await using var db = shop.Database.Read();
        var leaves = await db.Rows<Guid>("select event_id as \"Value\" from audit_leaf").ToListAsync(default);
        Assert.Equal((await db.Rows<Guid>("select id as \"Value\" from audit_event").ToListAsync(default)).Order(), leaves.Order());
        Assert.True(promised.All(leaves.ToHashSet().Contains), $"Seed {seed}: what a receipt promised is not in the log.");

        // Each of them put one piece after the other into his cart.
        var carts = await db.Rows<CartRow>(
            """
            select cast(l.quantity_thousandths / 1000 as integer) as "Pieces",
                cast((select count(*) from audit_event e where e.name in ('carts.line-added', 'carts.line-quantity-changed') and (e.session_id = c.session_id
                    or (c.session_id is null and e.session_id is null and e.operator_buyer_ref = (select k.ref from person_key k join membership m on m.buyer_id = k.person_id where m.id = c.membership_id)))) as integer) as "Events"
            from cart_line l join cart c on c.id = l.cart_id
            """).ToListAsync(default);
        Assert.True(carts.Count == 3, $"Seed {seed}: {carts.Count} carts.");
        Assert.All(carts, cart => Assert.True(cart.Pieces == cart.Events && cart.Pieces > 0, $"Seed {seed}: {cart}"));

        Assert.True(answered > 0 && carts.Sum(cart => cart.Pieces) >= answered, $"Seed {seed}: {answered} were answered, {carts.Sum(cart => cart.Pieces)} are there.");

        // An outsider with the public files, and the key on paper.
        await File.WriteAllTextAsync(Path.Combine(_folder, "policy"), $"log {shop.Services.GetRequiredService<LogSigner>().Verifier}\nquorum none\n");
        await Verifier("mirror", Directory.GetDirectories(Path.Combine(shop.Folder, "log")).Single(), Path.Combine(_folder, "mirror"));
        await Verifier("verify", Path.Combine(_folder, "mirror"), "--policy", Path.Combine(_folder, "policy"));
    }

    private static async Task Buy(TestShop shop, Visitor person, KilledNode node, ConcurrentBag<Guid> promised, ConcurrentBag<string> answered, CancellationToken stop)
    {
        var there = new Visitor(shop, new Elsewhere(node), person.PathBase);
        foreach (var (name, value) in person.Cookies)
        {
            there.Cookies[name] = value;
        }

        while (!stop.IsCancellationRequested)
        {
            try
            {
                var answer = await there.Put("P-100", "1");
                if (answer.Status == HttpStatusCode.SeeOther)
                {
                    answered.Add(person.PathBase);
                }

                if (answer.Response.Headers.TryGetValues(Receipt.HeaderName, out var values) && Receipt.TryParse(values.Single(), out var receipt))
                {
                    promised.Add(receipt!.Event);
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
            {
                // It is just being killed.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    // Somebody is up and at work: a checkpoint has been signed since.
    private static async Task Publishes(TestShop shop)
    {
        const string Sql = "select published from audit_tree";
        var before = await shop.Scalar<long>(Sql);
        for (var patience = Stopwatch.StartNew(); await shop.Scalar<long>(Sql) == before; await Task.Delay(20))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), "Nobody signs anything.");
        }
    }

    /// <summary>The folder of another node: the same keys of the shop, no key of a node and no log of its own.</summary>
    private string Copy(string folder)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder, "node")).FullName;
        foreach (var file in Directory.GetFiles(folder).Where(file => Path.GetFileName(file) is "master.key" or "person.keys" or "person.erased"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    private static async Task Verifier(params string[] words)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
        var program = Repository.PathTo(["src", "OnBehalf.Verify", "bin", configuration, "net10.0", "onbehalf-verify.dll"]);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await errors);
    }

    private sealed record CartRow(int Pieces, int Events);

    private sealed class Elsewhere(KilledNode node) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(node.Address, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
