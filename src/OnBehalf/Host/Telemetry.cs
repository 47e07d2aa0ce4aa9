using System.Diagnostics;
using System.Globalization;
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
        _providers.Add(Traces(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource), name => configuration[name]).AddOtlpExporter().Build());
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

    internal static TracerProviderBuilder Traces(TracerProviderBuilder builder, Func<string, string?> setting) =>
        builder.AddSource("Microsoft.AspNetCore", "Npgsql", WithoutAddresses.Again.Name).SetSampler(Sampler(setting)).AddProcessor(new WithoutAddresses());

    // A `traceparent` comes from anybody: what it says of sampling counts for nothing, and the shop samples each request as if it had begun here.
    private static ParentBasedSampler Sampler(Func<string, string?> setting)
    {
        var name = setting("OTEL_TRACES_SAMPLER") ?? "";
        Sampler own = name.EndsWith("always_off", StringComparison.Ordinal) ? new AlwaysOffSampler()
            : name.EndsWith("traceidratio", StringComparison.Ordinal)
                && double.TryParse(setting("OTEL_TRACES_SAMPLER_ARG"), NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1 ? new TraceIdRatioBasedSampler(ratio)
            : new AlwaysOnSampler();
        return new ParentBasedSampler(own, remoteParentSampled: own, remoteParentNotSampled: own);
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

        internal static readonly ActivitySource Again = new("OnBehalf.Database");

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

            // The words of an error hold values: of a key that is taken, of what was no number.
            if (data.StatusDescription is not null)
            {
                data.SetStatus(data.Status);
            }

            if (data.Source.Name == "Npgsql" && data.Events.Any())
            {
                Repeat(data);
            }
        }

        // Nothing takes an event out of a span: another one without them goes in its place. Nothing hangs below a command.
        private static void Repeat(Activity data)
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            var parent = new ActivityContext(data.TraceId, data.ParentSpanId, ActivityTraceFlags.Recorded);
            using var again = Again.StartActivity(data.Kind, parent, data.TagObjects, startTime: new DateTimeOffset(data.StartTimeUtc, TimeSpan.Zero), name: data.DisplayName);
            again?.SetStatus(data.Status);
            again?.SetEndTime(data.StartTimeUtc + data.Duration);
        }
    }
}
