using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Audit;

/// <summary>One event with its personal values and its entry.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class AuditEventPage(AuditQueries audit, Database database) : ShopPage
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public AuditLine Line { get; private set; } = null!;

    public IReadOnlyList<AuditValue> Values { get; private set; } = [];

    public string Entry { get; private set; } = "";

    public async Task<IActionResult> OnGet(Guid id)
    {
        if (await audit.One(id, Cancel) is not { } line)
        {
            return Missing();
        }

        Line = line;
        Values = await audit.Values(line, Cancel);
        using var entry = JsonDocument.Parse(line.Entry);
        Entry = JsonSerializer.Serialize(entry.RootElement, Readable);
        await database.Record(Caller, new AuditRead(1, id), Cancel);
        return Page();
    }
}
