using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>Cases of buyers, and of companies as a whole, who did not ask for a session: opened by them, closed by supervisors and administrators.</summary>
public sealed class AssistCases(Database database, CaseQueries cases, ShopSettings settings, Outbox outbox)
{
    public const int LongestNote = 1_000;

    private static readonly Refusal ClosedAlready = Refusal.Conflict("assistance.case-closed", "This case was closed already. Nothing was changed.");
    private static readonly Refusal NoteMissing = Refusal.Invalid("assistance.note-missing", "What was found: please write it down, for the buyer's next question.", "Note");
    private static readonly Refusal Own = Refusal.Forbidden(
        "assistance.case-own", "This case is about a session of yours. Ask another supervisor to look into it.");

    private static readonly Refusal NoSuchCase = Refusal.Missing("assistance.no-such-case", "There is no such case.");

    /// <summary>
    /// Freezes acting for the buyer, ends what runs for him, and tells the supervisors. One open case per buyer: a second report says the same. An administrator
    /// of a company does the same for it where somebody acted for it as a whole.
    /// </summary>
    public async Task<Outcome<Done>> Open(Caller caller, AssistedSessionId session, string? note, CancellationToken cancel) =>
        note?.Length > LongestNote ? Refusal.Invalid("assistance.note-too-long", $"At most {LongestNote} characters.", "Note") : await database.Write<Done>(
            caller,
            async tx =>
            {
                var isOwn = await SessionStops.IsIn(tx, SessionScope.OfBuyer(caller), session);
                if (!isOwn && !(SessionScope.OfCompanyAsWhole(caller) is { } scope && await SessionStops.IsIn(tx, scope, session)))
                {
                    return SessionStops.NoSuchSession;
                }

                var (buyer, company) = isOwn ? (caller.Buyer!.Id, null) : ((BuyerId?)null, (CompanyId?)caller.Company!.Id);
                await cases.Lock(tx, buyer, company);
                if (!await tx.Db.Set<AssistCaseRow>().AnyAsync(row => row.BuyerId == buyer && row.CompanyId == company && row.ClosedAt == null, tx.Cancel))
                {
                    var id = IId<AssistCaseId>.New();
                    tx.Db.Add(new AssistCaseRow { Id = id, BuyerId = buyer, CompanyId = company, SessionId = session, Note = note, OpenedAt = tx.Now });
                    tx.Add(new CaseOpened(id, buyer, company, session, note));
                    await TellSupervisors(tx, company is null ? Phrase.Made(caller.Buyer!.Name) : Phrase.Of($"{caller.Company!.Name} as a whole"), note);
                }

                _ = buyer is { } person ? await SessionEnds.EndActingFor(tx, person, "not-asked-for") : await SessionEnds.EndForWhole(tx, company!.Value, "not-asked-for");
                return Done.It;
            },
            cancel);

    /// <summary>Closes a case with what was found; from then on the buyer can be acted for again.</summary>
    public async Task<Outcome<Done>> Close(Caller caller, AssistCaseId id, string? note, CancellationToken cancel) =>
        string.IsNullOrWhiteSpace(note) ? NoteMissing
        : note.Length > LongestNote ? Refusal.Invalid("assistance.note-too-long", $"At most {LongestNote} characters.", "Note")
        : await database.Write<Done>(
            caller,
            async tx =>
            {
                if (await tx.Db.Set<AssistCaseRow>().SingleOrDefaultAsync(row => row.Id == id, tx.Cancel) is not { } found)
                {
                    return NoSuchCase;
                }

                if (found.ClosedAt is not null)
                {
                    return ClosedAlready;
                }

                // Nobody judges himself.
                if (await tx.Db.Set<AssistedSessionRow>().AnyAsync(row => row.Id == found.SessionId && row.OperatorStaffId == caller.Staff!.Id, tx.Cancel))
                {
                    return Own;
                }

                (found.ClosedAt, found.ClosedById, found.ClosedBy, found.CloseNote) = (tx.Now, caller.Staff!.Id, caller.Actor.Name, note.Trim());
                tx.Add(new CaseClosed(id, found.BuyerId, found.CompanyId, note.Trim()));
                return Done.It;
            },
            cancel);

    private async Task TellSupervisors(Tx tx, Phrase frozen, string? note)
    {
        var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        var address = await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel);
        var who = tx.Caller.Company is { } company ? Phrase.Of($"{tx.Caller.Buyer!.Name} of {company.Name}") : Phrase.Made(tx.Caller.Buyer!.Name);
        foreach (var staff in await cases.Supervisors(tx))
        {
            outbox.Add(tx, new OutgoingMail(
                "case-opened", staff.Email, staff.FullName, Phrase.Of($"{who} did not ask for a session"),
                $"""
                Dear {staff.FullName},

                {who} reports a session that nobody asked for.
                {(note is null ? null : Phrase.Of($"\nIn the buyer's words:\n{note}\n"))}
                What ran is over, and nobody can act for {frozen} until you
                or somebody else has closed the case:
                {(address.Length == 0 ? Phrase.Of("Back Office, Sessions, Cases") : Phrase.Made($"{address.TrimEnd('/')}/admin/cases"))}

                {shop}
                """)
            { Staff = new StaffId(staff.Id) });
        }
    }
}
