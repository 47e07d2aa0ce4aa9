using System.CommandLine;
using System.Text.RegularExpressions;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Log;

/// <summary>`onbehalf database roles`: what the roles of the shop and of the sequencer may do on PostgreSQL. The role that runs it owns the tables.</summary>
internal static partial class DatabaseRoles
{
    /// <summary>What may only be added and read, and the queue that fills itself.</summary>
    private static readonly (string Table, string App, string Sequencer)[] Tables =
    [
        // What the log does not keep any more the sequencer empties; a trigger holds the rest.
        ("audit_event", "select, insert", "select, update"),
        // An erasure takes away what belonged to a key that is gone; a trigger holds the rest.
        ("audit_private", "select, insert, delete", "select (event_id), delete"),
        // A trigger of the event fills the queue, as the owner.
        ("audit_pending", "select", "select, delete"),
        ("audit_leaf", "select", "select, insert"),
        ("audit_tree", "select", "select, update"),
        ("audit_checkpoint", "select", "select, insert, update"),
        ("schema_migration", "select", "select"),
    ];

    public static Command Command()
    {
        var app = new Option<string>("--app") { Description = "The role under which the shop runs; made, with LOGIN and without a password, when it is not there.", Required = true };
        var sequencer = new Option<string>("--sequencer") { Description = "The role under which the audit log is kept; the same.", Required = true };
        var roles = new Command("roles", "PostgreSQL: lets the shop only add and read events, and the sequencer do nothing else. Run it as the owner of the tables, and again after an upgrade.") { app, sequencer };
        roles.SetAction(async (parsed, cancel) =>
        {
            await using var host = ShopHost.Build(ShopHost.Builder([]));
            var outcome = await Grant(host.Services.GetRequiredService<Database>(), parsed.GetRequiredValue(app), parsed.GetRequiredValue(sequencer), cancel);
            if (outcome.Refusal is { } refusal)
            {
                Console.Error.WriteLine(refusal.Sentence);
                return 1;
            }

            Console.WriteLine("Done. Name the roles in ConnectionStrings__Shop and ConnectionStrings__Sequencer, and the owner, where the schema is changed, in ConnectionStrings__Migrations.");
            return 0;
        });
        return new Command("database", "Work on the database itself.") { roles };
    }

    public static async Task<Outcome<Done>> Grant(Database database, string app, string sequencer, CancellationToken cancel)
    {
        if (database.Kind == DatabaseKind.Sqlite)
        {
            return Refusal.Conflict("database.has-no-roles", "SQLite has no roles: who can read the file can write it.");
        }

        if (!RoleName().IsMatch(app) || !RoleName().IsMatch(sequencer) || app == sequencer)
        {
            return Refusal.Invalid("database.not-a-role", "Two different names of small letters, digits and _ are wanted.");
        }

        await using var work = await database.OpenWork(cancel);
        await work.Begin(writes: true, cancel);
        foreach (var role in new[] { app, sequencer })
        {
            if (await work.Count("select count(*) from pg_roles where rolname = @role", cancel, ("role", role)) == 0)
            {
                await work.Run($"create role {role} login", cancel);
            }

            await work.Run($"grant usage on schema public to {role}", cancel);
            await work.Run($"revoke all on all tables in schema public from {role}", cancel);
            await work.Run($"revoke all on all sequences in schema public from {role}", cancel);
        }

        await work.Run($"grant select, insert, update, delete on all tables in schema public to {app}", cancel);
        await work.Run($"grant usage on all sequences in schema public to {app}", cancel);
        foreach (var (table, ofApp, ofSequencer) in Tables)
        {
            await work.Run($"revoke all on {table} from {app}", cancel);
            await work.Run($"grant {ofApp} on {table} to {app}", cancel);
            if (ofSequencer.Length > 0)
            {
                await work.Run($"grant {ofSequencer} on {table} to {sequencer}", cancel);
            }
        }

        await work.Commit(cancel);
        return Done.It;
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex RoleName();
}
