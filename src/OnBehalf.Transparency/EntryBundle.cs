using System.Buffers.Binary;

namespace OnBehalf.Transparency;

/// <summary>Up to 256 entries one after the other, each after its length in two bytes, big-endian.</summary>
public static class EntryBundle
{
    /// <summary>The longest entry: 65,535 bytes.</summary>
    public const int LongestEntry = ushort.MaxValue;

    /// <summary>The longest bundle.</summary>
    public const int LongestBundle = TileCoordinate.FullWidth * (LongestEntry + sizeof(ushort));

    /// <exception cref="ArgumentException">There are more than 256 entries, or one is too long.</exception>
    public static byte[] Write(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        if (entries.Count > TileCoordinate.FullWidth || entries.Any(entry => entry.Length > LongestEntry))
        {
            throw new ArgumentException("A bundle has at most 256 entries of less than 65,536 bytes.", nameof(entries));
        }

        var bytes = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var rest = bytes.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }

        return bytes;
    }

    /// <summary>Takes the next entry from the front of what is left of a bundle; false at the end, or when the rest is no entry.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> entry)
    {
        entry = default;
        if (rest.Length < sizeof(ushort) || rest.Length - sizeof(ushort) < BinaryPrimitives.ReadUInt16BigEndian(rest))
        {
            return false;
        }

        entry = rest.Slice(sizeof(ushort), BinaryPrimitives.ReadUInt16BigEndian(rest));
        rest = rest[(sizeof(ushort) + entry.Length)..];
        return true;
    }

    /// <summary>All entries of a bundle, or null when the bytes are none.</summary>
    public static IReadOnlyList<byte[]>? Read(ReadOnlySpan<byte> bundle)
    {
        var entries = new List<byte[]>();
        while (TryTake(ref bundle, out var entry))
        {
            entries.Add(entry.ToArray());
        }

        return bundle.IsEmpty && entries.Count <= TileCoordinate.FullWidth ? entries : null;
    }
}
