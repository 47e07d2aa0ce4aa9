using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Log;

/// <summary>Old entries go, and what is kept is proved as before; values of an entry are disclosed with what proves them.</summary>
public sealed class PruningTests
{
    [Fact]
    public async Task What_is_older_than_the_log_is_kept_goes_and_the_rest_is_proved_by_both_verifiers()
    {
        await using var shop = await TestShop.Start(watchesLog: true);
        await shop.Sequence();
        var (there, path) = await Sessions.Act(await shop.As("karim"), "ines");
        var inside = there.Inside(path);
        await inside.Put("P-100", "2");
        await inside.Submit(await inside.Get("/checkout"), "#checkout", ("Input.Place", "true"));
        var number = await shop.Scalar<string>("select number from orders");
        await shop.Happen(600);
        await shop.Sequence();
        var files = Directory.GetDirectories(Path.Combine(shop.Folder, "log")).Single();
        File.Copy(Path.Combine(files, "checkpoint"), Path.Combine(shop.Folder, "earlier"));
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "policy"), $"log {shop.Services.GetRequiredService<LogSigner>().Verifier}\nquorum none\n");
        var (pruning, log) = (shop.Services.GetRequiredService<LogPruning>(), shop.Services.GetRequiredService<LogQueries>());
        var before = TimeProvider.System.GetUtcNow().AddMinutes(1);

        // A hold keeps what is about him, and all after it.
        await shop.Sql($"insert into legal_hold (id, buyer_id, reason, since, set_by) select '{Guid.NewGuid().ToString().ToUpperInvariant()}', id, 'a dispute', {shop.Database.Now}, 'Ada' from buyer where first_name = 'Ines'");
        Assert.Equal("log.prune-held", (await pruning.Announce(before, "Ada", default)).Refusal?.Code);
        await shop.Sql($"update legal_hold set lifted_at = {shop.Database.Now}, lifted_by = 'Ada'");

        // What is not said in a signed entry does not go.
        var reach = (await pruning.Announce(before, "Ada", default)).Value;
        Assert.True(reach.First is 512 or 768, $"{reach.First}");
        Assert.Equal(0, await pruning.Apply(default));
        Assert.Equal("log.nothing-to-prune", (await pruning.Announce(before, "Ada", default)).Refusal?.Code);
        await shop.Sequence();
        Assert.Equal(reach.First, await pruning.Apply(default));
        Assert.Equal(0, await pruning.Apply(default));
        Assert.Equal(0, await shop.Scalar<int>($"select count(*) from audit_leaf l join audit_event e on e.id = l.event_id where l.leaf_index < {reach.First} and (e.entry <> '' or e.name <> '' or e.buyer_ref is not null)"));
        Assert.Equal(0, await shop.Scalar<int>($"select count(*) from audit_leaf l join audit_private p on p.event_id = l.event_id where l.leaf_index < {reach.First}"));
        Assert.False(File.Exists(Path.Combine(files, "tile", "entries", "000")));
        Assert.True(File.Exists(Path.Combine(files, "tile", "0", "000")));
        var ada = await shop.As("ada");
        Assert.Equal(HttpStatusCode.Gone, (await shop.Fetch("/log/tile/entries/000", null)) is { StatusCode: HttpStatusCode.Unauthorized } ? (await ada.Get("/log/tile/entries/000")).Status : HttpStatusCode.OK);

        // Nobody empties what is to be kept.
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => shop.Sql("update audit_event set name = '', outcome = '', entry = '' where entry <> ''"));

        // The log goes on, under a new leader too, and both verifiers say what they could not see.
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        await shop.Happen(10);
        await shop.Sequence();
        foreach (var (program, words) in new[]
        {
            ("dotnet", new[] { Program(), "verify", files, "--policy", "policy", "--since", "earlier" }), ("python3", [Repository.PathTo("tests", "verify_log.py"), "--policy", "policy", files]),
        })
        {
            var (exit, said) = await Run(shop.Folder, program, words);
            Assert.True(exit == 0, said);
            Assert.Contains("are not kept any more, as leaf", said);
        }

        // Pages and proofs say so as well; receipts of this node are believed all the same.
        Assert.Contains("older than the log is kept", (await ada.Get("/admin/audit")).Text);
        Assert.Contains("older than the log is kept", (await (await shop.As("ines")).Get("/account/assistance")).Text);
        Assert.Contains("older than the audit log of the shop is kept", (await ada.Get($"/staff/orders/{number}/proof")).Text);
        Assert.Contains((await log.Keys(default)), key => key.StartsWith("node "));
        Assert.Equal(HttpStatusCode.OK, (await (await (await shop.As("vera")).Assisting("jonas")).Get("/cart")).Status);
    }

    [Fact]
    public async Task Values_are_disclosed_with_their_salts_and_the_proof_of_the_entry_and_an_order_from_before_says_why_it_has_none()
    {
        await using var shop = await TestShop.Start();
        await shop.Sequence();
        var (karim, ada) = (await shop.As("karim"), await shop.As("ada"));
        var inside = await karim.Assisting("ines");
        await inside.Put("P-100", "2");
        await inside.Submit(await inside.Get("/checkout"), "#checkout", ("Input.Place", "true"));
        await ada.Submit(await ada.Get("/admin/audit/access"), "main form[method=post]", ("Input.Name", "Auditor"), ("Input.Days", "3"));
        await shop.Sequence();
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "policy"), $"log {shop.Services.GetRequiredService<LogSigner>().Verifier}\nquorum none\n");
        var id = await shop.Scalar<string>("select cast(p.event_id as text) from audit_private p join audit_leaf l on l.event_id = p.event_id order by l.leaf_index limit 1");
        var opening = await ada.Get($"/admin/audit/{id}/opening");
        Assert.True(opening.Status == HttpStatusCode.OK, $"{id} {opening.Text}");
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "opening"), opening.Html);
        foreach (var (program, words) in new[] { ("dotnet", new[] { Program(), "open", "opening", "--policy", "policy" }), ("python3", [Repository.PathTo("tests", "verify_log.py"), "--policy", "policy", "--open", "opening"]) })
        {
            var (exit, said) = await Run(shop.Folder, program, words);
            Assert.True(exit == 0, said);
        }

        Assert.Contains("log.values-opened", await shop.Facts());
        Assert.Contains("/opening", (await ada.Get($"/admin/audit/{id}")).Html);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get($"/admin/audit/{id}/opening")).Status);

        // The proof for staff, and none for what was brought along.
        var number = await shop.Scalar<string>("select number from orders");
        Assert.StartsWith("c2sp.org/tlog-proof@v1", (await karim.Get($"/staff/orders/{number}/proof")).Html);
        await shop.Sql("update orders set session_id = null, audit_event_id = null");
        var none = await karim.Get($"/staff/orders/{number}/proof");
        Assert.Equal(HttpStatusCode.Conflict, none.Status);
        Assert.Contains("brought along from an older shop", none.Text);
    }

    internal static string Program() => Repository.PathTo(
        ["src", "OnBehalf.Verify", "bin", Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!, "net10.0", "onbehalf-verify.dll"]);

    internal static async Task<(int Exit, string Words)> Run(string folder, string program, IEnumerable<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
