using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Companies;

/// <summary>A company that whoever changes something of it may see, locked until the end of his transaction.</summary>
/// <param name="IsLent">His access was granted for a time: he may act for it, but leaves nothing behind that lasts longer.</param>
public sealed record SeenCompany(string Name, string Status, bool IsLent)
{
    public bool IsBlocked => Words.Parse<CompanyStatus>(Status) == CompanyStatus.Blocked;
}

/// <summary>
/// Finds it again inside the transaction: what was taken from somebody since he opened the page is not found. Of two that send the same form the second
/// waits here, and then finds what the first one did.
/// </summary>
public sealed class SeenCompanies(Database database, ShopPolicies policies)
{
    private readonly string _sql = $$"""
        select c.name as "Name", c.status as "Status",
            not ({1} or {{Operators.IsAssigned(database, "c", "{2}", isForGood: true)}} or ({3} and {{Operators.IsAssignedInTree(database, "c", "{2}", isForGood: true)}})) as "IsLent"
        from company c
        where c.id = {0} and ({1} or {{Operators.IsAssigned(database, "c", "{2}")}} or ({3} and {{Operators.IsAssignedInTree(database, "c", "{2}")}}))
        {{(database.Kind == DatabaseKind.Postgres ? "for no key update of c" : "")}}
        """;

    /// <summary>The rules let him see what lies below a company of his; to be asked before the transaction.</summary>
    public async ValueTask<bool> ReachesTree(Caller caller, CancellationToken cancel) =>
        caller.Staff is { } staff && (await policies.Shown(cancel)).ReachesTree(Operators.Of(staff));

    /// <summary>
    /// One change of what belongs to a company, by who manages it or by staff who may change companies: never in a session, never over access that was lent, and with the company locked,
    /// so that of two changes the second finds what the first one did.
    /// </summary>
    public async Task<Outcome<Done>> Change(Caller caller, CompanyId company, CancellationToken cancel, Func<Tx, SeenCompany, Task<Outcome<Done>>> decide)
    {
        if (caller.IsAssisting)
        {
            return Host.AccessGate.NotInSession;
        }

        var reachesTree = await ReachesTree(caller, cancel);
        return await database.Write<Done>(
            caller,
            async tx =>
            {
                var isOwn = caller.Company?.Id == company && caller.May(Right.CompanyManage);
                return (!isOwn && !caller.May(Right.CustomersChange)) || await Lock(tx, company, reachesTree, isOwn) is not { } seen ? NewEmployees.CompanyUnknown
                    : seen.IsLent ? NewEmployees.CompanyLent
                    : await decide(tx, seen);
            },
            cancel);
    }

    /// <param name="isOwn">The company of the caller, who is no staff.</param>
    public async Task<SeenCompany?> Lock(Tx tx, CompanyId company, bool reachesTree, bool isOwn = false) =>
        await tx.Db.Rows<SeenCompany>(
            _sql, company.Value, isOwn || Acting.Scope(tx.Caller).AllCompanies, tx.Caller.Staff?.Id.Value ?? Guid.Empty, reachesTree).ToListAsync(tx.Cancel) is [var found]
            ? found : null;
}
