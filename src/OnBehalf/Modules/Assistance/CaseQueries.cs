using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A case with the session that it is about.</summary>
public sealed record ListedCase(
    Guid Id, string? Buyer, string? BuyerEmail, string? Company, string? Operator, Guid Session, DateTimeOffset StartedAt, string? Note, DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt, string? ClosedBy, string? CloseNote);

/// <summary>A supervisor or administrator to be written to.</summary>
public sealed record Supervisor(Guid Id, string Email, string FirstName, string LastName)
{
    public string FullName => $"{FirstName} {LastName}";
}

/// <summary>Cases as they are read, and who is told of them.</summary>
public sealed class CaseQueries(Database database)
{
    public const int MostClosed = 100;

    private static readonly string Sql = $"""
        select k.id as "Id", b.first_name || ' ' || b.last_name as "Buyer", b.email as "BuyerEmail", c.name as "Company",
            coalesce(o.first_name || ' ' || o.last_name, p.first_name || ' ' || p.last_name || coalesce(' of ' || {OperatorKey.DealerSql("s.operator_membership_id", "s.company_id")}, '')) as "Operator", s.id as "Session", s.started_at as "StartedAt",
            k.note as "Note", k.opened_at as "OpenedAt", k.closed_at as "ClosedAt", k.closed_by as "ClosedBy", k.close_note as "CloseNote"
        from assist_case k
        left join buyer b on b.id = k.buyer_id
        join assisted_session s on s.id = k.session_id
        left join company c on c.id = s.company_id
        left join staff o on o.id = s.operator_staff_id
        left join buyer p on p.id = s.operator_buyer_id
        """;

    /// <summary>Those that wait, oldest first, and the last that were closed.</summary>
    public async Task<(IReadOnlyList<ListedCase> Open, IReadOnlyList<ListedCase> Closed)> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (
            await db.Rows<ListedCase>($"{Sql}\nwhere k.closed_at is null order by k.opened_at, k.id limit 500").ToListAsync(cancel),
            await db.Rows<ListedCase>($"{Sql}\nwhere k.closed_at is not null order by k.opened_at desc, k.id desc limit {MostClosed}").ToListAsync(cancel));
    }

    public async Task<int> Open(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Set<AssistCaseRow>().CountAsync(row => row.ClosedAt == null, cancel);
    }

    internal Task<List<Supervisor>> Supervisors(Tx tx) => tx.Db.Rows<Supervisor>(
        """
        select id as "Id", email as "Email", first_name as "FirstName", last_name as "LastName" from staff
        where status = 'active' and role in ('supervisor', 'administrator') order by email_normalized limit 200
        """).ToListAsync(tx.Cancel);

    /// <summary>A start holds a share lock on its buyer or company: it comes before this and is seen, or waits and finds the case.</summary>
    internal Task Lock(Tx tx, BuyerId? buyer, CompanyId? company) => tx.Db.Rows<Guid>(
        $"select id as \"Value\" from {(buyer is null ? "company" : "buyer")} where id = {{0}}{(database.Kind == DatabaseKind.Postgres ? " for no key update" : "")}",
        buyer?.Value ?? company!.Value.Value).ToListAsync(tx.Cancel);
}
