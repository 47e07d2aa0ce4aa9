using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace OnBehalf.Host;

/// <summary>
/// How long requests took, by method, route and status, in the text form that Prometheus reads. The framework measures; here it is only counted. Routes are patterns,
/// so that nobody's number or name gets into a metric and there are never more lines than endpoints.
/// </summary>
public sealed class RequestTimes : IDisposable
{
    private const string Name = "http_server_request_duration_seconds";

    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Histogram> _all = new();
    private readonly MeterListener _listener = new();

    /// <summary>Counts from now on.</summary>
    /// <param name="meters">Of this application: a process may run several.</param>
    public RequestTimes(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "http.server.request.duration", Meter: { Name: "Microsoft.AspNetCore.Hosting" } meter } && meter.Scope == (object)meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Add(seconds, tags));
        _listener.Start();
    }

    public void Write(StringBuilder text)
    {
        text.Append("# HELP ").Append(Name).Append(" Time to answer requests.\n# TYPE ").Append(Name).Append(" histogram\n");
        foreach (var ((method, route, status), histogram) in _all.OrderBy(pair => pair.Key))
        {
            var labels = string.Create(CultureInfo.InvariantCulture, $"method=\"{Escaped(method)}\",route=\"{Escaped(route)}\",status=\"{status}\"");
            var (counts, sum) = histogram.Now();
            long below = 0;
            for (var i = 0; i < counts.Length; i++)
            {
                below += counts[i];
                var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{labels},le=\"{bound}\"}} {below}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{{{labels}}} {sum}\n{Name}_count{{{labels}}} {below}\n");
        }
    }

    public void Dispose() => _listener.Dispose();

    internal static string Escaped(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private void Add(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (method, route, status) = ("_OTHER", "", 0);
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case "http.request.method":
                    method = value as string ?? method;
                    break;
                case "http.route":
                    // Pages name theirs without the first stroke, endpoints with it.
                    route = value is string pattern ? "/" + pattern.TrimStart('/') : route;
                    break;
                case "http.response.status_code":
                    status = value is int code ? code : 0;
                    break;
            }
        }

        _all.GetOrAdd((method, route, status), static _ => new Histogram()).Add(seconds);
    }

    private sealed class Histogram
    {
        private readonly Lock _lock = new();
        private readonly long[] _counts = new long[Bounds.Length + 1];
        private double _sum;

        public void Add(double seconds)
        {
            var place = Array.FindIndex(Bounds, bound => seconds <= bound);
            lock (_lock)
            {
                _counts[place < 0 ? Bounds.Length : place]++;
                _sum += seconds;
            }
        }

        public (long[] Counts, double Sum) Now()
        {
            lock (_lock)
            {
                return ([.. _counts], _sum);
            }
        }
    }
}
