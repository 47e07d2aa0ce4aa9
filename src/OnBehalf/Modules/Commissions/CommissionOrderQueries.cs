using Microsoft.EntityFrameworkCore;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Commissions;

/// <summary>An order as commissions see it.</summary>
/// <param name="Representative">Null: nobody.</param>
/// <param name="Operator">Who placed it on behalf; null: the customer did, or a colleague of his.</param>
internal sealed record EarningOrder(
    OrderId Id, bool Earns, StaffId? Representative, StaffId? Operator, string? OperatorGroup, CompanyId? Customer, MembershipId? Membership, DateTimeOffset PlacedAt, Currency Currency,
    IReadOnlyList<OrderLineRow> Lines)
{
    public CommissionChannel Channel => Operator is null ? CommissionChannel.SelfService : CommissionChannel.Assisted;
}

/// <summary>An order that was placed lately, for a trial of rules.</summary>
internal sealed record PlacedOrder(CommissionOrder Order, IReadOnlyList<CommissionLine> Lines);

/// <summary>What commissions read of orders, in the transaction that changes them: what it has put in already counts.</summary>
internal static class CommissionOrderQueries
{
    private const string Rules = """
        select r.id as "Id", r.version as "Version", r.name as "Name", r.share_millionths as "Share", r.basis as "Basis", r.earned as "Earned", r.staff_id as "Staff", r.staff_group as "Group",
            r.category_id as "Category", r.company_id as "Company", r.channel as "Channel", r.part as "Part", r.window_days as "WindowDays", r.is_on as "IsOn", (select s.staff_group from staff s where s.id = {1}) as "OwnGroup"
        from commission_rule r
        where r.from_at <= {0} and not exists (select 1 from commission_rule n where n.id = r.id and n.version > r.version and n.from_at <= {0})
        order by r.id limit 1000
        """;

    public static async Task<EarningOrder> Of(Tx tx, OrderId id)
    {
        var orders = tx.Db.Set<OrderRow>();
        var order = orders.Local.FirstOrDefault(row => row.Id == id) ?? await orders.SingleAsync(row => row.Id == id, tx.Cancel);
        var lines = tx.Db.Entry(order).State == EntityState.Added
            ? [.. tx.Db.Set<OrderLineRow>().Local.Where(line => line.OrderId == id).OrderBy(line => line.Position)]
            : await tx.Db.Set<OrderLineRow>().AsNoTracking().Where(line => line.OrderId == id).OrderBy(line => line.Position).ToListAsync(tx.Cancel);
        return new EarningOrder(id, !order.IsImported && OrderWords.IsPlaced(order.Status), order.SalesRepId, order.OperatorStaffId, order.StaffGroup, order.CompanyId, order.MembershipId, order.PlacedAt, order.Currency, lines);
    }

    /// <summary>The rules that were in force, and the group of who represents.</summary>
    public static async Task<(IReadOnlyList<CommissionRule> Rules, string? Group)> InForce(ShopDb db, DateTimeOffset at, StaffId? representative, CancellationToken cancel)
    {
        var rows = await db.Rows<RuleRow>(Rules, at, representative?.Value ?? Guid.Empty).ToListAsync(cancel);
        return ([.. rows.Where(row => row.IsOn).Select(row => row.Rule)], rows.FirstOrDefault()?.OwnGroup);
    }

    /// <summary>Who placed it on behalf; where the customer did himself, the last who acted for him, or for his company as a whole, with a mode in which carts can be changed.</summary>
    /// <param name="days">So far back at most.</param>
    public static async Task<CommissionAssist?> AssistOf(ShopDb db, EarningOrder order, int days, CancellationToken cancel)
    {
        if (order.Operator is { } by)
        {
            return new CommissionAssist(new CommissionEarner(by, order.OperatorGroup), null);
        }

        return days == 0 ? null : (await db.Rows<LastSession>(
            $"""
            select s.id as "Staff", s.staff_group as "Group", a.started_at as "At" from (
                {Sessions("x.membership_id = {0}")} union all {Sessions("x.company_id = {1} and x.membership_id is null")}) a
            join staff s on s.id = a.operator_staff_id order by a.started_at desc, s.id limit 1
            """,
            order.Membership?.Value ?? Guid.Empty, order.Customer?.Value ?? Guid.Empty, order.PlacedAt.AddDays(-days), order.PlacedAt).ToListAsync(cancel))
            .Select(last => new CommissionAssist(new CommissionEarner(new StaffId(last.Staff), last.Group), order.PlacedAt - last.At)).FirstOrDefault();
    }

    /// <summary>The lines, with their categories where a rule asks for one.</summary>
    public static async Task<IReadOnlyList<CommissionLine>> LinesOf(Database database, ShopDb db, EarningOrder order, IEnumerable<CommissionRule> rules, CancellationToken cancel)
    {
        var products = rules.Any(rule => rule.Scope.Category is not null) ? order.Lines.Select(line => line.ProductId).OfType<ProductId>().Distinct().ToList() : [];
        var categories = await CategoriesOf(database, db, products, cancel);
        return
        [
            .. order.Lines.Select(line => new CommissionLine(
                line.Position, new Money(line.TotalMinor - line.DiscountMinor, order.Currency), new Percentage(line.TaxRateMillionths ?? 0),
                new Money(line.DiscountMinor + (line.GivenMinor ?? 0), order.Currency), line.ProductId is { } product ? categories[product.Value].ToHashSet() : [])),
        ];
    }

    /// <summary>The newest orders since then that came to something.</summary>
    public static async Task<IReadOnlyList<PlacedOrder>> Placed(Database database, ShopDb db, DateTimeOffset since, int most, IReadOnlyCollection<CommissionRule> rules, CancellationToken cancel)
    {
        var days = rules.Where(rule => rule.Part == CommissionPart.Assistant).Select(rule => rule.WindowDays).DefaultIfEmpty().Max();
        var rows = await db.Rows<PlacedLine>(
            $"""
            select o.id as "Order", o.sales_rep_id as "Staff", s.staff_group as "Group", o.operator_staff_id as "Operator", o.staff_group as "OperatorGroup", o.company_id as "Company",
                o.membership_id as "Membership", o.placed_at as "PlacedAt", o.currency as "Currency", l.position as "Position", l.product_id as "Product", l.total_minor - l.discount_minor as "Net",
                l.tax_rate_millionths as "TaxRate", l.discount_minor + coalesce(l.given_minor, 0) as "Discount"
            from (
                select n.* from orders n
                where n.placed_at >= {"{0}"} and not n.is_imported and n.status not in ('{OrderWords.Waiting}', '{OrderWords.Declined}', 'cancelled')
                order by n.placed_at desc, n.id desc limit {"{1}"}) o
            left join staff s on s.id = o.sales_rep_id join order_line l on l.order_id = o.id
            """,
            since, most).ToListAsync(cancel);
        var products = rules.Any(rule => rule.Scope.Category is not null) ? rows.Select(row => row.Product).OfType<Guid>().Distinct().Select(id => new ProductId(id)).ToList() : [];
        var categories = await CategoriesOf(database, db, products, cancel);
        var sessions = days == 0 ? [] : await db.Rows<TimedSession>(
            """
            select x.membership_id as "Membership", x.company_id as "Company", x.operator_staff_id as "Staff", s.staff_group as "Group", x.started_at as "At"
            from assisted_session x join staff s on s.id = x.operator_staff_id where x.started_at >= {0} and (x.mode <> 'view' or x.raised_mode is not null) order by x.started_at desc limit {1}
            """,
            since.AddDays(-days), most * 10).ToListAsync(cancel);
        var (ofMembership, ofCompany) = (sessions.Where(one => one.Membership is not null).ToLookup(one => one.Membership!.Value), sessions.Where(one => one.Membership is null).ToLookup(one => one.Company!.Value));
        return
        [
            .. rows.GroupBy(row => row.Order).Select(order => new PlacedOrder(
                Of(order.First()),
                [
                    .. order.Select(line => new CommissionLine(
                        line.Position, new Money(line.Net, Currency.Of(line.Currency)), new Percentage(line.TaxRate ?? 0), new Money(line.Discount, Currency.Of(line.Currency)),
                        line.Product is { } product ? categories[product].ToHashSet() : [])),
                ])),
        ];

        CommissionOrder Of(PlacedLine order) => new(
            order.Company is { } company ? new CompanyId(company) : null,
            order.Staff is { } staff ? new CommissionEarner(new StaffId(staff), order.Group) : null,
            order.Operator is { } by ? new CommissionAssist(new CommissionEarner(new StaffId(by), order.OperatorGroup), null)
                : (order.Membership is { } member ? ofMembership[member] : []).Concat(order.Company is { } whole ? ofCompany[whole] : [])
                    .Where(one => one.At <= order.PlacedAt).OrderByDescending(one => one.At)
                    .Select(one => new CommissionAssist(new CommissionEarner(new StaffId(one.Staff), one.Group), order.PlacedAt - one.At)).FirstOrDefault(),
            order.Operator is null ? CommissionChannel.SelfService : CommissionChannel.Assisted);
    }

    // The newest of each kind along its index.
    private static string Sessions(string of) => $"""
        select * from (
            select x.operator_staff_id, x.started_at from assisted_session x
            where {of} and x.operator_staff_id is not null and (x.mode <> 'view' or x.raised_mode is not null) and x.started_at >= {"{2}"} and x.started_at <= {"{3}"}
            order by x.started_at desc, x.id desc limit 1) n
        """;

    private static async Task<ILookup<Guid, CategoryId>> CategoriesOf(Database database, ShopDb db, IReadOnlyCollection<ProductId> products, CancellationToken cancel) =>
        (products.Count == 0 ? [] : await db.Rows<Above>(
            $"""
            with recursive up (product_id, category_id) as (
                select p.id, p.category_id from product p where {database.OneOf("p.id", "{0}")} and p.category_id is not null
                union select up.product_id, c.parent_id from up join category c on c.id = up.category_id where c.parent_id is not null)
            select product_id as "Product", category_id as "Category" from up
            """,
            database.List(products)).ToListAsync(cancel)).ToLookup(one => one.Product, one => new CategoryId(one.Category));

    public static async Task<OrderProgress> Progress(Tx tx, EarningOrder order)
    {
        var (steps, parts) = (tx.Db.Set<OrderStepRow>(), tx.Db.Set<OrderStepLineRow>());
        var taken = await steps.AsNoTracking().Where(step => step.OrderId == order.Id).ToListAsync(tx.Cancel);
        var about = await parts.AsNoTracking().Where(part => part.OrderId == order.Id).ToListAsync(tx.Cancel);
        taken.AddRange(steps.Local.Where(step => step.OrderId == order.Id));
        var ofStep = about.Concat(parts.Local.Where(part => part.OrderId == order.Id)).ToLookup(part => part.Number, part => new OrderPart(part.Position, new Quantity(part.QuantityThousandths)));
        return taken.OrderBy(step => step.Number).Aggregate(
            OrderProgress.Of(order.Lines.Select(line => new OrderPart(line.Position, new Quantity(line.QuantityThousandths)))),
            (progress, step) => progress.With(Words.Parse<OrderStep>(step.Kind), [.. ofStep[step.Number]]));
    }

    private sealed record PlacedLine(
        Guid Order, Guid? Staff, string? Group, Guid? Operator, string? OperatorGroup, Guid? Company, Guid? Membership, DateTimeOffset PlacedAt, string Currency, int Position, Guid? Product, long Net,
        int? TaxRate, long Discount);

    private sealed record LastSession(Guid Staff, string? Group, DateTimeOffset At);

    private sealed record TimedSession(Guid? Membership, Guid? Company, Guid Staff, string? Group, DateTimeOffset At);

    private sealed record Above(Guid Product, Guid Category);

    private sealed record RuleRow(
        Guid Id, int Version, string Name, int Share, string Basis, string Earned, Guid? Staff, string? Group, Guid? Category, Guid? Company, string? Channel, string Part, int WindowDays, bool IsOn,
        string? OwnGroup)
    {
        public CommissionRule Rule => new(
            new CommissionRuleId(Id), Version, Name, new Percentage(Share), Words.Parse<CommissionBasis>(Basis), Words.Parse<CommissionEarned>(Earned),
            new CommissionScope(
                Staff is { } staff ? new StaffId(staff) : null, Group, Category is { } category ? new CategoryId(category) : null, Company is { } company ? new CompanyId(company) : null,
                Channel is { } channel ? Words.Parse<CommissionChannel>(channel) : null),
            Words.Parse<CommissionPart>(Part), WindowDays);
    }
}
