using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Orders;

/// <summary>The orders of the buyer, and those of others as far as he has the right to see them.</summary>
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

    /// <summary>Between what he can choose.</summary>
    public IReadOnlyList<OrderReach> Reaches { get; private set; } = [];

    /// <summary>What is shown: all of the company where he may see it, else what he may see.</summary>
    public OrderReach Reach { get; private set; }

    /// <summary>Something else than usual is shown.</summary>
    public bool IsOtherReach { get; private set; }

    public bool HasOthers => Reach > OrderReach.Own || Caller.IsForCompany;

    public string Title => Reach == OrderReach.Tree ? Say($"Orders of {Caller.Company!.Name} and its subsidiaries")
        : Caller.IsForCompany || Reach == OrderReach.Company ? Say($"Orders of {Caller.Company!.Name}") : Say("Orders");

    public static string Word(OrderReach reach) => reach switch
    {
        OrderReach.Own => Say("My own"),
        OrderReach.Centre => Say("With my cost centres and approvals"),
        OrderReach.Company => Say("All of the company"),
        _ => Say("With the subsidiaries"),
    };

    public async Task OnGet(string? q, string? before, Guid? by, Guid? centre, string? of)
    {
        Text = q is { Length: > 100 } ? q[..100] : q;
        var place = OrderPlace.Read(before);
        IsFirst = place is null;
        Reaches = OrderScopes.Reaches(Caller);
        var usual = Reaches.LastOrDefault(reach => reach <= OrderReach.Company);
        Reach = Words.TryParse<OrderReach>(of, out var wanted) && Reaches.Contains(wanted) ? wanted : usual;
        IsOtherReach = Reach != usual;
        await using var db = database.Read();
        Operators = await operators.Of(db, Caller, Cancel);
        By = Operators.FirstOrDefault(one => one.Id == by);
        Centres = Caller.Company is { } company ? await CostCentreQueries.Of(db, company.Id, Cancel) : [];
        Centre = Centres.FirstOrDefault(one => one.Id == centre);
        Listing = await orders.OfBuyer(db, Caller, Text, place, Cancel, by: By, centre: Centre is null ? null : new CostCentreId(Centre.Id),
            reach: Caller.IsForCompany ? OrderReach.Company : Reach);
    }
}
