using System.CommandLine;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Hosting;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>`onbehalf-verify …`: each command is one method. Exit codes: 0 proved or done, 1 not proved, 2 could not be checked.</summary>
internal static class Commands
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Mirror()
    {
        var url = new Argument<string>("URL") { Description = "The address of the log (https://shop.example/log), or a folder." };
        var folder = new Argument<string>("DIR") { Description = "Where the copy is to lie; made when it is not there." };
        var token = new Option<string?>("--token-file") { Description = "A file with the access token that the shop gave to the auditor." };
        var command = new Command("mirror", "Copies a log, or what is new of it, and keeps every checkpoint ever seen.") { url, folder, token };
        command.SetAction(async (parsed, cancel) =>
        {
            var secret = parsed.GetValue(token) is { } file ? (await File.ReadAllTextAsync(file, cancel)).Trim() : null;
            using var source = new LogSource(parsed.GetRequiredValue(url), secret);
            var (answer, words) = await new Mirror(source, parsed.GetRequiredValue(folder)).Run(cancel);
            return Say(answer, words);
        });
        return command;
    }

    public static Command Verify()
    {
        var folder = new Argument<string>("DIR") { Description = "A log that was mirrored." };
        var policy = PolicyOption();
        var since = new Option<string[]>("--since") { Description = "A checkpoint that was saved elsewhere and must be continued; may be given several times." };
        var fresh = new Option<int?>("--fresh") { Description = "The witnesses must have cosigned, or without witnesses an entry must have been written, within so many hours." };
        var json = new Option<bool>("--json") { Description = "Says the verdict as JSON." };
        var command = new Command("verify", "Proves that a mirrored log is whole: signatures, witnesses, every entry, every earlier checkpoint, every session.") { folder, policy, since, fresh, json };
        command.SetAction(async (parsed, cancel) =>
        {
            var check = new LogCheck(parsed.GetRequiredValue(folder), Read(parsed.GetRequiredValue(policy)))
            {
                Since = parsed.GetValue(since) ?? [],
                NotBefore = parsed.GetValue(fresh) is { } hours ? TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-hours) : null,
            };
            var verdict = await check.Run(cancel);
            Console.Write(parsed.GetValue(json) ? JsonSerializer.Serialize(verdict, Json) + "\n" : verdict.ToString());
            return (int)verdict.Answer;
        });
        return command;
    }

    public static Command Entries()
    {
        var folder = new Argument<string>("DIR") { Description = "A log that was mirrored." };
        var policy = PolicyOption();
        var from = new Option<DateOnly>("--from") { DefaultValueFactory = _ => DateOnly.MinValue, Description = "The first day (UTC), such as 2026-03-01; else from the beginning." };
        var to = new Option<DateOnly>("--to") { DefaultValueFactory = _ => DateOnly.MaxValue, Description = "The last day (UTC); else to the end." };
        var output = new Option<string?>("--out") { Description = "The file; else they go to standard output." };
        var command = new Command("entries", "Proves a mirrored log as verify does, and writes its entries as lines of JSON, each with the number of its leaf.") { folder, policy, from, to, output };
        command.SetAction(async (parsed, cancel) =>
        {
            var verdict = await new LogCheck(parsed.GetRequiredValue(folder), Read(parsed.GetRequiredValue(policy))).Run(cancel);
            Console.Error.Write(verdict.ToString());
            if (verdict.Answer == Answer.Proved)
            {
                await using var target = parsed.GetValue(output) is { } file ? File.Create(file) : Console.OpenStandardOutput();
                await using var buffered = new BufferedStream(target, 65_536);
                var count = await new EntryList(parsed.GetRequiredValue(folder), parsed.GetValue(from), parsed.GetValue(to)).Write(verdict.Size, buffered, cancel);
                Console.Error.WriteLine($"{count} of its entries are of these days.");
            }

            return (int)verdict.Answer;
        });
        return command;
    }

    public static Command Receipt()
    {
        var file = new Argument<string>("FILE") { Description = "A .tlog-proof, or the value of the header Audit-Receipt; - reads it from the input." };
        var policy = PolicyOption();
        var folder = new Option<string?>("--dir") { Description = "A mirror of the log, to look for what was promised in." };
        var entry = new Option<string?>("--entry") { Description = "A file with the entry, for a proof that does not bring it along." };
        var nodes = new Option<string[]>("--node-key") { Description = "The public key of a node, if it is known otherwise than from the log." };
        var command = new Command("receipt", "Proves one entry, from a file that came by mail or from the header of an answer.") { file, policy, folder, entry, nodes };
        command.SetAction(async (parsed, cancel) =>
        {
            var name = parsed.GetRequiredValue(file);
            var text = name == "-" ? await Console.In.ReadToEndAsync(cancel) : await File.ReadAllTextAsync(name, cancel);
            var given = parsed.GetValue(entry) is { } path ? await File.ReadAllBytesAsync(path, cancel) : null;
            var (answer, words) = await ReceiptCheck.Run(
                text, Read(parsed.GetRequiredValue(policy)), given, parsed.GetValue(folder), [.. (parsed.GetValue(nodes) ?? []).Select(VerifierKey.Parse)], cancel);
            return Say(answer, words);
        });
        return command;
    }

    public static Command Open()
    {
        var file = new Argument<string>("FILE") { Description = "The values that the shop disclosed of one event, with its proof." };
        var policy = PolicyOption();
        var command = new Command("open", "Proves that disclosed values are the ones to which an entry of the log committed itself.") { file, policy };
        command.SetAction(async (parsed, cancel) =>
        {
            var (answer, words) = OpeningCheck.Run(await File.ReadAllTextAsync(parsed.GetRequiredValue(file), cancel), Read(parsed.GetRequiredValue(policy)));
            return Say(answer, words);
        });
        return command;
    }

    public static Command Witness()
    {
        var key = new Option<string>("--key") { Required = true, Description = "The private key, made with: key new --for witness." };
        var state = new Option<string>("--state") { Required = true, Description = "The folder in which the witness remembers what it cosigned last." };
        var policy = new Option<string>("--policy", "--logs") { Required = true, Description = "A policy file; the witness watches the logs in it." };
        var listen = new Option<string>("--listen") { DefaultValueFactory = _ => "127.0.0.1:7380", Description = "The address to listen at." };
        var isNew = new Option<bool>("--new") { Description = "Begins with an empty memory." };
        var command = new Command("witness", "Cosigns checkpoints that continue the last one (c2sp.org/tlog-witness). For somebody else's machine than the shop's.") { key, state, policy, listen, isNew };
        command.SetAction(async (parsed, cancel) =>
        {
            using var signer = SignerKey.Load(parsed.GetRequiredValue(key));
            using var witness = new Transparency.Witness(signer, Read(parsed.GetRequiredValue(policy)), parsed.GetRequiredValue(state), TimeProvider.System, parsed.GetValue(isNew));
            await using var app = WitnessServer.Build(witness, IPEndPoint.Parse(parsed.GetRequiredValue(listen)));
            await app.StartAsync(cancel);
            Console.WriteLine($"{signer.Verifier} answers at {string.Join(" and ", app.Urls)}");
            await app.WaitForShutdownAsync(cancel);
            return 0;
        });
        return command;
    }

    public static Command Key() => new("key", "Makes and shows keys.") { NewKey(), ShowKey() };

    private static Command NewKey()
    {
        var name = new Option<string>("--name") { Required = true, Description = "For a log its origin, as shop.example/log; for a witness any name of its own." };
        var file = new Option<string>("--out") { Required = true, Description = "The file for the private key; only its owner may read it." };
        var use = new Option<string>("--for") { DefaultValueFactory = _ => "log", Description = "log, witness or node." };
        use.AcceptOnlyFromAmong("log", "witness", "node");
        var command = new Command("new", "Makes a key, writes the private half into a file and prints the public half.") { name, file, use };
        command.SetAction(parsed =>
        {
            using var key = SignerKey.Generate(parsed.GetRequiredValue(name), parsed.GetRequiredValue(use) == "witness" ? SignatureType.Cosignature : null);
            key.Save(parsed.GetRequiredValue(file));
            Console.WriteLine(key.Verifier);
            return 0;
        });
        return command;
    }

    private static Command ShowKey()
    {
        var file = new Argument<string>("FILE") { Description = "The file of a private key." };
        var command = new Command("show", "Prints the public half of a key.") { file };
        command.SetAction(parsed =>
        {
            using var key = SignerKey.Load(parsed.GetRequiredValue(file));
            Console.WriteLine(key.Verifier);
            return 0;
        });
        return command;
    }

    private static Option<string> PolicyOption() =>
        new("--policy") { Required = true, Description = "Which logs and witnesses to trust (c2sp.org/tlog-policy); comes by another way than the log." };

    private static WitnessPolicy Read(string file) => WitnessPolicy.Parse(File.ReadAllText(file));

    private static int Say(Answer answer, string words)
    {
        var head = answer switch { Answer.Proved => "", Answer.NotProved => "NOT PROVED. ", _ => "COULD NOT BE CHECKED. " };
        (answer == Answer.Proved ? Console.Out : Console.Error).WriteLine(words.StartsWith(head.TrimEnd(), StringComparison.Ordinal) ? words : head + words);
        return (int)answer;
    }
}
