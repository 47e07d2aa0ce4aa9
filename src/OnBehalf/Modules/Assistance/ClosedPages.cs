using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>What an administrator wants to be closed.</summary>
/// <param name="Seen">What was closed when he looked, as <see cref="ClosedPages.Text"/>.</param>
/// <param name="Ticked">Each as `role:name`; all that shall be closed.</param>
/// <param name="Names">Further ones by name or alias, with blanks between, for the roles of <paramref name="Roles"/>.</param>
public sealed record ClosedWish(string? Seen, IReadOnlyCollection<string> Ticked, string? Names, IReadOnlyCollection<string> Roles);

/// <summary>
/// Pages and actions that are closed to sessions by the role of the operator. The command that finds a session reads them along, so what is closed counts at
/// the next request, on every node; <see cref="AccessGate"/> holds it.
/// </summary>
public sealed class ClosedPages(Database database)
{
    /// <summary>Column over `s`, the staff member who acts, or nobody when a buyer does, his place `q`, and the company `c` for which he acts.</summary>
    public const string Sql = "(select z.pages from assist_closed z where z.role = coalesce(s.role, case when q.company_id = c.id then 'colleague' else 'dealer' end))";

    private static readonly char[] Gaps = [' ', ',', ';', '\t', '\r', '\n'];

    private static readonly string[] Roles = [.. Enum.GetValues<OperatorKind>().Select(kind => PolicySpelling.Of(kind))];

    public static IReadOnlyList<string> Names(string? pages) => string.IsNullOrEmpty(pages) ? [] : pages.Split(' ');

    /// <summary>All that is closed, as `role:name` with blanks between, in a stable order.</summary>
    public static string Text(IEnumerable<AssistClosedRow> rows) =>
        string.Join(' ', rows.OrderBy(row => row.Role, StringComparer.Ordinal).SelectMany(row => Names(row.Pages).Select(name => $"{row.Role}:{name}")));

    /// <summary>By role; roles to which nothing was ever closed are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, AssistClosedRow>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Set<AssistClosedRow>().ToDictionaryAsync(row => row.Role, cancel);
    }

    /// <summary>Closes what is wished and opens the rest. Who saw something else than there is now is refused.</summary>
    public async Task<Outcome<Done>> Change(Caller caller, ClosedWish wish, CancellationToken cancel)
    {
        var names = (wish.Names ?? "").Split(Gaps, StringSplitOptions.RemoveEmptyEntries);
        if (names.FirstOrDefault(name => ClosablePage.Find(name) is null) is { } unknown)
        {
            return Refusal.Invalid("assistance.closed-unknown", $"Nothing that can be closed is called “{unknown}”. The names stand below.", "Names");
        }

        if (names.Length > 0 && wish.Roles.Count == 0)
        {
            return Refusal.Invalid("assistance.closed-for-nobody", "To whom: please tick at least one role.", "Roles");
        }

        var closed = wish.Ticked.Concat(names.SelectMany(name => wish.Roles.Select(role => $"{role}:{ClosablePage.Find(name)!.Name}"))).ToHashSet(StringComparer.Ordinal);
        return await database.Write<Done>(
            caller,
            async tx =>
            {
                var rows = await tx.Db.Set<AssistClosedRow>().ToDictionaryAsync(row => row.Role, tx.Cancel);
                if (Text(rows.Values) != (wish.Seen ?? ""))
                {
                    return Refusal.Conflict("assistance.closed-meanwhile", "Somebody else has closed or opened something meanwhile. Below is what is closed now: decide again.");
                }

                foreach (var role in Roles)
                {
                    Store(tx, rows.GetValueOrDefault(role), role, string.Join(' ', ClosablePage.All.Select(page => page.Name).Where(name => closed.Contains($"{role}:{name}"))));
                }

                // A write that passed the gate before this does not commit after it.
                await SessionEnds.Narrow(tx, "s.id <> {0}", Guid.Empty);
                return Done.It;
            },
            cancel);
    }

    private static void Store(Tx tx, AssistClosedRow? row, string role, string pages)
    {
        var before = row?.Pages ?? "";
        if (before == pages)
        {
            return;
        }

        if (row is null)
        {
            tx.Db.Add(new AssistClosedRow { Role = role, Pages = pages, ChangedAt = tx.Now, ChangedBy = tx.Caller.Actor.Name, ChangedById = tx.Caller.Actor.Person });
        }
        else
        {
            (row.Pages, row.ChangedAt, row.ChangedBy, row.ChangedById) = (pages, tx.Now, tx.Caller.Actor.Name, tx.Caller.Actor.Person);
        }

        tx.Add(new PagesClosed(role, before, pages));
    }
}
