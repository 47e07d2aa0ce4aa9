using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Notes;

/// <summary>What an operator writes down after a session of his own: about the person, the company, or what was ordered.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class SessionNotePage(NoteSubjects subjects, NotesQueries queries, WrittenNotes notes) : ShopPage
{
    private static readonly Refusal AboutMissing = Refusal.Invalid("notes.about-missing", "About: choose from the list.", "About");

    [BindProperty]
    public NoteInput Input { get; set; } = new();

    public SessionToNote Session { get; private set; } = null!;

    /// <summary>The page from which he came.</summary>
    public string From { get; private set; } = "";

    public async Task<IActionResult> OnGet(Guid id, string? from)
    {
        Input.Key = Guid.CreateVersion7().ToString("N");
        return await Load(id, from) ? Page() : Missing();
    }

    public async Task<IActionResult> OnPost(Guid id, string? from)
    {
        if (!await Load(id, from))
        {
            return Missing();
        }

        if (Session.About.All(one => one.Value != Input.About) || NoteAbout.Read(Input.About) is not { } about)
        {
            return Refused(AboutMissing);
        }

        if (await subjects.Find(Caller, about, Cancel) is not { } subject)
        {
            return Missing();
        }

        var outcome = await notes.Write(Caller, subject, Input.Text, Input.Key ?? "", new AssistedSessionId(id), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(From);
    }

    private async Task<bool> Load(Guid id, string? from)
    {
        if (await queries.Session(Caller, new AssistedSessionId(id), Cancel) is not { About: [var first, ..] } session
            || await subjects.Find(Caller, NoteAbout.Read(first.Value)!.Value, Cancel) is null)
        {
            return false;
        }

        (Session, From) = (session, ReturnPath.Of(from, "/staff/sessions"));
        return true;
    }
}
