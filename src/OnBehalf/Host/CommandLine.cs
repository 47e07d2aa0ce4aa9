using System.CommandLine;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Import;

namespace OnBehalf.Host;

/// <summary>`onbehalf …`: each command is one method; modules add their own.</summary>
public static class CommandLine
{
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("OnBehalf, a self-hosted shop for assisted commerce.") { Serve(), ImportCommand.Create(), Migrate(), Facts() };
        return root.Parse(args).InvokeAsync();
    }

    private static Command Serve()
    {
        var command = new Command("serve", "Starts the shop; brings an empty or older database to this version first.");
        command.SetAction(async (_, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            await app.RunAsync(cancel);
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
