using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OnBehalf.PayProvider;

/// <summary>A payment that the shop has asked for.</summary>
public sealed record Wanted(string Id, string Order, long Amount, string Currency, string ReturnTo, string Callback, string Token)
{
    public string Reference => "TP-" + Token[..8];

    public string Status { get; set; } = "open";
}

/// <summary>
/// A payment provider that charges nothing. It speaks HTTP as docs/modules/payments.md wants it and knows nothing of the shop but that: POST /payments, a page on which somebody pays or gives up, and
/// callbacks that are signed. It can be as unpleasant as real ones: calls twice, late, out of order, with another amount or signature.
/// </summary>
public sealed class TestProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _key;
    private readonly ConcurrentDictionary<string, Wanted> _payments = new(StringComparer.Ordinal);
    private HttpClient _http = new();

    private TestProvider(WebApplication app, string key, string secret) => (_app, _key, Secret) = (app, key, secret);

    public string Address => _app.Urls.First();

    public Task Ended => _app.WaitForShutdownAsync();

    /// <summary>With what it signs.</summary>
    public string Secret { get; set; }

    /// <summary>It answers nothing of use.</summary>
    public bool IsDown { get; set; }

    /// <summary>Where it says that buyers pay, when not on its own page.</summary>
    public string? PaysAt { get; set; }

    /// <summary>It says nothing by itself: a test calls <see cref="Say"/> when it likes.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Every callback comes so often.</summary>
    public int Times { get; set; } = 1;

    /// <summary>How it reaches a shop that listens on no address of its own, as those of tests do.</summary>
    public void CallBy(HttpMessageHandler way)
    {
        _http.Dispose();
        _http = new HttpClient(way, disposeHandler: false);
    }

    /// <summary>What the shop has asked for, the first first.</summary>
    public IReadOnlyList<Wanted> Payments => [.. _payments.Values.OrderBy(payment => payment.Id, StringComparer.Ordinal)];

    public static async Task<TestProvider> Start(string key, string secret, string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new TestProvider(app, key, secret);

        // With a token each, or they would count as handlers that answer for themselves.
        app.MapPost("/payments", (HttpContext context, CancellationToken _) => provider.Begin(context));
        app.MapGet("/pay/{token}", (string token) => provider.Page(token));
        app.MapPost("/pay/{token}", (string token, HttpContext context) => provider.Decide(token, context));
        await app.StartAsync();
        return provider;
    }

    /// <summary>Somebody pays, or gives up, on the page of the payment; where his browser goes next.</summary>
    public async Task<string> Pay(Wanted payment, bool pays = true)
    {
        payment.Status = payment.Status == "paid" || pays ? "paid" : "failed";
        for (var i = 0; i < Times && !IsSilent; i++)
        {
            await Say(payment, payment.Status);
        }

        return payment.ReturnTo;
    }

    /// <summary>Calls the shop; the status of its answer.</summary>
    public async Task<HttpStatusCode> Say(Wanted payment, string outcome, long? amount = null, string? currency = null, string? id = null, TimeSpan age = default, string? secret = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = id ?? payment.Id, reference = payment.Reference, outcome, amount = amount ?? payment.Amount, currency = currency ?? payment.Currency });
        var (message, time) = (Guid.NewGuid().ToString(), (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var request = new HttpRequestMessage(HttpMethod.Post, payment.Callback) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Webhook-Id", message);
        request.Headers.Add("Webhook-Timestamp", time);
        request.Headers.Add("Webhook-Signature", "v1," + Convert.ToBase64String(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? Secret), (byte[])[.. Encoding.UTF8.GetBytes($"{message}.{time}."), .. body])));
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<IResult> Begin(HttpContext context)
    {
        if (IsDown)
        {
            return Results.StatusCode(StatusCodes.Status502BadGateway);
        }

        if (context.Request.Headers.Authorization != "Bearer " + _key)
        {
            return Results.Unauthorized();
        }

        var json = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        var id = json.GetProperty("id").GetString()!;

        // The same payment asked for again is the same one.
        var payment = _payments.GetOrAdd(id, _ => new Wanted(
            id, json.GetProperty("order").GetString()!, json.GetProperty("amount").GetInt64(), json.GetProperty("currency").GetString()!, json.GetProperty("returnTo").GetString()!,
            json.GetProperty("callback").GetString()!, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))));
        return Results.Json(new { reference = payment.Reference, address = PaysAt ?? $"{Address}/pay/{payment.Token}" }, statusCode: StatusCodes.Status201Created);
    }

    private IResult Page(string token) => Of(token) is not { } payment ? Results.NotFound() : Results.Content(
        $"""
        <!doctype html><html lang="en"><title>Test payments</title><meta name="viewport" content="width=device-width">
        <h1>Pay {payment.Amount} {payment.Currency} (smallest units) for {WebUtility.HtmlEncode(payment.Order)}</h1><p>A test provider: nothing is charged. This payment is {payment.Status}.</p>
        <form method="post"><button name="pays" value="true">Pay</button> <button name="pays" value="false">Give up</button></form>
        """, "text/html; charset=utf-8");

    private async Task<IResult> Decide(string token, HttpContext context) => Of(token) is not { } payment ? Results.NotFound()
        : Results.Redirect(await Pay(payment, (await context.Request.ReadFormAsync())["pays"] == "true"));

    private Wanted? Of(string token) => _payments.Values.FirstOrDefault(payment => payment.Token == token);
}
