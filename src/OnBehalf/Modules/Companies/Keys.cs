namespace OnBehalf.Modules.Companies;

/// <summary>A list of keys as arguments of one and the same SQL text, however many there are.</summary>
internal static class Keys
{
    /// <summary>Fills up with the last key, which changes nothing inside `in (…)`.</summary>
    public static IEnumerable<object> Padded(IReadOnlyList<Guid> keys, int length) =>
        Enumerable.Range(0, length).Select(i => (object)(keys.Count == 0 ? Guid.Empty : keys[Math.Min(i, keys.Count - 1)]));

    /// <summary>`{3}, {4}, {5}`</summary>
    public static string Places(int from, int length) => string.Join(", ", Enumerable.Range(from, length).Select(place => $"{{{place}}}"));
}
