using System.CommandLine;
using System.Globalization;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Exports;

/// <summary>`onbehalf audit export`.</summary>
internal static class AuditCommands
{
    private static readonly Caller Self = Caller.Machine("command-line");

    public static Command Audit() => new("audit", "The audit log: taking it elsewhere.") { Export() };

    private static Command Export()
    {
        var form = new Option<string>("--format") { Description = "csv, ecs or ocsf; the last two are JSON, a record a line.", DefaultValueFactory = _ => "csv" };
        var from = new Option<string?>("--from") { Description = "First day, such as 2026-03-01, or a time, such as 2026-03-01T14:30, in the shop's time zone; else from the beginning." };
        var to = new Option<string?>("--to") { Description = "Last day; else to the end." };
        var action = new Option<string?>("--action") { Description = "Beginning of the fact's name: orders, or orders.placed." };
        var person = new Option<string?>("--person") { Description = "A whole mail address, of a staff member or a buyer." };
        var actor = new Option<string?>("--operator") { Description = "A whole mail address of who acted." };
        var outcome = new Option<string?>("--outcome") { Description = "done or refused." };
        var reason = new Option<string?>("--reason") { Description = "The reason code of the session." };
        var mode = new Option<string?>("--mode") { Description = "The mode of the session: view, cart or order." };
        var company = new Option<string?>("--company") { Description = "A company's number." };
        var order = new Option<string?>("--order") { Description = "An order's number." };
        var session = new Option<string?>("--session") { Description = "A session's id." };
        var ticket = new Option<string?>("--ticket") { Description = "The whole number of a ticket." };
        var about = new Option<string?>("--about") { Description = "A thing, such as article:P-100 or setting:shop.name." };
        var personal = new Option<bool>("--with-personal") { Description = "With names, addresses and personal values of people who are not erased." };
        var by = new Option<string?>("--by") { Description = "Who takes it, for the log; else the name of the user of this system." };
        var output = new Option<string?>("--out") { Description = "The file; else it goes to standard output." };
        var command = new Command("export", "Writes entries of the log with their numbers. What happened in the last seconds has no number yet and is left out.")
        {
            form, from, to, action, person, actor, outcome, reason, mode, company, order, session, ticket, about, personal, by, output,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var builder = ShopHost.Builder([]);
            // Nothing but records on standard output.
            builder.Logging.ClearProviders();
            await using var app = ShopHost.Build(builder);
            var request = new ExportInput
            {
                Form = parsed.GetValue(form), From = parsed.GetValue(from), To = parsed.GetValue(to), Action = parsed.GetValue(action), Person = parsed.GetValue(person),
                Operator = parsed.GetValue(actor), Outcome = parsed.GetValue(outcome), Reason = parsed.GetValue(reason), Mode = parsed.GetValue(mode),
                Company = parsed.GetValue(company), Order = parsed.GetValue(order), Session = parsed.GetValue(session), Ticket = parsed.GetValue(ticket), About = parsed.GetValue(about), WithPersonal = parsed.GetValue(personal),
            }.Read(await app.Services.GetRequiredService<ShopSettings>().TimeZone(cancel), app.Services.GetRequiredService<Database>().Tickets.Of, parsed.GetValue(by) ?? Environment.UserName);
            if (request.IsRefused)
            {
                Console.Error.WriteLine($"--{(request.Refusal.Field == nameof(ExportInput.Form) ? "format" : request.Refusal.Field?.ToLowerInvariant())}: {request.Refusal.Sentence}");
                return 1;
            }

            await using var target = parsed.GetValue(output) is { } file ? Private(file) : Console.OpenStandardOutput();
            var summary = await app.Services.GetRequiredService<AuditExport>().Write(Self, request.Value, target, cancel);
            Console.Error.WriteLine(summary.Rows == 0 ? "No such entry." : string.Create(
                CultureInfo.InvariantCulture, $"{summary.Rows:N0} entries, from number {summary.FirstIndex} to {summary.LastIndex}."));
            return 0;
        });
        return command;
    }

    // Who may see it in the shop may not be everybody on this machine.
    private static FileStream Private(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }
}
