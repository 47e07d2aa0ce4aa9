using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Companies;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>An order that waits for the company, or did, as its administrators see it.</summary>
/// <param name="IsOwn">Who looks submitted it himself: he does not decide.</param>
/// <param name="Lines">The first of them.</param>
/// <param name="HasMore">There are more lines, on the page of the order.</param>
public sealed record ShownApproval(ApprovalHead Head, bool IsOwn, IReadOnlyList<ApprovalLine> Lines, bool HasMore)
{
    public Money Amount(long minor) => new(minor, Currency.Of(Head.Currency));

    public string By => OrderWords.By(OrderWords.Waiting, Head.OperatorName, Head.BuyerName, Head.CompanyName)!;

    public string Role => OperatorKey.Word(Head.OperatorRole, Head.Dealer);

    public string Why => OrderWords.WhyWaiting(Head.Why, Head.AboveMinor is { } above ? new Money(above, Currency.Of(Head.AboveCurrency!)) : null);

    public string Reason => Head.ReasonCode is null ? "" : Reasons.Word(Head.ReasonCode) + (Head.Ticket is null ? "" : $", ticket {Head.Ticket}");
}

public sealed record ApprovalHead(
    Guid Id, string Number, string Currency, long ShippingMinor, long TaxMinor, long TotalMinor, string? BuyerName, string? CompanyName, string? OperatorName, string? OperatorRole, string? Dealer,
    Guid? Session, string? ReasonCode, string? Ticket, string? ShippingAddress, string? Comment, string Status, string Why, long? AboveMinor, string? AboveCurrency,
    DateTimeOffset AskedAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? DeclineReason, bool IsOwn);

public sealed record ApprovalLine(Guid Order, string Sku, string Name, long QuantityThousandths, long TotalMinor)
{
    public Quantity Quantity => new(QuantityThousandths);
}

/// <summary>Orders that wait for a company, and who may decide about them.</summary>
public sealed class ApprovalQueries(Database database)
{
    public const int PageSize = 20;
    private const int MostLines = 12;
    private const int MostDecided = 10;

    // Whoever acted: himself, or the staff member who is a buyer here under the same mail address.
    private const string OwnSql = """
        coalesce(o.operator_buyer_id = {1}, false)
            or exists (select 1 from staff y join buyer z on z.email_normalized = y.email_normalized where y.id = o.operator_staff_id and z.id = {1})
        """;

    private static readonly string Sql = $$"""
        select o.id as "Id", o.number as "Number", o.currency as "Currency", o.shipping_minor as "ShippingMinor", o.tax_minor as "TaxMinor", o.total_minor as "TotalMinor",
            o.buyer_name as "BuyerName", o.company_name as "CompanyName", o.operator_name as "OperatorName", s.role as "OperatorRole",
            {{OperatorKey.DealerSql("x.operator_membership_id", "x.company_id")}} as "Dealer", o.session_id as "Session",
            o.reason_code as "ReasonCode", x.ticket as "Ticket", o.shipping_address as "ShippingAddress", o.comment as "Comment", a.status as "Status", a.why as "Why",
            a.above_minor as "AboveMinor", a.above_currency as "AboveCurrency", a.asked_at as "AskedAt", a.decided_at as "DecidedAt", a.decided_by as "DecidedBy",
            a.reason as "DeclineReason", {{OwnSql}} as "IsOwn"
        from order_approval a join orders o on o.id = a.order_id
        left join assisted_session x on x.id = o.session_id left join staff s on s.id = o.operator_staff_id
        where a.company_id = {0}
        """;

    private static readonly string Open = $"{Sql} and a.status = 'waiting' order by a.asked_at, a.order_id limit {PageSize + 1}";
    private static readonly string Decided = $"{Sql} and a.status <> 'waiting' order by a.decided_at desc, a.order_id limit {MostDecided}";

    private readonly string _lines = $"""
        select l.order_id as "Order", l.sku as "Sku", l.name as "Name", l.quantity_thousandths as "QuantityThousandths", l.total_minor as "TotalMinor"
        from order_line l where {database.OneOf("l.order_id", "{0}")} and l.position <= {MostLines + 1} order by l.order_id, l.position
        """;

    private readonly string _approver = $"""
        select id as "Value" from membership where id = {"{0}"} and role in ('administrator', 'approver') and status = 'active' {(database.Kind == DatabaseKind.Postgres ? "for share" : "")}
        """;

    private readonly string _company = $"""
        select status as "Value" from company where id = {"{0}"} {(database.Kind == DatabaseKind.Postgres ? "for no key update" : "")}
        """;

    /// <summary>What waits, oldest first and one more than a page; and what was decided last, without lines.</summary>
    public async Task<(IReadOnlyList<ShownApproval> Open, IReadOnlyList<ShownApproval> Decided)> Of(Caller caller, CancellationToken cancel)
    {
        object[] keys = [caller.Company!.Id.Value, caller.Buyer!.Id.Value];
        await using var db = database.Read();
        var open = await db.Rows<ApprovalHead>(Open, keys).ToListAsync(cancel);
        var lines = open.Count == 0 ? Enumerable.Empty<ApprovalLine>().ToLookup(line => line.Order)
            : (await db.Rows<ApprovalLine>(_lines, database.List(open.ConvertAll(head => new OrderId(head.Id)))).ToListAsync(cancel)).ToLookup(line => line.Order);
        var decided = await db.Rows<ApprovalHead>(Decided, keys).ToListAsync(cancel);
        return (
            open.ConvertAll(head => new ShownApproval(head, head.IsOwn, [.. lines[head.Id].Take(MostLines)], lines[head.Id].Count() > MostLines)),
            decided.ConvertAll(head => new ShownApproval(head, head.IsOwn, [], HasMore: false)));
    }

    /// <summary>The administrators and approvers of the caller's company who are not himself: who may decide about what he submits; at most ten.</summary>
    internal static async Task<IReadOnlyList<OrderReader>> Approvers(Tx tx)
    {
        const string sql = """
            select b.email as "Email", b.first_name || ' ' || b.last_name as "Name", b.id as "Buyer" from membership m join buyer b on b.id = m.buyer_id
            where m.company_id = {0} and m.role in ('administrator', 'approver') and m.status = 'active' and b.status = 'active' and b.id <> {1}
                and not exists (select 1 from staff y where y.id = {2} and y.email_normalized = b.email_normalized)
            order by m.role desc, m.sort_name, m.id limit 10
            """;
        var (caller, actor) = (tx.Caller, tx.Caller.Actor as Actor.Buyer);
        return (await tx.Db.Rows<Person>(sql, caller.Company!.Id.Value, actor?.Id.Value ?? Guid.Empty, caller.Staff?.Id.Value ?? Guid.Empty).ToListAsync(tx.Cancel))
            .ConvertAll(person => person.Reader);
    }

    /// <summary>He still is one: who loses the role while he decides decides nothing.</summary>
    internal async Task<bool> IsApprover(Tx tx, MembershipId membership) => await tx.Db.Rows<Guid>(_approver, membership.Value).ToListAsync(tx.Cancel) is [_];

    internal static async Task<bool> IsOwn(Tx tx, OrderRow order, BuyerId buyer) =>
        (await tx.Db.Rows<bool>($"select {OwnSql} as \"Value\" from orders o where o.id = {{0}}", order.Id.Value, buyer.Value).ToListAsync(tx.Cancel))[0];

    /// <summary>The buyer; the contacts of the company where it has the order as a whole, or he is no buyer any more.</summary>
    internal static async Task<IReadOnlyList<OrderReader>> Readers(Tx tx, OrderRow order)
    {
        const string sql = """
            select email as "Email", first_name || ' ' || last_name as "Name", id as "Buyer" from buyer b where id = {0} and status = 'active'
                and not exists (select 1 from membership m where m.id = {1} and m.status <> 'active')
            """;
        return order.BuyerId is { } buyer && await tx.Db.Rows<Person>(sql, buyer.Value, order.MembershipId?.Value ?? Guid.Empty).ToListAsync(tx.Cancel) is [var person] ? [person.Reader]
            : order.CompanyId is not { } company ? []
            : (await CompanyContacts.Of(tx.Db, company, tx.Cancel)).ConvertAll(contact => new OrderReader(contact.Email, contact.Name, contact.Person));
    }

    private static readonly string GoneSql = $"""
        {AssortmentQueries.With("{1}")}
        select l.sku as "Value" from order_line l left join product p on p.id = l.product_id
        where l.order_id = {"{0}"} and (p.id is null or p.status <> 'active' or not {AssortmentQueries.IsThere("p.id")}) order by l.position limit 1
        """;

    /// <summary>The first article of an order that nobody can order any more; null when all can.</summary>
    internal static async Task<string?> Gone(Tx tx, OrderId order, CompanyId company) =>
        (await tx.Db.Rows<string>(GoneSql, order.Value, company.Value).ToListAsync(tx.Cancel)).SingleOrDefault();

    /// <summary>Orders that have waited since before a time, the oldest first.</summary>
    internal async Task<List<Guid>> WaitingSince(DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Guid>("select order_id as \"Value\" from order_approval where status = 'waiting' and asked_at <= {0} order by asked_at limit 200", before).ToListAsync(cancel);
    }

    /// <summary>Who submitted the order; null when he works here no more.</summary>
    internal static async Task<OrderReader?> OperatorOf(Tx tx, OrderRow order)
    {
        var (table, id) = order.OperatorStaffId is { } staff ? ("staff", staff.Value) : ("buyer", order.OperatorBuyerId!.Value.Value);
        var sql = $"""
            select email as "Email", first_name || ' ' || last_name as "Name", {(table == "buyer" ? "id" : "cast(null as uuid)")} as "Buyer" from {table} where id = {"{0}"} and status = 'active'
            """;
        return await tx.Db.Rows<Person>(sql, id).ToListAsync(tx.Cancel) is [var person] ? person.Reader with { Staff = order.OperatorStaffId } : null;
    }

    internal async Task<CompanyStatus> StatusOf(Tx tx, CompanyId company) =>
        Words.Parse<CompanyStatus>((await tx.Db.Rows<string>(_company, company.Value).ToListAsync(tx.Cancel))[0]);

    private sealed record Person(string Email, string Name, Guid? Buyer)
    {
        public OrderReader Reader => new(Email, Name, Buyer is { } id ? new BuyerId(id) : null);
    }
}
