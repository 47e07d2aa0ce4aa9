namespace OnBehalf.Kernel;

/// <summary>How far a typed word is from a known one: letters left out, added, changed, or two neighbours swapped (optimal string alignment).</summary>
public static class Typos
{
    /// <summary>How many mistakes a word of this length may have: none below four letters, one below eight, then two.</summary>
    public static int Allowed(int length) => length < 4 ? 0 : length < 8 ? 1 : 2;

    /// <summary>The number of mistakes, or null when there are more than <paramref name="most"/>.</summary>
    public static int? Between(ReadOnlySpan<char> typed, ReadOnlySpan<char> known, int most)
    {
        if (Math.Abs(typed.Length - known.Length) > most || typed.Length > SearchText.LongestWord || known.Length > SearchText.LongestWord)
        {
            return null;
        }

        Span<int> rows = stackalloc int[3 * (SearchText.LongestWord + 1)];
        var width = known.Length + 1;
        var before = rows[..width];
        var last = rows.Slice(width, width);
        var now = rows.Slice(2 * width, width);
        for (var j = 0; j < width; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= typed.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j < width; j++)
            {
                var change = last[j - 1] + (typed[i - 1] == known[j - 1] ? 0 : 1);
                var mistakes = Math.Min(change, Math.Min(last[j], now[j - 1]) + 1);
                if (i > 1 && j > 1 && typed[i - 1] == known[j - 2] && typed[i - 2] == known[j - 1])
                {
                    mistakes = Math.Min(mistakes, before[j - 2] + 1);
                }

                now[j] = mistakes;
                least = Math.Min(least, mistakes);
            }

            if (least > most)
            {
                return null;
            }

            var free = before;
            before = last;
            last = now;
            now = free;
        }

        return last[known.Length] <= most ? last[known.Length] : null;
    }
}
