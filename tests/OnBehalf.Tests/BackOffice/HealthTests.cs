using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.BackOffice;

/// <summary>What those who run a shop, and their monitors, are told.</summary>
public sealed class HealthTests
{
    private const string Token = "a-token-of-a-monitor-that-is-long";

    [Fact]
    public async Task A_monitor_with_the_token_reads_state_and_metrics_and_anybody_else_nothing()
    {
        await using var shop = await TestShop.Start(With("Metrics:Token", Token));
        await (await shop.As("ines")).Get("/account");
        var health = await Ask(shop, "/health", Token);
        Assert.Contains("\"status\":\"ok\"", health.Html);
        Assert.Contains(shop.Database.Kind == DatabaseKind.Postgres ? "\"postgresql\"" : "\"sqlite\"", health.Html);
        Assert.Contains("\"name\":\"outbox\"", health.Html);

        var metrics = await Ask(shop, "/metrics", Token);
        Assert.Contains("onbehalf_mail_waiting 0", metrics.Html);
        Assert.Contains("onbehalf_job_is_well{job=\"sessions\"} 1", metrics.Html);
        Assert.Contains("http_server_request_duration_seconds_count{method=\"GET\",route=\"/account\",status=\"200\"} 1", metrics.Html);
        Assert.DoesNotContain("ines", metrics.Html);

        foreach (var wrong in new[] { null, "", "a", Token + "x", Token[..^1] })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Ask(shop, "/metrics", wrong)).Status);
            Assert.Equal("ok", (await Ask(shop, "/health", wrong)).Html);
        }
    }

    [Fact]
    public async Task Without_a_token_in_the_configuration_there_are_no_metrics()
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(shop, "/metrics", "")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(shop, "/metrics", Token)).Status);
    }

    [Fact]
    public async Task The_health_page_names_the_job_that_fails()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var page = await ada.Get("/admin/health");
        Assert.Contains("Sending mail", page.Text);
        Assert.Contains(shop.Database.Kind == DatabaseKind.Postgres ? "PostgreSQL" : "SQLite", page.Text);
        Assert.DoesNotContain("Fails", page.Text);

        var jobs = shop.Services.GetRequiredService<Jobs>();
        var job = jobs.All.Single(state => state.Job.Code == "retention").Job;
        await Assert.ThrowsAsync<InvalidOperationException>(() => jobs.Run(job, () => throw new InvalidOperationException("secret words"), default));
        page = await ada.Get("/admin/health");
        Assert.Contains("Fails", page.Text);
        Assert.Contains("InvalidOperationException", page.Text);
        Assert.DoesNotContain("secret words", page.Text);
        Assert.Contains("Something needs a look", page.Text);
        await jobs.Run(job, () => Task.CompletedTask, default);
        Assert.DoesNotContain("Fails", (await ada.Get("/admin/health")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("vera")).Get("/admin/health")).Status);
    }

    [Fact]
    public async Task A_job_is_late_when_it_was_not_done_for_three_times_its_time_and_a_minute()
    {
        var clock = new Hand();
        var job = new Job("a", "A", TimeSpan.FromMinutes(1));
        var jobs = new Jobs([job], clock);
        clock.Move(TimeSpan.FromMinutes(4));
        Assert.True(jobs.IsWell(jobs.All[0]));
        clock.Move(TimeSpan.FromSeconds(1));
        Assert.False(jobs.IsWell(jobs.All[0]));
        await jobs.Run(job, () => Task.CompletedTask, default);
        Assert.True(jobs.IsWell(jobs.All[0]));
        Assert.Equal(1, jobs.All[0].Runs);
    }

    [Fact]
    public async Task Search_engines_are_asked_to_stay_away_until_somebody_invites_them()
    {
        await using var shop = await TestShop.Start();
        Assert.Contains("Disallow: /\n", (await shop.Anonymous().Get("/robots.txt")).Html.ReplaceLineEndings("\n"));
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[shop.search-engines]", "true"));
        var robots = (await shop.Anonymous().Get("/robots.txt")).Html.ReplaceLineEndings("\n");
        Assert.DoesNotContain("Disallow: /\n", robots);
        Assert.Contains("Disallow: /as/\n", robots);
        Assert.Contains("assist-", (await shop.Anonymous().Get("/cookies")).Text);
    }

    private sealed class Hand : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Move(TimeSpan by) => _now += by;
    }

    private static Task<Answer> Ask(TestShop shop, string path, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return shop.Anonymous().Send(request);
    }

    private static Action<WebApplicationBuilder> With(string name, string value) =>
        builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [name] = value });
}
