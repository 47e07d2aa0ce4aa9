using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A link as the page of its customer lists it.</summary>
public sealed record ShownLink(
    Guid Id, Guid MadeById, string Maker, string For, string Buyer, string Reason, string? Ticket, string Status, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt);

/// <summary>A link as the colleague finds it to whom it was sent.</summary>
public sealed record FollowedLink(Guid Id, Guid Membership, string Maker, string Reason, string? Text, string? Ticket, bool IsOpen);

/// <summary>A staff member who can be asked.</summary>
public sealed record Colleague(Guid Id, string FirstName, string LastName, string Email, string Role)
{
    public string Name => $"{FirstName} {LastName}";

    public string InList => $"{Name} ({StaffRoles.Word(Words.Parse<StaffRole>(Role))})";
}

/// <summary>Links to colleagues: of a customer, for his page; of the colleague who follows one.</summary>
public sealed class LinkQueries(Database database)
{
    private const string Columns =
        """
        select l.id as "Id", l.made_by_id as "MadeById", f.first_name || ' ' || f.last_name as "Maker", t.first_name || ' ' || t.last_name as "For",
            b.first_name || ' ' || b.last_name as "Buyer", l.reason_code as "Reason", l.ticket as "Ticket", l.status as "Status", l.made_at as "MadeAt",
            l.expires_at as "ExpiresAt", l.ended_at as "EndedAt"
        from assist_link l
        join staff f on f.id = l.made_by_id
        join staff t on t.id = l.staff_id
        join membership m on m.id = l.membership_id
        join buyer b on b.id = m.buyer_id
        """;

    private static readonly string OfCompany = Columns + " where m.company_id = {0} order by l.made_at desc limit 10";
    private static readonly string OfMembership = Columns + " where l.membership_id = {0} order by l.made_at desc limit 10";

    private readonly string _followed =
        $"""
        select l.id as "Id", l.membership_id as "Membership", f.first_name || ' ' || f.last_name as "Maker", l.reason_code as "Reason", l.reason_text as "Text",
            l.ticket as "Ticket", l.status = 'open' and l.expires_at > {database.Now} as "IsOpen"
        from assist_link l join staff f on f.id = l.made_by_id
        where l.id = {"{0}"} and l.staff_id = {"{1}"}
        """;

    private const string Staff =
        """
        select id as "Id", first_name as "FirstName", last_name as "LastName", email as "Email", role as "Role" from staff where status = 'active' and
        """;

    /// <summary>The caller has found the customer by a query of his scope.</summary>
    public static Func<IReadOnlyList<ShownLink>> Of(SqlTogether together, CompanyId company) => together.Rows<ShownLink>(OfCompany, company.Value);

    public static Func<IReadOnlyList<ShownLink>> Of(SqlTogether together, MembershipId membership) => together.Rows<ShownLink>(OfMembership, membership.Value);

    /// <summary>A link that was sent to this staff member; for anybody else there is none.</summary>
    public async Task<FollowedLink?> Followed(StaffId staff, Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<FollowedLink>(_followed, id, staff.Value).ToListAsync(cancel) is [var link] ? link : null;
    }

    /// <summary>Whom a staff member can ask.</summary>
    public async Task<IReadOnlyList<Colleague>> Colleagues(StaffId asker, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Colleague>(Staff + " id <> {0} order by first_name, last_name, id limit 1000", asker.Value).ToListAsync(cancel);
    }

    internal async Task<Colleague?> Colleague(ShopDb db, StaffId id, CancellationToken cancel) =>
        await db.Rows<Colleague>(Staff + " id = {0}", id.Value).ToListAsync(cancel) is [var colleague] ? colleague : null;
}
