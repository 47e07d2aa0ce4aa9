using System.CommandLine;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using Spectre.Console;

namespace OnBehalf.Modules.Import;

/// <summary>`onbehalf import DIR`.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("DIR") { Description = "The store data package: a folder of CSV files and images." };
        folder.AcceptExistingOnly();
        var skip = new Option<bool>("--skip-bad-rows") { Description = "Leave out rows with faults, and what depends on them; they are written to rejects.csv." };
        var password = new Option<string?>("--password") { Description = "For trials: the password of everybody in the package who has none." };
        password.Validators.Add(result =>
        {
            if (PasswordRules.Check(result.GetValueOrDefault<string>(), "") is { } refusal)
            {
                result.AddError(refusal.Sentence);
            }
        });
        var invite = new Option<bool>("--invite") { Description = "Mail everybody in the package who has no password and was never invited. Without it nobody is mailed." };
        var command = new Command("import", "Imports a store data package; what is the same already is not touched.") { folder, skip, password, invite };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new ImportOptions(parsed.GetRequiredValue(folder).FullName)
            {
                SkipBadRows = parsed.GetValue(skip), Password = parsed.GetValue(password), Invite = parsed.GetValue(invite),
            };
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            return await Run(app.Services, options, cancel);
        });
        return command;
    }

    /// <summary>Imports with a progress bar and says what came of it: 0 when it is stored without a fault, 1 otherwise.</summary>
    public static async Task<int> Run(IServiceProvider services, ImportOptions options, CancellationToken cancel)
    {
        var importer = ActivatorUtilities.CreateInstance<Importer>(services);
        var screen = new ImportScreen(AnsiConsole.Console);
        var report = await screen.Follow(progress => importer.Run(options, progress, cancel));
        screen.Show(report);
        return report.Faults == 0 ? 0 : 1;
    }
}
