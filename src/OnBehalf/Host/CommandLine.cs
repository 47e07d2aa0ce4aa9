using System.CommandLine;
using OnBehalf.Data;

namespace OnBehalf.Host;

/// <summary>`onbehalf …`: each command is one method; modules add their own.</summary>
public static class CommandLine
{
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("OnBehalf, a self-hosted shop for assisted commerce.") { Serve(), Migrate() };
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
}
