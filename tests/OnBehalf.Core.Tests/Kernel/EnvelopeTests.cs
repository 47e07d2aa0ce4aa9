using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;

namespace OnBehalf.Core.Tests.Kernel;

public sealed class EnvelopeTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(Envelope.KeyBytes);

    [Fact]
    public void What_was_sealed_opens_with_its_key_in_its_place_and_nowhere_else() =>
        Prop.ForAll<byte[], byte[]>((plain, place) =>
        {
            var closed = Envelope.Seal(Key, plain, place);
            byte[] elsewhere = [.. place, 1];
            return Envelope.Open(Key, closed, place)!.SequenceEqual(plain)
                && Envelope.Open(Key, closed, elsewhere) is null
                && Envelope.Open(RandomNumberGenerator.GetBytes(Envelope.KeyBytes), closed, place) is null
                && !Envelope.Seal(Key, plain, place).SequenceEqual(closed);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_changed_bit_is_noticed_and_what_is_too_short_is_none()
    {
        var closed = Envelope.Seal(Key, "Ines"u8, "event"u8);
        for (var i = 0; i < closed.Length * 8; i++)
        {
            var changed = closed.ToArray();
            changed[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Null(Envelope.Open(Key, changed, "event"u8));
        }

        Assert.Null(Envelope.Open(Key, closed.AsSpan(0, 20), "event"u8));
    }
}
