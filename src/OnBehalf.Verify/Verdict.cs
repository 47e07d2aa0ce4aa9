using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace OnBehalf.Verify;

/// <summary>What a check ends with; the number is the exit code.</summary>
internal enum Answer
{
    Proved = 0,
    NotProved = 1,
    NotChecked = 2,
}

/// <summary>One thing that is wrong, and where: a leaf by its index and event, or a file.</summary>
internal sealed record Finding(string Words, string? Place = null, long? Leaf = null, Guid? Event = null)
{
    public override string ToString() => (Place, Leaf, Event) switch
    {
        (_, { } leaf, { } id) => string.Create(CultureInfo.InvariantCulture, $"leaf {leaf} (event {id:D}): {Words}"),
        (_, { } leaf, null) => string.Create(CultureInfo.InvariantCulture, $"leaf {leaf}: {Words}"),
        ({ } place, null, _) => $"{place}: {Words}",
        _ => Words,
    };
}

/// <summary>The outcome of a check, for people and for programs.</summary>
internal sealed class Verdict
{
    private const int MostFindings = 20;

    [JsonConverter(typeof(JsonStringEnumConverter<Answer>))]
    public Answer Answer { get; set; } = Answer.Proved;

    public string? Origin { get; set; }

    public long Size { get; set; }

    public string? Root { get; set; }

    public List<string> CosignedBy { get; } = [];

    /// <summary>When the last witness cosigned: the log is known to have been like this then.</summary>
    public DateTime? CosignedAt { get; set; }

    public string? Quorum { get; set; }

    /// <summary>The time of the oldest entry.</summary>
    public DateTime? From { get; set; }

    /// <summary>The time of the newest entry.</summary>
    public DateTime? To { get; set; }

    /// <summary>How many checkpoints that were seen before this log continues.</summary>
    public int EarlierCheckpoints { get; set; }

    public long Sessions { get; set; }

    public long OpenSessions { get; set; }

    /// <summary>Sessions whose first entries are not kept any more.</summary>
    public long CutSessions { get; set; }

    /// <summary>How many entries at the beginning are not kept any more: their hashes are proved, what they said could not be seen.</summary>
    public long Unseen { get; set; }

    [JsonIgnore]
    public string? UnseenWords { get; set; }

    /// <summary>Checkpoints of earlier names that the log does not continue, because it went on from an older state and says so.</summary>
    public long GivenUp { get; set; }

    /// <summary>How many things are wrong; the first twenty are <see cref="Findings"/>.</summary>
    public long Faults { get; set; }

    /// <summary>What is wrong, the most telling first.</summary>
    public List<Finding> Findings { get; } = [];

    public void Add(Finding finding)
    {
        Answer = Answer == Answer.NotChecked ? Answer : Answer.NotProved;
        Faults++;
        if (Findings.Count < MostFindings)
        {
            Findings.Add(finding);
        }
    }

    /// <summary>Names this before all others.</summary>
    public void AddFirst(Finding finding)
    {
        Add(finding);
        Findings.Remove(finding);
        Findings.Insert(0, finding);
    }

    public Verdict CannotCheck(string why)
    {
        Answer = Answer.NotChecked;
        Findings.Insert(0, new Finding(why));
        return this;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        if (Answer == Answer.Proved)
        {
            text.Append(CultureInfo.InvariantCulture, $"PROVED. {Origin} has {Size:N0} entries, and they give the root that was signed: {Root}\n");
            text.Append(CultureInfo.InvariantCulture, $"  entries from {From:yyyy-MM-dd HH:mm:ss} to {To:yyyy-MM-dd HH:mm:ss} UTC\n");
            text.Append(CosignedBy.Count == 0 ? "  cosigned by nobody" : string.Create(CultureInfo.InvariantCulture, $"  cosigned by {string.Join(", ", CosignedBy)}, the last at {CosignedAt:yyyy-MM-dd HH:mm:ss} UTC"));
            text.Append(CultureInfo.InvariantCulture, $" (quorum: {Quorum})\n");
            text.Append(CultureInfo.InvariantCulture, $"  continues {EarlierCheckpoints:N0} checkpoints seen before\n");
            text.Append(GivenUp == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  {GivenUp:N0} checkpoints of its earlier names are not continued: the log went on from an older state, and says so\n"));
            text.Append(UnseenWords is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  {UnseenWords}; {CutSessions:N0} sessions are seen from their later entries on\n"));
            text.Append(CultureInfo.InvariantCulture, $"  {Sessions:N0} assisted sessions, each without a gap; {OpenSessions:N0} not ended yet\n");
            return text.ToString();
        }

        text.Append(Answer == Answer.NotChecked ? "COULD NOT BE CHECKED.\n" : "NOT PROVED.\n");
        foreach (var finding in Findings)
        {
            text.Append("  ").Append(finding).Append('\n');
        }

        return Faults > Findings.Count ? text.Append(CultureInfo.InvariantCulture, $"  and {Faults - Findings.Count:N0} more\n").ToString() : text.ToString();
    }
}
