using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>An order in a list.</summary>
public sealed record OrderSummary(
    OrderId Id, string Number, DateTimeOffset PlacedAt, string Status, Money Total, string? BuyerName, string? CompanyName, string? CompanyNumber,
    string? OperatorName, string? PurchaseOrderNumber, string? CostCentre = null)
{
    /// <summary>What coupons took off.</summary>
    public Money Discount { get; init; }

    public string? Coupons { get; init; }

    /// <summary>What it would have cost more without what staff agreed, without tax; negative where they agreed more. Null: they agreed nothing.</summary>
    public Money? Given { get; init; }

    /// <summary>The day on which the buyer wants it, as `2026-03-01`.</summary>
    public string? WantedOn { get; init; }

    /// <summary>The version of the terms that was accepted.</summary>
    public int? Terms { get; init; }

    /// <summary>Of the operator, as it was called then.</summary>
    public string? StaffGroup { get; init; }

    /// <summary>To whose name it stands; for staff.</summary>
    public string? Representative { get; init; }
}

/// <summary>A page of a list, newest first.</summary>
/// <param name="Older">The place at which the next page begins; null at the end.</param>
public sealed record OrderListing(IReadOnlyList<OrderSummary> Orders, OrderPlace? Older);

/// <summary>What a staff member looks for. All of it may be absent.</summary>
/// <param name="IsMine">Those that he placed himself; else those of the customers whom he may see.</param>
/// <param name="From">Placed at or after.</param>
/// <param name="Until">Placed before.</param>
/// <param name="By">Placed for somebody else by whoever is called so, or has this mail address.</param>
public sealed record StaffOrderFilter(bool IsMine, string? Text, DateTimeOffset? From, DateTimeOffset? Until, string? Status, string? By = null)
{
    /// <summary>Those that somebody of his group represents; for supervisors.</summary>
    public bool IsTeam { get; init; }
}

/// <summary>
/// Orders as their pages show them. Who may see an order is part of every query, so what may not be seen is not found: a buyer his own, the administrator
/// of a company all of it; staff what they placed, and what the customers ordered whom they may see; telesales only what they placed.
/// </summary>
public sealed class OrdersQueries(Database database, CustomerSearchQueries customers, OrderOperatorQueries operators, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>A search that would find more is asked to be narrower.</summary>
    public const int MostInFile = 10_000;

    private const string Columns = """
        o.id as "Id", o.number as "Number", o.placed_at as "PlacedAt", o.status as "Status", o.currency as "Currency", o.total_minor as "TotalMinor",
        o.buyer_name as "BuyerName", o.company_name as "CompanyName", o.company_number as "CompanyNumber", o.operator_name as "OperatorName",
        o.purchase_order_number as "PurchaseOrderNumber", o.cost_centre as "CostCentre", o.discount_minor as "DiscountMinor", o.coupon_codes as "Coupons", o.wanted_on as "WantedOn", o.terms_version as "Terms", o.given_minor as "GivenMinor",
        o.staff_group as "StaffGroup", (select r.first_name || ' ' || r.last_name from staff r where r.id = o.sales_rep_id) as "Representative"
        """;

    /// <summary>A page of the orders that the caller may see, at most as far as he asks.</summary>
    /// <param name="by">Only what he placed.</param>
    /// <param name="centre">Only what is booked on it.</param>
    public async Task<OrderListing> OfBuyer(
        ShopDb db, Caller caller, string? text, OrderPlace? before, CancellationToken cancel, int size = PageSize, OrderOperator? by = null, CostCentreId? centre = null,
        OrderReach reach = OrderReach.Company)
    {
        var filter = OrderScopes.OfBuyer(caller, reach);
        if (by is not null)
        {
            PlacedBy(filter, [by]);
        }

        if (centre is { } bookedOn)
        {
            filter.And("o.cost_centre_id = ?", bookedOn.Value);
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            var pattern = SqlFilter.Anywhere(text.Trim());
            filter.And("lower(o.number) like ? escape '!' or lower(o.purchase_order_number) like ? escape '!'", pattern, pattern);
        }

        return await Page(db, filter, before, size, cancel);
    }

    /// <summary>A page of a staff member's orders.</summary>
    public async Task<OrderListing> OfStaff(ShopDb db, Caller caller, StaffOrderFilter wanted, OrderPlace? before, CancellationToken cancel, int size = PageSize)
    {
        var text = wanted.Text?.Trim() ?? "";
        var isByAssignment = OrderScopes.IsByAssignment(caller, wanted.IsMine);
        var by = string.IsNullOrWhiteSpace(wanted.By) ? null : await operators.Named(db, wanted.By, cancel);
        if (by is [])
        {
            return new OrderListing([], null);
        }

        if (wanted.IsTeam && OrderScopes.Team(caller) is { } team)
        {
            var ofTeam = Narrowed(OrderScopes.OfStaff(caller, false), wanted, by);
            if (text.Length > 0)
            {
                await OfFound(ofTeam, caller, text, cancel);
            }

            return await Page(db, ofTeam, before, size, cancel, new Source("staff", "sales_rep_id = a.id", "a.staff_group", team));
        }

        if (text.Length == 0)
        {
            return isByAssignment
                ? await Page(db, Narrowed(new SqlFilter(), wanted, by), before, size, cancel, new Source("staff_assignment", "company_id = a.company_id", "a.staff_id", caller.Staff!.Id.Value))
                : await Page(db, Narrowed(OrderScopes.OfStaff(caller, wanted.IsMine), wanted, by), before, size, cancel);
        }

        var filter = Narrowed(isByAssignment ? OrderScopes.OfStaff(caller) : OrderScopes.OfStaff(caller, wanted.IsMine), wanted, by);
        if (OrderScopes.IsOwn(caller, wanted.IsMine))
        {
            // What one person placed is little enough to look at all of it, names as they were then.
            var pattern = SqlFilter.Anywhere(text);
            filter.And(
                "lower(o.number) like ? escape '!' or lower(o.company_name) like ? escape '!' or lower(o.company_number) like ? escape '!' or lower(o.buyer_name) like ? escape '!'",
                pattern, pattern, pattern, pattern);
        }
        else
        {
            await OfFound(filter, caller, text, cancel);
        }

        return await Page(db, filter, before, size, cancel);
    }

    /// <summary>The last orders that concern the caller, for his first page.</summary>
    public async Task<IReadOnlyList<OrderSummary>> Recent(ShopDb db, Caller caller, CancellationToken cancel, int count = 5) =>
        (caller.IsCustomer
            ? await OfBuyer(db, caller, null, null, cancel, count)
            : await OfStaff(db, caller, new StaffOrderFilter(false, null, null, null, null), null, cancel, count)).Orders;

    /// <summary>The last orders of one customer whom staff look at, a company's or a private person's; of those that the caller may see.</summary>
    public static Func<IReadOnlyList<OrderSummary>> OfCustomer(SqlTogether together, Caller caller, CompanyId? company, MembershipId? person, int count = 5)
    {
        var filter = OrderScopes.OfStaff(caller);
        _ = company is { } id ? filter.And("o.company_id = ?", id.Value) : filter.And("o.membership_id = ?", person!.Value.Value);
        var rows = together.Rows<OrderLine>($"select {Columns} from orders o where {filter} {NewestFirst(count)}", filter.Values);
        return () => rows().ConvertAll(row => row.ToSummary());
    }

    /// <summary>The last orders that concern a staff member, for his desk.</summary>
    public async Task<IReadOnlyList<OrderSummary>> Recent(Caller caller, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Recent(db, caller, cancel);
    }

    /// <summary>An order with its lines; null when there is none that the caller may see.</summary>
    public Task<OrderView?> Find(ShopDb db, Caller caller, string number, CancellationToken cancel) =>
        One(db, (caller.IsCustomer ? OrderScopes.OfBuyer(caller, OrderReach.Tree) : OrderScopes.OfStaff(caller)).And("o.number = ?", number), cancel);

    /// <summary>An order for the shop itself, whoever may see it.</summary>
    internal static Task<OrderView?> ForShop(ShopDb db, OrderId order, CancellationToken cancel) => One(db, new SqlFilter().And("o.id = ?", order.Value), cancel);

    private static async Task<OrderView?> One(ShopDb db, SqlFilter filter, CancellationToken cancel)
    {
        if (await db.Rows<OrderHead>($"select {OrderHead.Columns} from orders o left join order_approval a on a.order_id = o.id where {filter}", filter.Values).ToListAsync(cancel) is not [var head])
        {
            return null;
        }

        var lines = await db.Rows<OrderLineView>(
            $"select {OrderLineView.Columns} from order_line l where l.order_id = {{0}} order by l.position", head.Id).ToListAsync(cancel);
        return new OrderView(head, lines);
    }

    // By the beginning of a number, or by the customers that the search finds: bounded work, however many orders there are.
    private async Task OfFound(SqlFilter filter, Caller caller, string text, CancellationToken cancel)
    {
        var found = await customers.Find(caller, text, cancel);
        var number = text.ToUpperInvariant();
        var (thisYears, lastYears) = OrderNumbers.MeantBy(text, clock.GetUtcNow().Year);
        filter.And(
            $"(o.number >= ? and o.number < ?) or o.number in (?, ?) or {database.OneOf("o.company_id", "?")} or {database.OneOf("o.membership_id", "?")}",
            number, number + CustomerSearchSql.Last, thisYears, lastYears, database.List(found.Companies), database.List(found.People));
    }

    // One alone is found along an index in the order of the list; of several each is.
    private void PlacedBy(SqlFilter filter, IReadOnlyList<OrderOperator> by)
    {
        var (staff, buyers) = (by.Where(one => one.IsStaff).Select(one => new StaffId(one.Id)).ToList(), by.Where(one => !one.IsStaff).Select(one => new BuyerId(one.Id)).ToList());
        _ = (staff, buyers) switch
        {
            ([var one], []) => filter.And("o.operator_staff_id = ?", one.Value),
            ([], [var one]) => filter.And("o.operator_buyer_id = ?", one.Value),
            (_, []) => filter.And(database.OneOf("o.operator_staff_id", "?"), database.List(staff)),
            _ => filter.And($"{database.OneOf("o.operator_staff_id", "?")} or {database.OneOf("o.operator_buyer_id", "?")}", database.List(staff), database.List(buyers)),
        };
    }

    private SqlFilter Narrowed(SqlFilter filter, StaffOrderFilter wanted, IReadOnlyList<OrderOperator>? by)
    {
        if (by is not null)
        {
            PlacedBy(filter, by);
        }

        if (wanted.From is { } from)
        {
            filter.And("o.placed_at >= ?", from);
        }

        if (wanted.Until is { } until)
        {
            filter.And("o.placed_at < ?", until);
        }

        if (wanted.Status is { Length: > 0 } status)
        {
            filter.And("o.status = ?", status);
        }

        return filter;
    }

    /// <param name="source">Only orders that belong to its rows; then each of these brings its newest orders along an index.</param>
    private async Task<OrderListing> Page(ShopDb db, SqlFilter filter, OrderPlace? before, int size, CancellationToken cancel, Source? source = null)
    {
        if (before is { } place)
        {
            filter.And("(o.placed_at, o.id) < (?, ?)", place.PlacedAt, place.Id.Value);
        }

        var limit = NewestFirst(size + 1);
        var rows = source is not null
            ? await db.Rows<OrderLine>(OfSource(source, filter, limit), [.. filter.Values, source.Value]).ToListAsync(cancel)
            : await db.Rows<OrderLine>($"select {Columns} from orders o where {filter} {limit}", filter.Values).ToListAsync(cancel);
        var orders = rows.Take(size).Select(row => row.ToSummary()).ToList();
        return new OrderListing(orders, rows.Count > size ? new OrderPlace(orders[^1].PlacedAt, orders[^1].Id) : null);
    }

    private static string NewestFirst(int most) => $"order by o.placed_at desc, o.id desc limit {most}";

    private string OfSource(Source source, SqlFilter filter, string limit)
    {
        var owned = $"{source.Column} = {{{filter.Values.Length}}}";
        return database.Kind == DatabaseKind.Postgres
            ? $"""
              select {Columns} from {source.Table} a
              cross join lateral (select * from orders o where o.{source.Join} and {filter} {limit}) o where {owned} {limit}
              """
            : $"select {Columns} from {source.Table} a join orders o on o.{source.Join} where {owned} and {filter} {limit}";
    }

    private sealed record OrderLine(
        Guid Id, string Number, DateTimeOffset PlacedAt, string Status, string Currency, long TotalMinor, string? BuyerName, string? CompanyName,
        string? CompanyNumber, string? OperatorName, string? PurchaseOrderNumber, string? CostCentre, long DiscountMinor, string? Coupons, string? WantedOn, int? Terms, long? GivenMinor, string? StaffGroup, string? Representative)
    {
        public OrderSummary ToSummary() => new(
            new OrderId(Id), Number, PlacedAt, Status, new Money(TotalMinor, Kernel.Currency.Of(Currency)), BuyerName, CompanyName, CompanyNumber, OperatorName, PurchaseOrderNumber, CostCentre)
        {
            Discount = new Money(DiscountMinor, Kernel.Currency.Of(Currency)), Coupons = Coupons, WantedOn = WantedOn, Terms = Terms,
            Given = GivenMinor is { } given ? new Money(given, Kernel.Currency.Of(Currency)) : null,
            StaffGroup = StaffGroup, Representative = Representative,
        };
    }

    // A table as `a` whose rows orders belong to, and which of its rows.
    private sealed record Source(string Table, string Join, string Column, object Value);
}
