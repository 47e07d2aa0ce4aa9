using OnBehalf.Assistance;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Carts;

/// <summary>A cart in the list of staff: whose it is and who touched it last, but not what lies in it.</summary>
/// <param name="Membership">Null: of the company as a whole.</param>
/// <param name="IsCopy">A session works on it, or one has left it for its buyer.</param>
public sealed record StaffCart(
    Guid Id, string? Name, string Status, bool IsCopy, int Lines, DateTimeOffset ChangedAt, Guid? Membership, Guid? BuyerId, string? Buyer, string? Company, string? CompanyNumber, LastHand Hand)
{
    public string Words => IsCopy ? Say("Prepared in a session") : Name ?? CartName.Unnamed;

    /// <summary>Null for an open one.</summary>
    public string? State => IsCopy ? "copy" : Status == "parked" ? "aside" : null;

    public string ChangedBy => Hand.Who ?? Buyer ?? Company ?? "";
}

/// <summary>What a staff member looks for. All of it may be absent.</summary>
/// <param name="Text">Words of a customer.</param>
/// <param name="By">Whoever changed it last for somebody else: part of a name, or a mail address.</param>
/// <param name="State">`open`, `aside` or `copy`.</param>
public sealed record StaffCartFilter(string? Text, string? By, string? State);

/// <param name="Older">The place at which the next page begins; null at the end.</param>
public sealed record StaffCartListing(IReadOnlyList<StaffCart> Carts, CartPlace? Older);

/// <summary>
/// Carts in which something lies, for staff, newest first. Whose carts somebody sees is part of every query: those of the customers whom he may see, telesales those that it touched last.
/// All carts are walked along the index of their time; what is narrowed to customers or operators begins at those, so that a rep with few customers does not walk past the carts of all.
/// </summary>
public sealed class StaffCartsQueries(Database database, CustomerSearchQueries customers, OrderOperatorQueries operators)
{
    public const int PageSize = 25;

    /// <summary>A list that is longer is asked to be narrower.</summary>
    public const int MostInFile = 10_000;

    private const string IsOpen = "x.status in ('active', 'parked')";

    private static readonly string Select = $"""
        select c.id as "Id", c.name as "Name", c.status as "Status", c.base_cart_id is not null as "IsCopy",
            (select cast(count(*) as integer) from cart_line l where l.cart_id = c.id and l.quantity_thousandths > 0) as "Lines", c.changed_at as "ChangedAt",
            c.membership_id as "Membership", m.buyer_id as "BuyerId", b.first_name || ' ' || b.last_name as "Buyer", k.name as "Company", k.number as "CompanyNumber", {LastHand.Columns}
        from cart c
        left join membership m on m.id = c.membership_id
        left join buyer b on b.id = m.buyer_id
        left join company k on k.id = coalesce(c.company_id, m.company_id)
        {LastHand.Joins("c")}
        """;

    public async Task<StaffCartListing> Page(Caller caller, StaffCartFilter wanted, CartPlace? before, CancellationToken cancel, int size = PageSize)
    {
        await using var db = database.Read();
        var filter = new SqlFilter().And("c.status in ('active', 'parked')")
            .And($"c.expires_at is null or c.expires_at > {database.Now}")
            .And("exists (select 1 from cart_line l where l.cart_id = c.id and l.quantity_thousandths > 0)");
        Seen(filter, caller);
        if (!string.IsNullOrWhiteSpace(wanted.By))
        {
            var by = await operators.Named(db, wanted.By, cancel);
            filter.And(
                $"c.id in (select x.id from cart x join assisted_session s on s.id = x.session_id where {IsOpen} and ({database.OneOf("s.operator_staff_id", "?")} or {database.OneOf("s.operator_buyer_id", "?")}))",
                database.List(by.Where(one => one.IsStaff).Select(one => new StaffId(one.Id)).ToList()), database.List(by.Where(one => !one.IsStaff).Select(one => new BuyerId(one.Id)).ToList()));
        }

        if (!string.IsNullOrWhiteSpace(wanted.Text))
        {
            var found = await customers.Find(caller, wanted.Text, cancel);
            Owned(filter, $"{database.OneOf("m.company_id", "?")} or {database.OneOf("m.id", "?")}", database.OneOf("x.company_id", "?"), database.List(found.Companies), database.List(found.People), database.List(found.Companies));
        }

        _ = wanted.State switch
        {
            "open" => filter.And("c.status = 'active' and c.base_cart_id is null"),
            "aside" => filter.And("c.status = 'parked'"),
            "copy" => filter.And("c.base_cart_id is not null"),
            _ => filter,
        };
        if (before is { } place)
        {
            filter.And("(c.changed_at, c.id) < (?, ?)", place.ChangedAt, place.Id.Value);
        }

        var rows = await db.Rows<StaffCart>($"{Select} where {filter} order by c.changed_at desc, c.id desc limit {size + 1}", filter.Values).ToListAsync(cancel);
        var carts = rows.Take(size).ToList();
        return new StaffCartListing(carts, rows.Count > size ? new CartPlace(carts[^1].ChangedAt, new CartId(carts[^1].Id)) : null);
    }

    private static void Seen(SqlFilter filter, Caller caller)
    {
        var staff = caller.Staff!;
        _ = (staff.Role, CustomerScope.Of(staff.Role, staff.AccessAllCustomers)) switch
        {
            (StaffRole.TelesalesOperator, _) => filter.And($"c.id in (select x.id from cart x join assisted_session s on s.id = x.session_id where {IsOpen} and s.operator_staff_id = ?)", staff.Id.Value),
            (_, { AllCompanies: true, Consumers: true }) => filter,
            (_, { AllCompanies: true }) => filter.And("c.company_id is not null or m.company_id is not null"),
            _ => Owned(
                filter, "m.company_id in (select a.company_id from staff_assignment a where a.staff_id = ?)", "x.company_id in (select a.company_id from staff_assignment a where a.staff_id = ?)",
                staff.Id.Value, staff.Id.Value),
        };
    }

    private static SqlFilter Owned(SqlFilter filter, string people, string companies, params ReadOnlySpan<object?> values) => filter.And(
        $"c.id in (select x.id from membership m join cart x on x.membership_id = m.id where {IsOpen} and ({people}) union all select x.id from cart x where {IsOpen} and {companies})", values);
}
