using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Audit;

/// <summary>A kept search as it is shown.</summary>
public sealed record SavedSearch(Guid Id, string Name, string Query, string Owner, bool IsOwn, bool IsShared)
{
    public string Link => "/admin/audit" + (Query.Length == 0 ? "" : "?" + Query);
}

/// <summary>Searches that are kept: own ones, and those that others share with all who may read the log. Opening one is a search like any other.</summary>
public sealed class SavedSearches(Database database)
{
    public const int LongestName = 80;
    public const int Most = 50;

    /// <summary>Searches are kept with references, and who was never spoken of has none: it would find nothing for ever.</summary>
    public static readonly Refusal OfNobody = Refusal.Conflict(
        "audit.search-of-nobody", "The log has never spoken of this person, so that the search cannot be kept. Save it when there is something to find.");

    private const string All = """
        select a.id as "Id", a.name as "Name", a.query as "Query", s.first_name || ' ' || s.last_name as "Owner", a.staff_id = {0} as "IsOwn", a.is_shared as "IsShared"
        from audit_search a join staff s on s.id = a.staff_id where a.staff_id = {0} or a.is_shared order by a.name, a.id limit 200
        """;

    public async Task<IReadOnlyList<SavedSearch>> Of(Caller caller, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<SavedSearch>(All, caller.Staff!.Id.Value).ToListAsync(cancel);
    }

    /// <param name="input">As it was understood: people as references.</param>
    public Task<Outcome<Done>> Save(Caller caller, string? name, AuditInput input, bool isShared, CancellationToken cancel)
    {
        var typed = name?.Trim() ?? "";
        if (typed.Length is 0 or > LongestName || typed.Any(char.IsControl))
        {
            return Task.FromResult<Outcome<Done>>(Refusal.Invalid("audit.search-needs-a-name", $"Name of the search: 1 to {LongestName} characters.", "Name"));
        }

        var query = input.Query();
        return database.Write<Done>(
            caller,
            async tx =>
            {
                var staff = tx.Caller.Staff!.Id;
                if (await tx.Db.Set<AuditSearchRow>().Where(row => row.StaffId == staff).Take(Most).CountAsync(tx.Cancel) == Most)
                {
                    return Refusal.Conflict("audit.too-many-searches", $"You keep {Most} searches already. Delete one that you no longer need.");
                }

                var row = new AuditSearchRow { Id = Guid.CreateVersion7(), Name = typed, Query = query, StaffId = staff, IsShared = isShared, MadeAt = tx.Now };
                tx.Db.Add(row);
                tx.Add(new AuditSearchSaved(row.Id, typed, isShared));
                return Done.It;
            },
            cancel);
    }

    /// <summary>Only one's own; nothing happens to others.</summary>
    public Task<Outcome<Done>> Delete(Caller caller, Guid id, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            var staff = tx.Caller.Staff!.Id;
            if (await tx.Db.Set<AuditSearchRow>().SingleOrDefaultAsync(row => row.Id == id && row.StaffId == staff, tx.Cancel) is { } row)
            {
                tx.Db.Remove(row);
                tx.Add(new AuditSearchDeleted(id, row.Name));
            }

            return Done.It;
        },
        cancel);
}

/// <summary>Somebody keeps a search of the log, for himself or for all who may read it.</summary>
public sealed record AuditSearchSaved(Guid Search, [property: Personal(Whose.Actor)] string SearchName, bool IsShared) : Fact
{
    public override string Name => "audit.search-saved";
}

/// <summary>He no longer does.</summary>
public sealed record AuditSearchDeleted(Guid Search, [property: Personal(Whose.Actor)] string SearchName) : Fact
{
    public override string Name => "audit.search-deleted";
}
