namespace OnBehalf.Modules.Catalog;

/// <summary>Article numbers as they stand in addresses.</summary>
public static class Numbers
{
    private const int Longest = 200;

    /// <summary>The number, or null when there is none or it cannot be one. A slash stays encoded in a path, so it is decoded here.</summary>
    public static string? Of(string? text) =>
        text is null or "" || text.Length > Longest || text.Contains('\0', StringComparison.Ordinal) ? null : text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
