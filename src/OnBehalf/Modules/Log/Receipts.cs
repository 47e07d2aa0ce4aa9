using System.Runtime.CompilerServices;
using System.Text;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>
/// Gives the answer to every write of an assisted session a receipt: a header in which this node promises that the event will be in the log. Of several events of
/// one write it is the one about the order, else the first: what was decided, not what followed from it. Of several writes of one request it is the last, unless an
/// earlier one was about the order. Who sends the same request again gets the receipt for what it did the first time.
/// </summary>
internal sealed class Receipts(NodeKey key, Database database)
{
    private readonly ConditionalWeakTable<CallerSession, AuditEventRow> _decisive = [];

    public void Use(IApplicationBuilder app)
    {
        database.Delegated = Remember;
        app.Use((context, next) =>
        {
            if (context.Caller().Session is { } session && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            {
                context.Response.OnStarting(() =>
                {
                    if (_decisive.TryGetValue(session, out var row) && key.Promise(row.Id.Value, Merkle.LeafHash(Encoding.UTF8.GetBytes(row.Entry))) is { } receipt)
                    {
                        context.Response.Headers[Receipt.HeaderName] = receipt.ToString();
                    }

                    return Task.CompletedTask;
                });
            }

            return next(context);
        });
    }

    // The session is a new object in every request, so it stands for the request.
    private void Remember(Caller caller, IReadOnlyList<AuditEventRow> events)
    {
        if (caller.Session is { } session && Decisive(events) is { } decisive)
        {
            if (IsOfOrder(decisive) || !_decisive.TryGetValue(session, out var before) || !IsOfOrder(before))
            {
                _decisive.AddOrUpdate(session, decisive);
            }
        }
    }

    internal static AuditEventRow? Decisive(IReadOnlyList<AuditEventRow> events) => events.FirstOrDefault(IsOfOrder) ?? events.FirstOrDefault();

    private static bool IsOfOrder(AuditEventRow row) => row.Name.StartsWith("orders.", StringComparison.Ordinal);
}
