using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>A session that runs, as its supervisor sees it.</summary>
public sealed record LiveSession(
    Guid Id, string? OperatorName, string? Role, string? Dealer, string? Buyer, string? Company, string? CompanyNumber, string Mode, string ReasonCode, string? Ticket,
    DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, bool IsEmergency, string? Raised)
{
    /// <summary>What it may do now: the mode to which it is raised, or the one in which it stays.</summary>
    public string ModeNow => Raised ?? Mode;

    public string RoleWord => OperatorKey.Word(Role, Dealer);

    public string? Operator => OperatorName is null ? null : OperatorKey.Name(OperatorName, Dealer);

    public string Reason => Reasons.Word(ReasonCode) + (Ticket is null ? "" : $", {Ticket}");
}

/// <summary>What runs in the shop right now, and whether anything may.</summary>
public sealed class LiveSessionQueries(Database database)
{
    public const int Most = 500;

    private const string OffSql = "select exists (select 1 from setting where name = {0} and value = 'true') as \"Value\"";

    // What has run out and waits to be written down does not live.
    private readonly string _live = $"""
        select s.id as "Id", coalesce(o.first_name || ' ' || o.last_name, p.first_name || ' ' || p.last_name) as "OperatorName", o.role as "Role",
            {OperatorKey.DealerSql("s.operator_membership_id", "s.company_id")} as "Dealer",
            b.first_name || ' ' || b.last_name as "Buyer", c.name as "Company", c.number as "CompanyNumber", s.mode as "Mode", s.reason_code as "ReasonCode",
            s.ticket as "Ticket", s.started_at as "StartedAt", a.last_seen_at as "LastSeenAt", s.is_emergency as "IsEmergency",
            case when s.raised_until > {database.Now} then s.raised_mode end as "Raised"
        from assisted_session s
        join assisted_session_activity a on a.session_id = s.id
        left join staff o on o.id = s.operator_staff_id
        left join buyer p on p.id = s.operator_buyer_id
        left join buyer b on b.id = s.buyer_id
        left join company c on c.id = s.company_id
        where s.status = 'active' and s.hard_ends_at > {database.Now} and {database.SecondsSince("a.last_seen_at")} < s.idle_seconds
        order by s.started_at desc, s.id desc limit {Most}
        """;

    public async Task<IReadOnlyList<LiveSession>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<LiveSession>(_live).ToListAsync(cancel);
    }

    /// <summary>Read from the database: the memory of the settings may be some seconds old.</summary>
    public async Task<bool> IsOff(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<bool>(OffSql, ShopSettings.SessionsOff.Name).ToListAsync(cancel))[0];
    }
}
