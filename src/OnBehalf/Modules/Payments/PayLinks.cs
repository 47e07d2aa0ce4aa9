using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Orders;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Payments;

/// <summary>A link as its own page shows it; nothing of who ordered what.</summary>
public sealed record OpenedPayLink(string Number, Money Amount, DateTimeOffset ExpiresAt, PayLinkState State);

/// <summary>
/// The baton of a session: who acts for a buyer pays nothing for him, and hands him the order to pay instead. The link holds 256 random bits of which the database knows the hash, and is good for one
/// order at one amount until it expires, is used, or a newer one is made; an order that is changed or cancelled kills it, because it costs something else then.
/// </summary>
public sealed class PayLinks(Database database, PayDesk desk, OrdersQueries orders, OrderAdvances advances, OnlinePayments payments, ShopSettings settings, ShopAddress shop, Outbox outbox)
{
    public const string Path = "/pay";

    /// <summary>Mails the buyer a link to pay an order, and returns its secret, once.</summary>
    public async Task<Outcome<string>> Make(HttpContext context, string number)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        if (desk.Provider is null)
        {
            return PayRefusals.Off;
        }

        if (await shop.Of(context.Request) is not { } address)
        {
            return PayRefusals.NoAddress;
        }

        var (token, hash) = Cookies.NewToken();
        var name = await settings.Get(ShopSettings.ShopName, cancel);
        var made = await database.Write<Done>(
            caller,
            async tx =>
            {
                if (!caller.IsAssisting)
                {
                    return PayRefusals.LinkOfOperator;
                }

                if (await orders.Find(tx.Db, caller, number, tx.Cancel) is not { } seen)
                {
                    return OrderRefusals.OrderMissing;
                }

                if (!OrderSteps.IsHis(caller, seen))
                {
                    return AccessGate.RightMissing;
                }

                var id = new OrderId(seen.Head.Id);
                var order = (await advances.Locked(tx, id))!;
                if (OnlinePayments.Judge(order) is { } refusal)
                {
                    return refusal;
                }

                foreach (var older in await tx.Db.Set<PayLinkRow>().Where(row => row.OrderId == id && row.PaidAt == null && row.ReplacedAt == null).ToListAsync(tx.Cancel))
                {
                    older.ReplacedAt = tx.Now;
                }

                var until = tx.Now.AddHours(await settings.Number(tx.Db, ShopSettings.PayLinkHours, tx.Cancel));
                var link = new PayLinkRow
                {
                    Id = Guid.CreateVersion7(), OrderId = id, TokenHash = hash, AmountMinor = order.Due.Minor, Currency = order.Currency, MadeAt = tx.Now, ExpiresAt = until,
                    MadeByStaffId = caller.Staff?.Id, MadeByBuyerId = caller.Staff is null ? (caller.Actor as Actor.Buyer)?.Id : null,
                };
                tx.Db.Add(link);
                tx.Add(new PayLinkMade(link.Id.ToString(), id, order.Head.Number, OnlinePayments.BuyerOf(order), OnlinePayments.CompanyOf(order), order.Due, until));
                foreach (var reader in await Readers(tx, order))
                {
                    outbox.Add(tx, PayMails.Link(order, reader, caller.Actor.Name, until, name, $"{address}{Path}?code={token}"));
                }

                return Done.It;
            },
            cancel);
        return made.IsRefused ? made.Refusal : token;
    }

    /// <summary>What a link is worth; null: there is none with this secret. Looking changes nothing.</summary>
    public async Task<OpenedPayLink?> Look(byte[] hash, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Known(db, hash, cancel) is var (link, order) ? Opened(link, order) : null;
    }

    /// <summary>Where the order of a link is paid; nothing, with the reason, where it is worth nothing.</summary>
    public async Task<(Outcome<Uri> Where, OpenedPayLink? Link)> Begin(HttpContext context, byte[] hash)
    {
        if (desk.Provider is not { } provider)
        {
            return (PayRefusals.Off, null);
        }

        if (await shop.Of(context.Request) is not { } address)
        {
            return (PayRefusals.NoAddress, null);
        }

        var opened = await database.Write<(PayOrder? Order, OpenedPayLink Link)>(
            context.Nobody(),
            async tx =>
            {
                if (await Known(tx.Db, hash, tx.Cancel) is not var (known, seen))
                {
                    return PayRefusals.LinkDead;
                }

                // As it is behind the order's lock.
                var order = (await advances.Locked(tx, new OrderId(seen.Head.Id)))!;
                var link = Opened((await Known(tx.Db, hash, tx.Cancel))!.Value.Link, order);
                if (link.State != PayLinkState.Good)
                {
                    tx.Add(new PayLinkRefused(known.Id.ToString(), new OrderId(seen.Head.Id), order.Head.Number, Words.Kebab(link.State)));
                    return ((PayOrder?)null, link);
                }

                var begun = await payments.Open(tx, order, provider.Name, new Uri(address + Path), new Uri(address + OnlinePayments.Callback));
                return begun.IsRefused ? begun.Refusal : (begun.Value, link);
            },
            context.RequestAborted);
        return opened.IsRefused ? (opened.Refusal, null)
            : opened.Value.Order is { } order ? (await provider.Begin(order, context.RequestAborted), opened.Value.Link)
            : (PayRefusals.LinkDead, opened.Value.Link);
    }

    private async Task<(PaymentQueries.Link Link, OrderView Order)?> Known(ShopDb db, byte[] hash, CancellationToken cancel) =>
        await PaymentQueries.LinkOf(database, db, hash, cancel) is { } link && await advances.Seen(db, new OrderId(link.Order), cancel) is { } order ? (link, order) : null;

    private static OpenedPayLink Opened(PaymentQueries.Link link, OrderView order) => new(
        order.Head.Number, order.Amount(link.AmountMinor), link.ExpiresAt,
        PayLink.StateOf(link.PaidAt is not null, link.ReplacedAt is not null, link.IsExpired, new Money(link.AmountMinor, Currency.Of(link.Currency)), order.Due));

    private static async Task<IReadOnlyList<PayReader>> Readers(Tx tx, OrderView order) => order.Head is { BuyerEmail: { } email, BuyerName: { } name }
        ? [new PayReader(email, name) { Buyer = OnlinePayments.BuyerOf(order) }]
        : order.Head.Company is not { } company ? []
        : (await CompanyContacts.Of(tx.Db, new CompanyId(company), tx.Cancel)).ConvertAll(contact => new PayReader(contact.Email, contact.Name) { Buyer = contact.Person });
}
