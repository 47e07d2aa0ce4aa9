using System.Globalization;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>An order that was counted: in which month, and whether it waits.</summary>
/// <param name="Month">The month of its sum, such as `2026-11`; null outside of sessions, where nothing is counted.</param>
/// <param name="WaitsAbove">The amount of the mandate that it exceeds: it waits for the company's approval.</param>
public sealed record CountedOrder(string? Month, Money? WaitsAbove);

/// <summary>Holds orders that are placed in sessions against the amounts of the policy, in the transaction that places them.</summary>
public sealed class AssistedOrders(Database database, ShopPolicies policies)
{
    private const string Add = """
        insert into assist_spending (operator_id, customer_id, month, currency, amount_minor) values ({0}, {1}, {2}, {3}, {4})
        on conflict (operator_id, customer_id, month, currency) do update set amount_minor = assist_spending.amount_minor + excluded.amount_minor
        returning amount_minor as "Value"
        """;

    private const string Subtract = """
        update assist_spending set amount_minor = amount_minor - {4} where operator_id = {0} and customer_id = {1} and month = {2} and currency = {3}
        returning amount_minor as "Value"
        """;

    private readonly string _standing = Standing.OfSession(database);

    /// <summary>
    /// Adds the order to the sum of the month, whose row stays locked until the commit: of two orders at once the second sees the first. A refusal rolls
    /// the sum back with the rest. What waits for approval counts like what is placed, so that nobody exceeds the month by orders that wait together.
    /// </summary>
    public async Task<Outcome<CountedOrder>> Count(Tx tx, Money total)
    {
        if (tx.Caller is not { Session: { } session })
        {
            return new CountedOrder(null, null);
        }

        var now = await policies.Local(tx.Db, tx.Now, tx.Cancel);
        var (standing, version) = (await tx.Db.Rows<StandingNow>(_standing, session.Id.Value).ToListAsync(tx.Cancel))[0];
        var policy = await policies.Of(tx.Db, version, tx.Cancel);
        var decision = AssistancePolicy.Decide(standing.In(policy, new Attempt(Moment.Running, now)
        {
            Mode = session.Mode, Network = session.Network, IsEmergency = session.IsEmergency,
        }, isActing: true));
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var customer = tx.Caller.Company?.Id.Value ?? tx.Caller.Buyer!.Membership.Value;
        var month = now.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var sum = (await tx.Db.Rows<long>(Add, (standing.By.OperatorStaff ?? standing.By.OperatorBuyer)!.Value, customer, month, total.Currency.Code, total.Minor).ToListAsync(tx.Cancel))[0];
        return OrderLimits.Check(decision.Limits, total, new Money(sum, total.Currency)) is { } refusal
            ? refusal
            : new CountedOrder(month, OrderLimits.WaitsAbove(decision.Limits.ApprovalAbove, total));
    }

    /// <summary>Lets an order that has waited into another month count for the one in which it is placed.</summary>
    public static async Task Move(Tx tx, Guid operatorId, Guid customer, string from, string to, Money total)
    {
        if (from != to)
        {
            await Uncount(tx, operatorId, customer, from, total);
            await tx.Db.Rows<long>(Add, operatorId, customer, to, total.Currency.Code, total.Minor).ToListAsync(tx.Cancel);
        }
    }

    /// <summary>Takes an order that was declined out of the sum of its month.</summary>
    /// <param name="operatorId">The staff member or buyer who acted.</param>
    /// <param name="customer">The company, or the membership of a consumer.</param>
    public static Task Uncount(Tx tx, Guid operatorId, Guid customer, string month, Money total) =>
        tx.Db.Rows<long>(Subtract, operatorId, customer, month, total.Currency.Code, total.Minor).ToListAsync(tx.Cancel);
}
