using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Identity;

/// <summary>
/// Codes of an authenticator app (RFC 6238): six digits from a shared secret and the time, a new one every 30 seconds. SHA-1, because that is what all apps
/// know; in HMAC it is sound.
/// </summary>
public static class Totp
{
    public const int SecretBytes = 20;
    public const int Digits = 6;
    public const int PeriodSeconds = 30;

    // A clock that is half a minute wrong still gets in; more would only help who guesses.
    private const int Tolerance = 1;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>Number of the 30 seconds in which a time lies.</summary>
    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / PeriodSeconds;

    public static string Code(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step of a code that counts now; null when it does not, or when it or a later one was used already.</summary>
    public static long? Match(byte[] secret, string? code, DateTimeOffset now, long lastUsed)
    {
        var typed = Canonical(code);
        if (typed.Length != Digits)
        {
            return null;
        }

        long? match = null;
        for (var step = StepOf(now) - Tolerance; step <= StepOf(now) + Tolerance; step++)
        {
            // All are compared, so that the time it takes tells nothing.
            var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(secret, step)), Encoding.UTF8.GetBytes(typed));
            match = isRight && step > lastUsed ? step : match;
        }

        return match;
    }

    /// <summary>The secret as people and apps read it: Base32 (RFC 4648).</summary>
    public static string Text(byte[] secret)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var one in secret)
        {
            (bits, count) = ((bits << 8) | one, count + 8);
            for (; count >= 5; count -= 5)
            {
                text.Append(Alphabet[(bits >> (count - 5)) & 31]);
            }
        }

        return text.ToString();
    }

    /// <summary>What the picture for the app says.</summary>
    public static string Address(string shop, string email, byte[] secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(shop)}:{Uri.EscapeDataString(email)}?secret={Text(secret)}&issuer={Uri.EscapeDataString(shop)}&algorithm=SHA1&digits=6&period=30";

    // Apps show "123 456".
    private static string Canonical(string? code) => code is not { Length: <= 20 } ? "" : string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
}
