using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Audit;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Exports;

/// <summary>Takes a part of the audit log away as a file: what the form asks for, or what a search of the log has found.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class ExportPage(AuditExport export, AuditReading reading, ShopSettings settings, Database database) : ShopPage
{
    public static IReadOnlyList<(string Value, string Words)> Forms =>
        [("csv", Say("CSV, for a spreadsheet")), ("ecs", Say("JSON lines, Elastic Common Schema")), ("ocsf", Say("JSON lines, OCSF"))];

    public static IReadOnlyList<(string Value, string Words)> Outcomes => [("", Say("Any")), ("done", Say("Done")), ("refused", Say("Refused"))];

    public static IReadOnlyList<(string Value, string Words)> Modes => [("", Say("Any")), ("view", Say("View")), ("cart", Say("Cart")), ("order", Say("Order"))];

    [BindProperty]
    public ExportInput Input { get; set; } = new();

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>What the search asks for that is taken away; nothing when the form is filled in instead.</summary>
    public IReadOnlyList<string> Search { get; private set; } = [];

    public async Task<IActionResult> OnGet([FromQuery] AuditInput search)
    {
        Input.Search = search.IsEmpty ? null : search.Query();
        var asked = await Asked();
        if (asked is { IsRefused: true } wrong)
        {
            return Refused(wrong.Refusal!);
        }

        // The page says whom a reference means, so whoever opens it has looked him up.
        if (asked is { } found && (found.Value.Filter.Person ?? found.Value.Filter.Operator) is not null)
        {
            await database.Record(Caller, found.Value.Read(0), Cancel);
        }

        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        var asked = await Asked();
        var form = Input.ReadForm();
        var request = asked is not { } search ? Input.Read(Zone, database.Tickets.Of)
            : form.IsRefused ? form.Refusal
            : search.IsRefused ? search.Refusal
            : new ExportRequest(form.Value, AuditFilter.Of(search.Value), Input.WithPersonal);
        if (request.IsRefused)
        {
            return Refused(request.Refusal);
        }

        var isCsv = request.Value.Form == ExportForm.Csv;
        Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=\"audit-log.{(isCsv ? "csv" : "jsonl")}\"";
        await export.Write(Caller, request.Value, Response.Body, Cancel);
        return new EmptyResult();
    }

    private async Task<Outcome<AuditAsked>?> Asked()
    {
        Zone = await settings.TimeZone(Cancel);
        if (string.IsNullOrEmpty(Input.Search))
        {
            return null;
        }

        var input = AuditInput.Parse(Input.Search);
        var asked = await reading.Of(input, Cancel);
        Search = asked.IsRefused ? [] : [.. AuditChips.Of(asked.Value, input, Zone).Select(chip => chip.Words)];
        return asked;
    }
}
