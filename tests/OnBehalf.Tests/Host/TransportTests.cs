using System.Net;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.HostTests;

public sealed class TransportTests
{
    [Theory]
    [InlineData("203.0.113.9", "http", null, null, 403)]
    [InlineData("203.0.113.9", "https", null, null, 404)]
    [InlineData("127.0.0.1", "http", null, null, 404)]
    [InlineData("203.0.113.9", "http", "true", null, 404)]
    // A proxy that nobody named cannot promise anything.
    [InlineData("203.0.113.9", "http", null, "198.51.100.1", 403)]
    [InlineData("203.0.113.9", "http", null, "203.0.113.9", 404)]
    public async Task Plain_http_is_for_this_machine_unless_allowed_or_vouched_for_by_a_named_proxy(
        string address, string scheme, string? allow, string? proxy, int expected)
    {
        await using var shop = await TestShop.Start(builder =>
        {
            builder.Configuration["AllowInsecureHttp"] = allow;
            builder.Configuration["ForwardedHeaders:KnownProxies"] = proxy;
        });
        var server = (TestServer)shop.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>();
        var answer = await server.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(address);
            context.Request.Scheme = scheme;
            context.Request.Path = "/no-such-page";
            context.Request.Headers["X-Forwarded-Proto"] = "https";
            context.Request.Headers["X-Forwarded-For"] = "192.0.2.77";
        });
        Assert.Equal(expected, answer.Response.StatusCode);
    }

    [Fact]
    public async Task Over_https_every_cookie_is_secure()
    {
        await using var shop = await TestShop.Start();
        var server = (TestServer)shop.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>();
        var answer = await server.SendAsync(context =>
        {
            context.Request.Scheme = "https";
            context.Request.Path = "/account/login";
        });
        var cookies = answer.Response.Headers.SetCookie.ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.Contains("; secure;", cookie));
    }
}
