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
    private const string TouchedSql =
        "select entry as \"Value\" from audit_event where session_id = {0} and name in ('addresses.added', 'addresses.changed') limit 100";

    private const string OfStaffSql = """
        select a.line1 as "Line1", a.postal_code as "PostalCode", a.city as "City"
        from staff s join buyer b on b.email_normalized = s.email_normalized join address a on a.buyer_id = b.id
        limit 1000
        """;

    /// <summary>Why a destination is unusual: `operator-name`, `staff-address`, `new-address`; null when it is not, and outside of sessions.</summary>
    public async Task<string?> Look(Tx tx, string destination)
    {
        if (tx.Caller.Session is not { } session)
        {
            return null;
        }

        var lines = destination.Split('\n');
        return lines[0].Contains(tx.Caller.Actor.Name, StringComparison.OrdinalIgnoreCase) ? "operator-name"
            : await IsOfStaff(tx, lines) ? "staff-address"
            : await IsNew(tx, session.Id, destination) ? "new-address"
            : null;
    }

    private static async Task<bool> IsOfStaff(Tx tx, string[] lines) =>
        (await tx.Db.Rows<Place>(OfStaffSql).ToListAsync(tx.Cancel)).Exists(place =>
            lines.Any(line => Same(line, place.Line1)) && lines.Any(line => Same(line, $"{place.PostalCode} {place.City}".Trim())));

    // What was written into the book in this session is as new as what was typed at the checkout.
    private async Task<bool> IsNew(Tx tx, AssistedSessionId session, string destination)
    {
        var known = (await book.Of(tx.Db, tx.Caller, tx.Cancel))
            .Where(entry => destination == OrderPlacing.Written(entry.Address, tx.Caller)).Select(entry => entry.Id.ToString()).ToList();
        if (known.Count == 0)
        {
            return true;
        }

        var touched = await tx.Db.Rows<string>(TouchedSql, session.Value).ToListAsync(tx.Cancel);
        return known.TrueForAll(id => touched.Exists(entry => entry.Contains(id, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    private sealed record Place(string Line1, string? PostalCode, string City);
}
