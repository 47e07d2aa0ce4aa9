using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Security;

public sealed class EndpointTests
{
    [Fact]
    public async Task Every_endpoint_declares_whom_it_answers_and_what_a_session_may_do_with_it()
    {
        await using var shop = await TestShop.Start();
        var endpoints = await ListedEndpoint.All(shop);
        Assert.NotEmpty(endpoints);
        Assert.Empty(endpoints.Where(endpoint => endpoint.Access is null).Select(endpoint => endpoint.ToString()));
    }

    [Fact]
    public async Task Whatever_asks_for_a_staff_member_is_closed_to_sessions_and_lies_under_a_staff_surface()
    {
        await using var shop = await TestShop.Start();
        var endpoints = await ListedEndpoint.All(shop);
        Assert.Empty(endpoints
            .Where(endpoint => endpoint.Access is { Audience: Audience.Staff } access
                && (access.Delegation != Delegation.Deny || !(endpoint.Pattern.StartsWith("staff") || endpoint.Pattern.StartsWith("admin"))))
            .Select(endpoint => endpoint.ToString()));
    }

    [Fact]
    public async Task Whatever_a_session_may_see_is_written_down_or_says_why_not()
    {
        await using var shop = await TestShop.Start();
        var open = shop.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint =>
            endpoint.Metadata.GetMetadata<AccessAttribute>() is { Delegation: not Delegation.Deny } && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true);
        Assert.NotEmpty(open);
        Assert.Empty(open.Where(endpoint => (endpoint.Metadata.GetMetadata<SeenAttribute>() is null) == (endpoint.Metadata.GetMetadata<UnseenAttribute>() is null))
            .Select(endpoint => endpoint.RoutePattern.RawText));
    }

    [Fact]
    public async Task Every_declared_right_exists()
    {
        await using var shop = await TestShop.Start();
        var names = Right.All.Select(right => right.Name).ToHashSet();
        foreach (var endpoint in await ListedEndpoint.All(shop))
        {
            Assert.True(endpoint.Access?.Right is not { } right || names.Contains(right), endpoint.ToString());
        }

        var constants = typeof(Needs).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        Assert.Subset(names, constants.ToHashSet());
    }
}
