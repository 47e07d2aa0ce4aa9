using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>What whoever means harm has at hand.</summary>
internal static class AbuseWays
{
    public const string From = "X-Test-Address";

    /// <summary>The first token of a page's forms.</summary>
    public static string Token(this Answer page) => page.Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";

    public static async Task Set(this TestShop shop, Setting setting, string value) =>
        Assert.False((await shop.Services.GetRequiredService<ShopSettings>().Change(Kernel.Caller.Machine("test"), setting, value)).IsRefused);

    /// <summary>A request's address is what its header <see cref="From"/> says.</summary>
    public static void Addresses(WebApplicationBuilder builder)
    {
        // Whoever comes from elsewhere has to come over HTTPS otherwise.
        builder.Configuration["AllowInsecureHttp"] = "true";
        builder.Services.AddSingleton<IStartupFilter, AddressOfHeader>();
    }

    public static Task<int> Alerts(this TestShop shop, string words) =>
        shop.Scalar<int>($"select count(*) from mail where kind = 'session-alert' and subject like '%{words}%'");

    private sealed class AddressOfHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (IPAddress.TryParse(context.Request.Headers[From], out var address))
                {
                    context.Connection.RemoteIpAddress = address;
                }

                return go(context);
            });
            next(app);
        };
    }
}
