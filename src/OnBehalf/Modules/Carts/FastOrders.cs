using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Carts;

/// <summary>An order that somebody began to type and did not place.</summary>
public sealed record UnfinishedOrder(Guid Cart, Guid Membership, string? Number, string? Company, string Person, int Lines, DateTimeOffset ChangedAt)
{
    /// <summary>Where it is gone on with.</summary>
    public string PathFrom(string here) => ActForLink.Of(
        CustomerPaths.Customer(CustomerPaths.SalesPortal, Number, new MembershipId(Membership)), new MembershipId(Membership), ActForLink.Return(here, "/fast-order"));
}

/// <summary>What staff typed for customers and did not place: each operator sees his own.</summary>
public sealed class FastOrders(Database database)
{
    private const string Sql = """
        select c.id as "Cart", c.membership_id as "Membership", o.number as "Number", o.name as "Company", b.first_name || ' ' || b.last_name as "Person",
            (select cast(count(*) as integer) from cart_line l where l.cart_id = c.id and l.quantity_thousandths > 0) as "Lines", c.changed_at as "ChangedAt"
        from cart c join membership m on m.id = c.membership_id join buyer b on b.id = m.buyer_id left join company o on o.id = m.company_id
        where c.status = 'fast-order' and exists (select 1 from assisted_session s where s.fast_order_cart_id = c.id and s.operator_staff_id = {0})
            and exists (select 1 from cart_line l where l.cart_id = c.id and l.quantity_thousandths > 0)
        order by c.changed_at desc limit 20
        """;

    public async Task<IReadOnlyList<UnfinishedOrder>> Of(StaffId staff, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<UnfinishedOrder>(Sql, staff.Value).ToListAsync(cancel);
    }

    /// <summary>Throws one away. Done also when it is gone already, and nothing when it is somebody else's.</summary>
    public Task<Outcome<Done>> Discard(Caller caller, CartId cart, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller.Staff is not { } staff
                || await tx.Db.Rows<Guid>("select id as \"Value\" from assisted_session where fast_order_cart_id = {0} and operator_staff_id = {1} limit 1", cart.Value, staff.Id.Value).ToListAsync(tx.Cancel) is []
                || await tx.Db.Set<CartRow>().SingleOrDefaultAsync(row => row.Id == cart && row.Status == OpenCart.FastOrder, tx.Cancel) is not { } row)
            {
                return Done.It;
            }

            await OpenCart.Wait(tx, new CartOwner(row.MembershipId, row.CompanyId));
            new StoredCart(tx.Db, row, await tx.Db.Set<CartLineRow>().Where(line => line.CartId == cart).ToListAsync(tx.Cancel)).Close("discarded", tx.Now);
            tx.Add(new BranchDiscarded(cart, "operator"));
            return Done.It;
        },
        cancel);
}
