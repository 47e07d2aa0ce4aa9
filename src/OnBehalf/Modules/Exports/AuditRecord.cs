using System.Globalization;
using System.Net;
using System.Text.Json;

namespace OnBehalf.Modules.Exports;

/// <summary>Somebody in a record: what stands for him in the log, and his name and address where they were asked for and he is not erased.</summary>
public sealed record RecordPerson(string Ref, string Kind, string? Role, string? Name, string? Email)
{
    public bool IsAdministrator => Kind == "staff" && Role == "administrator";
}

/// <summary>A person's name and address today.</summary>
public sealed record PersonName(string Name, string Email);

/// <summary>An entry of the log on its way to somewhere else: the entry itself, its place in the log, and, where it was asked for, what is personal about it.</summary>
public sealed class AuditRecord
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();
    private static readonly IReadOnlyDictionary<string, PersonName> Nobody = new Dictionary<string, PersonName>();

    /// <summary>What every entry has, beside which the fields of the fact stand.</summary>
    private static readonly HashSet<string> Frame = new(StringComparer.Ordinal)
    {
        "v", "id", "name", "at", "outcome", "actor-staff", "actor-role", "actor-buyer", "actor-part", "actor-sign-in", "for-buyer", "for-membership", "for-company", "in-session", "after-session", "n",
        "entries", "session-mode", "session-reason", "session-rule", "session-policy", "right", "request", "trace", "device", "network",
    };

    private static readonly string[] Staff = ["staff", "operator"];
    private static readonly string[] Buyers = ["buyer", "operator-buyer"];

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    public AuditRecord(long index, byte[] hash, string entry)
    {
        (Index, Hash, Entry) = (index, Convert.ToHexStringLower(hash), entry);
        using var json = JsonDocument.Parse(entry);
        foreach (var member in json.RootElement.EnumerateObject())
        {
            _fields[member.Name] = member.Value.ToString();
        }

        At = DateTimeOffset.Parse(_fields["at"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Kind = RecordKind.Of(Name);
    }

    /// <summary>A record that is none of the log: its number is -1.</summary>
    public static AuditRecord Test(DateTimeOffset at, string origin)
    {
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        return new AuditRecord(-1, new byte[32], $$"""{"actor-part":"audit-stream","at":"{{time}}","id":"{{Guid.CreateVersion7()}}","name":"audit.stream-test","outcome":"done","v":1}""") { Origin = origin };
    }

    /// <summary>How the log calls itself: its numbers are of this log. Null before it has a name.</summary>
    public string? Origin { get; init => field = string.IsNullOrEmpty(value) ? null : value; }

    /// <summary>The number of the leaf, from 0. No two records of a log have the same.</summary>
    public long Index { get; }

    /// <summary>The hash of the leaf (RFC 6962), in hex.</summary>
    public string Hash { get; }

    /// <summary>The bytes of which the hash is, as text.</summary>
    public string Entry { get; }

    public string Id => _fields["id"];

    public string Name => _fields["name"];

    public DateTimeOffset At { get; }

    /// <summary>As it stands in the entry: UTC, with microseconds.</summary>
    public string Time => _fields["at"];

    public RecordKind Kind { get; }

    public bool IsRefused => this["outcome"] == "refused" || Kind.AlwaysFails;

    public string? CompanyNumber { get; init; }

    public string? OrderNumber { get; init; }

    /// <summary>The personal values of the fact that are not erased, by field; nothing unless they were asked for.</summary>
    public IReadOnlyDictionary<string, string> Personal { get; init; } = Nothing;

    /// <summary>Names by reference; nothing unless they were asked for.</summary>
    public IReadOnlyDictionary<string, PersonName> Names { get; init; } = Nobody;

    public string? this[string field] => _fields.GetValueOrDefault(field);

    /// <summary>The fields of the fact itself. Commitments stay in the entry.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fact => _fields.Where(member => !Frame.Contains(member.Key) && !member.Key.EndsWith('#'));

    public string? Session => this["in-session"] ?? this["after-session"];

    public bool IsAssisted => Session is not null;

    /// <summary>Who sat at the keyboard; who signs in or out does so himself. Null: a part of the product, or somebody who is not signed in.</summary>
    public RecordPerson? Actor =>
        this["actor-staff"] is { } staff ? Person(staff, "staff", this["actor-role"])
        : this["actor-buyer"] is { } buyer ? Person(buyer, "buyer", null)
        : Kind.Class == OcsfClass.Authentication && this["actor-part"] is null ? First(Staff, "staff", null) ?? First(Buyers, "buyer", null)
        : null;

    /// <summary>Who is acted for in a session: a buyer. Null outside of sessions, and for a company as a whole.</summary>
    public RecordPerson? OnBehalfOf => IsAssisted && (this["for-buyer"] ?? this["buyer"]) is { } buyer && buyer != Actor?.Ref ? Person(buyer, "buyer", null) : null;

    /// <summary>Whom it is about, where that is neither who did it nor for whom it was done.</summary>
    public RecordPerson? Target
    {
        get
        {
            var known = (Actor?.Ref, OnBehalfOf?.Ref);
            return First(Staff, "staff", known) ?? First(Buyers, "buyer", known);
        }
    }

    public string? Company => this["for-company"] ?? this["company"];

    /// <summary>The network address of who did it, where the fact keeps one and it was asked for.</summary>
    public string? Address => Personal.TryGetValue("network-address", out var text) && IPAddress.TryParse(text, out _) ? text : null;

    /// <summary>Everybody in it, by reference.</summary>
    public IEnumerable<string> Refs
    {
        get
        {
            string[] fields = ["actor-staff", "actor-buyer", "for-buyer", .. Staff, .. Buyers];
            return fields.Select(name => this[name]).OfType<string>().Distinct();
        }
    }

    private RecordPerson? First(string[] fields, string kind, (string? Actor, string? Other)? but)
    {
        foreach (var field in fields)
        {
            if (this[field] is { } found && found != but?.Actor && found != but?.Other)
            {
                return Person(found, kind, null);
            }
        }

        return null;
    }

    private RecordPerson Person(string reference, string kind, string? role)
    {
        var name = Names.GetValueOrDefault(reference);
        return new RecordPerson(reference, kind, role, name?.Name, name?.Email);
    }
}
