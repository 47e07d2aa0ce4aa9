namespace OnBehalf.Transparency;

/// <summary>Ed25519 of RFC 8032. The private key is its seed of 32 bytes.</summary>
public static class Ed25519
{
    public const int KeyLength = 32;
    public const int SignatureLength = 64;

    /// <summary>Whether this machine has it. If not, use keys of type <see cref="SignatureType.Ecdsa"/>.</summary>
    public static bool IsAvailable => Libcrypto.IsThere;

    /// <summary>Whether this is the signature. False for keys and signatures of a wrong length.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no libcrypto.</exception>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Demand();
        if (publicKey.Length != KeyLength || signature.Length != SignatureLength)
        {
            return false;
        }

        using var key = Libcrypto.PublicKey(publicKey);
        return Libcrypto.Verify(key, message, signature);
    }

    internal static void Demand()
    {
        if (!IsAvailable)
        {
            throw new PlatformNotSupportedException(
                "Ed25519 needs OpenSSL's libcrypto, version 3 (libcrypto.so.3, libcrypto-3-x64.dll or libcrypto.3.dylib), and it is not on this machine. Install OpenSSL 3, or use ECDSA keys.");
        }
    }
}
