using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>
/// How requests reach us: proxies that are named may say which scheme and address the browser used; plain HTTP is for this machine only, unless
/// `AllowInsecureHttp=true` says otherwise.
/// </summary>
public static class Transport
{
    private static readonly Refusal Insecure = Refusal.Forbidden(
        "host.https-needed", "This shop is to be reached over HTTPS only. If a proxy ends TLS before it, the proxy's address must be configured.");

    public static void Use(WebApplication app)
    {
        if (app.Configuration["ForwardedHeaders:KnownProxies"] is { Length: > 0 } proxies)
        {
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            foreach (var proxy in proxies.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                options.KnownProxies.Add(IPAddress.Parse(proxy));
            }

            app.UseForwardedHeaders(options);
        }

        if (app.Configuration.GetValue<bool>("AllowInsecureHttp"))
        {
            app.Logger.LogWarning("AllowInsecureHttp is on: sign-ins travel unencrypted. Use it on closed test networks only.");
            return;
        }

        app.Use(async (context, next) =>
        {
            if (context.Request.IsHttps || context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
            {
                await next(context);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync(Insecure.Sentence, context.RequestAborted);
        });
    }

    /// <summary>The answer when not even the caller can be found out, because the database does not answer: a page that needs nothing.</summary>
    public static Task SayUnavailable(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.RetryAfter = "10";
        return context.Response.WriteAsync(
            "<!DOCTYPE html><html lang=\"en\"><title>Not available</title><h1>The shop cannot be reached just now</h1>"
            + "<p>What you did last was either stored as a whole or not at all. Try again in a moment.</p></html>",
            context.RequestAborted);
    }
}
