using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnBehalf.Modules.Exports;

/// <summary>A record as it goes over the wire.</summary>
public static class StreamMessage
{
    // Facility 13: log audit.
    private const int Facility = 13 * 8;

    /// <summary>One line of JSON, without its end.</summary>
    public static byte[] Json(AuditRecord record, string form, string origin)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = RecordField.Plain.Encoder }))
        {
            (form switch { "ocsf" => OcsfForm.Of(record), "cloudevents" => CloudEvent(record, origin), _ => EcsForm.Of(record) }).WriteTo(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The envelope of CloudEvents 1.0; the event in it is in terms of ECS. With `source` and `id` a receiver knows what it has already.</summary>
    public static JsonObject CloudEvent(AuditRecord record, string origin) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = record.Id,
        ["source"] = origin.Length == 0 ? "onbehalf" : origin,
        ["type"] = "onbehalf." + record.Name,
        ["time"] = record.Time,
        ["sequence"] = record.Index.ToString("D20", CultureInfo.InvariantCulture),
        ["datacontenttype"] = "application/json",
        ["data"] = EcsForm.Of(record),
    };

    /// <summary>RFC 5424, without a frame.</summary>
    public static byte[] Syslog(AuditRecord record, string form, string origin)
    {
        var severity = record.Kind.IsGrave ? 2 : record.IsRefused ? 4 : 6;
        var number = record.Index is >= 0 and < int.MaxValue ? $"[meta sequenceId=\"{(record.Index + 1).ToString(CultureInfo.InvariantCulture)}\"]" : "-";
        var head = string.Create(
            CultureInfo.InvariantCulture, $"<{Facility + severity}>1 {record.Time} {Word(Environment.MachineName, 255)} onbehalf - {Word(record.Name, 32)} {number} \uFEFF");
        return [.. Encoding.UTF8.GetBytes(head), .. Json(record, form, origin)];
    }

    private static string Word(string text, int most)
    {
        var word = string.Concat(text.Where(letter => letter is > ' ' and < '\x7F').Take(most));
        return word.Length == 0 ? "-" : word;
    }
}
