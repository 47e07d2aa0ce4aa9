using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Exports;

/// <summary>Takes a part of the audit log away as a file.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class ExportPage(AuditExport export) : ShopPage
{
    public static readonly IReadOnlyList<(string Value, string Words)> Forms =
        [("csv", "CSV, for a spreadsheet"), ("ecs", "JSON lines, Elastic Common Schema"), ("ocsf", "JSON lines, OCSF")];

    public static readonly IReadOnlyList<(string Value, string Words)> Outcomes = [("", "Any"), ("done", "Done"), ("refused", "Refused")];

    public static readonly IReadOnlyList<(string Value, string Words)> Modes = [("", "Any"), ("view", "View"), ("cart", "Cart"), ("order", "Order")];

    [BindProperty]
    public ExportInput Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost()
    {
        var request = Input.Read();
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
}
