using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>The orders of the buyer; the administrator of a company sees all of it.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrdersPage(Database database, OrdersQueries orders) : ShopPage
{
    public string? Text { get; private set; }

    public bool IsFirst { get; private set; }

    public OrderListing Listing { get; private set; } = null!;

    public bool IsOfCompany => OrderScopes.SeesCompany(Caller);

    public async Task OnGet(string? q, string? before)
    {
        Text = q is { Length: > 100 } ? q[..100] : q;
        var place = OrderPlace.Read(before);
        IsFirst = place is null;
        await using var db = database.Read();
        Listing = await orders.OfBuyer(db, Caller, Text, place, Cancel);
    }
}
