using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>Words that mean the same to the people who search.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
public sealed class SynonymsPage(Synonyms synonyms) : ShopPage
{
    [BindProperty]
    public SynonymInput Input { get; set; } = new();

    public IReadOnlyList<ShownSynonym> All { get; private set; } = [];

    public async Task OnGet() => All = await synonyms.All(Cancel);

    public async Task<IActionResult> OnGetFile()
    {
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"synonyms.csv\"";
        await using var csv = CsvWriter.Create(Response.Body, CsvWriterOptions.Default with { Injection = CsvInjection.Escape }, leaveOpen: true);
        csv.WriteHeader("word", "means", "ways");
        foreach (var pair in await synonyms.All(Cancel))
        {
            await csv.WriteRecordAsync([pair.Word, pair.Means, pair.BothWays ? "both" : "one"], Cancel);
        }

        await csv.FlushAsync(Cancel);
        return new EmptyResult();
    }

    public async Task<IActionResult> OnPost() => await Answer(await synonyms.Add(Caller, Input.Word, Input.Means, Input.BothWays, Cancel));

    public async Task<IActionResult> OnPostLines() => await Answer(await synonyms.AddLines(Caller, Input.Lines, Cancel));

    public async Task<IActionResult> OnPostRemove() => await Answer(await synonyms.Remove(Caller, Input.Word, Input.Means, Input.BothWays, Cancel));

    private async Task<IActionResult> Answer(Outcome<Done> outcome)
    {
        if (!outcome.IsRefused)
        {
            return SeeOther("/admin/synonyms");
        }

        await OnGet();
        return Refused(outcome.Refusal);
    }
}

public sealed class SynonymInput
{
    public string? Word { get; set; }

    public string? Means { get; set; }

    public bool BothWays { get; set; }

    public string? Lines { get; set; }
}
