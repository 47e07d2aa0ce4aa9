using System.Globalization;
using System.Text;

namespace OnBehalf.Transparency;

/// <summary>
/// Where a tile of the log lies (c2sp.org/tlog-tiles). Level 0 holds the hashes of leaves, each level above the roots of 256 of them; level
/// <see cref="Entries"/> holds the entries themselves. <paramref name="Index"/> counts the tiles of the level, <paramref name="Width"/> what is in this one.
/// </summary>
public readonly record struct TileCoordinate(int Level, long Index, int Width)
{
    /// <summary>How many levels of the tree a tile spans.</summary>
    public const int Height = 8;

    /// <summary>How many hashes or entries a full tile has.</summary>
    public const int FullWidth = 1 << Height;

    /// <summary>The level of the bundles of entries.</summary>
    public const int Entries = -1;

    private const string Root = "tile/";
    private const int MostLevel = 7;

    public bool IsPartial => Width < FullWidth;

    public bool IsEntries => Level == Entries;

    /// <summary>The index of the first leaf below this tile.</summary>
    public long FirstLeaf => Index << (Height * (Math.Max(Level, 0) + 1));

    /// <summary>The full tile that a partial one becomes.</summary>
    public TileCoordinate Full => this with { Width = FullWidth };

    /// <summary>`tile/0/x001/x234/067`, or `tile/entries/000.p/17`.</summary>
    public string Path
    {
        get
        {
            var path = new StringBuilder(Root, 40);
            path.Append(CultureInfo.InvariantCulture, $"{(IsEntries ? "entries" : Level.ToString(CultureInfo.InvariantCulture))}/");
            var digits = Index.ToString("D3", CultureInfo.InvariantCulture);
            digits = digits.PadLeft((digits.Length + 2) / 3 * 3, '0');
            for (var i = 0; i < digits.Length - 3; i += 3)
            {
                path.Append('x').Append(digits, i, 3).Append('/');
            }

            path.Append(digits, digits.Length - 3, 3);
            return IsPartial ? path.Append(CultureInfo.InvariantCulture, $".p/{Width}").ToString() : path.ToString();
        }
    }

    /// <summary>Reads a path; only the one spelling of a tile is accepted.</summary>
    public static bool TryParse(string? path, out TileCoordinate tile)
    {
        tile = default;
        if (path is null || path.Length > 100 || !path.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = path[Root.Length..].Split('/');
        var (level, width) = (0L, (long)FullWidth);
        if (parts[0] != "entries" && !Base64.TryReadNumber(parts[0], out level))
        {
            return false;
        }

        var digits = parts.AsSpan(1);
        if (digits.Length >= 2 && digits[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!Base64.TryReadNumber(digits[^1], out width))
            {
                return false;
            }

            digits[^2] = digits[^2][..^2];
            digits = digits[..^1];
        }

        if (!TryReadIndex(digits, out var index) || level > MostLevel || width is < 1 or > FullWidth)
        {
            return false;
        }

        tile = new TileCoordinate(parts[0] == "entries" ? Entries : (int)level, index, (int)width);
        return tile.Path == path;
    }

    /// <summary>All tiles and bundles of a log of this size: those that a mirror needs.</summary>
    public static IEnumerable<TileCoordinate> All(long size) => Grown(0, size);

    /// <summary>The tiles and bundles that a log has at size <paramref name="to"/> and had not at size <paramref name="from"/>.</summary>
    public static IEnumerable<TileCoordinate> Grown(long from, long to)
    {
        for (var level = Entries; level <= MostLevel; level++)
        {
            var shift = Height * Math.Max(level, 0);
            var (had, has) = (from >> shift, to >> shift);
            if (had == has)
            {
                continue;
            }

            for (var index = had / FullWidth; index * FullWidth < has; index++)
            {
                yield return new TileCoordinate(level, index, (int)Math.Min(FullWidth, has - (index * FullWidth)));
            }
        }
    }

    /// <summary>The tile of this level that holds the hash with this index, as it is in a log of this size.</summary>
    internal static TileCoordinate Holding(int level, long hash, long size)
    {
        var index = hash / FullWidth;
        return new TileCoordinate(level, index, (int)Math.Min(FullWidth, (size >> (Height * Math.Max(level, 0))) - (index * FullWidth)));
    }

    private static bool TryReadIndex(ReadOnlySpan<string> parts, out long index)
    {
        index = 0;
        if (parts.Length is 0 or > 6)
        {
            return false;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            var digits = i == parts.Length - 1 ? parts[i] : parts[i].StartsWith('x') ? parts[i][1..] : "";
            if (digits.Length != 3 || !digits.All(char.IsAsciiDigit))
            {
                return false;
            }

            index = (index * 1000) + int.Parse(digits, CultureInfo.InvariantCulture);
        }

        return true;
    }
}
