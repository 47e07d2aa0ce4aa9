using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A session in a list, running or over.</summary>
public sealed record PastSession(
    AssistedSessionId Id, string Operator, string? Buyer, MembershipId? Membership, string? CompanyName, string? CompanyNumber, string Reason, string? Ticket, DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt, string? Cause)
{
    /// <summary>Of the buyer, or of the company that was acted for as a whole.</summary>
    public string Name => Buyer ?? CompanyName ?? "";

    /// <summary>The confirming page for the same again.</summary>
    public string ActPath => $"{CustomerPath}/act{(CompanyNumber is null || Membership is null ? "" : $"/{Membership}")}";

    public string CustomerPath => CompanyNumber is null ? $"/staff/consumers/{Membership}" : $"/staff/customers/{Uri.EscapeDataString(CompanyNumber)}";
}

/// <summary>A page of an operator's own sessions, newest first.</summary>
/// <param name="Older">Where the next page begins; null on the last one.</param>
public sealed record PastSessions(IReadOnlyList<PastSession> Sessions, SessionPlace? Older);

/// <summary>Sessions that were: of a customer, for his page; of an operator, for his desk.</summary>
public sealed class SessionHistoryQueries(Database database)
{
    public const int PageSize = 30;

    private static readonly string Columns =
        $"""
        select s.id as "Id", coalesce(o.first_name, p.first_name) as "OperatorFirstName", coalesce(o.last_name, p.last_name) as "OperatorLastName", o.role as "OperatorRole", {OperatorKey.DealerSql("s.operator_membership_id", "s.company_id")} as "Dealer", b.first_name as "FirstName",
            b.last_name as "LastName", s.membership_id as "Membership", c.name as "CompanyName", c.number as "CompanyNumber", s.reason_code as "Reason",
            s.ticket as "Ticket", s.started_at as "StartedAt", s.ended_at as "EndedAt", s.end_cause as "Cause"
        from assisted_session s
        left join staff o on o.id = s.operator_staff_id
        left join buyer p on p.id = s.operator_buyer_id
        left join buyer b on b.id = s.buyer_id
        left join company c on c.id = s.company_id
        """;

    // Customers who are no longer his are not shown to him, not even as a memory.
    private static readonly string OfOperator = Columns +
        """
         where s.operator_staff_id = {0} and (case when s.company_id is null then {2}
            else ({1} or exists (select 1 from staff_assignment a where a.staff_id = {0} and a.company_id = s.company_id)) end)
        """;

    // One more tells that there are older ones.
    private static readonly string NewestFirst = $" order by s.started_at desc, s.id desc limit {PageSize + 1}";

    private static readonly string OfCompany = Columns + " where s.company_id = {0} order by s.started_at desc limit 10";
    private static readonly string OfMembership = Columns + " where s.membership_id = {0} order by s.started_at desc limit 10";

    public async Task<PastSessions> Of(Actor.Staff staff, SessionPlace? before, CancellationToken cancel)
    {
        var scope = CustomerScope.Of(staff.Role, staff.AccessAllCustomers);
        var found = before is { } place
            ? await Read(
                $"{OfOperator} and (s.started_at, s.id) < ({{3}}, {{4}}){NewestFirst}", cancel, staff.Id.Value, scope.AllCompanies, scope.Consumers, place.StartedAt, place.Id.Value)
            : await Read(OfOperator + NewestFirst, cancel, staff.Id.Value, scope.AllCompanies, scope.Consumers);
        return found.Count <= PageSize ? new PastSessions(found, null)
            : new PastSessions([.. found.Take(PageSize)], new SessionPlace(found[PageSize - 1].StartedAt, found[PageSize - 1].Id));
    }

    /// <summary>The caller has found the customer by a query of his scope.</summary>
    public static Func<IReadOnlyList<PastSession>> Of(SqlTogether together, CompanyId company) => Read(together, OfCompany, company.Value);

    public static Func<IReadOnlyList<PastSession>> Of(SqlTogether together, MembershipId membership) => Read(together, OfMembership, membership.Value);

    private static Func<IReadOnlyList<PastSession>> Read(SqlTogether together, string sql, Guid key)
    {
        var rows = together.Rows<Row>(sql, key);
        return () => rows().ConvertAll(row => row.ToSession());
    }

    private async Task<IReadOnlyList<PastSession>> Read(string sql, CancellationToken cancel, params object[] keys)
    {
        await using var db = database.Read();
        return (await db.Rows<Row>(sql, keys).ToListAsync(cancel)).ConvertAll(row => row.ToSession());
    }

    private sealed record Row(
        Guid Id, string OperatorFirstName, string OperatorLastName, string? OperatorRole, string? Dealer, string? FirstName, string? LastName, Guid? Membership, string? CompanyName,
        string? CompanyNumber, string Reason, string? Ticket, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Cause)
    {
        public PastSession ToSession() => new PastSession(
            new AssistedSessionId(Id),
            $"{OperatorKey.Name($"{OperatorFirstName} {OperatorLastName}", Dealer)} ({OperatorKey.Word(OperatorRole, Dealer)})", LastName is null ? null : $"{FirstName} {LastName}",
            Membership is { } membership ? new MembershipId(membership) : null, CompanyName, CompanyNumber, Reasons.Word(Reason), Ticket, StartedAt, EndedAt,
            Cause is null ? null : EndCauses.Word(Cause));
    }
}
