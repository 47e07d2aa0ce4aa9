using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Payments;

/// <summary>
/// A provider that speaks HTTP and JSON as docs/modules/payments.md describes it. It is asked for at most ten seconds and 64 KB, no redirects followed; where it sends buyers must be a host of its own.
/// </summary>
internal sealed partial class HttpPayProvider(PaySettings settings, TimeProvider clock, ILogger<HttpPayProvider> log) : IPayProvider, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 64 * 1024,
    };

    public string Name => settings.Name;

    public async Task<Outcome<Uri>> Begin(PayOrder wanted, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Address.AbsoluteUri.TrimEnd('/') + "/payments")
        {
            Content = JsonContent.Create(new
            {
                id = wanted.Id, order = wanted.Order, amount = wanted.Amount.Minor, currency = wanted.Amount.Currency.Code, returnTo = wanted.Return, callback = wanted.Callback,
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Key);
        try
        {
            using var response = await _http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
            {
                LogFailed(log, $"status {(int)response.StatusCode}");
                return PayRefusals.Silent;
            }

            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
            if (Text(answer.RootElement, "address") is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address) && settings.MaySend(address))
            {
                return address;
            }

            LogFailed(log, "it names no address of its own");
            return PayRefusals.Silent;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            LogFailed(log, error is JsonException ? "no JSON" : "not reached");
            return PayRefusals.Silent;
        }
    }

    public Outcome<PaySaid> Read(IHeaderDictionary headers, byte[] body)
    {
        if (!PaySignature.IsGood(settings.Secret, headers, body, clock.GetUtcNow()))
        {
            return PayRefusals.Unsigned;
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return Text(root, "id") is { } id && Guid.TryParse(id, out var payment) && Text(root, "outcome") is ("paid" or "failed") and var outcome
                && Text(root, "reference") is { Length: > 0 and <= 64 } reference && reference.All(c => c is > ' ' and <= '~')
                && Text(root, "currency") is { Length: 3 } currency && root.TryGetProperty("amount", out var amount) && amount.ValueKind == JsonValueKind.Number && amount.TryGetInt64(out var minor)
                ? new PaySaid(payment, reference, outcome == "paid", minor, currency) : PayRefusals.Unreadable;
        }
        catch (JsonException)
        {
            return PayRefusals.Unreadable;
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [LoggerMessage(LogLevel.Warning, "The payment provider could not be asked for a payment: {Why}.")]
    private static partial void LogFailed(ILogger log, string why);
}
