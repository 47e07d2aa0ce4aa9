using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Transparency;

/// <summary>
/// A private key with a name, in the text form `PRIVATE+KEY+name+id+key` that Go's note tools use; for Ed25519 the key is the type and the seed, for ECDSA
/// the type and the PKCS #8 form. May be used by several threads at once.
/// </summary>
public sealed class SignerKey : IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly byte[] _secret;
    private readonly Libcrypto.KeyHandle? _ed25519;
    private readonly ECDsa? _ecdsa;
    private readonly Lock _one = new();

    private SignerKey(string name, SignatureType type, byte[] secret)
    {
        _secret = secret;
        if (type == SignatureType.Ecdsa)
        {
            _ecdsa = ECDsa.Create();
            _ecdsa.ImportPkcs8PrivateKey(secret, out _);
            Verifier = VerifierKey.Of(name, type, _ecdsa.ExportSubjectPublicKeyInfo());
            return;
        }

        Ed25519.Demand();
        _ed25519 = Libcrypto.PrivateKey(secret);
        Verifier = VerifierKey.Of(name, type, Libcrypto.PublicBytes(_ed25519));
    }

    /// <summary>The public half, to be given away.</summary>
    public VerifierKey Verifier { get; }

    public string Name => Verifier.Name;

    /// <summary>A new key. For a log or a node the type is Ed25519, or ECDSA where there is none; for a witness <see cref="SignatureType.Cosignature"/>.</summary>
    /// <exception cref="FormatException">The name is not acceptable.</exception>
    public static SignerKey Generate(string name, SignatureType? type = null)
    {
        var chosen = type ?? (Ed25519.IsAvailable ? SignatureType.Ed25519 : SignatureType.Ecdsa);
        if (!VerifierKey.IsName(name))
        {
            throw new FormatException($"\"{name}\" is no name of a key: it must not be empty nor have spaces or a plus.");
        }

        if (chosen != SignatureType.Ecdsa)
        {
            return new SignerKey(name, chosen, RandomNumberGenerator.GetBytes(Ed25519.KeyLength));
        }

        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SignerKey(name, chosen, ecdsa.ExportPkcs8PrivateKey());
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none; the message does not repeat it.</exception>
    public static SignerKey Parse(string text)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('+', 3) : [];
        if (parts.Length == 3 && VerifierKey.IsName(parts[0]) && Base64.Decode(parts[2]) is { Length: > 1 } bytes
            && Made(parts[0], (SignatureType)bytes[0], bytes[1..]) is { } key)
        {
            if (key.ToString() == text)
            {
                return key;
            }

            key.Dispose();
        }

        throw new FormatException("This is no private key: PRIVATE+KEY+name+id+key is expected, of type 1, 2 or 4.");
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">It holds no key.</exception>
    public static SignerKey Load(string path) => Parse(File.ReadAllText(path).TrimEnd('\n', '\r'));

    /// <summary>Writes the key into a new file that only its owner may read.</summary>
    /// <exception cref="IOException">There is a file of that name: keys are never overwritten.</exception>
    public void Save(string path)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} is there already; a key is never overwritten.");
        }

        DurableFile.Replace(path, Encoding.UTF8.GetBytes(ToString() + "\n"), mode: UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Signs the text of a note. <paramref name="time"/> matters for cosignatures only, which state it.</summary>
    public NoteSignature Sign(string text, DateTimeOffset time)
    {
        if (_ecdsa is not null)
        {
            lock (_one)
            {
                return Signed(_ecdsa.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            }
        }

        if (Verifier.Type == SignatureType.Ed25519)
        {
            return Signed(Libcrypto.Sign(_ed25519!, Encoding.UTF8.GetBytes(text)));
        }

        var seconds = time.ToUnixTimeSeconds();
        var signature = new byte[VerifierKey.TimeLength + Ed25519.SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(signature, seconds);
        Libcrypto.Sign(_ed25519!, VerifierKey.CosignedMessage(seconds, text)).CopyTo(signature, VerifierKey.TimeLength);
        return Signed(signature);
    }

    /// <summary>The private key itself, in its text form. To be written into a file, never into a log.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Name}+{Verifier.Id:x8}+{Convert.ToBase64String([(byte)Verifier.Type, .. _secret])}");

    public void Dispose()
    {
        _ed25519?.Dispose();
        _ecdsa?.Dispose();
        CryptographicOperations.ZeroMemory(_secret);
    }

    private static SignerKey? Made(string name, SignatureType type, byte[] secret)
    {
        try
        {
            return type is SignatureType.Ecdsa || (type is SignatureType.Ed25519 or SignatureType.Cosignature && secret.Length == Ed25519.KeyLength)
                ? new SignerKey(name, type, secret)
                : null;
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private NoteSignature Signed(byte[] signature) => new(Name, Verifier.Id, signature);
}
