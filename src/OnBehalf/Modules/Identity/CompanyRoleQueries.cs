using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>A role of a company in a list.</summary>
/// <param name="People">How many have it, active or not.</param>
/// <param name="Version">By which a form sees that somebody else was faster.</param>
public sealed record ListedRole(Guid Id, string Name, long Bits, int People, int Version)
{
    public Rights Rights => OwnRole.Bound(new Rights((ulong)Bits));

    public HeldRole Held => new(BuyerRole.Own, Phrase.Made(Name), Rights);
}

/// <summary>Somebody who has a role.</summary>
public sealed record RoleHolder(Guid Membership, string Name, bool IsActive);

/// <summary>The roles of a company: those that it made, who has them, and which somebody may give.</summary>
public sealed class CompanyRoleQueries(Database database)
{
    private const string Sql =
        """
        select r.id as "Id", r.name as "Name", r.rights as "Bits", r.version as "Version",
            (select cast(count(*) as integer) from membership m where m.company_role_id = r.id) as "People"
        from company_role r where r.company_id = {0}
        """;

    private const string HoldersSql =
        """
        select m.id as "Membership", b.first_name || ' ' || b.last_name as "Name", m.status = 'active' and b.status = 'active' as "IsActive"
        from membership m join buyer b on b.id = m.buyer_id where m.company_role_id = {0} order by m.sort_name, m.id limit 200
        """;

    private static readonly BuyerRole[] BuiltIn = [BuyerRole.Purchaser, BuyerRole.Approver, BuyerRole.Viewer, BuyerRole.Administrator];

    /// <summary>The caller may give this role to somebody of an existing company, and take it.</summary>
    public static bool MayGive(Caller caller, HeldRole role) => BuyerRoles.MayGive(caller.Rights, caller.Staff is not null, role);

    public async Task<IReadOnlyList<ListedRole>> Of(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Of(db, company, cancel);
    }

    public static async Task<IReadOnlyList<ListedRole>> Of(ShopDb db, CompanyId company, CancellationToken cancel) =>
        await db.Rows<ListedRole>(Sql + " order by r.name_key, r.id limit 100", company.Value).ToListAsync(cancel);

    public async Task<IReadOnlyList<RoleHolder>> Holders(CompanyRoleId role, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<RoleHolder>(HoldersSql, role.Value).ToListAsync(cancel);
    }

    /// <summary>Those that the caller may give to somebody of the company; the first is the usual one.</summary>
    public async Task<IReadOnlyList<RoleChoice>> Choices(Caller caller, CompanyId company, CancellationToken cancel)
    {
        var own = (await Of(company, cancel)).Where(role => MayGive(caller, role.Held))
            .Select(role => new RoleChoice(new GivenRole(BuyerRole.Own, new CompanyRoleId(role.Id)), role.Name, OwnRole.Sentence(role.Rights)));
        return [.. BuiltIn.Where(role => MayGive(caller, HeldRole.Read(Words.Kebab(role)))).Select(RoleChoice.Of), .. own];
    }

    /// <summary>What a role of the company is now; null when the company has none like that. Also inside a write.</summary>
    public static async Task<HeldRole?> Held(ShopDb db, CompanyId company, GivenRole role, CancellationToken cancel) =>
        role.Own is not { } own ? role.Kind == BuyerRole.Own ? null : HeldRole.Read(Words.Kebab(role.Kind))
        : role.Kind == BuyerRole.Own && await db.Rows<ListedRole>(Sql + " and r.id = {1}", company.Value, own.Value).ToListAsync(cancel) is [var found] ? found.Held : null;
}
