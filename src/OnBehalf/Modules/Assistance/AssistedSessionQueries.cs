using System.Net;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// The session that a cookie stands for, with everybody in it, in one command; alive by the database's clock and still allowed by the policy, or not found
/// at all. Nothing is cached: a right that was taken away counts at the next request.
/// </summary>
public sealed class AssistedSessionQueries(Database database, Presence presence, AssistedSessions sessions, ShopPolicies policies, ShopSettings settings)
{
    private readonly string _find = $"""
        select x.id as "Session", x.mode as "Mode", x.reason_code as "ReasonCode", x.reason_text as "Reason", x.ticket as "Ticket", x.return_path as "ReturnPath",
            x.rights as "Rights", x.started_at as "StartedAt", x.idle_seconds as "IdleSeconds", x.hard_ends_at as "HardEndsAt", x.network as "StartNetwork", x.browser as "StartBrowser",
            {database.Now} as "Now", a.last_seen_at as "LastSeenAt", {database.SecondsSince("a.last_seen_at")} as "Unseen",
            i.id as "SignIn", i.idle_seconds as "SignInIdleSeconds", {database.SecondsSince("i.last_seen_at")} as "SignInUnseen",
            {Standing.Columns(database)},
            b.id as "BuyerId", b.email as "Email", {ShopPolicies.VersionSql} as "PolicyVersion", c.currency as "Currency", c.price_list_id as "PriceList", x.is_emergency as "IsEmergency",
            x.raised_mode as "RaisedMode", x.raised_until as "RaisedUntil", x.narrowed as "Narrowed", x.fast_order_cart_id as "FastOrder", {ClosedPages.Sql} as "Closed",
            coalesce(b.language, c.language) as "Language", coalesce(s.language, p.language) as "OperatorLanguage"
        from assisted_session x
        join assisted_session_activity a on a.session_id = x.id
        join sign_in i on i.id = x.operator_sign_in_id
        {Standing.Joins(database, "x")}
        where x.token_hash = {"{0}"} and x.handle = {"{1}"} and x.status = 'active' and x.hard_ends_at > {database.Now}
            and {database.SecondsSince("a.last_seen_at")} < x.idle_seconds
            and (s.id is null or s.status = 'active') and {SignInQueries.Alive(database, "i")}
        """;

    private readonly string _notRecorded = """
        select id as "Value" from assisted_session where token_hash = {0} and handle = {1} and status = 'active'
        """;

    private readonly string _wayBack = $"""
        select x.return_path as "ReturnPath", x.operator_staff_id is not null as "IsStaff", ({SignInQueries.Alive(database, "i")}) as "IsSignedIn"
        from assisted_session x join sign_in i on i.id = x.operator_sign_in_id
        where x.token_hash = {"{0}"} and x.handle = {"{1}"}
        """;

    /// <param name="isActivity">False for who only asks how long it still lives: an open tab must not keep it alive by asking.</param>
    /// <param name="beside">What the browser holds of other sessions; where it holds none nothing more is asked.</param>
    public async Task<Caller?> Find(string handle, byte[] tokenHash, Origin? from, bool isActivity, CancellationToken cancel, IReadOnlyList<byte[]>? beside = null)
    {
        var network = from?.Network;
        await using var db = database.Read();
        if (await db.Rows<SessionRow>(_find, tokenHash, handle).ToListAsync(cancel) is not [var row])
        {
            // Whoever touches a session that has run out also writes down that it has.
            if (await db.Rows<Guid>(_notRecorded, tokenHash, handle).ToListAsync(cancel) is [var over])
            {
                await sessions.Expire(new AssistedSessionId(over), cause: null, cancel);
            }

            return null;
        }

        var policy = await policies.Of(db, row.PolicyVersion, cancel);
        var attempt = new Attempt(Moment.Running, await policies.Local(db, row.Now, cancel))
        {
            Mode = row.SessionMode.At(row.Now), Network = network, IsEmergency = row.IsEmergency,
        };
        var decision = AssistancePolicy.Decide(row.Standing.In(policy, attempt, isActing: true));
        if (Over(row, decision) is { } cause)
        {
            await sessions.Expire(new AssistedSessionId(row.Session), cause, cancel);
            return null;
        }

        if (from is not null && from.Differs(row.StartNetwork, row.StartBrowser) is { } moved)
        {
            var wanted = await settings.Get(db, moved == Origin.OtherNetwork ? ShopSettings.OnOtherNetwork : ShopSettings.OnOtherBrowser, cancel);
            var elsewhere = ToCaller(handle, row, decision, row.LastSeenAt, network);

            // A colleague has no desk at which he could be asked.
            if (wanted == Origin.Ends || (wanted == Origin.Asks && elsewhere.Staff is null))
            {
                await sessions.Expire(new AssistedSessionId(row.Session), moved, cancel);
                return null;
            }

            if (wanted == Origin.Asks)
            {
                return elsewhere with { Session = elsewhere.Session! with { IsElsewhere = true }, Rights = Rights.None };
            }
        }

        if (!isActivity)
        {
            return ToCaller(handle, row, decision, row.LastSeenAt, network);
        }

        // Working in a session is also being at the desk: both idle clocks run on.
        var isSeen = await presence.SeenSession(row.Session, row.Unseen, row.IdleSeconds, cancel);
        await presence.SeenSignIn(row.SignIn, row.SignInUnseen, row.SignInIdleSeconds, cancel);
        var caller = ToCaller(handle, row, decision, isSeen ? row.Now : row.LastSeenAt, network);
        return beside is not { Count: > 0 } ? caller : caller with { Session = caller.Session! with { Others = await Others(db, row, beside, cancel) } };
    }

    // Only those whose secret this browser holds: it can go on with no other.
    private async Task<IReadOnlyList<OtherSession>> Others(ShopDb db, SessionRow row, IReadOnlyList<byte[]> beside, CancellationToken cancel) =>
    [
        .. (await RunningSessions.Find(database, db, "s.operator_sign_in_id = {0}", row.SignIn, cancel))
            .Where(session => session.IsAlive && session.Id != row.Session && beside.Any(hash => hash.AsSpan().SequenceEqual(session.TokenHash)))
            .Select(session => new OtherSession(session.Name, session.Path)),
    ];

    /// <summary>Where the operator of a session came from, also when it is over, and whether he is still signed in; null for a cookie of no session.</summary>
    public async Task<WayBack?> WayBackOf(string handle, byte[] tokenHash, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<WayBack>(_wayBack, tokenHash, handle).ToListAsync(cancel)).SingleOrDefault();
    }

    /// <summary>What an operator runs now and lives, the oldest first: one session, or as many as the rules let him have at once.</summary>
    public async Task<IReadOnlyList<RunningSession>> RunningOf(OperatorKey actor, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await RunningSessions.Find(database, db, actor.Where, actor.Value, cancel)).FindAll(session => session.IsAlive);
    }

    // The rules of now count: what they no longer allow ends, and what they allow for a shorter time ends earlier. A longer one is for the next start.
    private static Code? Over(SessionRow row, AssistanceDecision decision) =>
        !decision.IsAllowed ? new Code(decision.Rule.Code)
        : row.StartedAt.AddSeconds(decision.Limits.HardSeconds) <= row.Now ? new Code("hard-limit")
        : row.Unseen >= decision.Limits.IdleSeconds ? new Code("idle")
        : default(Code?);

    private static Caller ToCaller(string handle, SessionRow row, AssistanceDecision decision, DateTimeOffset seenAt, IPAddress? network)
    {
        var standing = row.Standing;
        var role = standing.Membership is null ? null : HeldRole.Read(standing.Role!);
        var buyer = standing.Membership is not { } membership ? null : new CallerBuyer(
            new BuyerId(row.BuyerId!.Value), new MembershipId(membership), standing.BuyerName, row.Email!, role!.Kind)
        {
            OwnRole = role.OwnName,
        };
        var session = new CallerSession(
            new AssistedSessionId(row.Session), handle, decision.Mode, row.ReasonCode, row.Reason, row.ReturnPath, row.StartedAt,
            seenAt.AddSeconds(Math.Min(row.IdleSeconds, decision.Limits.IdleSeconds)),
            Earlier(row.HardEndsAt, row.StartedAt.AddSeconds(decision.Limits.HardSeconds)), row.Ticket, row.Now)
        {
            Network = network, Limits = OrderLimits.InWords(decision.Limits), ApprovalAbove = decision.Limits.ApprovalAbove, IsEmergency = row.IsEmergency, Narrowed = row.Narrowed,
            AllowedBy = (decision.Rule.Code, row.PolicyVersion), Closed = ClosedPages.Names(row.Closed),
            FastOrder = row.FastOrder is { } typed ? new CartId(typed) : null, OperatorLanguage = row.OperatorLanguage, Modes = decision.ModeScope(row.SessionMode.IsRaisedAt(row.Now) ? row.RaisedUntil : null),
        };
        var company = SignInQueries.CompanyOf(
            standing.CompanyId, standing.CompanyNumber, standing.CompanyName, standing.Country, row.Currency, row.PriceList, standing.CompanyStatus);

        // What was granted at the start, never more than the policy would grant now.
        return new Caller(standing.By.Actor(new SignInId(row.SignIn), standing.CompanyId), buyer, company, session, new Rights((ulong)row.Rights) & decision.Granted) { Language = row.Language };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record SessionRow(
        Guid Session, string Mode, string ReasonCode, string? Reason, string? Ticket, string ReturnPath, long Rights, DateTimeOffset StartedAt,
        int IdleSeconds, DateTimeOffset HardEndsAt, string? StartNetwork, string? StartBrowser, DateTimeOffset Now, DateTimeOffset LastSeenAt, int Unseen,
        Guid SignIn, int SignInIdleSeconds, int SignInUnseen, Standing Standing, Guid? BuyerId, string? Email, int PolicyVersion, string? Currency, Guid? PriceList, bool IsEmergency,
        string? RaisedMode, DateTimeOffset? RaisedUntil, int Narrowed, Guid? FastOrder, string? Closed, string? Language, string? OperatorLanguage)
    {
        public SessionMode SessionMode => new(Words.Parse<Mode>(Mode), RaisedMode is null ? null : Words.Parse<Mode>(RaisedMode), RaisedUntil);
    }
}

/// <summary>The page from which a session began, and whether that was one for staff.</summary>
public sealed record WayBack(string ReturnPath, bool IsStaff, bool IsSignedIn);
