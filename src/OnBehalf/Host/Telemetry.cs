using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OnBehalf.Host;

/// <summary>
/// Sends traces and metrics to a collector by OTLP when `OTEL_EXPORTER_OTLP_ENDPOINT` names one; the other variables of that standard count as well. Without it nothing
/// is watched and nothing is paid. Addresses do not leave the shop, as they hold handles, numbers and what people look for: a trace tells the route alone.
/// </summary>
public sealed class Telemetry(IConfiguration configuration) : IHostedService, IDisposable
{
    private readonly List<IDisposable> _providers = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 })
        {
            return Task.CompletedTask;
        }

        var resource = ResourceBuilder.CreateDefault().AddService("onbehalf", serviceVersion: Product.Version).AddEnvironmentVariableDetector();
        _providers.Add(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource("Microsoft.AspNetCore", "Npgsql").AddProcessor(new WithoutAddresses()).AddOtlpExporter().Build());
        _providers.Add(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime").AddOtlpExporter().Build());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _providers.ForEach(provider => provider.Dispose());
        _providers.Clear();
    }

    /// <summary>Names the route of a request in its trace.</summary>
    public static void Tag(HttpContext context, string pattern)
    {
        if (Activity.Current is { IsAllDataRequested: true } activity)
        {
            activity.DisplayName = $"{context.Request.Method} {pattern}";
            activity.SetTag("http.route", pattern);
        }
    }

    /// <summary>What people typed into an address, and the text of commands, stays in the shop.</summary>
    internal sealed class WithoutAddresses : BaseProcessor<Activity>
    {
        private static readonly string[] Kept =
            ["http.route", "http.request.method", "http.response.status_code", "error.type", "network.protocol.version", "url.scheme", "db.system", "db.system.name", "db.operation.name", "otel.status_code"];

        public override void OnEnd(Activity data)
        {
            foreach (var (name, _) in data.TagObjects.ToList())
            {
                if (!Kept.Contains(name))
                {
                    data.SetTag(name, null);
                }
            }

            // Npgsql calls a span by the database; the hosting by the address when no route was found.
            if (data.Source.Name == "Microsoft.AspNetCore" && data.GetTagItem("http.route") is null)
            {
                data.DisplayName = "request";
            }
        }
    }
}
