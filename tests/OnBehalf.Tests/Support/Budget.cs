using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace OnBehalf.Tests.Support;

/// <summary>What one request costs the server.</summary>
/// <param name="Commands">SQL commands, the one that finds the caller included.</param>
/// <param name="Kilobytes">Allocated between the first middleware and the end of the answer.</param>
public sealed record Cost(int Commands, double Kilobytes);

/// <summary>
/// Counts what requests cost. Both numbers are those of the whole process, so a test that uses it must run alone: `[Collection(Budget.Alone)]`. Hand it to
/// the shop at its start: `await TestShop.Start(budget.Configure)`.
/// </summary>
public sealed class Budget : IDisposable
{
    public const string Alone = "alone";

    private const int Runs = 20;

    private readonly MeterListener _listener = new();
    private readonly Counter _counter = new();
    private bool _isMeasuring;
    private Cost _last = new(0, 0);

    public Budget()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "onbehalf.sql_commands")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, added, _, _) => _counter.Add((int)added));
        _listener.Start();
    }

    public void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IInterceptor>(_counter);
        builder.Services.AddSingleton<IStartupFilter>(new First(this));
    }

    /// <summary>Warm, the median of twenty. The page must answer 200.</summary>
    public async Task<Cost> Of(Visitor visitor, string path)
    {
        var costs = new List<Cost>();
        for (var run = -Runs; run < Runs; run++)
        {
            _isMeasuring = run >= 0;
            var answer = await visitor.Get(path);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            costs.Add(_last);
        }

        _isMeasuring = false;
        var measured = costs.Skip(Runs).ToList();
        return new Cost(measured.Select(cost => cost.Commands).Order().ElementAt(Runs / 2), measured.Select(cost => cost.Kilobytes).Order().ElementAt(Runs / 2));
    }

    /// <summary>The SQL commands of whatever is done; so no workers may be about.</summary>
    public async Task<int> CommandsOf(Func<Task> act)
    {
        var before = _counter.Commands;
        await act();
        return _counter.Commands - before;
    }

    public void Dispose() => _listener.Dispose();

    private sealed class First(Budget budget) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                if (!budget._isMeasuring)
                {
                    await rest(context);
                    return;
                }

                // The answer goes nowhere: what the test's client allocates to read it is not the server's.
                context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
                var (commands, bytes) = (budget._counter.Commands, GC.GetTotalAllocatedBytes(precise: true));
                await rest(context);
                await context.Response.CompleteAsync();
                budget._last = new Cost(budget._counter.Commands - commands, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1024.0);
            });
            next(app);
        };
    }

    private sealed class Counter : DbCommandInterceptor
    {
        private int _commands;

        public int Commands => _commands;

        public void Add(int commands) => Interlocked.Add(ref _commands, commands);

        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
        {
            Add(1);
            return result;
        }
    }
}

/// <summary>Its tests run one after the other, when no other test does.</summary>
[CollectionDefinition(Budget.Alone, DisableParallelization = true)]
public sealed class AloneCollection;
