using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A session that no end has been recorded for, with all that its life depends on. All times are the database's, <see cref="Now"/> too.</summary>
public sealed record RunningSession(
    Guid Id, string Handle, byte[] TokenHash, int Slot, Guid? Membership, Guid? Company, string ReasonCode, string? BuyerFirstName, string? LastName, string? CompanyName, DateTimeOffset Now,
    DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, int IdleSeconds, DateTimeOffset HardEndsAt,
    DateTimeOffset? SignInEndedAt, DateTimeOffset SignInLastSeenAt, int SignInIdleSeconds, DateTimeOffset SignInHardEndsAt)
{
    /// <summary>Of the buyer, or of the company that is acted for as a whole.</summary>
    public string Name => BuyerFirstName is null ? CompanyName ?? "" : $"{BuyerFirstName} {LastName}";

    /// <summary>A company is acted for as a whole.</summary>
    public bool IsWhole => BuyerFirstName is null;

    /// <summary>The same for a button.</summary>
    public string FirstName => BuyerFirstName ?? CompanyName ?? "";

    /// <summary>Where a buyer is acted for.</summary>
    public string? In => BuyerFirstName is null ? null : CompanyName;

    public bool IsAlive => End is null;

    /// <summary>Where it is gone on with: a company as a whole has no dashboard.</summary>
    public string Path => $"/as/{Handle}{(IsWhole ? "/" : "/account")}";

    /// <summary>Its secret is in this browser, so it can be gone on with here.</summary>
    public bool IsHere(HttpRequest request) => Cookies.Hash(request, Cookies.Assist(Handle))?.AsSpan().SequenceEqual(TokenHash) == true;

    public bool IsFor(SessionSubject subject) => subject.Membership is { } membership ? Membership == membership.Value : IsWhole && Company == subject.Company?.Value;

    /// <summary>When and why it came to its end by itself; null while it lives.</summary>
    public (DateTimeOffset At, string Cause)? End
    {
        get
        {
            var (at, cause) = Earlier((LastSeenAt.AddSeconds(IdleSeconds), "idle"), (HardEndsAt, "hard-limit"));
            (at, cause) = Earlier((at, cause), (Earliest(SignInLastSeenAt.AddSeconds(SignInIdleSeconds), SignInHardEndsAt, SignInEndedAt), "sign-in-expired"));
            return at <= Now ? (at, cause) : null;
        }
    }

    private static (DateTimeOffset At, string Cause) Earlier((DateTimeOffset At, string Cause) one, (DateTimeOffset At, string Cause) other) =>
        other.At < one.At ? other : one;

    private static DateTimeOffset Earliest(DateTimeOffset idle, DateTimeOffset hard, DateTimeOffset? ended)
    {
        var first = idle < hard ? idle : hard;
        return ended < first ? ended.Value : first;
    }
}

/// <summary>Reads running sessions, in or outside of a transaction.</summary>
internal static class RunningSessions
{
    /// <param name="where">A condition over `s` (the session) with the one parameter {0}.</param>
    /// <param name="locks">Behind which they are read; only inside a transaction.</param>
    public static Task<List<RunningSession>> Find(Database database, ShopDb db, string where, object key, CancellationToken cancel, IReadOnlyList<SqlLock>? locks = null)
    {
        var rows = db.Rows<RunningSession>(Sql(database, where), key);
        return (locks is null ? rows : rows.Behind(locks)).ToListAsync(cancel);
    }

    private static string Sql(Database database, string where) =>
        $"""
        select s.id as "Id", s.handle as "Handle", s.token_hash as "TokenHash", s.slot as "Slot", s.membership_id as "Membership",
            s.company_id as "Company", s.reason_code as "ReasonCode", b.first_name as "BuyerFirstName",
            b.last_name as "LastName", c.name as "CompanyName", {database.Now} as "Now", s.started_at as "StartedAt", a.last_seen_at as "LastSeenAt",
            s.idle_seconds as "IdleSeconds", s.hard_ends_at as "HardEndsAt", i.ended_at as "SignInEndedAt", i.last_seen_at as "SignInLastSeenAt",
            i.idle_seconds as "SignInIdleSeconds", i.hard_ends_at as "SignInHardEndsAt"
        from assisted_session s
        join assisted_session_activity a on a.session_id = s.id
        join sign_in i on i.id = s.operator_sign_in_id
        left join buyer b on b.id = s.buyer_id
        left join company c on c.id = s.company_id
        where s.status = 'active' and {where}
        order by s.started_at
        limit 500
        """;
}
