using System.CommandLine;
using System.Globalization;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Privacy;

/// <summary>`onbehalf keys list`, `onbehalf keys add` and `onbehalf keys rotate`.</summary>
public static class KeyCommands
{
    private const int Batch = 500;

    private static readonly Refusal NoneWaits = Refusal.Conflict(
        "privacy.no-key-waits", "There is no new key. Run `keys add`, copy the key file to every node, then run this again. Nothing was changed.");

    private static readonly Caller Self = Caller.Machine("command-line");

    public static Command Keys() => new("keys", "The keys that wrap the keys of people.") { List(), Add(), Rotate() };

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

            if (database.Keys.File.Read()!.Waiting is { } waiting)
            {
                Console.WriteLine($"{waiting.Id}  waits for `keys rotate`");
            }

            return 0;
        });
        return command;
    }

    private static Command Add()
    {
        var command = new Command("add", "Adds a key to the file that wraps nothing yet, so that every node can have it before `keys rotate`.");
        command.SetAction(async (_, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            var key = await Add(app.Services.GetRequiredService<Database>(), cancel);
            Console.WriteLine($"The key {key} waits. Copy the key file to every node and to its safe place, then run `keys rotate`.");
            return 0;
        });
        return command;
    }

    /// <summary>A key that waits, told by the log.</summary>
    internal static async Task<string> Add(Database database, CancellationToken cancel)
    {
        await database.Keys.Demand(database, cancel);
        var key = (await database.Keys.File.Add()).Id;
        await database.Record(Self, new KeyAdded(key), cancel);
        return key;
    }

    private static Command Rotate()
    {
        var command = new Command("rotate", "Wraps the keys of all people with the key that `keys add` has added, while the shop runs. Broken off, it goes on where it was.");
        command.SetAction(async (_, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            var outcome = await Rotate(app.Services.GetRequiredService<Database>(), int.MaxValue, cancel);
            if (outcome.Refusal is { } refusal)
            {
                await Console.Error.WriteLineAsync(refusal.Sentence);
                return 1;
            }

            var (key, people, isNew) = outcome.Value;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{(isNew ? "The new key" : "A rotation was not finished: the key")} {key} wraps the keys of all people; {people:N0} were wrapped now. Copy the key file again."));
            return 0;
        });
        return command;
    }

    /// <summary>The key that waits, or the one of a rotation that was broken off, wraps everybody.</summary>
    /// <param name="mostBatches">For a test that breaks off.</param>
    internal static async Task<Outcome<(string Key, long People, bool IsNew)>> Rotate(Database database, int mostBatches, CancellationToken cancel)
    {
        await database.Keys.Demand(database, cancel);
        var file = database.Keys.File;
        var newest = file.Read()!.Newest.Id;
        var isNew = (await Wrapped(database, cancel)).All(key => key.Id == newest || key.People == 0);
        var key = isNew ? (await file.Use())?.Id : newest;
        if (key is null)
        {
            return NoneWaits;
        }

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
