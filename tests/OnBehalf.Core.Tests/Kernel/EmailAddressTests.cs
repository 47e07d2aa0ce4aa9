using OnBehalf.Kernel;

namespace OnBehalf.Core.Tests.Kernel;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ines@nordlicht.example", "ines@nordlicht.example")]
    [InlineData("  Ines.Albrecht+shop@Nordlicht.Example ", "ines.albrecht+shop@nordlicht.example")]
    [InlineData("josé1@adventure-works.com", "josé1@adventure-works.com")]
    [InlineData("jose\u03011@adventure-works.com", "josé1@adventure-works.com")]
    [InlineData("karim@müller.example", "karim@müller.example")]
    public void An_address_is_looked_up_composed_and_in_lower_case(string text, string normalized)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(normalized, address.Normalized);
        Assert.Equal(text.Trim(), address.Text);
        Assert.Equal(normalized, EmailAddress.Normalize(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ines")]
    [InlineData("@nordlicht.example")]
    [InlineData("ines@")]
    [InlineData("ines@localhost")]
    [InlineData("ines@@nordlicht.example")]
    [InlineData("ines albrecht@nordlicht.example")]
    [InlineData("ines@nordlicht.example\nBcc: x@y.example")]
    [InlineData("ines@-nordlicht.example")]
    [InlineData("ines@nordlicht..example")]
    [InlineData(".ines@nordlicht.example")]
    [InlineData("in..es@nordlicht.example")]
    [InlineData("<ines@nordlicht.example>")]
    [InlineData("ines\ud800@nordlicht.example")]
    public void What_is_no_address_is_refused(string? text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Fact]
    public void An_address_longer_than_a_mail_server_takes_is_refused()
    {
        Assert.False(EmailAddress.TryParse(new string('i', 65) + "@nordlicht.example", out _));
        Assert.False(EmailAddress.TryParse("ines@" + string.Join('.', Enumerable.Repeat("nordlicht", 30)), out _));
    }

    [Fact]
    public void Looking_up_broken_text_finds_nothing_and_does_not_fail() => Assert.Equal("", EmailAddress.Normalize("\ud800@x.example"));
}
