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
    [InlineData("Hosts:Staff", "")]
    [InlineData("Hosts:Shop", "")]
    [InlineData("Hosts:Staff", "https://staff.example.com")]
    [InlineData("Hosts:Shop", "shop.example.com/portal")]
    [InlineData("Hosts:Staff", "shop.example.com:8443")]
    public void A_value_that_will_not_do_is_named_by_its_key_before_anything_starts(string key, string value)
    {
        var wrong = Assert.Throws<ConfigurationException>(() => ConfigurationCheck.Demand(With([.. TwoHosts(key), (key, value)])));
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
            ("Smtp:Port", "587"), ("Smtp:UseTls", "true"), ("Smtp:From", "Shop <shop@example.com>"), ("Limits:SignInsPerMinute", "5"), ("Hosts:Staff", "staff.example.com"),
            ("Hosts:Shop", "shop.example.com:8443")));
    }

    // The other name is good.
    private static IEnumerable<(string Key, string Value)> TwoHosts(string key) =>
        key is "Hosts:Staff" ? [("Hosts:Shop", "shop.example.com")] : key is "Hosts:Shop" ? [("Hosts:Staff", "staff.example.com")] : [];

    private static IConfiguration With(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
}
