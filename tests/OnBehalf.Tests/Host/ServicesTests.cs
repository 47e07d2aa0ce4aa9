using System.Net;
using Microsoft.Extensions.Hosting;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.HostTests;

/// <summary>What lives as long as the shop holds nothing that was made for one request; where the framework checks that, as in development, the shop starts.</summary>
public sealed class ServicesTests
{
    [Fact]
    public async Task Nothing_of_a_request_is_kept_beyond_it()
    {
        await using var shop = await TestShop.Start(configure: builder => builder.Host.UseDefaultServiceProvider(services => (services.ValidateScopes, services.ValidateOnBuild) = (true, true)));
        Assert.Equal(HttpStatusCode.OK, (await (await shop.As("karim")).Get(Sessions.PathOf("ines"))).Status);
    }
}
