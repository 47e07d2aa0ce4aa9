using System.Runtime.InteropServices;

namespace OnBehalf.Transparency;

/// <summary>Thirty-two bytes of SHA-256. A value, so that a tree of millions of them makes no garbage.</summary>
[StructLayout(LayoutKind.Sequential, Size = Length)]
public readonly struct Hash : IEquatable<Hash>
{
    /// <summary>How many bytes a hash has.</summary>
    public const int Length = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    public static bool operator ==(in Hash left, in Hash right) => left._a == right._a && left._b == right._b && left._c == right._c && left._d == right._d;

    public static bool operator !=(in Hash left, in Hash right) => !(left == right);

    /// <summary>The hash that lies in these 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are more or fewer bytes.</exception>
    public static Hash Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length ? MemoryMarshal.Read<Hash>(bytes) : throw new ArgumentException($"A hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Reads Base64 as it stands in checkpoints and proofs: exactly the one spelling that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? base64, out Hash hash)
    {
        hash = default;
        if (Base64.Decode(base64) is not { Length: Length } bytes)
        {
            return false;
        }

        hash = Of(bytes);
        return true;
    }

    public void CopyTo(Span<byte> bytes) => MemoryMarshal.Write(bytes, in this);

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    public string ToHex() => Convert.ToHexStringLower(ToArray());

    public override string ToString() => Convert.ToBase64String(ToArray());

    public bool Equals(Hash other) => this == other;

    public override bool Equals(object? obj) => obj is Hash other && this == other;

    public override int GetHashCode() => HashCode.Combine(_a, _b);
}
