using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>
/// Checks values that a shop disclosed to an auditor against what the entry committed itself to: HMAC-SHA256 with a salt of 32 bytes over field, a zero byte and
/// value. The file brings the proof of the entry along, so that nothing of the shop's is believed.
/// </summary>
internal static class OpeningCheck
{
    private const int SaltBytes = 32;

    /// <param name="text">`{"proof": "…", "values": [{"field": "…", "salt": "…", "value": "…"}, {"field": "…", "gone": true}]}`</param>
    public static (Answer Answer, string Words) Run(string text, WitnessPolicy policy)
    {
        try
        {
            using var opening = JsonDocument.Parse(text);
            if (!TlogProof.TryParse(opening.RootElement.GetProperty("proof").GetString(), out var proof) || proof!.Extra is not { } entry)
            {
                return (Answer.NotChecked, "The opening does not bring the proof of its entry along.");
            }

            if (proof.Judge(Merkle.LeafHash(entry), policy) is { } why)
            {
                return (Answer.NotProved, why);
            }

            if (Entry.Read(entry, out var read) is { } fault)
            {
                return (Answer.NotProved, $"the entry {fault}");
            }

            using var json = JsonDocument.Parse(entry);
            var words = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"Event {read.Id:D} stands at index {proof.Index} of the log, and of what it keeps to itself:\n"));
            foreach (var value in opening.RootElement.GetProperty("values").EnumerateArray())
            {
                var field = value.GetProperty("field").GetString()!;
                if (!json.RootElement.TryGetProperty(field + "#", out var commitment))
                {
                    return (Answer.NotProved, $"{field}: the entry has no such field");
                }

                if (value.TryGetProperty("gone", out var gone) && gone.GetBoolean())
                {
                    words.Append(CultureInfo.InvariantCulture, $"  {field}: erased, or not kept any more; nobody can open it\n");
                    continue;
                }

                if (!IsOpenedBy(commitment.GetString(), field, value))
                {
                    return (Answer.NotProved, $"{field}: the value is not the one to which the entry committed itself");
                }

                words.Append(CultureInfo.InvariantCulture, $"  {field}: {value.GetProperty("value").GetString()}\n");
            }

            return (Answer.Proved, words.ToString().TrimEnd('\n'));
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return (Answer.NotChecked, "This is no opening: a proof and values are expected, as JSON.");
        }
    }

    private static bool IsOpenedBy(string? commitment, string field, JsonElement value)
    {
        var salt = value.GetProperty("salt").GetBytesFromBase64();
        return salt.Length == SaltBytes
            && commitment == Convert.ToBase64String(HMACSHA256.HashData(salt, (byte[])[.. Encoding.UTF8.GetBytes(field), 0, .. Encoding.UTF8.GetBytes(value.GetProperty("value").GetString()!)]));
    }
}
