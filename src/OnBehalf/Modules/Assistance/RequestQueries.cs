using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A request as supervisors see it.</summary>
public sealed record ShownRequest(
    Guid Id, string Kind, Guid StaffId, string AskerFirstName, string AskerLastName, string Email, string? CompanyName, string? CompanyNumber, string? FirstName,
    string? LastName, string? Note, string Status, DateTimeOffset AskedAt, DateTimeOffset? DecidedAt, string? DecidedBy, DateTimeOffset? Until)
{
    public string Asker => $"{AskerFirstName} {AskerLastName}";

    /// <summary>The company, or the buyer for whom a start is to be approved.</summary>
    public string Customer => FirstName is null ? CompanyName ?? "" : CompanyName is null ? $"{FirstName} {LastName}" : $"{FirstName} {LastName} ({CompanyName})";

    public bool IsAccess => Kind == "access";

    /// <summary>"wants to act for"</summary>
    public string Wants => Kind switch { "access" => Say("asks for access to"), AssistRequests.Emergency => Say("wants to act without consent, in an emergency, for"), _ => Say("wants to act for") };
}

/// <summary>Somebody who may decide requests.</summary>
public sealed record Decider(Guid Id, string FirstName, string LastName, string Email)
{
    public string Name => $"{FirstName} {LastName}";
}

/// <summary>What staff have asked for: for supervisors, and for the one who asked.</summary>
public sealed class RequestQueries(Database database)
{
    private const string Columns =
        """
        select r.id as "Id", r.kind as "Kind", s.id as "StaffId", s.first_name as "AskerFirstName", s.last_name as "AskerLastName", s.email as "Email",
            c.name as "CompanyName", c.number as "CompanyNumber", b.first_name as "FirstName", b.last_name as "LastName", r.note as "Note", r.status as "Status",
            r.asked_at as "AskedAt", r.decided_at as "DecidedAt", r.decided_by as "DecidedBy", r.until as "Until"
        from assist_request r
        join staff s on s.id = r.staff_id
        left join membership m on m.id = r.membership_id
        left join buyer b on b.id = m.buyer_id
        left join company c on c.id = coalesce(r.company_id, m.company_id)
        """;

    private static readonly string Open = Columns + " where r.status = 'asked' order by r.asked_at limit 100";
    private static readonly string Past = Columns + " where r.status <> 'asked' order by r.asked_at desc limit 50";
    private static readonly string ById = Columns + " where r.id = {0}";
    private static readonly string Approvals = Columns + " where r.staff_id = {0} and r.kind = {3} and (r.membership_id = {1} or r.company_id = {2}) and r.status in ('asked', 'granted') order by r.asked_at desc limit 1";

    private static readonly string Supervisors =
        """
        select id as "Id", first_name as "FirstName", last_name as "LastName", email as "Email" from staff
        where status = 'active' and role in ('supervisor', 'administrator') and id <> {0} order by case when role = 'supervisor' then 0 else 1 end, id limit 10
        """;

    public async Task<(IReadOnlyList<ShownRequest> Open, IReadOnlyList<ShownRequest> Past)> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<ShownRequest>(Open).ToListAsync(cancel), await db.Rows<ShownRequest>(Past).ToListAsync(cancel));
    }

    /// <summary>What a staff member asked for about one start and is not used up; null when there is nothing, or its time is over.</summary>
    public async Task<ShownRequest?> ApprovalOf(StaffId staff, SessionSubject subject, DateTimeOffset now, CancellationToken cancel, string kind = "approval")
    {
        await using var db = database.Read();
        return await db.Rows<ShownRequest>(Approvals, staff.Value, subject.MembershipKey, subject.CompanyKey, kind).ToListAsync(cancel) is [var request] && !(request.Until <= now) ? request : null;
    }

    internal async Task<ShownRequest?> One(ShopDb db, Guid id, CancellationToken cancel) =>
        await db.Rows<ShownRequest>(ById, id).ToListAsync(cancel) is [var request] ? request : null;

    internal Task<List<Decider>> Deciders(ShopDb db, StaffId asker, CancellationToken cancel) => db.Rows<Decider>(Supervisors, asker.Value).ToListAsync(cancel);
}
