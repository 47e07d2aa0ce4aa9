using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Modules.Payments;

/// <summary>
/// Whether a callback is the provider's: `Webhook-Id`, `Webhook-Timestamp` and `Webhook-Signature` as Standard Webhooks has them (HMAC-SHA-256 over "id.timestamp.body"), at most five minutes old.
/// Several signatures may stand with blanks between, so that a secret can be changed at the provider without a gap.
/// </summary>
internal static class PaySignature
{
    public static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);

    public static bool IsGood(string secret, IHeaderDictionary headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var (id, time) = (headers["Webhook-Id"].ToString(), headers["Webhook-Timestamp"].ToString());
        if (id.Length is 0 or > 200 || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Oldest.TotalSeconds)
        {
            return false;
        }

        var expected = Encoding.ASCII.GetBytes("v1," + Of(secret, id, time, body));
        var isGood = false;
        foreach (var one in headers["Webhook-Signature"].ToString().Split(' '))
        {
            isGood |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(one));
        }

        return isGood;
    }

    private static string Of(string secret, string id, string time, ReadOnlySpan<byte> body) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body]));
}
