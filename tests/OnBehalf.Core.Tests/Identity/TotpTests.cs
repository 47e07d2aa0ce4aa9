using System.Text;
using OnBehalf.Identity;

namespace OnBehalf.Core.Tests.Identity;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, the last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Secret, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_half_a_minute_wrong(int seconds, bool counts)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_010);
        var code = Totp.Code(Secret, Totp.StepOf(now.AddSeconds(seconds)));
        Assert.Equal(counts, Totp.Match(Secret, code, now, 0) is not null);
        Assert.Equal(counts, Totp.Match(Secret, $" {code[..3]} {code[3..]}", now, 0) is not null);
    }

    [Fact]
    public void A_code_counts_once_and_none_before_it()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_010);
        var step = Totp.StepOf(now);
        Assert.Equal(step, Totp.Match(Secret, Totp.Code(Secret, step), now, step - 1));
        Assert.Null(Totp.Match(Secret, Totp.Code(Secret, step), now, step));
        Assert.Null(Totp.Match(Secret, Totp.Code(Secret, step - 1), now, step));
        Assert.Equal(step + 1, Totp.Match(Secret, Totp.Code(Secret, step + 1), now, step));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("ا12345")]
    public void What_is_no_code_is_none(string? code) => Assert.Null(Totp.Match(Secret, code, DateTimeOffset.UnixEpoch, -9));

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    public void A_secret_is_written_as_the_standard_says(string secret, string text) => Assert.Equal(text, Totp.Text(Encoding.ASCII.GetBytes(secret)));

    [Fact]
    public void Recovery_codes_are_read_however_they_are_typed_and_no_two_are_the_same()
    {
        var codes = RecoveryCodes.New();
        Assert.Equal(RecoveryCodes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[0-9a-hj-km-np-tv-z]{4}(-[0-9a-hj-km-np-tv-z]{4}){3}$", code));
        Assert.Equal(RecoveryCodes.Hash("abcd-ef01-2345-6789"), RecoveryCodes.Hash(" ABCDEFOl23456789 "));
        Assert.Null(RecoveryCodes.Hash("abcd-ef01-2345-678"));
        Assert.Null(RecoveryCodes.Hash(null));
    }
}
