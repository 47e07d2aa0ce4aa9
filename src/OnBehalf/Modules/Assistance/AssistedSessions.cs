using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>Starts assisted sessions, and lets their operators end them. The ends that others bring about are <see cref="SessionEnds"/>.</summary>
public sealed class AssistedSessions(Database database, ShopPolicies policies, ShopSettings settings, LogWatch log)
{
    public static readonly Refusal Running = Refusal.Conflict(
        "assistance.session-running", "You are already acting for somebody. Go on there, or end that session and start this one.");

    private static readonly Caller Clock = Caller.Machine("sessions");

    /// <summary>
    /// Begins to act for a buyer or a company: judged, and running sessions ended or respected, in the transaction that makes the new one. One operator has at most
    /// as many sessions as the rules say, on all nodes, and each for another customer; a start beyond that is <see cref="Running"/>.
    /// </summary>
    public Task<Outcome<StartedSession>> Start(Caller caller, SessionRequest request, CancellationToken cancel = default) => Judged<StartedSession>(
        caller,
        request,
        async (tx, actor, found, approval) =>
        {
            if (await SessionSlots.Find(tx, found.SessionsAtOnce, actor, request) is not { } slots)
            {
                return Running;
            }

            foreach (var over in slots.Ending)
            {
                await SessionEnds.EndLocked(tx, "s.id = {0}", over.Id, "switched");
            }

            if (request.Link is { } link && await AssistLinks.Use(tx, actor.Staff ?? default, request.Subject.Membership, link) is { } used)
            {
                return used;
            }

            if (request.HandOver is { } handOver && !await HandOvers.Take(tx, handOver))
            {
                return HandOvers.Failed;
            }

            // An approval is for one start.
            approval?.Status = "used";
            var started = Begin(tx, actor, found, request, slots, await AddressToKeep(tx, request), request.IsFastOrder ? await FastOrderCart(tx, actor, found) : null);
            await Used(tx, started.Id, actor, found, request, approval);
            return started;
        },
        cancel);

    /// <summary>Judges a start that begins a moment later on another host, and stores what leads there; nothing begins and nothing ends yet.</summary>
    internal Task<Outcome<Done>> Prepare(Caller caller, SessionRequest request, Func<Tx, StaffId, Task> store, CancellationToken cancel) => Judged<Done>(
        caller,
        request,
        async (tx, actor, found, _) =>
        {
            if (actor.Staff is not { } staff)
            {
                return AccessGate.NotInSession;
            }

            if (await SessionSlots.Find(tx, found.SessionsAtOnce, actor, request) is null)
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

        if (await log.ForbidsStarts(cancel) is { } behind)
        {
            await database.Record(caller, new AssistedSessionRefused(null, request.Subject.Membership, request.Subject.Company, behind.Code), cancel);
            return behind;
        }

        AssistedSessionRefused? refused = null;
        var outcome = await database.Write<T>(
            caller,
            async tx =>
            {
                refused = null;
                AssistRequestRow? approval = null;
                var found = await Subjects.Lock(tx, policies, actor, request.Subject, async asker =>
                {
                    approval = asker.HasGrants && actor.Staff is { } staff ? await AssistRequests.ApprovalFor(tx, staff, request.Subject, request.IsEmergency) : null;
                    return new Attempt(Moment.Start, asker.Local)
                    {
                        Mode = request.Mode, Network = request.Network, ReasonCode = request.ReasonCode, Ticket = request.Ticket, ProofAge = asker.Proof.Seconds,
                        SecondFactorAge = asker.Proof.SecondFactorSeconds, IsApproved = approval is not null, IsEmergency = request.IsEmergency,
                    };
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

                if (found.Stopped is { } stopped)
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
                await SessionEnds.EndLocked(tx, "s.id = {0}", session.Value, cause);
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

    /// <summary>Records the end of a session that is no longer alive or no longer allowed; nothing happens when it is.</summary>
    public async Task Expire(AssistedSessionId session, Code? cause, CancellationToken cancel = default) =>
        await database.Write<Done>(
            Clock,
            async tx =>
            {
                await SessionEnds.EndLocked(tx, "s.id = {0}", session.Value, cause);
                return Done.It;
            },
            cancel);

    internal static SignInId SignInOf(Caller caller) => caller.Actor is Actor.Staff staff ? staff.SignIn : ((Actor.Buyer)caller.Actor).SignIn;

    private static StartedSession Begin(Tx tx, OperatorKey actor, LockedSubject subject, SessionRequest request, SessionSlots slots, string? address, CartId? fastOrder)
    {
        var (token, hash) = Cookies.NewToken();
        var id = IId<AssistedSessionId>.New();
        var handle = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 14);
        var decision = subject.Decision;
        var endsAt = SessionLength.End(decision.Limits, request.Minutes, tx.Now);
        tx.Db.Add(new AssistedSessionRow
        {
            Id = id, Handle = handle, TokenHash = hash, OperatorStaffId = actor.Staff, OperatorBuyerId = actor.Buyer, OperatorMembershipId = actor.Membership,
            OperatorSignInId = SignInOf(tx.Caller), Slot = slots.Free, MandateId = subject.Mandate, MembershipId = subject.Membership,
            BuyerId = subject.Buyer, CompanyId = subject.Company, Mode = decision.Mode, ReasonCode = request.ReasonCode, ReasonText = request.ReasonText,
            Ticket = request.Ticket, Rule = decision.Rule.Code, PolicyVersion = decision.PolicyVersion, Rights = (long)SessionRights.Effective(decision.Basis, decision.Highest).Bits,
            FastOrderCartId = fastOrder, ReturnPath = request.ReturnPath, Status = "active", IsEmergency = request.IsEmergency,
            StartedAt = tx.Now, IdleSeconds = decision.Limits.IdleSeconds, HardEndsAt = endsAt,
            Network = new Origin(request.Network, null).NetworkKept, Browser = new Origin(null, request.Browser).BrowserKept,
        });
        tx.Db.Add(new AssistedSessionActivityRow { SessionId = id, LastSeenAt = tx.Now });
        tx.Add(new AssistedSessionStarted(
            id, actor.Staff, actor.Buyer, subject.Buyer, subject.Membership, subject.Company, decision.Mode, decision.Granted, decision.Rule.Code, decision.PolicyVersion,
            endsAt, request.ReasonCode,
            request.ReasonText, request.Ticket, address));
        return new StartedSession(id, handle, token, [.. slots.Beside.Select(session => session.Handle)]);
    }

    // What he typed for this customer and did not place is gone on with.
    private static async Task<CartId> FastOrderCart(Tx tx, OperatorKey actor, LockedSubject subject) =>
        actor.Staff is { } staff && subject.Membership is { } membership && await tx.Db.Rows<Guid>(
            """
            select c.id as "Value" from cart c where c.membership_id = {0} and c.status = 'fast-order'
                and exists (select 1 from assisted_session s where s.fast_order_cart_id = c.id and s.operator_staff_id = {1}) order by c.changed_at desc limit 1
            """,
            membership.Value,
            staff.Value).ToListAsync(tx.Cancel) is [var left] ? new CartId(left) : IId<CartId>.New();

    // What was agreed to once is good for this session alone; what began without consent is told.
    private static async Task Used(Tx tx, AssistedSessionId id, OperatorKey actor, LockedSubject subject, SessionRequest request, AssistRequestRow? approval)
    {
        if (subject.HasConsentForOne)
        {
            await ConsentAsks.Use(tx, actor, request.Subject, id);
        }

        if (request.IsEmergency && actor.Staff is { } staff)
        {
            tx.Add(new EmergencyStarted(id, staff, subject.Buyer, subject.Membership, subject.Company, approval?.DecidedById, approval?.DecidedBy ?? "", approval?.Note));
        }
    }

    private async Task<string?> AddressToKeep(Tx tx, SessionRequest request) =>
        await settings.Get(tx.Db, ShopSettings.RecordAddresses, tx.Cancel) == "true" ? request.Network?.ToString() : null;
}
