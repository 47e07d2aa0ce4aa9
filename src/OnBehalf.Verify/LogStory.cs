using System.Globalization;
using System.Text.Json;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>
/// What the log says of itself: that it begins with `log.began`, under which name and key it goes on, from which entry on its entries are kept, and which keys of
/// nodes count no more.
/// </summary>
internal sealed class LogStory(WitnessPolicy policy, Checkpoint now)
{
    private readonly Dictionary<string, (long Leaf, long Agrees)> _givenUp = new(StringComparer.Ordinal);
    private (long Leaf, Guid Event, string? Origin, string? Key)? _last;

    /// <summary>Entries before this one may be gone: the log says so itself.</summary>
    public long KeptFrom { get; private set; }

    /// <summary>The leaf that says it.</summary>
    public long PrunedBy { get; private set; }

    /// <summary>Keys of nodes, and the time in seconds since 1970 from which on they count no more.</summary>
    public Dictionary<string, long> Revoked { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes an entry that is about the log; what is wrong with its place, in words, or null.</summary>
    public string? Take(long leaf, ReadOnlySpan<byte> bytes, in Entry entry)
    {
        using var json = JsonDocument.Parse(bytes.ToArray());
        var name = json.RootElement.GetProperty("name").GetString();
        switch (name)
        {
            case "log.began" when leaf > 0:
                return "the log begins a second time";
            case "log.began" or "log.resumed" or "log.pruned":
                _last = (leaf, entry.Id, Text("origin"), Text("key"));
                if (name == "log.resumed" && Text("before") is { } before)
                {
                    _givenUp[before] = (leaf, Number("agrees"));
                }
                else if (name == "log.pruned" && Number("first") > KeptFrom)
                {
                    (KeptFrom, PrunedBy) = (Number("first"), leaf);
                }

                return KeptFrom > leaf ? "it says that entries are gone that come after it" : null;
            case "log.node-key-revoked" when Text("revoked-key") is { } key:
                Revoked.TryAdd(key, (entry.At / 1_000_000) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond));
                return null;
            default:
                return null;
        }

        string? Text(string field) => json.RootElement.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        long Number(string field) => json.RootElement.TryGetProperty(field, out var value) && value.TryGetInt64(out var number) ? number : 0;
    }

    /// <summary>Whether the log goes on under the name and with the key that the policy knows.</summary>
    public Finding? Judge()
    {
        if (_last is not { } last)
        {
            return now.Size == 0 ? null : new Finding("no entry says under which name and key this log stands: log.began must be the first one", Leaf: 0);
        }

        return last.Origin == now.Origin && policy.Logs.Any(log => log.Key.Name == now.Origin && log.Key.ToString() == last.Key)
            ? null
            : new Finding($"the log says here that it stands under {last.Origin} with the key {last.Key}, and not as the policy has it", Leaf: last.Leaf, Event: last.Event);
    }

    /// <summary>The size up to which the log continues what was signed under an earlier name, and the leaf that says why not further; null when it never had that name.</summary>
    public (long Leaf, long Agrees)? WentOnFrom(string origin) => _givenUp.TryGetValue(origin, out var found) ? found : null;

    /// <summary>"entries 0 to 255 …" for a verdict.</summary>
    public string Words(long unseen) =>
        string.Create(CultureInfo.InvariantCulture, $"entries 0 to {unseen - 1:N0} are not kept any more, as leaf {PrunedBy} says: their hashes are proved, what they said could not be seen");
}
