using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace OnBehalf.Modules.Notes;

/// <summary>The last notes on the page of what they are about, and the form for another one.</summary>
/// <param name="From">The page to come back to.</param>
/// <param name="Others">What else of it a note can be about: the people of a company.</param>
public sealed record NoteSection(NoteListing Notes, NoteAbout About, string Name, string From, IReadOnlyList<(string Value, string Words)> Others)
{
    /// <summary>The form as it was sent, and what is wrong with it.</summary>
    public NoteInput Input { get; init; } = new() { Key = Guid.CreateVersion7().ToString("N") };

    public ModelErrorCollection? Errors { get; init; }

    /// <summary>It is the page of the notes themselves.</summary>
    public bool IsAll { get; init; }

    public string Correction(ShownNote note) => $"/staff/note/{note.Id}?from={Uri.EscapeDataString(From)}";
}

/// <summary>What the form of a note sends.</summary>
public sealed class NoteInput
{
    public string? Text { get; set; }

    /// <summary>As <see cref="NoteAbout"/> reads it; empty: what the page is about.</summary>
    public string? About { get; set; }

    /// <summary>Of this one form: however often it is sent, there is one note.</summary>
    public string? Key { get; set; }
}
