using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Notes;

/// <summary>All notes about a company and its people, a person or an order; the form of every section of notes leads here too.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class NotesPage(NoteSubjects subjects, NotesQueries queries, WrittenNotes notes) : ShopPage
{
    [BindProperty]
    public NoteInput Input { get; set; } = new();

    public NoteSubject Subject { get; private set; } = null!;

    public NoteListing Notes { get; private set; } = NoteListing.Empty;

    /// <summary>The page from which he came.</summary>
    public string From { get; private set; } = "";

    public bool IsFirst { get; private set; } = true;

    public NoteSection Section => new(Notes, Subject.About, Subject.Name, From, [])
    {
        Input = Input, Errors = ModelState.TryGetValue("Input.Text", out var entry) ? entry.Errors : null, IsAll = true,
    };

    public async Task<IActionResult> OnGet(string kind, string key, Guid? before, string? from)
    {
        Input.Key = Guid.CreateVersion7().ToString("N");
        return await Load(new NoteAbout(kind, key), before, from) ? Page() : Missing();
    }

    public async Task<IActionResult> OnPost(string kind, string key, string? from)
    {
        var about = new NoteAbout(kind, key);
        if (!await Load(about, null, from))
        {
            return Missing();
        }

        // From the page of a company somebody may write about one of its people.
        var subject = Subject;
        if (!string.IsNullOrEmpty(Input.About) && Input.About != about.ToString()
            && (NoteAbout.Read(Input.About) is not { } other || await subjects.Find(Caller, other, Cancel) is not { } found || found.Company != Subject.Company || (subject = found) is null))
        {
            return Missing();
        }

        var outcome = await notes.Write(Caller, subject, Input.Text, Input.Key ?? "", null, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(From + "#notes");
    }

    private async Task<bool> Load(NoteAbout about, Guid? before, string? from)
    {
        if (await subjects.Find(Caller, about, Cancel) is not { } subject)
        {
            return false;
        }

        (Subject, From, IsFirst) = (subject, ReturnPath.Of(from, subject.Shown), before is null);
        Notes = await queries.Page(subject, before is { } id ? new NoteId(id) : null, Cancel);
        return true;
    }
}
