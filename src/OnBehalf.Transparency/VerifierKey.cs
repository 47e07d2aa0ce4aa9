using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Transparency;

/// <summary>The signature types of c2sp.org/signed-note that are used here, by their number there.</summary>
public enum SignatureType : byte
{
    /// <summary>Ed25519 over the text: logs, and the keys of nodes.</summary>
    Ed25519 = 1,

    /// <summary>ECDSA over SHA-256 of the text, where there is no Ed25519.</summary>
    Ecdsa = 2,

    /// <summary>Ed25519 with a time, by a witness (c2sp.org/tlog-cosignature).</summary>
    Cosignature = 4,
}

/// <summary>
/// A public key with a name, in the text form `name+id+key` ("vkey"). The id is short and only says which key is meant; trust comes from the key alone.
/// </summary>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    internal const int TimeLength = sizeof(long);

    private readonly byte[] _key;

    private VerifierKey(string name, SignatureType type, byte[] key) => (Name, Type, _key, Id) = (name, type, key, IdOf(name, type, key));

    public string Name { get; }

    public SignatureType Type { get; }

    /// <summary>The first four bytes of a hash over name, type and key; for ECDSA over the key, as that type has it.</summary>
    public uint Id { get; }

    /// <summary>32 bytes of Ed25519, or the SubjectPublicKeyInfo of an ECDSA key.</summary>
    public ReadOnlySpan<byte> PublicKey => _key;

    /// <exception cref="FormatException">Name or key are not acceptable.</exception>
    public static VerifierKey Of(string name, SignatureType type, ReadOnlySpan<byte> publicKey) =>
        IsName(name) && IsKey(type, publicKey)
            ? new VerifierKey(name, type, publicKey.ToArray())
            : throw new FormatException($"\"{name}\" with this key of type {type:D} is no verifier key.");

    /// <summary>Reads a vkey. Refuses it when the id is not that of name and key.</summary>
    public static bool TryParse(string? text, out VerifierKey? key)
    {
        key = null;
        var parts = (text ?? "").Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || Base64.Decode(parts[2]) is not { Length: > 1 } bytes)
        {
            return false;
        }

        var type = (SignatureType)bytes[0];
        if (!IsKey(type, bytes.AsSpan(1)))
        {
            return false;
        }

        var read = new VerifierKey(parts[0], type, bytes[1..]);
        key = read.ToString() == text ? read : null;
        return key is not null;
    }

    /// <exception cref="FormatException">The text is no verifier key.</exception>
    public static VerifierKey Parse(string text) =>
        TryParse(text, out var key) ? key! : throw new FormatException($"\"{text}\" is no verifier key: name+id+key is expected, of type 1, 2 or 4.");

    /// <summary>Not empty, no space of any kind and no plus, as in all notes.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.Contains('+') && !name.Any(letter => char.IsWhiteSpace(letter) || letter < ' ');

    /// <summary>When a cosignature says that it was made, in seconds since 1970; null for other signatures.</summary>
    public long? TimeOf(ReadOnlySpan<byte> signature) =>
        Type == SignatureType.Cosignature && signature.Length == TimeLength + Ed25519.SignatureLength && BinaryPrimitives.ReadInt64BigEndian(signature) is >= 0 and var time ? time : null;

    /// <summary>Whether this key signed the text of a note.</summary>
    /// <exception cref="PlatformNotSupportedException">An Ed25519 key on a machine that has none.</exception>
    public bool Verify(string text, ReadOnlySpan<byte> signature) => Type switch
    {
        SignatureType.Ed25519 => Ed25519.Verify(_key, Encoding.UTF8.GetBytes(text), signature),
        SignatureType.Cosignature => TimeOf(signature) is { } time && Ed25519.Verify(_key, CosignedMessage(time, text), signature[TimeLength..]),
        _ => VerifyEcdsa(text, signature),
    };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Type, .. _key])}");

    public bool Equals(VerifierKey? other) => other is not null && other.ToString() == ToString();

    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    public override int GetHashCode() => HashCode.Combine(Name, Id);

    /// <summary>What a witness signs: that at this time it knew no larger tree of this log that was consistent.</summary>
    internal static byte[] CosignedMessage(long time, string text) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {time}\n{text}"));

    private static uint IdOf(string name, SignatureType type, byte[] key) => BinaryPrimitives.ReadUInt32BigEndian(
        SHA256.HashData(type == SignatureType.Ecdsa ? key : [.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. key]));

    private static bool IsKey(SignatureType type, ReadOnlySpan<byte> key)
    {
        if (type is SignatureType.Ed25519 or SignatureType.Cosignature)
        {
            return key.Length == Ed25519.KeyLength;
        }

        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(key, out var read);
            return type == SignatureType.Ecdsa && read == key.Length && ecdsa.KeySize == 256;
        }
        catch (Exception wrong) when (wrong is CryptographicException or PlatformNotSupportedException)
        {
            // The latter is said of a curve that nobody knows.
            return false;
        }
    }

    private bool VerifyEcdsa(string text, ReadOnlySpan<byte> signature)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(_key, out _);
        return ecdsa.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
