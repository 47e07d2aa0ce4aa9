using Microsoft.Extensions.Configuration;
using OnBehalf.Host;

namespace OnBehalf.Tests.HostTests;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("ConnectionStrings:Shop", "foo")]
    [InlineData("ConnectionStrings:Shop", "Server=db;Password=secret")]
    [InlineData("ForwardedHeaders:KnownProxies", "10.0.0.1;proxy")]
    [InlineData("AllowInsecureHttp", "yes")]
    [InlineData("Smtp:UseTls", "1")]
    [InlineData("Smtp:Port", "0")]
    [InlineData("Smtp:Port", "smtp")]
    [InlineData("Smtp:From", "the shop")]
    [InlineData("Limits:SignInsPerMinute", "-1")]
    public void A_value_that_will_not_do_is_named_by_its_key_before_anything_starts(string key, string value)
    {
        var wrong = Assert.Throws<ConfigurationException>(() => ConfigurationCheck.Demand(With((key, value))));
        Assert.StartsWith(key.Replace(":", "__"), wrong.Message);
        Assert.DoesNotContain("secret", wrong.Message);
    }

    [Fact]
    public void All_faults_are_told_at_once_and_a_good_configuration_has_none()
    {
        var wrong = Assert.Throws<ConfigurationException>(() => ConfigurationCheck.Demand(With(("Smtp:Port", "x"), ("AllowInsecureHttp", "x"))));
        Assert.Equal(2, wrong.Message.Split('\n').Length);
        ConfigurationCheck.Demand(With());
        ConfigurationCheck.Demand(With(
            ("ConnectionStrings:Shop", "Host=db;Database=shop"), ("ForwardedHeaders:KnownProxies", "10.0.0.1; ::1"), ("AllowInsecureHttp", "true"), ("Smtp:Host", "mail"),
            ("Smtp:Port", "587"), ("Smtp:UseTls", "true"), ("Smtp:From", "Shop <shop@example.com>"), ("Limits:SignInsPerMinute", "5")));
    }

    private static IConfiguration With(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
}
