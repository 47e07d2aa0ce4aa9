using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Host;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Security;

/// <summary>Everything that answers a request: method, pattern, and what it declares about itself.</summary>
public sealed record ListedEndpoint(string Method, string Pattern, AccessAttribute? Access)
{
    public bool IsSafe => Method == "GET";

    public override string ToString() => $"{Method} /{Pattern}";

    public static async Task<IReadOnlyList<ListedEndpoint>> All(TestShop shop)
    {
        var loader = shop.Services.GetRequiredService<PageLoader>();
        var found = new List<ListedEndpoint>();
        foreach (var endpoint in shop.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, endpoint.Metadata);
                var access = compiled.DeclaredModelTypeInfo!.GetCustomAttribute<AccessAttribute>();
                found.AddRange(compiled.HandlerMethods!.Select(handler => handler.HttpMethod!.ToUpperInvariant()).Distinct()
                    .Select(method => new ListedEndpoint(method, pattern, access)));
            }
            else
            {
                found.AddRange((endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                    .Select(method => new ListedEndpoint(method, pattern, endpoint.Metadata.GetMetadata<AccessAttribute>())));
            }
        }

        return [.. found.DistinctBy(endpoint => endpoint.ToString()).OrderBy(endpoint => endpoint.Pattern, StringComparer.Ordinal).ThenBy(endpoint => endpoint.Method, StringComparer.Ordinal)];
    }
}
