using System.Net;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>The witness over HTTP. One path, small bodies, short patience; what it may answer is decided by <see cref="Witness"/>.</summary>
internal static class WitnessServer
{
    private const int MostConnections = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Evidence is wanted once; who sends it a thousand times does not fill the disk with it.
    private static readonly FixedWindowRateLimiter Evidence = new(new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromHours(1) });

    public static WebApplication Build(Witness witness, IPEndPoint listen)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(listen);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = WitnessRequest.Longest;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = Patience;
            kestrel.Limits.MaxRequestHeadersTotalSize = 8192;
        });
        var app = builder.Build();
        app.Run(context => Answer(context, witness));
        return app;
    }

    private static async Task Answer(HttpContext context, Witness witness)
    {
        var reply = context.Request switch
        {
            { Path.Value: not "/add-checkpoint" } => new WitnessReply(404, "POST /add-checkpoint is all there is.\n"),
            { Method: not "POST" } => new WitnessReply(405, "POST is expected.\n"),
            _ => await Add(context, witness),
        };
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(reply.Body), context.RequestAborted);
    }

    private static async Task<WitnessReply> Add(HttpContext context, Witness witness)
    {
        var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var reply = witness.AddCheckpoint(body.GetBuffer().AsSpan(0, (int)body.Length));
            if (reply.IsEvidence && Evidence.AttemptAcquire().IsAcquired)
            {
                Console.Error.WriteLine($"Not cosigned, because it does not continue the log:\n{Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length)}");
            }

            return reply;
        }
        catch (BadHttpRequestException bad)
        {
            return new WitnessReply(bad.StatusCode, "The request is too long, or broken off.\n");
        }
        catch (IOException failed)
        {
            Console.Error.WriteLine(failed.Message);
            return new WitnessReply(500, "The witness cannot remember, and therefore does not cosign.\n");
        }
    }
}
