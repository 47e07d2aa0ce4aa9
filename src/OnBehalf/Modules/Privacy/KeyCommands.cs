using System.CommandLine;
using System.Globalization;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Privacy;

/// <summary>`onbehalf keys list` and `onbehalf keys rotate`.</summary>
public static class KeyCommands
{
    private const int Batch = 500;

    private static readonly Caller Self = Caller.Machine("command-line");

    public static Command Keys() => new("keys", "The keys that wrap the keys of people.") { List(), Rotate() };

    private static Command List()
    {
        var command = new Command("list", "Shows which keys of the file wrap how many people; one that wraps none is needed for older backups only.");
        command.SetAction(async (_, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            var database = app.Services.GetRequiredService<Database>();
            await database.Keys.Demand(database, cancel);
            foreach (var (id, people) in await Wrapped(database, cancel))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{id}  {people,12:N0} people{(id == database.Keys.File.Read()!.Newest.Id ? ", the newest" : "")}"));
            }

            return 0;
        });
        return command;
    }

    private static Command Rotate()
    {
        var command = new Command("rotate", "Adds a key to the file and wraps the keys of all people with it, while the shop runs. Broken off, it goes on where it was.");
        command.SetAction(async (_, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            var (key, people, isNew) = await Rotate(app.Services.GetRequiredService<Database>(), int.MaxValue, cancel);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{(isNew ? "The new key" : "A rotation was not finished: the key")} {key} wraps the keys of all people; {people:N0} were wrapped now. Copy the key file again."));
            return 0;
        });
        return command;
    }

    /// <summary>A new key, or the one of a rotation that was broken off, wraps everybody.</summary>
    /// <param name="mostBatches">For a test that breaks off.</param>
    internal static async Task<(string Key, long People, bool IsNew)> Rotate(Database database, int mostBatches, CancellationToken cancel)
    {
        await database.Keys.Demand(database, cancel);
        var file = database.Keys.File;
        var newest = file.Read()!.Newest.Id;
        var isNew = (await Wrapped(database, cancel)).All(key => key.Id == newest || key.People == 0);
        var key = isNew ? file.Add().Id : newest;
        var people = 0L;
        for (int batch = 0, wrapped = Batch; wrapped == Batch && batch < mostBatches; batch++, people += wrapped)
        {
            wrapped = (await database.Write<int>(
                Self,
                async tx =>
                {
                    var rows = await database.Keys.Rewrap(tx, Batch);
                    if (rows > 0)
                    {
                        tx.Add(new KeysRotated(key, rows));
                    }

                    return rows;
                },
                cancel)).Value;
        }

        return (key, people, isNew);
    }

    private static async Task<IReadOnlyList<(string Id, long People)>> Wrapped(Database database, CancellationToken cancel)
    {
        await using var db = database.Read();
        var counts = (await db.Rows<Count>("select wrapped_by as \"Id\", count(*) as \"People\" from person_key group by wrapped_by").ToListAsync(cancel))
            .ToDictionary(count => count.Id, count => count.People);
        return [.. database.Keys.File.Read()!.All.Select(key => (key.Id, counts.GetValueOrDefault(key.Id)))];
    }

    private sealed record Count(string Id, long People);
}
