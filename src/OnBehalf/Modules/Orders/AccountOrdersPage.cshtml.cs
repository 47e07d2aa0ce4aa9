using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>The orders of the buyer; the administrator of a company sees all of it.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrdersPage(Database database, OrdersQueries orders, OrderOperatorQueries operators) : ShopPage
{
    public string? Text { get; private set; }

    /// <summary>Who may have placed some of them for somebody else.</summary>
    public IReadOnlyList<OrderOperator> Operators { get; private set; } = [];

    /// <summary>Only what he placed.</summary>
    public OrderOperator? By { get; private set; }

    public bool IsFirst { get; private set; }

    public OrderListing Listing { get; private set; } = null!;

    public bool IsOfCompany => OrderScopes.SeesCompany(Caller);

    public async Task OnGet(string? q, string? before, Guid? by)
    {
        Text = q is { Length: > 100 } ? q[..100] : q;
        var place = OrderPlace.Read(before);
        IsFirst = place is null;
        await using var db = database.Read();
        Operators = await operators.Of(db, Caller, Cancel);
        By = Operators.FirstOrDefault(one => one.Id == by);
        Listing = await orders.OfBuyer(db, Caller, Text, place, Cancel, by: By);
    }
}
