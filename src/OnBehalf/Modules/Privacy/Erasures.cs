using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Privacy;

/// <summary>
/// Erases people. What names somebody goes from every table that has it; in the audit log his reference is nobody's any more and his values are noise wherever
/// they lie, and every entry stays as it was signed.
/// </summary>
public sealed class Erasures
{
    public static readonly Refusal Missing = Refusal.Conflict("privacy.person-missing", "There is no such person, or he was erased already.");

    private static readonly Refusal Held = Refusal.Conflict("privacy.held", "A legal hold stands on this person. Nothing was erased. Lift it first, if it is over.");

    private static readonly Refusal OrderWaits = Refusal.Conflict("privacy.order-waits", "An order of this person waits for approval. Nothing was erased. Wait until it is decided.");

    private static readonly Refusal CaseOpen = Refusal.Conflict("privacy.case-open", "This person has reported a session, and the case is open. Nothing was erased. Close the case first.");

    private static readonly Refusal StaffActive = Refusal.Conflict("privacy.staff-active", "This staff member can still sign in. Nothing was erased. Only who has left is erased.");

    private static readonly Refusal NotClosed = Refusal.Conflict("privacy.not-closed-long-enough", "This account is open again, or has not been closed long enough. Nothing was erased.");

    private const string Restore = "restore";

    private static readonly Caller Self = Caller.Machine("erasure");

    private readonly Database _database;
    private readonly ILookup<string, PersonalRows> _rows;
    private readonly ErasedList _list;

    internal Erasures(Database database, IEnumerable<PersonalRows> rows, ErasedList list) => (_database, _rows, _list) = (database, rows.ToLookup(one => one.Kind), list);

    /// <summary>What goes and what stays, in words, for people of one kind.</summary>
    public IEnumerable<PersonalRows> Of(string kind) => _rows[kind];

    public Task<Outcome<Done>> Erase(Caller caller, BuyerId buyer, Code why, CancellationToken cancel) => Erase(caller, KeyOwner.Of(buyer), why, cancel);

    public Task<Outcome<Done>> Erase(Caller caller, StaffId staff, Code why, CancellationToken cancel) => Erase(caller, KeyOwner.Of(staff), why, cancel);

    /// <summary>For whose account was closed before then, and is closed still: whoever found him may have looked a while ago.</summary>
    internal Task<Outcome<Done>> EraseClosed(Caller caller, KeyOwner person, DateTimeOffset before, CancellationToken cancel) => Erase(caller, person, "retention", cancel, before);

    /// <summary>Once more for who is on the list and came back with a backup; nothing hinders it, because it was decided and done.</summary>
    internal Task<Outcome<Done>> EraseAgain(Caller caller, KeyOwner person, CancellationToken cancel) => Erase(caller, person, Restore, cancel);

    private async Task<Outcome<Done>> Erase(Caller caller, KeyOwner person, Code why, CancellationToken cancel, DateTimeOffset? closedBefore = null)
    {
        // What ends is still told with his reference; in the transaction that erases nothing may speak of him any more.
        var closed = await _database.Write<Done>(
            caller,
            async tx => await PrivacyQueries.Named(tx, person) is null ? Missing
                : await Hindrance(tx, caller, person, why, closedBefore) is { } refusal ? refusal
                : await (person.Kind == "buyer" ? IdentityErasing.Close(tx, new BuyerId(person.Id)) : IdentityErasing.Close(tx, new StaffId(person.Id))) ? Done.It : Missing,
            cancel);
        if (closed.IsRefused)
        {
            return closed;
        }

        var isListed = why.Value == Restore;
        try
        {
            var erased = caller.Actor is Actor.Machine ? await _database.WriteLong<Done>(caller, EraseNow, cancel) : await _database.Write<Done>(caller, EraseNow, cancel);
            if (erased.Refusal?.Code == Database.TookTooLong.Code)
            {
                // Of a shop with millions of mails, say: what was decided is done all the same, also when nobody waits for the answer any more.
                erased = await _database.WriteLong<Done>(Self, EraseNow, CancellationToken.None);
            }

            if (erased.IsRefused)
            {
                await Unlist();
            }

            return erased;
        }
        catch
        {
            await Unlist();
            throw;
        }

        async Task<Outcome<Done>> EraseNow(Tx tx)
        {
            // First his row, for which a hold waits too: a hold that was set meanwhile is seen then.
            if (await PrivacyQueries.Named(tx, person) is not { } named)
            {
                return Missing;
            }

            if (await Hindrance(tx, caller, person, why, closedBefore) is { } refusal)
            {
                return refusal;
            }

            var (_, askedBy) = await ErasureProposals.Judge(tx, caller, person);
            tx.Add(new PersonErased(person.Kind, await Forget(tx, named), why) { AskedBy = askedBy, DecidedBy = tx.Caller.Staff is null ? caller.Staff?.Id : null });
            if (!isListed)
            {
                _list.Add(person);
                isListed = true;
            }

            return Done.It;
        }

        // The answer to a commit may be lost on its way: then the database says what became of it, and without its answer what was decided stays decided.
        async Task Unlist()
        {
            if (isListed && why.Value != Restore && await PrivacyQueries.IsThere(_database, person))
            {
                _list.Withdraw(person);
            }
        }
    }

    private async Task<int> Forget(Tx tx, ErasedPerson person)
    {
        var rows = 0;
        foreach (var one in _rows[person.Kind])
        {
            rows += await one.Erase(tx, person);
        }

        return rows + await _database.Keys.Erase(tx, person);
    }

    private static async Task<Refusal?> Hindrance(Tx tx, Caller decides, KeyOwner person, Code why, DateTimeOffset? closedBefore)
    {
        if (why.Value == Restore)
        {
            return null;
        }

        if (closedBefore is { } before && !await PrivacyQueries.IsClosedSince(tx, person, before))
        {
            return NotClosed;
        }

        return await Hindrance(tx, person) ?? (await ErasureProposals.Judge(tx, decides, person)).Refusal;
    }

    /// <summary>What stands against it, whoever asks.</summary>
    internal static async Task<Refusal?> Hindrance(Tx tx, KeyOwner person)
    {
        var hindrances = await PrivacyQueries.Hindrances(tx.Db, person, tx.Cancel);
        return hindrances.IsHeld ? Held : hindrances.OrderWaits ? OrderWaits : hindrances.CaseIsOpen ? CaseOpen : hindrances.IsActiveStaff ? StaffActive : null;
    }
}

/// <summary>Before the shop answers: whoever is on the list and came back with a backup is erased again.</summary>
internal sealed partial class ErasureReplay(Database database, ErasedList list, Erasures erasures, ILogger<ErasureReplay> log) : IHostedService
{
    private static readonly Caller Self = Caller.Machine("erasure-replay");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (list.Read() is not { Count: > 0 } erased)
        {
            return;
        }

        var again = (await PrivacyQueries.People(database, cancellationToken)).Where(person => erased.Contains(list.HashOf(person))).ToList();
        foreach (var person in again)
        {
            await erasures.EraseAgain(Self, person, cancellationToken);
        }

        if (again.Count > 0)
        {
            LogErased(log, again.Count);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "{People} people who were erased came back with a backup, and were erased again.")]
    private static partial void LogErased(ILogger log, int people);
}
