using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

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

    /// <summary>The cost centres of the company.</summary>
    public IReadOnlyList<ListedCostCentre> Centres { get; private set; } = [];

    /// <summary>Only what is booked on it.</summary>
    public ListedCostCentre? Centre { get; private set; }

    public bool IsFirst { get; private set; }

    public OrderListing Listing { get; private set; } = null!;

    public bool IsOfCompany => OrderScopes.SeesCompany(Caller);

    public async Task OnGet(string? q, string? before, Guid? by, Guid? centre)
    {
        Text = q is { Length: > 100 } ? q[..100] : q;
        var place = OrderPlace.Read(before);
        IsFirst = place is null;
        await using var db = database.Read();
        Operators = await operators.Of(db, Caller, Cancel);
        By = Operators.FirstOrDefault(one => one.Id == by);
        Centres = Caller.Company is { } company ? await CostCentreQueries.Of(db, company.Id, Cancel) : [];
        Centre = Centres.FirstOrDefault(one => one.Id == centre);
        Listing = await orders.OfBuyer(db, Caller, Text, place, Cancel, by: By, centre: Centre is null ? null : new CostCentreId(Centre.Id));
    }
}
