namespace OnBehalf.Modules.Demo;

/// <summary>SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). Our own, because a package
/// must be the same bytes on every machine and runtime, which <see cref="Random"/> does not promise.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>An independent stream for one row of one purpose, so that a row can be told from its index alone.</summary>
    public static Chance For(ulong purpose, long index) => new(Mix(Mix(purpose) ^ Mix(unchecked((ulong)index + 0x632BE59BD9B4E019))));

    public ulong Next() => Mix(unchecked(_state += 0x9E3779B97F4A7C15));

    /// <summary>Even over 0 … <paramref name="bound"/> − 1.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Even over both ends and what lies between.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>Small numbers more often than big ones, as with names and customers.</summary>
    public int Skewed(int bound) => Math.Min(Below(bound), Below(bound));

    public bool Percent(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
