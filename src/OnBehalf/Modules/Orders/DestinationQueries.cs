using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>
/// Looks at where an order of a session goes, in the transaction that places it. Nobody is refused: building sites are new addresses, too. The log and
/// the supervisors are told, and by setting the order waits for the company.
/// </summary>
public sealed class DestinationQueries(AddressBook book)
{
    /// <summary>So many days an order of a session has to be undisputed before its destination is known.</summary>
    public const int UndisputedDays = 14;

    private const string OfStaffSql = """
        select a.line1 as "Line1", a.postal_code as "PostalCode", a.city as "City"
        from staff s join buyer b on b.email_normalized = s.email_normalized join address a on a.buyer_id = b.id
        """;

    // Ordered by the customer himself, approved by his company, or long enough ago without "I did not ask for this".
    private const string ReceivedSql = $"""
        select 1 as "Value" from orders o
        where (o.company_id = {"{0}"} or (o.company_id is null and o.buyer_id = {"{1}"})) and o.shipping_address = {"{2}"}
            and o.status not in ('{OrderWords.Waiting}', '{OrderWords.Declined}', 'cancelled')
            and ((o.operator_staff_id is null and o.operator_buyer_id is null)
                or exists (select 1 from order_approval a where a.order_id = o.id and a.status = 'approved')
                or (o.placed_at < {"{3}"} and not exists (select 1 from assist_case k where k.session_id = o.session_id)))
        limit 1
        """;

    /// <summary>Why a destination is unusual: `operator-name`, `staff-address`, `new-address`; null when it is not, and outside of sessions.</summary>
    public async Task<string?> Look(Tx tx, string destination)
    {
        if (tx.Caller.Session is null)
        {
            return null;
        }

        var lines = destination.Split('\n');
        var name = (tx.Caller.Actor as Actor.Buyer)?.OwnName ?? tx.Caller.Actor.Name;
        return lines[0].Contains(name, StringComparison.OrdinalIgnoreCase) ? "operator-name"
            : await IsOfStaff(tx, lines) ? "staff-address"
            : await IsNew(tx, destination) ? "new-address"
            : null;
    }

    private static async Task<bool> IsOfStaff(Tx tx, string[] lines) =>
        (await tx.Db.Rows<Place>(OfStaffSql).ToListAsync(tx.Cancel)).Exists(place =>
            lines.Any(line => Same(line, place.Line1)) && lines.Any(line => Same(line, $"{place.PostalCode} {place.City}".Trim())));

    // What staff wrote into the book, or an operator in this session or an earlier one, is as new as what was typed at the checkout.
    private async Task<bool> IsNew(Tx tx, string destination) =>
        !(await book.Of(tx.Db, tx.Caller, tx.Cancel)).Any(entry => !entry.ByOthers && destination == OrderPlacing.Written(entry.Address, tx.Caller))
        && (await tx.Db.Rows<int>(
            ReceivedSql, tx.Caller.Company?.Id.Value ?? Guid.Empty, tx.Caller.Buyer?.Id.Value ?? Guid.Empty, destination, tx.Now.AddDays(-UndisputedDays)).ToListAsync(tx.Cancel)).Count == 0;

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private sealed record Place(string Line1, string? PostalCode, string City);
}
