using System.Runtime.InteropServices;

namespace OnBehalf.Transparency;

/// <summary>The few functions of OpenSSL's libcrypto that Ed25519 needs; .NET on Linux brings the library along, but no way to this algorithm.</summary>
internal static partial class Libcrypto
{
    private const string Name = "libcrypto";
    private const int Ed25519Type = 1087;

    private static readonly string[] Names =
        OperatingSystem.IsWindows() ? ["libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll"]
        : OperatingSystem.IsMacOS() ? ["libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib"]
        : ["libcrypto.so.3", "libcrypto.so"];

    private static readonly nint Library = Load();

    static Libcrypto() => NativeLibrary.SetDllImportResolver(typeof(Libcrypto).Assembly, static (name, _, _) => name == Name ? Library : 0);

    public static bool IsThere => Library != 0;

    public static KeyHandle PrivateKey(ReadOnlySpan<byte> seed) => Made(NewPrivate(Ed25519Type, 0, seed, (nuint)seed.Length));

    public static KeyHandle PublicKey(ReadOnlySpan<byte> key) => Made(NewPublic(Ed25519Type, 0, key, (nuint)key.Length));

    public static byte[] PublicBytes(KeyHandle key)
    {
        var bytes = new byte[32];
        var length = (nuint)bytes.Length;
        return GetPublic(key, bytes, ref length) == 1 && length == 32 ? bytes : throw new InvalidOperationException("libcrypto gave no public key.");
    }

    public static byte[] Sign(KeyHandle key, ReadOnlySpan<byte> message)
    {
        var signature = new byte[64];
        var length = (nuint)signature.Length;
        var context = NewContext();
        try
        {
            return SignInit(context, 0, 0, 0, key) == 1 && Sign(context, signature, ref length, message, (nuint)message.Length) == 1 && length == 64
                ? signature
                : throw new InvalidOperationException("libcrypto could not sign.");
        }
        finally
        {
            FreeContext(context);
        }
    }

    public static bool Verify(KeyHandle key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var context = NewContext();
        try
        {
            return VerifyInit(context, 0, 0, 0, key) == 1 && Verify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
        }
        finally
        {
            // A failed check leaves its reason in the thread's queue of errors, where the framework's own calls would find it.
            ClearErrors();
            FreeContext(context);
        }
    }

    private static nint Load() => Names.Select(name => NativeLibrary.TryLoad(name, out var library) ? library : 0).FirstOrDefault(library => library != 0);

    private static KeyHandle Made(nint key) => key == 0 ? throw new InvalidOperationException("libcrypto made no key.") : new KeyHandle(key);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial nint NewPrivate(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial nint NewPublic(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int GetPublic(KeyHandle key, Span<byte> bytes, ref nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_new")]
    private static partial nint NewContext();

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSignInit")]
    private static partial int SignInit(nint context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSign")]
    private static partial int Sign(nint context, Span<byte> signature, ref nuint length, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int VerifyInit(nint context, nint keyContext, nint digest, nint engine, KeyHandle key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerify")]
    private static partial int Verify(nint context, ReadOnlySpan<byte> signature, nuint length, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Name, EntryPoint = "ERR_clear_error")]
    private static partial void ClearErrors();

    /// <summary>A key in the library's memory; may be used by several threads at once.</summary>
    public sealed class KeyHandle : SafeHandle
    {
        public KeyHandle(nint key)
            : base(0, ownsHandle: true) => SetHandle(key);

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }
}
