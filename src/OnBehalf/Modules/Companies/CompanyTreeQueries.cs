using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Companies;

/// <summary>A company in its tree.</summary>
/// <param name="Depth">0 is the top.</param>
public sealed record CompanyInTree(CompanyId Id, string Number, string Name, CompanyKind Kind, CompanyStatus Status, int Depth);

/// <summary>The whole tree in which a company stands, as far as whoever asks may see it: from the top down, by name.</summary>
public sealed class CompanyTreeQueries(Database database, ShopPolicies policies)
{
    public const int Most = 500;

    private readonly string _sql = $$"""
        with recursive above (id, parent_id) as (
            select id, parent_id from company where id = {0} union select c.id, c.parent_id from company c join above a on c.id = a.parent_id),
        tree (id, depth) as (
            select id, 0 from above where parent_id is null union select c.id, t.depth + 1 from company c join tree t on c.parent_id = t.id where t.depth < 20)
        select c.id as "Id", c.number as "Number", c.name as "Name", c.kind as "Kind", c.status as "Status", c.parent_id as "Parent", t.depth as "Depth"
        from tree t join company c on c.id = t.id
        where {1} or {{Operators.IsAssigned(database, "c", "{2}")}} or ({3} and {{Operators.IsAssignedInTree(database, "c", "{2}")}})
        order by t.depth, c.sort_name, c.id limit {4}
        """;

    public async Task<IReadOnlyList<CompanyInTree>> Of(Caller caller, CompanyId company, CancellationToken cancel)
    {
        if (caller.Staff is not { } staff)
        {
            return [];
        }

        var reachesTree = (await policies.Shown(cancel)).ReachesTree(Operators.Of(staff));
        await using var db = database.Read();
        var rows = await db.Rows<Row>(_sql, company.Value, Acting.Scope(caller).AllCompanies, staff.Id.Value, reachesTree, Most).ToListAsync(cancel);

        // Below a company that he may not see its own stand where it would.
        var known = rows.Select(row => row.Id).ToHashSet();
        var below = rows.ToLookup(row => row.Parent is { } parent && known.Contains(parent) ? parent : Guid.Empty);
        var tree = new List<CompanyInTree>(rows.Count);
        Add(Guid.Empty);
        return tree;

        void Add(Guid parent)
        {
            foreach (var row in below[parent])
            {
                tree.Add(new CompanyInTree(
                    new CompanyId(row.Id), row.Number, row.Name, Words.Parse<CompanyKind>(row.Kind), Words.Parse<CompanyStatus>(row.Status), row.Depth));
                Add(row.Id);
            }
        }
    }

    private sealed record Row(Guid Id, string Number, string Name, string Kind, string Status, Guid? Parent, int Depth);
}
