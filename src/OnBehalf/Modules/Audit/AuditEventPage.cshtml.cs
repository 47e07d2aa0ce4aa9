using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Audit;

/// <summary>One event with its personal values and its entry.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AuditRead)]
public sealed class AuditEventPage(AuditQueries audit, LogProofs proofs, ShopSettings settings, Database database) : ShopPage
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public AuditLine Line { get; private set; } = null!;

    public AuditSentence Sentence { get; private set; } = new("");

    /// <summary>"Entry 1,234 of the log shop.example.com/log, 8f3a61c0…"</summary>
    public string InLog { get; private set; } = "";

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public IReadOnlyList<AuditValue> Values { get; private set; } = [];

    public string Entry { get; private set; } = "";

    /// <summary>Fields to whose values the entry has committed itself.</summary>
    public IReadOnlyList<string> Committed { get; private set; } = [];

    public async Task<IActionResult> OnGet(Guid id)
    {
        if (await audit.One(id, Cancel) is not { } line)
        {
            return Missing();
        }

        Line = line;
        Sentence = await audit.Sentence(line, Cancel);
        InLog = await proofs.ShortForm(id, Cancel);
        Zone = await settings.TimeZone(Cancel);
        Values = await audit.Values(line, Cancel);
        using var entry = JsonDocument.Parse(line.Entry);
        Committed = [.. entry.RootElement.EnumerateObject().Where(field => field.Name.EndsWith('#') && field.Name != "session-ticket#").Select(field => field.Name[..^1])];
        Entry = JsonSerializer.Serialize(entry.RootElement, Readable);
        await database.Record(Caller, new AuditRead(1, id), Cancel);
        return Page();
    }
}
