using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>
/// Outsiders: a witness who cosigns, and an auditor who copies the log and checks an order by the commands of docs/operate/audit.md, against a shop that runs.
/// </summary>
public sealed class AuditorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onbehalf-auditor-").FullName;

    [Fact]
    public async Task Witnesses_cosign_what_grows_and_an_auditor_copies_the_log_and_checks_an_order_by_the_commands_of_the_page()
    {
        var policy = Path.Combine(_folder, "policy");
        await using var shop = await TestShop.Start(builder => builder.Configuration["Log:PolicyFile"] = policy, listen: true);
        var signer = shop.Services.GetRequiredService<LogSigner>();
        signer.Create("shop.example/log");
        using var witnessKey = SignerKey.Generate("bank.example/witness", SignatureType.Cosignature);
        using var witness = new Witness(witnessKey, WitnessPolicy.Parse($"log {signer.Verifier}\nquorum none\n"), Path.Combine(_folder, "memory"), TimeProvider.System, isNew: true);
        var (desk, url) = await Desk(witness, "http://127.0.0.1:0");
        await File.WriteAllTextAsync(policy, $"log {signer.Verifier}\nwitness bank {witnessKey.Verifier} {url}\nquorum bank\n");

        // A month: somebody acts and orders, and the log is looked at in between.
        await shop.Sequence();
        var karim = await shop.As("karim");
        var inside = karim.Inside((await Sessions.Act(karim, "ines")).Base);
        await inside.Put("P-100", "2");
        var placed = await inside.Submit(await inside.Get("/checkout"), "#checkout", ("Input.Place", "true"));
        await shop.Happen(300);
        await shop.Sequence();
        Assert.True(await shop.Scalar<bool>("select is_witnessed from audit_checkpoint order by size desc limit 1"));

        var march = await shop.Scalar<string>("select note from audit_checkpoint order by size desc limit 1");

        // A witness that is down delays nothing; another node that leads learns from it how much it knows.
        await desk.DisposeAsync();
        await shop.Happen(1);
        await shop.Sequence();
        Assert.False(await shop.Scalar<bool>("select is_witnessed from audit_checkpoint order by size desc limit 1"));
        Assert.Equal(await shop.Scalar<long>("select size from audit_tree"), await shop.Scalar<long>("select published from audit_tree"));
        (desk, _) = await Desk(witness, url);
        await shop.Services.GetRequiredService<LogLeader>().Leave();
        await using (var other = await shop.Beside(builder => builder.Configuration["Log:PolicyFile"] = policy))
        {
            await other.Happen(1);
            await other.Sequence();
            await other.Services.GetRequiredService<LogLeader>().Leave();
        }

        Assert.True(await shop.Scalar<bool>("select is_witnessed from audit_checkpoint order by size desc limit 1"));
        await desk.DisposeAsync();

        var ada = await shop.As("ada");
        var page = await ada.Submit(await ada.Get("/admin/audit/access"), "main form[method=post]", ("Input.Name", "Auditor"), ("Input.Days", "3"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), page.Document.QuerySelector("#token")!.TextContent);
        await File.WriteAllTextAsync(Path.Combine(_folder, "receipt.txt"), placed.Response.Headers.GetValues(Receipt.HeaderName).Single());
        await File.WriteAllTextAsync(Path.Combine(_folder, "march.checkpoint"), march);
        var number = await shop.Scalar<string>("select number from orders");
        await File.WriteAllTextAsync(Path.Combine(_folder, "order.tlog-proof"), (await (await shop.As("ines")).Get($"/account/orders/{number}/proof")).Html);

        foreach (var line in Commands())
        {
            var (exit, words) = await Run(line.Replace("https://shop.example", shop.Address.TrimEnd('/')));
            Assert.True(exit == 0, $"{line}\n{words}");
        }

        // The second opinion, and what both say when the shop's own copy is touched.
        var (second, opinion) = await Run("python3", [Repository.PathTo("tests", "verify_log.py"), "--policy", "policy", "mirror"]);
        Assert.True(second == 0, opinion);
        var bundle = Path.Combine(_folder, "mirror", "tile", "entries", "000");
        var bytes = await File.ReadAllBytesAsync(bundle);
        bytes[4_000] ^= 1;
        await File.WriteAllBytesAsync(bundle, bytes);
        Assert.Equal(1, (await Run("onbehalf-verify verify mirror --policy policy")).Exit);
        Assert.Equal(1, (await Run("python3", [Repository.PathTo("tests", "verify_log.py"), "--policy", "policy", "mirror"])).Exit);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<string> Commands()
    {
        var text = File.ReadAllText(Repository.PathTo("docs", "operate", "audit.md"));
        var block = text[text.IndexOf("<!-- march -->", StringComparison.Ordinal)..text.IndexOf("<!-- /march -->", StringComparison.Ordinal)];
        List<string> lines = [.. block.Split('\n').Where(line => line.StartsWith("onbehalf-verify ", StringComparison.Ordinal))];
        Assert.Equal(6, lines.Count);
        return lines;
    }

    private Task<(int Exit, string Words)> Run(string line) => Run("dotnet", [Program(), .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]]);

    private async Task<(int Exit, string Words)> Run(string program, IEnumerable<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    // Built beside these tests, in the same configuration.
    private static string Program() => Repository.PathTo(
        ["src", "OnBehalf.Verify", "bin", Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!, "net10.0", "onbehalf-verify.dll"]);

    private static async Task<(WebApplication Desk, string Url)> Desk(Witness witness, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var desk = builder.Build();
        desk.MapPost("/add-checkpoint", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            var reply = witness.AddCheckpoint(body.ToArray());
            return Results.Text(reply.Body, reply.ContentType, statusCode: reply.Status);
        });
        await desk.StartAsync();
        return (desk, desk.Urls.Single());
    }
}
