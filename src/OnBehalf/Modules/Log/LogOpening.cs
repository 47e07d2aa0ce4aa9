using System.Text.Encodings.Web;
using System.Text.Json;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Log;

/// <summary>Personal values of an event were disclosed together with what proves that they are the ones to which the entry committed itself.</summary>
public sealed record LogValuesOpened(Guid Event, Code Fields) : Fact
{
    public override string Name => "log.values-opened";
}

/// <summary>
/// Chosen personal values of one event as a file for an auditor: value and salt, and the proof of the entry, so that he checks them with `onbehalf-verify open`
/// against the log and believes nothing of the shop's. Reading them is an event.
/// </summary>
internal static class LogOpening
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/audit/{id:guid}/opening", Write).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.AuditRead });

    private static async Task<IResult> Write(Guid id, string[]? field, HttpContext context, Database database, LogQueries log, LogProofs proofs, CancellationToken cancel)
    {
        if (await log.Leaf(id, cancel) is not { Entry.Length: > 0 } leaf)
        {
            return Results.NotFound();
        }

        if (await proofs.Of(id, cancel) is not { } proof)
        {
            await Refusals.Answer(context, LogProofs.Pending);
            return Results.Empty;
        }

        using var entry = JsonDocument.Parse(leaf.Entry);
        var committed = entry.RootElement.EnumerateObject().Where(one => one.Name.EndsWith('#') && one.Name != "session-ticket#").Select(one => one.Name[..^1]).ToList();
        var wanted = committed.Where(name => field is null or [] || field.Contains(name)).ToList();
        await using var db = database.Read();
        var values = (await database.Keys.Values(database, db, [new EventId(id)], cancel)).ToDictionary(value => value.Field, StringComparer.Ordinal);
        await database.Record(context.Caller(), new LogValuesOpened(id, string.Join(' ', wanted)), cancel);
        var opened = wanted.Select(name => values.TryGetValue(name, out var value)
            ? new Dictionary<string, object> { ["field"] = name, ["salt"] = Convert.ToBase64String(value.Salt), ["value"] = value.Value }
            : new Dictionary<string, object> { ["field"] = name, ["gone"] = true });
        context.Response.Headers.CacheControl = "no-store";
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(new { proof = proof.Text, values = opened }, Readable), "application/json", $"{id:D}.opening.json");
    }
}
