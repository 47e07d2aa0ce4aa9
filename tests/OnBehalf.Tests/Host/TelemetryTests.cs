using System.Diagnostics;
using OnBehalf.Host;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace OnBehalf.Tests.HostTests;

/// <summary>What leaves the shop in traces.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public void Of_what_the_database_refuses_a_trace_tells_the_kind_and_never_its_words()
    {
        using var source = new ActivitySource("Npgsql");
        using var kept = new Kept();
        ActivityTraceId own;
        using (var provider = Telemetry.Traces(Sdk.CreateTracerProviderBuilder(), _ => null).AddProcessor(new SimpleActivityExportProcessor(kept)).Build())
        {
            using var refused = source.StartActivity("onbehalf", ActivityKind.Client)!;
            own = refused.TraceId;
            refused.SetTag("db.system.name", "postgresql");
            refused.SetTag("db.query.text", "select 'ines@buyers.example'");
            refused.AddEvent(new ActivityEvent("exception", tags: new() { ["exception.message"] = "Key (email)=(ines@buyers.example) already exists." }));
            refused.SetStatus(ActivityStatusCode.Error, "23505: Key (email)=(ines@buyers.example) already exists.");
        }

        // Other tests have spans of the same sources at the same time.
        var span = Assert.Single(kept.Spans, span => span.TraceId == own);
        Assert.Equal(("onbehalf", ActivityStatusCode.Error, null), (span.DisplayName, span.Status, span.StatusDescription));
        Assert.Empty(span.Events);
        Assert.Equal(["db.system.name"], span.TagObjects.Select(tag => tag.Key));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("always_off", false)]
    public void Who_sends_a_request_does_not_decide_whether_it_is_traced(string? sampler, bool isTraced)
    {
        using var source = new ActivitySource("Microsoft.AspNetCore");
        using var kept = new Kept();
        var own = ActivityTraceId.CreateRandom();
        using (var provider = Telemetry.Traces(Sdk.CreateTracerProviderBuilder(), name => name == "OTEL_TRACES_SAMPLER" ? sampler : null).AddProcessor(new SimpleActivityExportProcessor(kept)).Build())
        {
            foreach (var wish in (ActivityTraceFlags[])[ActivityTraceFlags.None, ActivityTraceFlags.Recorded])
            {
                source.StartActivity("request", ActivityKind.Server, new ActivityContext(own, ActivitySpanId.CreateRandom(), wish, isRemote: true))?.Dispose();
            }
        }

        Assert.Equal(isTraced ? 2 : 0, kept.Spans.Count(span => span.TraceId == own));
    }

    private sealed class Kept : BaseExporter<Activity>
    {
        public List<Activity> Spans { get; } = [];

        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                Spans.Add(span);
            }

            return ExportResult.Success;
        }
    }
}
