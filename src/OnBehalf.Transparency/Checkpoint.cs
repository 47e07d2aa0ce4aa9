using System.Globalization;

namespace OnBehalf.Transparency;

/// <summary>The head of a log (c2sp.org/tlog-checkpoint): whose it is, how many entries it has, and the root over them.</summary>
public sealed record Checkpoint(string Origin, long Size, Hash Root)
{
    private const int Lines = 3;

    /// <summary>Further lines, which say nothing here and are signed with the rest.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Reads the text of a note; the signatures are the caller's business.</summary>
    public static bool TryParse(string text, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var lines = text.EndsWith('\n') ? text[..^1].Split('\n') : [];
        if (lines.Length < Lines || lines.Any(line => line.Length == 0) || !Base64.TryReadNumber(lines[1], out var size) || !Hash.TryParse(lines[2], out var root)
            || (size == 0 && root != Merkle.EmptyRoot))
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, root) { Extensions = lines[Lines..] };
        return true;
    }

    /// <summary>The text that is signed.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n") + string.Concat(Extensions.Select(line => line + "\n"));

    public bool Equals(Checkpoint? other) => other is not null && other.ToString() == ToString();

    public override int GetHashCode() => Root.GetHashCode();
}
