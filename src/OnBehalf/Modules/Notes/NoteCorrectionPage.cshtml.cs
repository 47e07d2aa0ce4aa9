using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Notes;

/// <summary>Corrects a note. What it said stays to be read, with who wrote it and when.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class NoteCorrectionPage(NoteSubjects subjects, NotesQueries queries, WrittenNotes notes) : ShopPage
{
    [BindProperty]
    public NoteCorrectionInput Input { get; set; } = new();

    public NoteSubject Subject { get; private set; } = null!;

    public FoundNote Note { get; private set; } = null!;

    /// <summary>The page from which he came.</summary>
    public string From { get; private set; } = "";

    public async Task<IActionResult> OnGet(Guid id, string? from)
    {
        if (!await Load(id, from))
        {
            return Missing();
        }

        Input = new() { Text = Note.Text, Seen = Note.Corrections };
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, string? from)
    {
        if (!await Load(id, from))
        {
            return Missing();
        }

        var outcome = await notes.Correct(Caller, Subject, new NoteId(id), Input.Seen, Input.Text, Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(From + "#notes");
        }

        // What the note says now stands above the form; sending it again is an answer to that.
        ModelState.Remove("Input.Seen");
        Input.Seen = Note.Corrections;
        return Refused(refusal);
    }

    private async Task<bool> Load(Guid id, string? from)
    {
        if (await queries.Find(new NoteId(id), Cancel) is not { } note || await subjects.Find(Caller, note.About, Cancel) is not { } subject)
        {
            return false;
        }

        (Note, Subject, From) = (note, subject, ReturnPath.Of(from, subject.Shown));
        return true;
    }
}

public sealed class NoteCorrectionInput
{
    public string? Text { get; set; }

    /// <summary>How many corrections there were when the form was shown.</summary>
    public int Seen { get; set; }
}
