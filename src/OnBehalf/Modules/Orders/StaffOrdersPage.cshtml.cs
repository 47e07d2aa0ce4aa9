using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Commissions;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Orders;

/// <summary>The filters of the staff's order list as they stand in its URL.</summary>
public sealed class StaffOrdersInput
{
    /// <summary>`mine`, `customers` or `team`.</summary>
    public string? Tab { get; set; }

    public string? Q { get; set; }

    /// <summary>First day, as 2026-05-31.</summary>
    public string? From { get; set; }

    /// <summary>Last day.</summary>
    public string? To { get; set; }

    public string? Status { get; set; }

    /// <summary>Who placed them for the customer: part of a name, or a mail address.</summary>
    public string? By { get; set; }

    public string? Before { get; set; }

    public bool IsNarrowed => !string.IsNullOrWhiteSpace(By) || !string.IsNullOrWhiteSpace(Q) || !string.IsNullOrEmpty(From) || !string.IsNullOrEmpty(To) || !string.IsNullOrEmpty(Status);

    /// <summary>The filter, or what is wrong with it. Days are those of the shop's time zone.</summary>
    public Outcome<StaffOrderFilter> Read(Caller caller, TimeZoneInfo zone)
    {
        var (from, to) = (Day(From), Day(To));
        return from.IsRefused ? from.Refusal with { Field = nameof(From) }
            : to.IsRefused ? to.Refusal with { Field = nameof(To) }
            : new StaffOrderFilter(
                IsMine(caller), Q is { Length: > 100 } ? Q[..100] : Q, Start(from.Value, zone), Start(to.Value?.AddDays(1), zone), Status,
                IsMine(caller) ? null : By is { Length: > 100 } ? By[..100] : By)
            { IsTeam = IsTeam(caller) };
    }

    /// <summary>Telesales has only what it placed itself.</summary>
    public bool IsMine(Caller caller) => caller.Staff!.Role == StaffRole.TelesalesOperator || Tab is null or "mine";

    /// <summary>What those of his group represent; only for who leads it.</summary>
    public bool IsTeam(Caller caller) => Tab == "team" && OrderScopes.Team(caller) is not null;

    /// <summary>The same list with something else: `tab=customers&amp;q=nord`.</summary>
    public string Query(string? tab = null, string? before = null)
    {
        var parts = new (string Name, string? Value)[] { ("tab", tab ?? Tab), ("q", Q), ("from", From), ("to", To), ("status", Status), ("by", By), ("before", before) };
        return string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }

    private static Outcome<DateOnly?> Day(string? text) =>
        string.IsNullOrWhiteSpace(text) ? (DateOnly?)null
        : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 3000 ? day
        : Refusal.Invalid("orders.not-a-day", "A day is written like 2026-05-31.");

    private static DateTimeOffset? Start(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is null)
        {
            return null;
        }

        var local = day.Value.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}

/// <summary>Orders as staff see them, on either surface.</summary>
public abstract class ShownOrders(Database database, OrdersQueries orders, CommissionQueries commissions, ShopSettings settings) : ShopPage
{
    [BindProperty(SupportsGet = true, Name = "")]
    public StaffOrdersInput Input { get; set; } = new();

    /// <summary>`/staff` or `/admin`.</summary>
    public string Root => CustomerPaths.RootOf(HttpContext);

    /// <summary>Of this list; an order lies below it.</summary>
    public string Path => Root + "/orders";

    /// <summary>Whether there are those that he placed beside those of his customers.</summary>
    public virtual bool HasTabs => Caller.Staff!.Role != StaffRole.TelesalesOperator;

    public bool IsMine => Input.IsMine(Caller);

    public bool HasTeam => OrderScopes.Team(Caller) is not null;

    /// <summary>The tab that is open, as its URL says it.</summary>
    public string Tab => IsMine ? "mine" : Input.IsTeam(Caller) ? "team" : "customers";

    /// <summary>Whether orders can be chosen here, to give them another representative.</summary>
    public bool CanReassign => Root == "/admin" && Caller.May(Right.AccessGrant);

    public bool IsFirst { get; private set; }

    public Refusal? Wrong { get; private set; }

    public OrderListing Listing { get; private set; } = new([], null);

    /// <summary>In the Sales Portal one's own; in the Back Office those of all, for who may see them.</summary>
    public bool ShowsOwn => Root != "/admin";

    /// <summary>Whether the list says what orders earn.</summary>
    public bool ShowsCommissions => ShowsOwn ? Commissions.Count > 0 : Caller.May(Right.CommissionsView);

    public IReadOnlyDictionary<OrderId, Money> Commissions { get; private set; } = new Dictionary<OrderId, Money>();

    public async Task OnGet()
    {
        Prepare();
        var filter = Input.Read(Caller, await settings.TimeZone(Cancel));
        if (filter.IsRefused)
        {
            Wrong = filter.Refusal;
            Response.StatusCode = Refusals.StatusOf(filter.Refusal);
            return;
        }

        var place = OrderPlace.Read(Input.Before);
        IsFirst = place is null;
        await using var db = database.Read();
        Listing = await orders.OfStaff(db, Caller, filter.Value, place, Cancel);
        if (ShowsOwn || ShowsCommissions)
        {
            Commissions = await commissions.OfOrders(db, Caller, ShowsOwn, [.. Listing.Orders.Select(order => order.Id)], Cancel);
        }
    }

    protected virtual void Prepare()
    {
    }
}

/// <summary>In the Sales Portal: those that one placed, and those of the customers whom one may see.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrdersPage(Database database, OrdersQueries orders, CommissionQueries commissions, ShopSettings settings) : ShownOrders(database, orders, commissions, settings);

/// <summary>In the Back Office: those of the customers whom one may see, whoever placed them.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OfficeOrdersPage(Database database, OrdersQueries orders, CommissionQueries commissions, ShopSettings settings) : ShownOrders(database, orders, commissions, settings)
{
    public override bool HasTabs => false;

    protected override void Prepare() => Input.Tab = "customers";
}
