using System.CommandLine;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Demo.Shop;
using OnBehalf.Modules.Import;

namespace OnBehalf.Modules.Demo;

/// <summary>`onbehalf demo` and `onbehalf generate`, and what `serve --demo` does before it serves.</summary>
internal static class DemoCommands
{
    public static Command Demo()
    {
        var command = new Command("demo", "Fills an empty database with the demo shop and says who may sign in.");
        command.SetAction(async (_, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            if (!await IsEmpty(app.Services, cancel))
            {
                Console.Error.WriteLine("This database holds a shop already. The demo shop needs an empty one.");
                return 1;
            }

            return await Fill(app.Services, cancel);
        });
        return command;
    }

    public static Command Generate()
    {
        var folder = new Argument<DirectoryInfo?>("DIR")
        {
            Description = "Where a store data package is written; made when it is missing. Without it the shop goes into the database, which has to be empty.", Arity = ArgumentArity.ZeroOrOne,
        };
        var password = new Option<string?>("--password") { Description = "For trials, without DIR: the password of everybody in the shop." };
        var customers = Number("--customers", "People who buy; a tenth of them consumers, the others four to a company.", 1_000);
        var products = Number("--products", "Products.", 1_000);
        var orders = Number("--orders", "Orders of the past two years.", 1_000);
        var staff = Number("--staff", "The seller's people.", 20);
        var command = new Command("generate", "Makes a shop of any size, for trials and measurements, as a package or in an empty database; the same numbers give the same shop.")
        {
            folder, customers, products, orders, staff, password,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var size = VolumeShopSize.Of(
                parsed.GetRequiredValue(customers), parsed.GetRequiredValue(products), parsed.GetRequiredValue(orders), parsed.GetRequiredValue(staff));
            if (parsed.GetValue(folder) is { } given)
            {
                VolumeShop.Write(given.FullName, size);
                Console.WriteLine($"Written to {given.FullName}. Import it with: bin/onbehalf import DIR");
                return 0;
            }

            await using var app = ShopHost.Build(ShopHost.Builder([]));
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            return await Fill(app.Services, size, parsed.GetValue(password), cancel);
        });
        return command;
    }

    /// <summary>A shop of a size into an empty database, by the way that every package goes, so that its rows and search words are those of any other shop.</summary>
    internal static async Task<int> Fill(IServiceProvider services, VolumeShopSize size, string? password, CancellationToken cancel)
    {
        if (!await IsEmpty(services, cancel))
        {
            Console.Error.WriteLine("This database holds a shop already. A generated shop needs an empty one.");
            return 1;
        }

        var folder = Directory.CreateTempSubdirectory("onbehalf-generated-");
        try
        {
            VolumeShop.Write(folder.FullName, size);
            return await ImportCommand.Run(services, new ImportOptions(folder.FullName) { Password = password }, cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Makes the demo shop when the database is empty and prints its sign-ins. False when the database could not be filled.</summary>
    public static async Task<bool> Prepare(IServiceProvider services, CancellationToken cancel)
    {
        if (await IsEmpty(services, cancel))
        {
            return await Fill(services, cancel) == 0;
        }

        await using var work = await services.GetRequiredService<Database>().OpenWork(cancel);
        if (await work.Count("select count(*) from staff where email_normalized = @email", cancel, ("email", DemoShop.SignIns[0].Email)) == 0)
        {
            Console.WriteLine("This database holds a shop of its own: it is served as it is, without the demo.");
            return true;
        }

        ShowSignIns();
        return true;
    }

    private static async Task<int> Fill(IServiceProvider services, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("onbehalf-demo-");
        try
        {
            var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            DemoShop.Write(folder.FullName, today);
            var result = await ImportCommand.Run(services, new ImportOptions(folder.FullName) { Password = DemoShop.Password }, cancel);
            if (result == 0)
            {
                await services.GetRequiredService<DealerTrial>().Open(Cast.EndCustomer, Cast.Administrator, cancel);
                ShowSignIns();
            }

            return result;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> IsEmpty(IServiceProvider services, CancellationToken cancel)
    {
        await using var work = await services.GetRequiredService<Database>().OpenWork(cancel);
        return await work.Count("select (select count(*) from staff) + (select count(*) from company) + (select count(*) from product)", cancel) == 0;
    }

    private static void ShowSignIns()
    {
        foreach (var signIn in DemoShop.SignIns)
        {
            Console.WriteLine($"  {signIn.Surface,-13} {signIn.Email,-34} {signIn.Name}, {signIn.Role}: {signIn.Try}");
        }

        Console.WriteLine($"The password of everybody in the demo is: {DemoShop.Password}");
    }

    private static Option<int> Number(string name, string description, int otherwise)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 10_000_000)
            {
                result.AddError($"{name}: a whole number from 0 to 10000000.");
            }
        });
        return option;
    }
}
