using System.Threading.RateLimiting;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Payments;

/// <summary>
/// The provider says what became of a payment, from server to server: there is no cookie and no browser, the signature alone says who speaks. What is not believed is recorded, but no more than ten times
/// a minute, so that nobody fills the log with it.
/// </summary>
public sealed class PayCallback(PayDesk desk, OnlinePayments payments, Database database) : IDisposable
{
    private const int Longest = 16 * 1024;

    private readonly FixedWindowRateLimiter _told = new(new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) });

    public static async Task Answer(HttpContext context, PayCallback callback)
    {
        if (await callback.Take(context) is { } refusal)
        {
            await Refusals.Answer(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public void Dispose() => _told.Dispose();

    private async Task<Refusal?> Take(HttpContext context)
    {
        if (desk.Provider is not { } provider)
        {
            return PayRefusals.Off;
        }

        if (await Body(context) is not { } body)
        {
            return PayRefusals.TooLong;
        }

        var said = provider.Read(context.Request.Headers, body);
        if (said.IsRefused)
        {
            await Record(said.Refusal == PayRefusals.Unsigned ? "unsigned" : "unreadable");
            return said.Refusal;
        }

        var verdict = await payments.Told(said.Value, CancellationToken.None);
        return verdict.IsRefused ? verdict.Refusal : verdict.Value switch
        {
            PayVerdict.Unknown => PayRefusals.Unknown,
            PayVerdict.OtherAmount => PayRefusals.OtherAmount,
            _ => null,
        };
    }

    private async Task Record(Code why)
    {
        using var lease = _told.AttemptAcquire();
        if (lease.IsAcquired)
        {
            await database.Record(OnlinePayments.Self, new PaymentRefused(why, null, null, null, null), CancellationToken.None);
        }
    }

    private static async Task<byte[]?> Body(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > Longest)
            {
                return null;
            }

            await body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
        }

        return body.ToArray();
    }
}
