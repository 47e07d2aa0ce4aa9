using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>What is asked for when somebody wants to act.</summary>
/// <param name="TakeOver">End the operator's running session, if there is one, in the same transaction.</param>
public sealed record SessionRequest(
    SessionSubject Subject, string ReasonCode, string? ReasonText, string? Ticket, string ReturnPath, bool TakeOver)
{
    /// <summary>The mode that is wanted; null: the one in which the rule opens sessions.</summary>
    public Mode? Mode { get; init; }

    /// <summary>From where he asks.</summary>
    public IPAddress? Network { get; init; }

    /// <summary>The link of a colleague that led here; the start uses it up.</summary>
    public Guid? Link { get; init; }

    /// <summary>The hand-over from the staff host, when this start came over one; it is used up.</summary>
    public Guid? HandOver { get; init; }

    /// <summary>He wants no longer than this; null: as long as the rule allows, which is also the most.</summary>
    public int? Minutes { get; init; }

    /// <summary>Without the buyer's consent, with the approval of a second person for just that; the buyer and the supervisors are told.</summary>
    public bool IsEmergency { get; init; }

    /// <summary>What his browser calls itself.</summary>
    public string? Browser { get; init; }
}

/// <summary>A session that has begun. The token is known here and in the cookie, nowhere else.</summary>
public sealed record StartedSession(AssistedSessionId Id, string Handle, string Token);

/// <summary>The life of assisted sessions: start, end, and the ends that come by themselves.</summary>
public sealed class AssistedSessions(Database database, ShopPolicies policies, ShopSettings settings)
{
    public static readonly Refusal Running = Refusal.Conflict(
        "assistance.session-running", "You are already acting for somebody. Go on there, or end that session and start this one.");

    private const long SweepLock = 5_823_640_917_265_103L;

    private static readonly Caller Clock = Caller.Machine("sessions");

    /// <summary>
    /// Begins to act for a buyer or a company: judged, and a running session ended or respected, in the transaction that makes the new one. One operator has at most
    /// one session, on all nodes; a second start is <see cref="Running"/>.
    /// </summary>
    public Task<Outcome<StartedSession>> Start(Caller caller, SessionRequest request, CancellationToken cancel = default) => Judged<StartedSession>(
        caller,
        request,
        async (tx, actor, found, approval) =>
        {
            if (await EndRunning(tx, actor, request.TakeOver) is { } running)
            {
                return running;
            }

            if (request.Link is { } link && await AssistLinks.Use(tx, actor.Staff ?? default, request.Subject.Membership, link) is { } over)
            {
                return over;
            }

            if (request.HandOver is { } handOver && !await HandOvers.Take(tx, handOver))
            {
                return HandOvers.Failed;
            }

            // An approval is for one start.
            approval?.Status = "used";
            var started = Begin(tx, actor, found, request, await AddressToKeep(tx, request));
            await Used(tx, started.Id, actor, found, request, approval);
            return started;
        },
        cancel);

    /// <summary>Judges a start that begins a moment later on another host, and stores what leads there; nothing begins and nothing ends yet.</summary>
    internal Task<Outcome<Done>> Prepare(Caller caller, SessionRequest request, Func<Tx, StaffId, Task> store, CancellationToken cancel) => Judged<Done>(
        caller,
        request,
        async (tx, actor, _, _) =>
        {
            if (actor.Staff is not { } staff)
            {
                return AccessGate.NotInSession;
            }

            if (!request.TakeOver && (await RunningSessions.Find(tx.Database, tx.Db, actor.Where, actor.Value, tx.Cancel)).Exists(session => session.IsAlive))
            {
                return Running;
            }

            await store(tx, staff);
            return Done.It;
        },
        cancel);

    /// <summary>Judges a start on locked rows, and does what follows from a "yes" in the same transaction. A "no" is recorded.</summary>
    private async Task<Outcome<T>> Judged<T>(
        Caller caller, SessionRequest request, Func<Tx, OperatorKey, LockedSubject, AssistRequestRow?, Task<Outcome<T>>> then, CancellationToken cancel)
    {
        if (OperatorKey.Of(caller) is not { } actor)
        {
            return AccessGate.NotInSession;
        }

        if ((SessionReason.Check(request.ReasonText, request.Ticket) ?? SessionLength.Check(request.Minutes)) is { } invalid)
        {
            return invalid;
        }

        AssistedSessionRefused? refused = null;
        var outcome = await database.Write<T>(
            caller,
            async tx =>
            {
                refused = null;
                var proof = await Identity.StaffProof.Age(tx, SignInOf(caller));
                var approval = actor.Staff is { } staff ? await AssistRequests.ApprovalFor(tx, staff, request.Subject, request.IsEmergency) : null;
                var found = await Subjects.Lock(tx, policies, actor, request.Subject, now => new Attempt(Moment.Start, now)
                {
                    Mode = request.Mode, Network = request.Network, ReasonCode = request.ReasonCode, Ticket = request.Ticket, ProofAge = proof.Seconds, SecondFactorAge = proof.SecondFactorSeconds, IsApproved = approval is not null,
                    IsEmergency = request.IsEmergency,
                });
                if (found is null)
                {
                    refused = new(null, request.Subject.Membership, request.Subject.Company, "assistance.no-such-buyer");
                    return Subjects.Missing;
                }

                if (found.Decision is { IsAllowed: false } denied)
                {
                    refused = new(found.Buyer, found.Membership, found.Company, denied.Rule);
                    return found.IsFound ? denied.Refusal : Subjects.Missing;
                }

                if (!found.Decision.MayStart)
                {
                    return found.Decision.Refusal;
                }

                if (await StartStops.Find(tx, found) is { } stopped)
                {
                    refused = new(found.Buyer, found.Membership, found.Company, stopped.Code);
                    return stopped;
                }

                return await then(tx, actor, found, approval);
            },
            cancel);
        if (refused is not null)
        {
            await database.Record(caller, refused, cancel);
        }

        return outcome;
    }

    /// <summary>Ends the caller's own session. Done also when it was over already: nobody is told "no" for wanting to stop.</summary>
    public Task<Outcome<Done>> End(Caller caller, AssistedSessionId session, Code cause, CancellationToken cancel = default) =>
        // Not as the session: its share lock would stand in the way of its own end.
        database.Write<Done>(
            caller with { Session = null },
            async tx =>
            {
                await EndLocked(tx, "s.id = {0}", session.Value, cause);
                return Done.It;
            },
            cancel);

    /// <summary>His running session goes on where he is now, because he has just proved who he is; nothing happens when it is over.</summary>
    public Task<Outcome<Done>> GoOnFrom(Caller caller, AssistedSessionId session, Origin from, CancellationToken cancel = default) =>
        database.Write<Done>(
            caller,
            async tx =>
            {
                var (id, staff) = (session, caller.Staff!.Id);
                if (await tx.Db.Set<AssistedSessionRow>().SingleOrDefaultAsync(row => row.Id == id && row.OperatorStaffId == staff && row.Status == "active", tx.Cancel) is { } row)
                {
                    (row.Network, row.Browser) = (from.NetworkKept, from.BrowserKept);
                    tx.Add(new SessionMoved(row.Id, staff, row.BuyerId, row.CompanyId));
                }

                return Done.It;
            },
            cancel);

    /// <summary>Ends one session in the transaction of somebody who has been found to be allowed to.</summary>
    internal static Task<int> EndOne(Tx tx, AssistedSessionId session, Code cause) => EndLocked(tx, "s.id = {0}", session.Value, cause);

    /// <summary>Ends what fits a condition over `s` (the session) with the parameter {0}.</summary>
    internal static Task<int> EndFor(Tx tx, string where, Guid key, Code cause) => EndLocked(tx, where, key, cause);

    /// <summary>Lets no write that began before commit after this: what they may is less than it was. The next request is judged anew.</summary>
    internal static async Task Narrow(Tx tx, string where, Guid key)
    {
        foreach (var row in await Locked(tx, where, key))
        {
            row.Narrowed++;
        }
    }

    /// <summary>Ends whatever runs; returns how many sessions that were.</summary>
    internal static Task<int> EndAll(Tx tx, Code cause) => EndLocked(tx, "s.id <> {0}", Guid.Empty, cause);

    /// <summary>Ends what a staff member runs, in the transaction that takes his authority away; returns how many sessions that were.</summary>
    public static Task<int> EndFor(Tx tx, StaffId staff, Code cause) => EndLocked(tx, "s.operator_staff_id = {0}", staff.Value, cause);

    /// <summary>The same for a sign-in that ends.</summary>
    public static Task<int> EndFor(Tx tx, SignInId signIn, Code cause) => EndLocked(tx, "s.operator_sign_in_id = {0}", signIn.Value, cause);

    /// <summary>The same for a buyer who is suspended or deleted, in all his companies: in which he acts, and in which he is acted for.</summary>
    public static Task<int> EndFor(Tx tx, BuyerId buyer, Code cause) => EndLocked(tx, "(s.buyer_id = {0} or s.operator_buyer_id = {0})", buyer.Value, cause);

    /// <summary>Only those in which he is acted for.</summary>
    public static Task<int> EndActingFor(Tx tx, BuyerId buyer, Code cause) => EndLocked(tx, "s.buyer_id = {0}", buyer.Value, cause);

    /// <summary>The same for a buyer who leaves a company, or has another role in it.</summary>
    public static Task<int> EndFor(Tx tx, MembershipId membership, Code cause) =>
        EndLocked(tx, "(s.membership_id = {0} or s.operator_membership_id = {0})", membership.Value, cause);

    /// <summary>The same for a version of a mandate that no longer counts.</summary>
    internal static Task<int> EndForMandate(Tx tx, Guid version, Code cause) => EndLocked(tx, "s.mandate_id = {0}", version, cause);

    /// <summary>The same for a company as a whole: sessions for its people go on.</summary>
    internal static Task<int> EndForWhole(Tx tx, CompanyId company, Code cause) => EndLocked(tx, "s.membership_id is null and s.company_id = {0}", company.Value, cause);

    /// <summary>What colleagues run within a company.</summary>
    internal static Task<int> EndOfColleagues(Tx tx, CompanyId company, Code cause) =>
        EndLocked(tx, "s.operator_buyer_id is not null and s.company_id = {0}", company.Value, cause);

    /// <summary>The same for a company that is blocked.</summary>
    public static Task<int> EndFor(Tx tx, CompanyId company, Code cause) => EndLocked(tx, "s.company_id = {0}", company.Value, cause);

    /// <summary>Records the end of a session that is no longer alive or no longer allowed; nothing happens when it is.</summary>
    public async Task Expire(AssistedSessionId session, Code? cause, CancellationToken cancel = default) =>
        await database.Write<Done>(
            Clock,
            async tx =>
            {
                await EndLocked(tx, "s.id = {0}", session.Value, cause);
                return Done.It;
            },
            cancel);

    /// <summary>Records the ends of sessions that have run out; returns how many. Authority does not wait for this: a dead session is refused anyway.</summary>
    public async Task<int> Sweep(CancellationToken cancel = default)
    {
        var hasRunOut = $"({database.SecondsSince("a.last_seen_at")} >= s.idle_seconds or s.hard_ends_at <= {database.Now} or not ({Identity.SignInQueries.Alive(database, "i")}))";
        var outcome = await database.Write<int>(
            Clock,
            async tx =>
            {
                if (tx.Database.Kind == DatabaseKind.Postgres && !await IsOnlySweeper(tx))
                {
                    return 0;
                }

                var running = await RunningSessions.Find(tx.Database, tx.Db, $"{hasRunOut} and s.id <> {{0}}", Guid.Empty, tx.Cancel);
                foreach (var session in running)
                {
                    await EndLocked(tx, "s.id = {0}", session.Id, cause: null);
                }

                return running.Count;
            },
            cancel);
        await EndAccess(cancel);
        return outcome.Value;
    }

    // By itself: whatever goes wrong with a session must not leave anybody the customers that were lent to him.
    private Task<Outcome<Done>> EndAccess(CancellationToken cancel) => database.Write<Done>(
        Clock,
        async tx =>
        {
            if (tx.Database.Kind == DatabaseKind.Postgres && !await IsOnlySweeper(tx))
            {
                return Done.It;
            }

            foreach (var (staff, company) in await Companies.Assignments.EndOver(tx))
            {
                tx.Add(new AccessEnded(staff, company, "time"));
            }

            return Done.It;
        },
        cancel);

    private static async Task<bool> IsOnlySweeper(Tx tx) =>
        (await tx.Db.Rows<bool>("select pg_try_advisory_xact_lock({0}) as \"Value\"", SweepLock).ToListAsync(tx.Cancel))[0];

    private static SignInId SignInOf(Caller caller) => caller.Actor is Actor.Staff staff ? staff.SignIn : ((Actor.Buyer)caller.Actor).SignIn;

    private static StartedSession Begin(Tx tx, OperatorKey actor, LockedSubject subject, SessionRequest request, string? address)
    {
        var (token, hash) = Cookies.NewToken();
        var id = IId<AssistedSessionId>.New();
        var handle = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 14);
        var decision = subject.Decision;
        tx.Db.Add(new AssistedSessionRow
        {
            Id = id, Handle = handle, TokenHash = hash, OperatorStaffId = actor.Staff, OperatorBuyerId = actor.Buyer, OperatorMembershipId = actor.Membership,
            OperatorSignInId = SignInOf(tx.Caller), MandateId = subject.Mandate, MembershipId = subject.Membership,
            BuyerId = subject.Buyer, CompanyId = subject.Company, Mode = decision.Mode, ReasonCode = request.ReasonCode, ReasonText = request.ReasonText,
            Ticket = request.Ticket, Rule = decision.Rule.Code, PolicyVersion = decision.PolicyVersion, Rights = (long)SessionRights.Effective(decision.Basis, decision.Highest).Bits,
            ReturnPath = request.ReturnPath, Status = "active", IsEmergency = request.IsEmergency,
            StartedAt = tx.Now, IdleSeconds = decision.Limits.IdleSeconds, HardEndsAt = SessionLength.End(decision.Limits, request.Minutes, tx.Now),
            Network = new Origin(request.Network, null).NetworkKept, Browser = new Origin(null, request.Browser).BrowserKept,
        });
        tx.Db.Add(new AssistedSessionActivityRow { SessionId = id, LastSeenAt = tx.Now });
        tx.Add(new AssistedSessionStarted(
            id, actor.Staff, actor.Buyer, subject.Buyer, subject.Membership, subject.Company, decision.Mode, decision.Granted, decision.Rule, request.ReasonCode,
            request.ReasonText, request.Ticket, address));
        return new StartedSession(id, handle, token);
    }

    // What was agreed to once is good for this session alone; what began without consent is told.
    private static async Task Used(Tx tx, AssistedSessionId id, OperatorKey actor, LockedSubject subject, SessionRequest request, AssistRequestRow? approval)
    {
        if (actor.Staff is { } staff && subject is { Buyer: { } buyer, Membership: { } membership })
        {
            await ConsentAsks.Use(tx, staff, membership, id);
            if (request.IsEmergency)
            {
                tx.Add(new EmergencyStarted(id, staff, buyer, membership, subject.Company, approval?.DecidedBy ?? "", approval?.Note));
            }
        }
    }

    private async Task<string?> AddressToKeep(Tx tx, SessionRequest request) =>
        await settings.Get(tx.Db, ShopSettings.RecordAddresses, tx.Cancel) == "true" ? request.Network?.ToString() : null;

    // What has run out is ended first; what lives is ended only on purpose.
    private static async Task<Refusal?> EndRunning(Tx tx, OperatorKey actor, bool takeOver)
    {
        var running = await RunningSessions.Find(tx.Database, tx.Db, actor.Where, actor.Value, tx.Cancel);
        if (running.Count == 0)
        {
            return null;
        }

        if (running.Exists(session => session.IsAlive) && !takeOver)
        {
            return Running;
        }

        await EndLocked(tx, actor.Where, actor.Value, "switched");
        return null;
    }

    // Locks first, so that a write of the session that has begun is waited for, and one that begins later finds it ended.
    private static async Task<int> EndLocked(Tx tx, string where, Guid key, Code? cause)
    {
        var rows = await Locked(tx, where, key);

        // What this transaction has ended already is over for its first cause.
        rows.RemoveAll(row => row.Status == "ended");
        if (rows.Count == 0)
        {
            return 0;
        }

        var lives = await RunningSessions.Find(tx.Database, tx.Db, where, key, tx.Cancel);
        foreach (var row in rows)
        {
            if (lives.Find(session => session.Id == row.Id.Value)?.End is { } byItself)
            {
                End(tx, row, byItself.At, byItself.Cause);
            }
            else if (cause is { } now)
            {
                End(tx, row, tx.Now, now);
            }
        }

        return rows.Count;
    }

    private static async Task<List<AssistedSessionRow>> Locked(Tx tx, string where, Guid key)
    {
        await Authority.Close(tx, $"select s.operator_sign_in_id from assisted_session s where s.status = 'active' and {where}", key);
        var sql = $"select s.* from assisted_session s where s.status = 'active' and {where}" + (tx.Database.Kind == DatabaseKind.Postgres ? " for no key update" : "");
        return await tx.Db.Set<AssistedSessionRow>().FromSqlRaw(sql, key).AsTracking().ToListAsync(tx.Cancel);
    }

    private static void End(Tx tx, AssistedSessionRow row, DateTimeOffset at, Code cause)
    {
        (row.Status, row.EndedAt, row.EndCause, row.Network, row.Browser) = ("ended", at, cause.Value, null, null);
        tx.Add(new AssistedSessionEnded(row.Id, row.OperatorStaffId, row.OperatorBuyerId, row.BuyerId, row.MembershipId, row.CompanyId, cause, at));
    }
}
