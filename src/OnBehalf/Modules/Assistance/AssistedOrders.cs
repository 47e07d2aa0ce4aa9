using System.Globalization;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Holds orders that are placed in sessions against the amounts of the policy, in the transaction that places them.</summary>
public sealed class AssistedOrders(Database database, ShopPolicies policies)
{
    private const string Add = """
        insert into assist_spending (operator_id, customer_id, month, currency, amount_minor) values ({0}, {1}, {2}, {3}, {4})
        on conflict (operator_id, customer_id, month, currency) do update set amount_minor = assist_spending.amount_minor + excluded.amount_minor
        returning amount_minor as "Value"
        """;

    private readonly string _standing = Standing.OfSession(database);

    /// <summary>
    /// Adds the order to the sum of the month, whose row stays locked until the commit: of two orders at once the second sees the first. A refusal rolls
    /// the sum back with the rest. Null outside of sessions, and when the order may be placed.
    /// </summary>
    public async Task<Refusal?> Count(Tx tx, Money total)
    {
        if (tx.Caller is not { Session: { } session })
        {
            return null;
        }

        var now = await policies.Local(tx.Db, tx.Now, tx.Cancel);
        var standing = (await tx.Db.Rows<Standing>(_standing, session.Id.Value).ToListAsync(tx.Cancel))[0];
        var policy = await policies.Now(tx.Db, tx.Cancel);
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
        return OrderLimits.Check(decision.Limits, total, new Money(sum, total.Currency));
    }
}
