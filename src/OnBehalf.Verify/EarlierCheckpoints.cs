using System.Globalization;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>The checkpoints that were seen before. Each binds the log: at its size the entries must have given its root.</summary>
internal sealed class EarlierCheckpoints(string origin)
{
    private readonly List<(string Name, Checkpoint Checkpoint)> _seen = [];
    private readonly List<(string Name, Checkpoint Checkpoint, bool IsContinued)> _ofOtherNames = [];
    private readonly string _origin = origin;
    private int _next;

    /// <summary>The size of the last one that the log continues: what stands before it was not changed since.</summary>
    public long AgreeUpTo { get; private set; }

    /// <summary>Reads those that a mirror kept in its folder, and those that were saved elsewhere.</summary>
    public static async Task<EarlierCheckpoints> Read(
        string folder, IReadOnlyList<string> elsewhere, WitnessPolicy policy, Checkpoint now, Verdict verdict, CancellationToken cancel)
    {
        var earlier = new EarlierCheckpoints(now.Origin);
        var kept = Path.Combine(folder, Mirror.Kept);
        string[] files = Directory.Exists(kept) ? [.. Directory.EnumerateFiles(kept).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)] : [];
        foreach (var file in files.Concat(elsewhere))
        {
            var name = files.Contains(file) ? $"{Mirror.Kept}/{Path.GetFileName(file)}" : file;
            if (earlier.Add(name, await File.ReadAllBytesAsync(file, cancel), policy, now) is { } fault)
            {
                verdict.Add(new Finding(fault, name));
            }
        }

        earlier._seen.Sort((left, right) => left.Checkpoint.Size.CompareTo(right.Checkpoint.Size));
        verdict.EarlierCheckpoints = earlier._seen.Count;
        return earlier;
    }

    /// <summary>Compares those of exactly this size with the tree as it was then.</summary>
    public void Compare(Frontier frontier, Verdict verdict)
    {
        for (; _next < _seen.Count && _seen[_next].Checkpoint.Size == frontier.Size; _next++)
        {
            var (name, checkpoint) = _seen[_next];
            if (checkpoint.Origin != _origin)
            {
                _ofOtherNames.Add((name, checkpoint, checkpoint.Root == frontier.Root()));
            }
            else if (checkpoint.Root == frontier.Root())
            {
                AgreeUpTo = checkpoint.Size;
            }
            else
            {
                verdict.Add(new Finding(string.Create(CultureInfo.InvariantCulture,
                    $"this log does not continue it: something between leaf {AgreeUpTo} and leaf {checkpoint.Size - 1} is not what it was"), name));
            }
        }
    }

    /// <summary>
    /// Judges those that were signed under an earlier name: the log must say itself that it went on, and continue them as far as it says. Returns how many it gave up.
    /// </summary>
    public long JudgeOtherNames(LogStory story, Verdict verdict)
    {
        var givenUp = 0L;
        foreach (var (name, checkpoint, isContinued) in _ofOtherNames.Concat(_seen.Skip(_next).Where(seen => seen.Checkpoint.Origin != _origin).Select(seen => (seen.Name, seen.Checkpoint, false))))
        {
            if (story.WentOnFrom(checkpoint.Origin) is not { } on)
            {
                verdict.Add(new Finding($"this is of another log, {checkpoint.Origin}, and no entry says that this one goes on from it", name));
            }
            else if (!isContinued && checkpoint.Size <= on.Agrees)
            {
                verdict.Add(new Finding(string.Create(CultureInfo.InvariantCulture,
                    $"this log does not continue it, though leaf {on.Leaf} says that it goes on from the first {on.Agrees} entries of {checkpoint.Origin}"), name));
            }
            else if (!isContinued)
            {
                givenUp++;
            }
        }

        return givenUp;
    }

    private string? Add(string name, byte[] bytes, WitnessPolicy policy, Checkpoint now)
    {
        if (!SignedNote.TryParse(bytes, out var note) || !Checkpoint.TryParse(note!.Text, out var checkpoint)
            || !policy.Logs.Any(log => log.Key.Name == checkpoint!.Origin && note.IsSignedBy(log.Key)))
        {
            return "this is no checkpoint that a log of the policy signed";
        }

        if (checkpoint!.Origin == now.Origin && checkpoint.Size > now.Size)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"the log was rolled back: it had {checkpoint.Size} entries then and has {now.Size} now; leaf {now.Size} and those after it are gone");
        }

        _seen.Add((name, checkpoint));
        return null;
    }
}
