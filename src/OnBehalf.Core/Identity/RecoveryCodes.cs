using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Identity;

/// <summary>
/// Codes for the day on which the telephone is lost: ten, each good once, 80 random bits as sixteen letters and digits that are hard to confuse. They are
/// random enough that a plain hash keeps them secret.
/// </summary>
public static class RecoveryCodes
{
    public const int Count = 10;

    private const int Length = 16;

    // Without i, l, o and u.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>"7k2m-q9dt-x0ve-4hzr"</summary>
    public static string[] New() =>
        [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(4).Select(four => new string(four))))];

    /// <summary>What is stored of a code, however it is typed; null when it is none.</summary>
    public static byte[]? Hash(string? code)
    {
        if (code is not { Length: <= 40 })
        {
            return null;
        }

        var typed = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant().Replace('o', '0').Replace('i', '1').Replace('l', '1');
        return typed.Length == Length ? SHA256.HashData(Encoding.ASCII.GetBytes(typed)) : null;
    }
}
