using System.CommandLine;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Backup;
using OnBehalf.Modules.Demo;
using OnBehalf.Modules.Exports;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Import;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Privacy;

namespace OnBehalf.Host;

/// <summary>`onbehalf …`: each command is one method; modules add their own.</summary>
public static class CommandLine
{
    private const string DefaultUrl = "http://localhost:5080";

    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("OnBehalf, a self-hosted shop for assisted commerce.")
        {
            Serve(), ImportCommand.Create(), Migrate(), DemoCommands.Demo(), DemoCommands.Generate(), Facts(), IdentityCommands.Admin(),
            BackupCommands.Backup(), BackupCommands.Restore(), LogCommands.Log(), AuditCommands.Audit(), KeyCommands.Keys(), DatabaseRoles.Command(),
        };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Command Serve()
    {
        var demo = new Option<bool>("--demo") { Description = "Fills an empty database with the demo shop first, and prints who may sign in." };
        var urls = new Option<string?>("--urls") { Description = $"Where to listen; else ASPNETCORE_URLS, else {DefaultUrl}." };
        var command = new Command("serve", "Starts the shop; brings an empty or older database to this version first.") { demo, urls };
        command.SetAction(async (parsed, cancel) =>
        {
            var builder = ShopHost.Builder(parsed.GetValue(urls) is { } given ? ["--urls", given] : []);
            if (builder.Configuration["urls"] is null && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            {
                builder.WebHost.UseUrls(DefaultUrl);
            }

            builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
            await using var app = ShopHost.Build(builder);
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            if (parsed.GetValue(demo))
            {
                if (!await DemoCommands.Prepare(app.Services, cancel))
                {
                    return 1;
                }
            }

            await app.StartAsync(cancel);
            Console.WriteLine($"The shop is open at {string.Join(" and ", app.Urls)}");
            if (await app.Services.GetRequiredService<SetupCode>().Prepare(cancel) is { } file)
            {
                Console.WriteLine($"Nobody can sign in yet. Open {app.Urls.First()}/staff/setup with the code from the file {file}, or run: bin/onbehalf admin create --email you@example.com");
            }

            await app.WaitForShutdownAsync(cancel);
            return 0;
        });
        return command;
    }

    private static Command Migrate()
    {
        var command = new Command("migrate", "Brings the database to the schema of this version and says what was done.");
        command.SetAction(async (_, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            var ran = await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            Console.WriteLine(ran.Count == 0 ? "The database is up to date." : $"Applied: {string.Join(", ", ran)}");
            return 0;
        });
        return command;
    }

    private static Command Facts()
    {
        var command = new Command("facts", "Lists every kind of fact and which modules listen to it.") { Hidden = true };
        command.SetAction(async (_, _) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            var listeners = app.Services.GetRequiredService<FactHandlers>().All.ToLookup(handler => handler.Fact, handler => handler.Listener);
            var kinds = typeof(Fact).Assembly.GetTypes().Concat(typeof(CommandLine).Assembly.GetTypes())
                .Where(type => type.IsSubclassOf(typeof(Fact)) && !type.IsAbstract);
            foreach (var kind in kinds.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                Console.WriteLine($"{kind.FullName,-60} {string.Join(", ", listeners[kind].DefaultIfEmpty("-"))}");
            }
        });
        return command;
    }
}
