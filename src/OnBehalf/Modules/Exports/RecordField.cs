using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnBehalf.Modules.Exports;

/// <summary>A field of a form in which records leave: where it stands, what it is, and its value; null leaves it out.</summary>
/// <param name="Path">With dots: `user.effective.id`.</param>
/// <param name="Is">For docs/api/audit-export.md, which is held against these lists by a test.</param>
public sealed record RecordField(string Path, string Is, Func<AuditRecord, JsonNode?> Value)
{
    /// <summary>Names and words are text for people; only what JSON itself needs is escaped.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object that these fields make of a record.</summary>
    public static JsonObject Build(IEnumerable<RecordField> fields, AuditRecord record)
    {
        var root = new JsonObject();
        foreach (var field in fields)
        {
            if (field.Value(record) is { } value)
            {
                Put(root, field.Path, value);
            }
        }

        return root;
    }

    /// <summary>An array of what is there; null when nothing is.</summary>
    public static JsonNode? List(params IEnumerable<string?> values)
    {
        var array = new JsonArray([.. values.OfType<string>().Distinct().Select(value => JsonValue.Create(value))]);
        return array.Count == 0 ? null : array;
    }

    /// <summary>An object of texts, so that a field has one type whatever fact it is of; null when it is empty.</summary>
    public static JsonNode? Texts(IEnumerable<KeyValuePair<string, string>> values)
    {
        var texts = new JsonObject(values.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));
        return texts.Count == 0 ? null : texts;
    }

    private static void Put(JsonObject into, string path, JsonNode value)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            if (into[part] is not JsonObject inner)
            {
                into[part] = inner = [];
            }

            into = inner;
        }

        into[parts[^1]] = value;
    }
}
