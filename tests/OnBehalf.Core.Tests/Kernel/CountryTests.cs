using OnBehalf.Kernel;

namespace OnBehalf.Core.Tests.Kernel;

public sealed class CountryTests
{
    [Theory]
    [InlineData("DE", "Germany")]
    [InlineData("AQ", "Antarctica")]
    [InlineData("GB", "United Kingdom")]
    [InlineData("ZW", "Zimbabwe")]
    public void A_code_has_its_name(string code, string name)
    {
        Assert.True(Country.TryParse(code, out var country));
        Assert.Equal(name, country.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("de")]
    [InlineData("XX")]
    [InlineData("UK")]
    [InlineData("DEU")]
    public void What_is_no_code_is_refused(string? code) => Assert.False(Country.TryParse(code, out _));

    [Fact]
    public void There_are_249_of_them_each_with_a_whole_name()
    {
        Assert.Equal(249, Country.All.Count);
        Assert.All(Country.All, country => Assert.Matches(@"^\p{Lu}[\p{L} .,'&()-]{3,}$", country.Name));
    }
}
