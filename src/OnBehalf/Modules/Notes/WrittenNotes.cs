using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Notes;

/// <summary>Notes of staff: written and corrected, never changed. Who may see what a note is about may do both, and nobody in a session.</summary>
public sealed class WrittenNotes(Database database, NoteSubjects subjects)
{
    public const int Longest = 2_000;

    private static readonly Refusal TextMissing = Refusal.Invalid("notes.text-missing", $"Note: write something, at most {Longest} characters.", "Text");

    private static readonly Refusal Unknown = Refusal.Missing("notes.unknown", "There is no such customer or order, or it is not yours.");

    private static readonly Refusal Changed = Refusal.Conflict("notes.corrected-meanwhile", "Meanwhile somebody has corrected this note. Look at what it says now; what you typed is still below.");

    private static readonly Refusal Same = Refusal.Invalid("notes.same", "Note: this is what it says already. Change it, or go back.", "Text");

    /// <summary>Writes one, once for the same key.</summary>
    /// <param name="ofSession">A session of the caller's own, at whose end he writes.</param>
    public async Task<Outcome<string>> Write(Caller caller, NoteSubject subject, string? typed, string key, AssistedSessionId? ofSession, CancellationToken cancel)
    {
        if (Read(typed) is not { } text)
        {
            return TextMissing;
        }

        var reachesTree = await subjects.ReachesTree(caller, cancel);
        return await database.Write(
            caller,
            async tx => await Hindrance(tx, subject, reachesTree) is { } refusal ? refusal
                : await tx.Once($"staff:{caller.Staff!.Id}", $"notes.write:{subject.About}", key, NewEmployees.FingerprintOf(text), () =>
                {
                    var note = RowOf(tx, subject, IId<NoteId>.New(), text, ofSession);
                    tx.Db.Add(note);
                    tx.Add(new NoteWritten(note.Id, subject.Company, subject.Membership, subject.Buyer, subject.Order, ofSession));
                    return Task.FromResult<Outcome<string>>(note.Id.ToString());
                }),
            cancel);
    }

    /// <param name="seen">How many corrections there were on the page: of two at once the second one is told.</param>
    public async Task<Outcome<Done>> Correct(Caller caller, NoteSubject subject, NoteId first, int seen, string? typed, CancellationToken cancel)
    {
        if (Read(typed) is not { } text)
        {
            return TextMissing;
        }

        var reachesTree = await subjects.ReachesTree(caller, cancel);
        return await database.Write<Done>(
            caller,
            async tx =>
            {
                if (await Hindrance(tx, subject, reachesTree) is { } refusal)
                {
                    return refusal;
                }

                var versions = await NotesQueries.Versions(tx, first);
                if (versions.Count == 0)
                {
                    return Unknown;
                }

                if (versions.Count - 1 != seen)
                {
                    return Changed;
                }

                if (versions[^1] == text)
                {
                    return Same;
                }

                tx.Db.Add(RowOf(tx, subject, IId<NoteId>.New(), text, null, first, versions.Count));
                tx.Add(new NoteCorrected(first, versions.Count, subject.Company, subject.Membership, subject.Buyer, subject.Order));
                return Done.It;
            },
            cancel);
    }

    private async Task<Refusal?> Hindrance(Tx tx, NoteSubject subject, bool reachesTree) =>
        tx.Caller.IsAssisting ? AccessGate.NotInSession
        : tx.Caller.Staff is null || !tx.Caller.May(Right.CustomersView) || !await subjects.IsStillSeen(tx, subject, reachesTree) ? Unknown
        : null;

    private static NoteRow RowOf(Tx tx, NoteSubject subject, NoteId id, string text, AssistedSessionId? ofSession, NoteId? corrects = null, int number = 0) => new()
    {
        Id = id, CompanyId = subject.Company, MembershipId = subject.Membership, OrderId = subject.Order, CorrectsId = corrects, Number = number, Text = text,
        StaffId = tx.Caller.Staff!.Id, WrittenAt = tx.Now, OfSessionId = ofSession,
    };

    // Lines may be broken; anything else that nobody sees is not text.
    private static string? Read(string? typed)
    {
        var text = (typed ?? "").ReplaceLineEndings("\n").Trim();
        return text.Length is 0 or > Longest || text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ? null : text;
    }
}
