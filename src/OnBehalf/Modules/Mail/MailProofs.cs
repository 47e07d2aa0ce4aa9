using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Mail;

/// <summary>What the mail about an order brings along: the proof that the order stands in the log as it is.</summary>
/// <param name="IsAwaited">It is not ready, and worth waiting for.</param>
/// <param name="Words">What stands below the mail; empty when there is nothing to say.</param>
internal sealed record MailProof(bool IsAwaited, string Words, string? FileName = null, string? Text = null)
{
    public static readonly MailProof None = new(false, "");
}

/// <summary>Lets the mail of a placed order wait for its proof, ten seconds at most; then it says where the proof will be.</summary>
internal sealed class MailProofs(Database database, LogProofs proofs, LogWatch watch, LogSignal signal, ShopSettings settings, MailLanguages languages, TimeProvider clock)
{
    private const string Kind = "order-placed";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public async Task<MailProof> Of(MailRow mail, CancellationToken cancel)
    {
        if (mail.Kind != Kind || mail.OrderId is not { } order || await watch.State(cancel) is not { Published: > 0 } state)
        {
            return MailProof.None;
        }

        await using var db = database.Read();
        const string Sql = "select number as \"Number\", audit_event_id as \"Event\" from orders where id = {0}";
        if (await db.Rows<OrderEvent>(Sql, order.Value).ToListAsync(cancel) is not [{ Event: { } id } placed])
        {
            return MailProof.None;
        }

        using var spoken = Spoken.To((await languages.Of(db, database, [(mail.BuyerId, mail.StaffId)], cancel))[0]);
        if (await proofs.Of(id, cancel) is { } proof)
        {
            return new MailProof(false, $"\n--\n{Say("The attached file proves that this order stands in the audit log of the shop exactly like this.\nIt can be checked by anybody, without the shop.")}\n", placed.Number + ".tlog-proof", proof.Text);
        }

        if (!state.IsRed && clock.GetUtcNow() - mail.CreatedAt < Longest)
        {
            signal.Ask();
            return new MailProof(true, "");
        }

        var address = (await settings.Get(ShopSettings.ShopAddress, cancel)).TrimEnd('/');
        var words = address.Length == 0
            ? Say("The proof that this order stands in the audit log of the shop exactly like this\nis on the page of the order")
            : Say($"The proof that this order stands in the audit log of the shop exactly like this\nis here:\n{address}/account/orders/{placed.Number}/proof");
        return new MailProof(false, $"\n--\n{words}\n");
    }

    private sealed record OrderEvent(string Number, Guid? Event);
}
