using System.Text;
using System.Text.Json;
using OnBehalf.Data;

namespace OnBehalf.Tests.Audit;

public sealed class CanonicalObjectTests
{
    [Fact]
    public void Names_stand_in_the_order_of_their_UTF16_code_units()
    {
        // The order of RFC 8785, section 3.2.3: a surrogate pair comes before U+FB33.
        var entry = new CanonicalObject();
        foreach (var name in new[] { "\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6" })
        {
            entry.Add(name, 1);
        }

        Assert.Equal("{\"\\r\":1,\"1\":1,\"\u0080\":1,\"\u00f6\":1,\"\u20ac\":1,\"\ud83d\ude00\":1,\"\ufb33\":1}", entry.ToString());
    }

    [Fact]
    public void Texts_have_one_spelling()
    {
        var entry = new CanonicalObject();
        entry.Add("string", "\u20ac$\u000f\nA'B\"\\\\\"/\u007f\u2028\b\t\f\r\0");
        Assert.Equal("{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\u2028\\b\\t\\f\\r\\u0000\"}", entry.ToString());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-7, "-7")]
    [InlineData(9007199254740991, "9007199254740991")]
    [InlineData(9007199254740992, "\"9007199254740992\"")]
    [InlineData(long.MinValue, "\"-9223372036854775808\"")]
    public void Numbers_that_not_everybody_reads_alike_are_texts(long number, string written)
    {
        var entry = new CanonicalObject();
        entry.Add("a", number);
        Assert.Equal($"{{\"a\":{written}}}", entry.ToString());
    }

    [Fact]
    public void Half_a_character_is_no_text()
    {
        var entry = new CanonicalObject();
        entry.Add("a", "x\ud800y\udc00");
        Assert.Equal("{\"a\":\"x\ufffdy\ufffd\"}", entry.ToString());
    }

    [Fact]
    public void Whatever_is_too_long_ends_with_the_digest_of_the_whole()
    {
        var (one, other) = (new CanonicalObject(), new CanonicalObject());
        one.Add("a", new string('\u0001', 5_000));
        other.Add("a", new string('\u0001', 5_001));
        Assert.True(Encoding.UTF8.GetByteCount(one.ToString()) < CanonicalObject.MostBytes);
        Assert.Contains("sha256:", one.ToString());
        Assert.NotEqual(one.ToString(), other.ToString());
        Assert.Equal("b", JsonDocument.Parse(Of("a", "b")).RootElement.GetProperty("a").GetString());
        Assert.DoesNotContain("sha256", Of("a", new string('b', CanonicalObject.MostBytes - 2)));
    }

    [Fact]
    public void A_name_that_comes_twice_is_a_mistake()
    {
        var entry = new CanonicalObject();
        entry.Add("a", "1");
        entry.Add("a", "2");
        Assert.Throws<InvalidOperationException>(entry.ToString);
    }

    private static string Of(string name, string text)
    {
        var entry = new CanonicalObject();
        entry.Add(name, text);
        return entry.ToString();
    }
}
