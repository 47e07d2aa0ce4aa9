using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Identity;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>An order that waits for the company, or did, as its administrators see it.</summary>
/// <param name="IsOwn">Who looks submitted it himself: he does not decide.</param>
/// <param name="Lines">The first of them.</param>
/// <param name="HasMore">There are more lines, on the page of the order.</param>
public sealed record ShownApproval(ApprovalHead Head, bool IsOwn, IReadOnlyList<ApprovalLine> Lines, bool HasMore)
{
    public Money Amount(long minor) => new(minor, Currency.Of(Head.Currency));

    /// <summary>Whose turn it is, in words.</summary>
    public string Turn => Head.WaitsFor is null ? Say("an administrator or an approver") : Head.Deputy is null ? Head.WaitsFor : Say($"{Head.Deputy}, for {Head.WaitsFor} who is away");

    public string By => OrderWords.By(OrderWords.Waiting, Head.OperatorName, Head.BuyerName, Head.CompanyName)!;

    public string Role => OperatorKey.Word(Head.OperatorRole, Head.Dealer);

    public string Why => OrderWords.WhyWaiting(Head.Why, Head.AboveMinor is { } above ? new Money(above, Currency.Of(Head.AboveCurrency!)) : null);

    public string Reason => Head.ReasonCode is null ? "" : Reasons.Word(Head.ReasonCode) + (Head.Ticket is null ? "" : $", ticket {Head.Ticket}");
}

public sealed record ApprovalHead(
    Guid Id, string Number, string Currency, long ShippingMinor, long TaxMinor, long TotalMinor, string? BuyerName, string? CompanyName, string? OperatorName, string? OperatorRole, string? Dealer,
    Guid? Session, string? ReasonCode, string? Ticket, string? ShippingAddress, string? Comment, string? WantedOn, string Status, string Why, long? AboveMinor, string? AboveCurrency,
    DateTimeOffset AskedAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? DeclineReason, bool IsOwn, string? WaitsFor, string? Deputy, bool IsTurn, string? Agreed);

public sealed record ApprovalLine(Guid Order, string Sku, string Name, long QuantityThousandths, long TotalMinor, string? Comment)
{
    public Quantity Quantity => new(QuantityThousandths);
}

/// <summary>Somebody who may decide about an order.</summary>
internal sealed record AbleApprover(Guid Membership, string Email, string Name, Guid Buyer)
{
    public OrderReader Reader => new(Email, Name, new BuyerId(Buyer));
}

/// <summary>Orders that wait for a company, and who may decide about them.</summary>
public sealed class ApprovalQueries(Database database)
{
    public const int PageSize = 20;
    private const int MostLines = 12;
    private const int MostDecided = 10;

    // Whoever acted: himself, or the staff member who is a buyer here under the same mail address. Over a budget also whose order it is, whoever made it.
    private static string Own(string buyer) => $"""
        (coalesce(o.operator_buyer_id = {buyer}, false)
            or (coalesce(o.buyer_id = {buyer}, false) and ((o.operator_buyer_id is null and o.operator_staff_id is null) or a.why like '%budget/%'))
            or exists (select 1 from staff y join buyer z on z.email_normalized = y.email_normalized where y.id = o.operator_staff_id and z.id = {buyer}))
        """;

    private static readonly string OwnSql = Own("{1}");

    // Whose turn it is: with a chain that of its place, of who stands in for him, of an administrator; of everybody where he cannot decide about this one.
    private static readonly string TurnSql = $$"""
        (ap.membership_id is null or ap.membership_id = {2} or coalesce(dp.deputy_id = {2}, false)
            or exists (select 1 from membership im where im.id = {2} and im.role = 'administrator')
            or not exists (select 1 from membership am join buyer ab on ab.id = am.buyer_id
                where am.id = ap.membership_id and am.status = 'active' and ab.status = 'active' and {{RoleSql.May("am", Right.OrdersApprove)}} and not {{Own("ab.id")}}))
        """;

    private readonly string _turns = $"""
        left join approver ap on ap.company_id = a.company_id and ap.level = a.level
        left join approver_deputy dp on dp.membership_id = ap.membership_id and dp.until > {database.Now}
        """;

    private static readonly string Columns = $$"""
        select o.id as "Id", o.number as "Number", o.currency as "Currency", o.shipping_minor as "ShippingMinor", o.tax_minor as "TaxMinor", o.total_minor as "TotalMinor",
            o.buyer_name as "BuyerName", o.company_name as "CompanyName", o.operator_name as "OperatorName", s.role as "OperatorRole",
            {{OperatorKey.DealerSql("x.operator_membership_id", "x.company_id")}} as "Dealer", o.session_id as "Session",
            o.reason_code as "ReasonCode", x.ticket as "Ticket", o.shipping_address as "ShippingAddress", o.comment as "Comment", o.wanted_on as "WantedOn", a.status as "Status", a.why as "Why",
            a.above_minor as "AboveMinor", a.above_currency as "AboveCurrency", a.asked_at as "AskedAt", a.decided_at as "DecidedAt", a.decided_by as "DecidedBy",
            a.reason as "DeclineReason", {{OwnSql}} as "IsOwn",
            (select wb.first_name || ' ' || wb.last_name from membership wm join buyer wb on wb.id = wm.buyer_id where wm.id = ap.membership_id) as "WaitsFor",
            (select wb.first_name || ' ' || wb.last_name from membership wm join buyer wb on wb.id = wm.buyer_id where wm.id = dp.deputy_id) as "Deputy",
            {{TurnSql}} as "IsTurn",
            (select g.agreed_by from order_agreement g where g.order_id = o.id order by g.level desc limit 1) as "Agreed"
        from order_approval a join orders o on o.id = a.order_id
        left join assisted_session x on x.id = o.session_id left join staff s on s.id = o.operator_staff_id
        """;

    private string Open => $"{Columns} {_turns} where a.company_id = {{0}} and a.status = 'waiting' order by a.asked_at, a.order_id limit {PageSize + 1}";

    private string Decided => $"{Columns} {_turns} where a.company_id = {{0}} and a.status <> 'waiting' order by a.decided_at desc, a.order_id limit {MostDecided}";

    private readonly string _lines = $"""
        select l.order_id as "Order", l.sku as "Sku", l.name as "Name", l.quantity_thousandths as "QuantityThousandths", l.total_minor as "TotalMinor", l.comment as "Comment"
        from order_line l where {database.OneOf("l.order_id", "{0}")} and l.position <= {MostLines + 1} order by l.order_id, l.position
        """;

    private readonly string _approver = $"""
        select m.id as "Value" from membership m where m.id = {"{0}"} and {RoleSql.May("m", Right.OrdersApprove)} and m.status = 'active' {(database.Kind == DatabaseKind.Postgres ? "for share of m" : "")}
        """;

    private readonly string _company = $"""
        select status as "Value" from company where id = {"{0}"} {(database.Kind == DatabaseKind.Postgres ? "for no key update" : "")}
        """;

    /// <summary>What waits, oldest first and one more than a page; and what was decided last, without lines.</summary>
    public async Task<(IReadOnlyList<ShownApproval> Open, IReadOnlyList<ShownApproval> Decided)> Of(Caller caller, CancellationToken cancel)
    {
        object[] keys = [caller.Company!.Id.Value, caller.Buyer!.Id.Value, caller.Buyer.Membership.Value];
        await using var db = database.Read();
        var open = await db.Rows<ApprovalHead>(Open, keys).ToListAsync(cancel);
        var lines = open.Count == 0 ? Enumerable.Empty<ApprovalLine>().ToLookup(line => line.Order)
            : (await db.Rows<ApprovalLine>(_lines, database.List(open.ConvertAll(head => new OrderId(head.Id)))).ToListAsync(cancel)).ToLookup(line => line.Order);
        var decided = await db.Rows<ApprovalHead>(Decided, keys).ToListAsync(cancel);
        return (
            open.ConvertAll(head => new ShownApproval(head, head.IsOwn, [.. lines[head.Id].Take(MostLines)], lines[head.Id].Count() > MostLines)),
            decided.ConvertAll(head => new ShownApproval(head, head.IsOwn, [], HasMore: false)));
    }

    /// <summary>Who may decide about what the caller submits: the administrators and approvers of his company who are not himself.</summary>
    /// <param name="isOverBudget">Then neither may the buyer for whom it is.</param>
    internal static Task<List<AbleApprover>> Able(Tx tx, bool isOverBudget)
    {
        var sql = $$"""
            {{AbleSql}}
                and b.id <> {1} and b.id <> {3} and not exists (select 1 from staff y where y.id = {2} and y.email_normalized = b.email_normalized)
            order by case m.role when 'approver' then 0 when 'own' then 1 else 2 end, m.sort_name, m.id limit 500
            """;
        var (caller, actor) = (tx.Caller, tx.Caller.Actor as Actor.Buyer);
        return tx.Db.Rows<AbleApprover>(
            sql, caller.Company!.Id.Value, actor?.Id.Value ?? Guid.Empty, caller.Staff?.Id.Value ?? Guid.Empty, isOverBudget ? caller.Buyer?.Id.Value ?? Guid.Empty : Guid.Empty).ToListAsync(tx.Cancel);
    }

    /// <summary>Who may decide about an order that is there.</summary>
    internal static Task<List<AbleApprover>> Able(Tx tx, OrderApprovalRow approval) => tx.Db.Rows<AbleApprover>(
        $$"""
        {{AbleSql}} and exists (select 1 from order_approval a join orders o on o.id = a.order_id where o.id = {1} and not {{Own("b.id")}})
        order by case m.role when 'approver' then 0 when 'own' then 1 else 2 end, m.sort_name, m.id limit 500
        """,
        approval.CompanyId.Value, approval.OrderId.Value).ToListAsync(tx.Cancel);

    private static readonly string AbleSql = $$"""
        select m.id as "Membership", b.email as "Email", b.first_name || ' ' || b.last_name as "Name", b.id as "Buyer" from membership m join buyer b on b.id = m.buyer_id
        where m.company_id = {0} and {{RoleSql.May("m", Right.OrdersApprove)}} and m.status = 'active' and b.status = 'active'
        """;

    /// <summary>It is his turn.</summary>
    internal async Task<bool> IsTurn(Tx tx, OrderId order, MembershipId membership) => (await tx.Db.Rows<bool>(
        $"select {TurnSql.Replace("{2}", "{1}", StringComparison.Ordinal)} as \"Value\" from order_approval a join orders o on o.id = a.order_id {_turns} where a.order_id = {{0}}",
        order.Value, membership.Value).ToListAsync(tx.Cancel))[0];

    /// <summary>Orders of which nobody was reminded, and which have waited for whose turn it is since before a time.</summary>
    internal async Task<List<Guid>> Unreminded(DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Guid>(
            "select order_id as \"Value\" from order_approval where status = 'waiting' and reminded_at is null and since <= {0} order by since limit 200", before).ToListAsync(cancel);
    }

    /// <summary>He still is one: who loses the role while he decides decides nothing.</summary>
    internal async Task<bool> IsApprover(Tx tx, MembershipId membership) => await tx.Db.Rows<Guid>(_approver, membership.Value).ToListAsync(tx.Cancel) is [_];

    internal static async Task<bool> IsOwn(Tx tx, OrderRow order, BuyerId buyer) =>
        (await tx.Db.Rows<bool>($"select {OwnSql} as \"Value\" from order_approval a join orders o on o.id = a.order_id where o.id = {{0}}", order.Id.Value, buyer.Value).ToListAsync(tx.Cancel))[0];

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

    /// <summary>Who submitted the order for somebody; null when nobody did, or he works here no more.</summary>
    internal static async Task<OrderReader?> OperatorOf(Tx tx, OrderRow order)
    {
        if (order.OperatorStaffId is null && order.OperatorBuyerId is null)
        {
            return null;
        }

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
