using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>What somebody wants a colleague to do, and how long the link to it counts.</summary>
public sealed record LinkDraft(MembershipId Membership, StaffId? For, int Hours, string ReasonCode, string? ReasonText, string? Ticket);

/// <summary>
/// Links by mail to a colleague: each names a start that is wished for, and carries no authority. The colleague signs in as himself, the rules judge him as
/// always, and his start uses the link up.
/// </summary>
public sealed class AssistLinks(Database database, LinkQueries queries, CustomerQueries customers, ShopPolicies policies, Outbox outbox, ShopSettings settings)
{
    /// <summary>How long a link may count, in hours.</summary>
    public static IReadOnlyList<(int Hours, string Words)> Lengths => [(1, Say("1 hour")), (24, Say("1 day")), (168, Say("7 days"))];

    public static readonly Refusal Over = Refusal.Conflict(
        "assistance.link-over", "This link no longer counts: it was used, withdrawn, or its time is over. Ask your colleague for another one.");

    private static readonly Refusal NotYours = Refusal.Missing("assistance.no-such-link", "There is no such link.");

    /// <summary>Makes a link and mails it to the colleague.</summary>
    public async Task<Outcome<Guid>> Make(Caller caller, LinkDraft draft, CancellationToken cancel)
    {
        if (await customers.FindPerson(caller, draft.Membership, cancel) is not { } customer)
        {
            return Subjects.Missing;
        }

        if (SessionReason.Check(draft.ReasonText, draft.Ticket) is { } invalid)
        {
            return invalid;
        }

        return await database.Write<Guid>(
            caller,
            async tx =>
            {
                if (caller.Staff is not { } staff || caller.IsAssisting || !caller.May(Right.AssistStart))
                {
                    return Host.AccessGate.NotInSession;
                }

                var colleague = draft.For is { } id && id != staff.Id ? await queries.Colleague(tx.Db, id, tx.Cancel) : null;
                if (colleague is null)
                {
                    return Refusal.Invalid("assistance.colleague-unknown", "Colleague: choose one from the list.", "For");
                }

                if (!Lengths.Any(length => length.Hours == draft.Hours))
                {
                    return Refusal.Invalid("assistance.link-length-unknown", "Counts for: choose from the list.", "Hours");
                }

                if (!(await policies.Now(tx.Db, tx.Cancel)).Reasons.Contains(draft.ReasonCode))
                {
                    return Refusal.Invalid("assistance.reason-unknown", "Choose a reason from the list.", "Reason");
                }

                var link = new AssistLinkRow
                {
                    Id = Guid.NewGuid(), MadeById = staff.Id, StaffId = draft.For!.Value, MembershipId = draft.Membership, ReasonCode = draft.ReasonCode,
                    ReasonText = draft.ReasonText, Ticket = draft.Ticket, Status = "open", MadeAt = tx.Now, ExpiresAt = tx.Now.AddHours(draft.Hours),
                };
                tx.Db.Add(link);
                tx.Add(new LinkMade(link.StaffId, draft.Membership, customer.Company?.Id, draft.ReasonCode, draft.ReasonText, draft.Ticket, link.ExpiresAt));
                var address = await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel);
                outbox.Add(tx, LinkMails.Made(link, colleague, staff.Name, address));
                return link.Id;
            },
            cancel);
    }

    /// <summary>Takes a link back; only its maker can.</summary>
    public Task<Outcome<Done>> Withdraw(Caller caller, Guid id, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            var link = await tx.Db.Set<AssistLinkRow>().SingleOrDefaultAsync(row => row.Id == id, tx.Cancel);
            if (caller.Staff is not { } staff || caller.IsAssisting || link is null || link.MadeById != staff.Id)
            {
                return NotYours;
            }

            if (link.Status == "open")
            {
                (link.Status, link.EndedAt) = ("withdrawn", tx.Now);
                tx.Add(new LinkWithdrawn(link.StaffId, link.MembershipId));
            }

            return Done.It;
        },
        cancel);

    /// <summary>Uses a link up in the transaction of the start to which it led; a refusal when it does not count for this operator and buyer, or no longer.</summary>
    internal static async Task<Refusal?> Use(Tx tx, StaffId staff, MembershipId? membership, Guid id)
    {
        var link = await tx.Db.Set<AssistLinkRow>().SingleOrDefaultAsync(row => row.Id == id && row.StaffId == staff && row.MembershipId == membership, tx.Cancel);
        if (link is null)
        {
            return NotYours;
        }

        if (link.Status != "open" || link.ExpiresAt <= tx.Now)
        {
            return Over;
        }

        (link.Status, link.EndedAt) = ("used", tx.Now);
        tx.Add(new LinkUsed(link.MadeById, link.MembershipId));
        return null;
    }
}
