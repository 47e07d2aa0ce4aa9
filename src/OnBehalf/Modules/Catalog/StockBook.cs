using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// What is in the warehouse. Orders reserve when they are placed or submitted, give back what is cancelled or declined, take what is shipped, and bring back what is returned; all in the transaction
/// of the step. Numbers are added to and taken from in SQL, and a reservation looks in the same statement whether there is enough: two orders at once never promise the same piece.
/// </summary>
public sealed class StockBook(Database database)
{
    private const string Promise = """
        update stock set reserved_thousandths = reserved_thousandths + {1}
        where product_id = {0} and ({2} = 1 or on_hand_thousandths - reserved_thousandths >= {1}) returning 1 as "Value"
        """;

    // Somebody may have counted less than was promised: what is shipped all the same was there.
    private const string Move = """
        update stock set on_hand_thousandths = case when on_hand_thousandths + {1} < 0 then 0 else on_hand_thousandths + {1} end, reserved_thousandths = reserved_thousandths + {2} where product_id = {0} returning 1 as "Value"
        """;

    private const string Left = "select on_hand_thousandths - reserved_thousandths as \"Value\" from stock where product_id = {0}";

    private const string Level = """
        select s.on_hand_thousandths as "OnHand", s.reserved_thousandths as "Reserved", s.back_on as "BackOn" from stock s join product p on p.id = s.product_id where p.sku = {0}
        """;

    /// <summary>Promises an order its articles; refused when one of them is not enough.</summary>
    /// <param name="tx">The transaction that places it.</param>
    /// <param name="order">That is placed.</param>
    /// <param name="lines">Of the order; what is not counted is there.</param>
    /// <param name="mayExceed">Stock is told and holds nobody.</param>
    public static async Task<Refusal?> Reserve(Tx tx, OrderId order, IReadOnlyList<(int Position, ProductId Product, string Sku, Quantity Quantity)> lines, bool mayExceed)
    {
        // In one order, so that two orders of the same articles do not wait for each other in a circle.
        foreach (var (position, product, sku, quantity) in lines.OrderBy(line => line.Product.Value))
        {
            if (await tx.Db.Rows<int>(Promise, product.Value, quantity.Thousandths, mayExceed ? 1 : 0).ToListAsync(tx.Cancel) is [_])
            {
                tx.Db.Add(new StockHoldRow { OrderId = order, Position = position, ProductId = product, ReservedThousandths = quantity.Thousandths });
            }
            else if (await tx.Db.Rows<long>(Left, product.Value).ToListAsync(tx.Cancel) is [var left])
            {
                return StockLevel.TooLittle(sku, new Quantity(left));
            }
        }

        return null;
    }

    /// <summary>Parts of an order leave the warehouse.</summary>
    public static Task Take(Tx tx, OrderId order, IEnumerable<(int Position, Quantity Quantity)> parts) => Step(tx, order, parts, (hold, quantity) =>
    {
        var part = Math.Min(hold.ReservedThousandths, quantity);
        (hold.ReservedThousandths, hold.TakenThousandths) = (hold.ReservedThousandths - part, hold.TakenThousandths + part);
        return (-part, -part);
    });

    /// <summary>Parts of an order will not be sent.</summary>
    public static Task Release(Tx tx, OrderId order, IEnumerable<(int Position, Quantity Quantity)> parts) => Step(tx, order, parts, (hold, quantity) =>
    {
        var part = Math.Min(hold.ReservedThousandths, quantity);
        hold.ReservedThousandths -= part;
        return (0, -part);
    });

    /// <summary>The whole order will not be.</summary>
    public static Task Release(Tx tx, OrderId order) => Step(tx, order, null, (hold, _) =>
    {
        var part = hold.ReservedThousandths;
        hold.ReservedThousandths = 0;
        return (0, -part);
    });

    /// <summary>Parts of an order came back into the warehouse.</summary>
    public static Task Return(Tx tx, OrderId order, IEnumerable<(int Position, Quantity Quantity)> parts) => Step(tx, order, parts, (hold, quantity) =>
    {
        var part = Math.Min(hold.TakenThousandths, quantity);
        hold.TakenThousandths -= part;
        return (part, 0);
    });

    internal static async Task<(Quantity OnHand, Quantity Reserved, DateTimeOffset? BackOn)?> Of(ShopDb db, string sku, CancellationToken cancel) =>
        await db.Rows<LevelLine>(Level, sku).ToListAsync(cancel) is [var line] ? (new Quantity(line.OnHand), new Quantity(line.Reserved), line.BackOn) : null;

    /// <summary>Stores what somebody counted, and when there will be more. An empty count: it is not counted any more.</summary>
    /// <param name="caller">Who counted.</param>
    /// <param name="sku">Of the article.</param>
    /// <param name="seen">What the page showed; an order may have taken some meanwhile.</param>
    /// <param name="onHand">As it was typed.</param>
    /// <param name="backOn">A day such as 2026-12-03, or nothing.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Outcome<Done>> Count(Caller caller, string sku, string? seen, string? onHand, string? backOn, CancellationToken cancel)
    {
        if (!caller.May(Right.CatalogChange) || caller.IsAssisting)
        {
            return AccessGate.RightMissing;
        }

        var (typed, day) = (onHand?.Trim() ?? "", backOn?.Trim() ?? "");
        if (typed.Length > 0 && (!Quantity.TryParse(typed, out var most) || most > Quantity.Most))
        {
            return Refusal.Invalid("catalog.stock-count", "In the warehouse: 0 to 1000000, with at most three decimals after a dot; nothing when it is not counted.", "OnHand");
        }

        DateTimeOffset? back = null;
        if (day.Length > 0)
        {
            if (!DateTimeOffset.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            {
                return Refusal.Invalid("catalog.stock-day", "Back on: a day such as 2026-12-03, or nothing.", "BackOn");
            }

            back = parsed;
        }

        return await database.Write<Done>(
            caller,
            async tx =>
            {
                if (await tx.Db.Set<ProductRow>().Where(row => row.Sku == sku).Select(row => row.Id).ToListAsync(tx.Cancel) is not [var product])
                {
                    return Refusal.Missing("catalog.article-gone", "There is no such article.");
                }

                return await Store(tx, product, sku, seen?.Trim() ?? "", typed, back);
            },
            cancel);
    }

    private static async Task<Outcome<Done>> Store(Tx tx, ProductId product, string sku, string seen, string typed, DateTimeOffset? back)
    {
        // Held to the end: what is compared is what is changed.
        await tx.Db.Rows<int>("update stock set on_hand_thousandths = on_hand_thousandths where product_id = {0} returning 1 as \"Value\"", product.Value).ToListAsync(tx.Cancel);
        var now = await Of(tx.Db, sku, tx.Cancel);
        var counted = Quantity.TryParse(typed, out var read) ? read : default;
        var (before, after) = (now?.OnHand.ToString() ?? "", typed.Length == 0 ? "" : counted.ToString());
        if (before != seen)
        {
            return Refusal.Conflict("catalog.stock-moved", $"Meanwhile there {(before.Length == 0 ? "is no count" : $"are {before}")}. Look at it as it is now and decide again.");
        }

        var (was, becomes) = (Day(now?.BackOn), Day(back));
        if (after.Length == 0)
        {
            if (now is { Reserved.IsPositive: true })
            {
                return Refusal.Conflict("catalog.stock-promised", "Some of it is promised to orders. Ship or cancel them first.");
            }

            await tx.Db.Rows<int>("delete from stock where product_id = {0} returning 1 as \"Value\"", product.Value).ToListAsync(tx.Cancel);
        }
        else
        {
            object?[] values = back is { } at ? [product.Value, counted.Thousandths, at] : [product.Value, counted.Thousandths];
            await tx.Db.Rows<int>(
                """
                insert into stock (product_id, on_hand_thousandths, reserved_thousandths, back_on) values ({0}, {1}, 0, {2})
                on conflict (product_id) do update set on_hand_thousandths = excluded.on_hand_thousandths, back_on = excluded.back_on returning 1 as "Value"
                """.Replace("{2}", back is null ? "null" : "{2}", StringComparison.Ordinal),
                values).ToListAsync(tx.Cancel);
        }

        if (before != after)
        {
            tx.Add(new StockChanged(sku, "on hand", before, after));
        }

        if (was != becomes && after.Length > 0)
        {
            tx.Add(new StockChanged(sku, "back on", was, becomes));
        }

        return Done.It;
    }

    private static async Task Step(Tx tx, OrderId order, IEnumerable<(int Position, Quantity Quantity)>? parts, Func<StockHoldRow, long, (long OnHand, long Reserved)> change)
    {
        var wanted = parts?.ToDictionary(part => part.Position, part => part.Quantity.Thousandths);
        foreach (var hold in (await tx.Db.Set<StockHoldRow>().Where(row => row.OrderId == order).ToListAsync(tx.Cancel)).OrderBy(row => row.ProductId.Value))
        {
            if (wanted is not null && !wanted.ContainsKey(hold.Position))
            {
                continue;
            }

            var (onHand, reserved) = change(hold, wanted?[hold.Position] ?? 0);
            if (onHand != 0 || reserved != 0)
            {
                await tx.Db.Rows<int>(Move, hold.ProductId.Value, onHand, reserved).ToListAsync(tx.Cancel);
            }
        }
    }

    private static string Day(DateTimeOffset? day) => day?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private sealed record LevelLine(long OnHand, long Reserved, DateTimeOffset? BackOn);
}
