using System.Globalization;

namespace OnBehalf.Transparency;

/// <summary>
/// What a node promises in the moment of a write, before the log has grown: that this event, with exactly this leaf, will be in the log. A leaf that is
/// missing later is proved by it. One line, fit for a header: `v1.{event}.{seconds}.{leaf}.{key id}.{signature}`.
/// </summary>
public sealed record Receipt(Guid Event, long Time, Hash Leaf, uint KeyId, byte[] Signature)
{
    /// <summary>The header of a response that carries it.</summary>
    public const string HeaderName = "Audit-Receipt";

    /// <summary>The name, in the entry by which the log certifies a node's key, of the field with that key.</summary>
    public const string KeyField = "node-key";

    private const string Version = "v1";
    private const int Parts = 6;

    /// <summary>Signs the promise for the log with this origin.</summary>
    public static Receipt Sign(SignerKey node, string origin, Guid eventId, in Hash leaf, DateTimeOffset time)
    {
        var seconds = time.ToUnixTimeSeconds();
        return new Receipt(eventId, seconds, leaf, node.Verifier.Id, node.Sign(Message(origin, eventId, seconds, leaf), time).Bytes);
    }

    public static bool TryParse(string? text, out Receipt? receipt)
    {
        receipt = null;
        var parts = text is { Length: < 1000 } ? text.Split('.') : [];
        if (parts.Length != Parts || parts[0] != Version || !Guid.TryParseExact(parts[1], "D", out var eventId) || !Base64.TryReadNumber(parts[2], out var seconds)
            || FromUrl(parts[3]) is not { Length: Hash.Length } leaf || FromUrl(parts[5]) is not { Length: > 0 } signature
            || !uint.TryParse(parts[4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key))
        {
            return false;
        }

        var read = new Receipt(eventId, seconds, Hash.Of(leaf), key, signature);
        receipt = read.ToString() == text ? read : null;
        return receipt is not null;
    }

    /// <summary>Whether the node gave this promise for the log with this origin.</summary>
    public bool IsBy(VerifierKey node, string origin) => node.Id == KeyId && node.Verify(Message(origin, Event, Time, Leaf), Signature);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Version}.{Event:D}.{Time}.{ToUrl(Leaf.ToArray())}.{KeyId:x8}.{ToUrl(Signature)}");

    // The first line keeps it apart from every checkpoint that the same kind of key could sign.
    private static string Message(string origin, Guid eventId, long seconds, in Hash leaf) =>
        string.Create(CultureInfo.InvariantCulture, $"onbehalf audit receipt v1\n{origin}\n{eventId:D}\n{seconds}\n{leaf}\n");

    private static string ToUrl(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[]? FromUrl(string text) => Base64.Decode(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4));
}
