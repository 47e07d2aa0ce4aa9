using System.CommandLine;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using Spectre.Console;

namespace OnBehalf.Modules.Identity;

/// <summary>`onbehalf admin create`: the first administrator of a shop. There is no built-in account.</summary>
public static class IdentityCommands
{
    public static Command Admin() => new("admin", "Administrators of this shop.") { Create() };

    private static Command Create()
    {
        var email = new Option<string?>("--email") { Description = "His e-mail address, with which he signs in." };
        var first = new Option<string?>("--first-name") { Description = "First name." };
        var last = new Option<string?>("--last-name") { Description = "Last name." };
        var stdin = new Option<bool>("--password-stdin")
        {
            Description = "Read the password from the first line of standard input. Without it you are asked; it is never given on the command line, where others see it.",
        };
        var command = new Command("create", "Makes a staff member with the role administrator.") { email, first, last, stdin };
        command.SetAction(async (parsed, cancel) =>
        {
            var request = new NewAdministrator(
                Asked(parsed.GetValue(email), "E-mail address"), Asked(parsed.GetValue(first), "First name"), Asked(parsed.GetValue(last), "Last name"),
                parsed.GetValue(stdin) ? await Console.In.ReadLineAsync(cancel) : AskedForPassword());
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            await app.Services.GetRequiredService<Migrator>().Migrate(cancel);
            await using var scope = app.Services.CreateAsyncScope();
            var outcome = await request.Create(scope.ServiceProvider.GetRequiredService<Database>(), scope.ServiceProvider.GetRequiredService<People<StaffRow>>(), "command-line", isFirst: false, cancel);
            if (outcome.Refusal is { } refusal)
            {
                await Console.Error.WriteLineAsync(refusal.Sentence);
                return 2;
            }

            Console.WriteLine($"{request.Email} is administrator now and signs in at /staff/account/login.");
            return 0;
        });
        return command;
    }

    private static string? Asked(string? given, string words) =>
        given is { Length: > 0 } || Console.IsInputRedirected ? given : AnsiConsole.Prompt(new TextPrompt<string>($"{words}:"));

    private static string? AskedForPassword() =>
        Console.IsInputRedirected ? null : AnsiConsole.Prompt(new TextPrompt<string>($"Password (at least {PasswordRules.Least} characters):").Secret());
}

/// <summary>Whom `admin create`, or the page of the first start, makes.</summary>
internal sealed record NewAdministrator(string? Email, string? FirstName, string? LastName, string? Password)
{
    public static readonly Refusal NotTheFirst = Refusal.Conflict("identity.not-the-first", "This shop has people who can sign in already. Nothing was changed.");

    private const string Wait = """select 1 as "Value" from (select pg_advisory_xact_lock(5823640917265104)) q""";

    /// <param name="isFirst">Refused when there is anybody of the staff; of two at once one is the first.</param>
    public Task<Outcome<Done>> Create(Database database, People<StaffRow> people, string by, bool isFirst, CancellationToken cancel) => database.Write<Done>(
        Caller.Machine(by),
        async tx =>
        {
            if (isFirst)
            {
                if (tx.Database.Kind == DatabaseKind.Postgres)
                {
                    await tx.Db.Rows<int>(Wait).ToListAsync(tx.Cancel);
                }

                if (await tx.Db.Rows<int>("select 1 as \"Value\" from staff limit 1").ToListAsync(tx.Cancel) is not [])
                {
                    return NotTheFirst;
                }
            }

            if (!EmailAddress.TryParse(Email, out var address))
            {
                return Refusal.Invalid("identity.email-invalid", "E-mail address: please give a whole one with --email.", nameof(Email));
            }

            if ((Name(FirstName, "First name", "--first-name") ?? Name(LastName, "Last name", "--last-name") ?? PasswordRules.Check(Password, address.Text)) is { } refusal)
            {
                return refusal;
            }

            var users = people.In(tx);
            if (await users.FindByEmailAsync(address.Normalized) is not null)
            {
                return Refusal.Conflict("identity.email-taken", $"There is a staff member with the address {address.Text} already.");
            }

            var staff = new StaffRow
            {
                Id = IId<StaffId>.New(), Email = address.Text, EmailNormalized = address.Normalized, FirstName = FirstName!.Trim(), LastName = LastName!.Trim(),
                Role = StaffRole.Administrator, AccessAllCustomers = true, MayAdjustPrices = true, MayCreateCustomers = true, Status = "active",
                SecurityStamp = "", CreatedAt = tx.Now, Version = 1,
            };
            var created = await users.CreateAsync(staff, PasswordRules.Canonical(Password));
            if (!created.Succeeded)
            {
                throw new InvalidOperationException($"Identity refused what our rules accept: {created}");
            }

            tx.Add(new StaffCreated(staff.Id, staff.Role, StaffMembers.ProfileOf(staff).Extras, null, staff.Email, staff.FirstName, staff.LastName));
            return Done.It;
        },
        cancel);

    private static Refusal? Name(string? name, string words, string option) =>
        string.IsNullOrWhiteSpace(name) || name.Length > 100
            ? Refusal.Invalid("identity.name-missing", $"{words}: please give one of at most 100 characters with {option}.")
            : null;
}
