using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// What staff ask a supervisor for, and what he answers: access to a company for a time, which counts as an assignment, or the approval of one start. Nobody
/// decides what he asked for himself.
/// </summary>
public sealed class AssistRequests(Database database, RequestQueries queries, FoundByNameQueries named, Outbox outbox)
{
    public const int LongestNote = 300;

    /// <summary>Of the kinds `access`, `approval` and this: a start without consent.</summary>
    public const string Emergency = "emergency";

    /// <summary>An approved start must begin within so many minutes.</summary>
    public const int ApprovalMinutes = 60;

    /// <summary>For how many days access can be granted.</summary>
    public static readonly IReadOnlyList<int> Days = [1, 7, 30, 90];

    private static readonly Refusal AskedAlready = Refusal.Conflict("assistance.asked-already", "You have asked already. Your supervisor decides; you get a mail.");

    private static readonly Refusal Decided = Refusal.Conflict("assistance.request-decided", "Somebody has decided this meanwhile. Look at where it stands now.");

    private static readonly Refusal Own = Refusal.Forbidden("assistance.own-request", "You asked for this yourself: somebody else has to decide it.");

    /// <summary>Asks for access to a company that the caller finds by name.</summary>
    public async Task<Outcome<Done>> AskAccess(Caller caller, CompanyId company, string? note, CancellationToken cancel) =>
        await named.One(caller, company, cancel) is not { } found ? Subjects.Missing
        : found.Denied is { } denied && !found.CanBeRequested ? denied.Refusal
        : await Ask(caller, "access", company, null, found.Name, note, cancel);

    /// <summary>Asks for the approval of a start; the page has found that the rule asks for it.</summary>
    public Task<Outcome<Done>> AskApproval(Caller caller, SessionSubject subject, string customer, string? note, CancellationToken cancel) =>
        Ask(caller, "approval", subject.Company, subject.Membership, customer, note, cancel);

    /// <summary>Asks for the approval of a start without consent. Why is not optional: the buyer, or the company, reads it.</summary>
    public Task<Outcome<Done>> AskEmergency(Caller caller, SessionSubject subject, string customer, string? note, CancellationToken cancel) =>
        note is null
            ? Task.FromResult<Outcome<Done>>(Refusal.Invalid("assistance.emergency-note-missing", "Note: say why it cannot wait for the customer's consent. He reads it.", "Text"))
            : Ask(caller, Emergency, subject.Company, subject.Membership, customer, note, cancel);

    /// <summary>Grants; access for so many days, a start for <see cref="ApprovalMinutes"/>.</summary>
    public Task<Outcome<Done>> Grant(Caller caller, Guid id, int days, CancellationToken cancel) => Decide(
        caller, id, "asked", cancel,
        async (tx, row) =>
        {
            if (row.Kind == "access" && !Days.Contains(days))
            {
                return Refusal.Invalid("assistance.days-unknown", "For how long: choose from the list.", "Days");
            }

            var until = row.Kind == "access" ? tx.Now.AddDays(days) : tx.Now.AddMinutes(ApprovalMinutes);
            (row.Status, row.Until) = ("granted", until);
            if (row.CompanyId is { } company)
            {
                await Assignments.Grant(tx, row.StaffId, company, until);
            }

            tx.Add(new RequestGranted(row.Kind, row.StaffId, row.CompanyId, row.MembershipId, until));
            await Tell(tx, row, until);
            return Done.It;
        });

    public Task<Outcome<Done>> Decline(Caller caller, Guid id, CancellationToken cancel) => Decide(
        caller, id, "asked", cancel,
        async (tx, row) =>
        {
            row.Status = "declined";
            tx.Add(new RequestDeclined(row.Kind, row.StaffId, row.CompanyId, row.MembershipId));
            await Tell(tx, row, null);
            return Done.It;
        });

    /// <summary>Takes granted access back; a session for that company ends with it, one that reached another through it at its next request.</summary>
    public Task<Outcome<Done>> TakeBack(Caller caller, Guid id, CancellationToken cancel) => Decide(
        caller, id, "granted", cancel,
        async (tx, row) =>
        {
            row.Status = "ended";
            if (row.CompanyId is { } company)
            {
                await Assignments.End(tx, row.StaffId, company);
                tx.Add(new AccessEnded(row.StaffId, company, "taken-back"));
                if (await tx.Db.Set<AssistedSessionRow>().AnyAsync(session => session.OperatorStaffId == row.StaffId && session.CompanyId == company && session.Status == "active", tx.Cancel))
                {
                    await SessionEnds.EndFor(tx, row.StaffId, "rights-changed");
                }
            }

            return Done.It;
        });

    /// <summary>The approval with which a session may begin now, in the transaction of its start; null when there is none.</summary>
    internal static Task<AssistRequestRow?> ApprovalFor(Tx tx, StaffId staff, SessionSubject subject, bool isEmergency)
    {
        var now = tx.Now;
        var kind = isEmergency ? Emergency : "approval";
        var (membership, company) = (subject.Membership, subject.Company);
        return tx.Db.Set<AssistRequestRow>().Where(row => row.StaffId == staff && row.Kind == kind && row.MembershipId == membership && row.CompanyId == company
                && row.Status == "granted" && row.Until > now)
            .OrderByDescending(row => row.AskedAt).FirstOrDefaultAsync(tx.Cancel);
    }

    private Task<Outcome<Done>> Ask(Caller caller, string kind, CompanyId? company, MembershipId? membership, string customer, string? note, CancellationToken cancel)
    {
        if (note?.Length > LongestNote)
        {
            return Task.FromResult<Outcome<Done>>(Refusal.Invalid("assistance.note-too-long", $"Note: at most {LongestNote} characters.", "Note"));
        }

        return database.Write<Done>(
            caller,
            async tx =>
            {
                if (caller.Staff is not { } staff || caller.IsAssisting)
                {
                    return Host.AccessGate.NotInSession;
                }

                if (await tx.Db.Set<AssistRequestRow>().AnyAsync(
                    row => row.StaffId == staff.Id && row.Kind == kind && row.CompanyId == company && row.MembershipId == membership && row.Status == "asked", tx.Cancel))
                {
                    return AskedAlready;
                }

                tx.Db.Add(new AssistRequestRow
                {
                    Id = Guid.CreateVersion7(), Kind = kind, StaffId = staff.Id, CompanyId = company, MembershipId = membership, Note = note, Status = "asked", AskedAt = tx.Now,
                });
                tx.Add(new RequestMade(kind, company, membership, note));
                foreach (var decider in await queries.Deciders(tx.Db, staff.Id, tx.Cancel))
                {
                    outbox.Add(tx, RequestMails.Asked(new StaffId(decider.Id), decider.Email, decider.Name, staff.Name, kind, customer, note));
                }

                return Done.It;
            },
            cancel);
    }

    private Task<Outcome<Done>> Decide(Caller caller, Guid id, string status, CancellationToken cancel, Func<Tx, AssistRequestRow, Task<Outcome<Done>>> decide) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller.Staff is not { } staff || !caller.May(Right.AccessGrant) || caller.IsAssisting)
            {
                return Host.AccessGate.NotInSession;
            }

            var row = await tx.Db.Set<AssistRequestRow>().SingleOrDefaultAsync(row => row.Id == id, tx.Cancel);
            if (row is null || row.Status != status)
            {
                return row is null ? Refusal.Missing("assistance.no-such-request", "There is no such request.") : Decided;
            }

            if (row.StaffId == staff.Id)
            {
                return Own;
            }

            (row.DecidedAt, row.DecidedById, row.DecidedBy) = (tx.Now, staff.Id, staff.Name);
            return await decide(tx, row);
        },
        cancel);

    private async Task Tell(Tx tx, AssistRequestRow row, DateTimeOffset? until)
    {
        var shown = (await queries.One(tx.Db, row.Id, tx.Cancel))!;
        outbox.Add(tx, RequestMails.Decided(row.StaffId, shown.Email, shown.Asker, tx.Caller.Actor.Name, row.Kind, shown.Customer, until));
    }
}
