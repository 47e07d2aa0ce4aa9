using System.Security.Cryptography;

namespace OnBehalf.Kernel;

/// <summary>
/// Bytes that are read with their key only, and only in the place for which they were sealed: AES-256-GCM, 12 bytes of nonce, 16 of tag, the ciphertext.
/// </summary>
public static class Envelope
{
    public const int KeyBytes = 32;

    private const int Nonce = 12;
    private const int Tag = 16;

    /// <param name="key">256 bits.</param>
    /// <param name="place">What the bytes belong to; it is not stored, and who opens them has to know it.</param>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        var sealedBytes = new byte[Nonce + Tag + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(sealedBytes.AsSpan(0, Nonce), plain, sealedBytes.AsSpan(Nonce + Tag), sealedBytes.AsSpan(Nonce, Tag), place);
        return sealedBytes;
    }

    /// <summary>Null when it is another key or another place, or when a bit was changed.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> place)
    {
        if (sealedBytes.Length < Nonce + Tag)
        {
            return null;
        }

        var plain = new byte[sealedBytes.Length - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        try
        {
            aes.Decrypt(sealedBytes[..Nonce], sealedBytes[(Nonce + Tag)..], sealedBytes.Slice(Nonce, Tag), plain, place);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
