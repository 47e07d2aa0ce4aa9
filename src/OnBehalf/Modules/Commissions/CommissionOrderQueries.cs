using Microsoft.EntityFrameworkCore;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Commissions;

/// <summary>An order as commissions see it.</summary>
/// <param name="Representative">Who earns; null: nobody.</param>
internal sealed record EarningOrder(OrderId Id, bool Earns, StaffId? Representative, CompanyId? Customer, DateTimeOffset PlacedAt, Currency Currency, IReadOnlyList<OrderLineRow> Lines);

/// <summary>An order that was placed lately, for a trial of rules.</summary>
/// <param name="Name">Of who represents it.</param>
internal sealed record PlacedOrder(CommissionEarner Earner, string Name, IReadOnlyList<CommissionLine> Lines);

/// <summary>What commissions read of orders, in the transaction that changes them: what it has put in already counts.</summary>
internal static class CommissionOrderQueries
{
    private const string Rules = """
        select r.id as "Id", r.version as "Version", r.name as "Name", r.share_millionths as "Share", r.basis as "Basis", r.earned as "Earned", r.staff_id as "Staff", r.staff_group as "Group",
            r.category_id as "Category", r.company_id as "Company", r.is_on as "IsOn", (select s.staff_group from staff s where s.id = {1}) as "OwnGroup"
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
        return new EarningOrder(id, !order.IsImported && OrderWords.IsPlaced(order.Status), order.SalesRepId, order.CompanyId, order.PlacedAt, order.Currency, lines);
    }

    /// <summary>The rules that were in force, and who earns by them.</summary>
    public static async Task<(IReadOnlyList<CommissionRule> Rules, CommissionEarner Earner)> InForce(ShopDb db, DateTimeOffset at, StaffId staff, CompanyId? customer, CancellationToken cancel)
    {
        var rows = await db.Rows<RuleRow>(Rules, at, staff.Value).ToListAsync(cancel);
        return ([.. rows.Where(row => row.IsOn).Select(row => row.Rule)], new CommissionEarner(staff, rows.FirstOrDefault()?.OwnGroup, customer));
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

    /// <summary>The newest orders since then that somebody represents, and that came to something.</summary>
    public static async Task<IReadOnlyList<PlacedOrder>> Placed(Database database, ShopDb db, DateTimeOffset since, int most, IReadOnlyCollection<CommissionRule> rules, CancellationToken cancel)
    {
        var rows = await db.Rows<PlacedLine>(
            $"""
            select o.id as "Order", o.sales_rep_id as "Staff", s.first_name || ' ' || s.last_name as "Name", s.staff_group as "Group", o.company_id as "Company", o.currency as "Currency", l.position as "Position",
                l.product_id as "Product", l.total_minor - l.discount_minor as "Net", l.tax_rate_millionths as "TaxRate", l.discount_minor + coalesce(l.given_minor, 0) as "Discount"
            from (
                select n.id, n.sales_rep_id, n.company_id, n.currency from orders n
                where n.placed_at >= {"{0}"} and n.sales_rep_id is not null and not n.is_imported and n.status not in ('{OrderWords.Waiting}', '{OrderWords.Declined}', 'cancelled')
                order by n.placed_at desc, n.id desc limit {"{1}"}) o
            join staff s on s.id = o.sales_rep_id join order_line l on l.order_id = o.id
            """,
            since, most).ToListAsync(cancel);
        var products = rules.Any(rule => rule.Scope.Category is not null) ? rows.Select(row => row.Product).OfType<Guid>().Distinct().Select(id => new ProductId(id)).ToList() : [];
        var categories = await CategoriesOf(database, db, products, cancel);
        return
        [
            .. rows.GroupBy(row => row.Order).Select(order => order.First() is var first
                ? new PlacedOrder(
                    new CommissionEarner(new StaffId(first.Staff), first.Group, first.Company is { } company ? new CompanyId(company) : null), first.Name,
                    [
                        .. order.Select(line => new CommissionLine(
                            line.Position, new Money(line.Net, Currency.Of(line.Currency)), new Percentage(line.TaxRate ?? 0), new Money(line.Discount, Currency.Of(line.Currency)),
                            line.Product is { } product ? categories[product].ToHashSet() : [])),
                    ])
                : null!),
        ];
    }

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
        Guid Order, Guid Staff, string Name, string? Group, Guid? Company, string Currency, int Position, Guid? Product, long Net, int? TaxRate, long Discount);

    private sealed record Above(Guid Product, Guid Category);

    private sealed record RuleRow(
        Guid Id, int Version, string Name, int Share, string Basis, string Earned, Guid? Staff, string? Group, Guid? Category, Guid? Company, bool IsOn, string? OwnGroup)
    {
        public CommissionRule Rule => new(
            new CommissionRuleId(Id), Version, Name, new Percentage(Share), Words.Parse<CommissionBasis>(Basis), Words.Parse<CommissionEarned>(Earned),
            new CommissionScope(
                Staff is { } staff ? new StaffId(staff) : null, Group, Category is { } category ? new CategoryId(category) : null, Company is { } company ? new CompanyId(company) : null));
    }
}
