using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Parser;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

/// <summary>The external sign-in against a provider that others have written and certified: the npm package oidc-provider.</summary>
public sealed class OidcProviderTests
{
    [Fact]
    public async Task Karim_signs_in_by_a_real_provider_through_all_its_pages()
    {
        using var node = Process.Start(new ProcessStartInfo(
            "node", [Repository.PathTo("tests", "OnBehalf.Tests", "Identity", "oidc-provider.mjs"), "http://localhost/staff/account/provider/callback", FakeIssuer.Secret])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var issuer = await node.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException(await node.StandardError.ReadToEndAsync(patience.Token));
            _ = node.StandardError.ReadToEndAsync(patience.Token);
            await using var shop = await TestShop.Start(builder => ProviderTests.Configure(builder, issuer, ("Scopes", "openid email profile groups")));
            var karim = shop.Anonymous();
            var answer = await ProviderTests.Press(karim);
            var back = await Walk(answer.Response.Headers.GetValues("Refresh").Single()["0;url=".Length..], "karim");
            Assert.StartsWith("/staff/account/provider/callback?code=", back);
            var inside = await karim.Get(back);
            Assert.True(inside.Status == HttpStatusCode.OK, inside.Text);
            Assert.Equal("0;url=/staff", inside.Response.Headers.GetValues("Refresh").Single());
            Assert.Contains("Karim Weiss", (await karim.Get("/staff")).Html);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Get(back)).Status);
        }
        finally
        {
            node.Kill();
            await node.WaitForExitAsync();
        }
    }

    /// <summary>Signs in and consents on the provider's own pages; returns the path to which it sends the browser back.</summary>
    private static async Task<string> Walk(string address, string name)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        var (at, response) = (new Uri(address), await client.GetAsync(new Uri(address)));
        for (var pages = 0; pages < 12; pages++)
        {
            if (response.Headers.Location is { } next)
            {
                at = new Uri(at, next);
                if (at.Host == "localhost")
                {
                    return at.PathAndQuery;
                }

                response = await client.GetAsync(at);
                continue;
            }

            var html = await response.Content.ReadAsStringAsync();
            var form = (await new HtmlParser().ParseDocumentAsync(html)).QuerySelector("form") ?? throw new InvalidOperationException($"No form at {at}: {html}");
            var fields = form.QuerySelectorAll("input").Where(input => input.GetAttribute("name") is not null)
                .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("name") is "login" or "password" ? name : input.GetAttribute("value") ?? "");
            at = new Uri(at, form.GetAttribute("action"));
            response = await client.PostAsync(at, new FormUrlEncodedContent(fields));
        }

        throw new InvalidOperationException($"The provider leads nowhere: {at}");
    }
}
