using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Somebody of a company, for who manages its people.</summary>
/// <param name="IsMember">His place is active.</param>
/// <param name="HasAccount">His account is open, in whichever companies.</param>
/// <param name="HasCome">He has chosen a password.</param>
/// <param name="CartLines">Articles in his cart.</param>
/// <param name="Waiting">Orders for him that wait for the company.</param>
/// <param name="Mandates">Of which he is the operator.</param>
/// <param name="Lists">Of articles, his own.</param>
public sealed record Member(
    Guid Id, string FirstName, string LastName, string Email, string RoleWord, Guid? OwnRole, bool IsMember, bool HasAccount, bool HasCome, DateTimeOffset? InvitedAt, DateTimeOffset? LastSeen, int CartLines,
    int Waiting, int Mandates, int Lists)
{
    public string Name => $"{FirstName} {LastName}";

    public HeldRole Role => HeldRole.Read(RoleWord);

    public GivenRole Given => new(Role.Kind, OwnRole is { } own ? new CompanyRoleId(own) : null);
}

/// <summary>Somebody who can take over.</summary>
public sealed record Successor(Guid Id, string Name);

/// <summary>The people of a company as those see them who manage them.</summary>
public sealed class MemberQueries(Database database)
{
    private static readonly string OneSql =
        $$"""
        select m.id as "Id", b.first_name as "FirstName", b.last_name as "LastName", b.email as "Email", {{RoleSql.Of("m")}} as "RoleWord", m.company_role_id as "OwnRole", m.status = 'active' as "IsMember",
            b.status = 'active' as "HasAccount", b.password_hash is not null as "HasCome", b.invited_at as "InvitedAt",
            (select max(i.last_seen_at) from sign_in i where i.buyer_id = b.id and i.membership_id = m.id) as "LastSeen",
            (select cast(count(*) as integer) from cart_line l join cart c on c.id = l.cart_id
                where c.membership_id = m.id and c.status in ('active', 'parked') and c.base_cart_id is null and l.quantity_thousandths > 0) as "CartLines",
            (select cast(count(*) as integer) from order_approval a join orders o on o.id = a.order_id where o.membership_id = m.id and a.status = 'waiting') as "Waiting",
            (select cast(count(*) as integer) from assist_mandate z where z.operator_membership_id = m.id and z.status = 'active') as "Mandates",
            (select cast(count(*) as integer) from saved_list w where w.membership_id = m.id) as "Lists"
        from membership m join buyer b on b.id = m.buyer_id where m.id = {0} and m.company_id = {1}
        """;

    private static readonly string SuccessorsSql =
        $$"""
        select m.id as "Id", b.first_name || ' ' || b.last_name as "Name" from membership m join buyer b on b.id = m.buyer_id
        where m.company_id = {0} and m.id <> {1} and m.status = 'active' and b.status = 'active' and {{RoleSql.May("m", Right.CartsChange)}}
        order by m.sort_name, m.id limit 500
        """;

    public async Task<(Member Member, IReadOnlyList<Successor> Successors)?> Find(MembershipId membership, CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Member>(OneSql, membership.Value, company.Value).ToListAsync(cancel) is [var member]
            ? (member, member.IsMember ? await db.Rows<Successor>(SuccessorsSql, company.Value, membership.Value).ToListAsync(cancel) : [])
            : null;
    }
}
