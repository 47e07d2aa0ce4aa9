using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>
/// Orders of another system, frozen as they came: a line is quantity × unit price, tax and shipping stand as given, the total is their sum. The lines of an
/// order are an ordered list and replaced as a whole; an order is taken with all its lines or not at all.
/// </summary>
internal sealed class OrderImport(WorkConnection work, Checks checks, FaultBook faults, CancellationToken cancel)
{
    // In minor units, so that no sum of lines leaves 64 bits.
    private const string LargestLine = "100000000000000";

    // The currency of the order of a line or of an order: its own, the one it is kept in, or the company's.
    private const string CurrencyOfOrder = "coalesce(s.currency, t.currency, company.currency)";
    private const string OrderJoins = "left join orders t on t.number = s.number left join company on company.number = s.company_number";

    public async Task<(Merged Orders, Merged Lines)> Orders()
    {
        await CheckOrders(PackageFormat.Orders);
        await FindCurrencies();
        await CheckLines(PackageFormat.OrderLines);
        await RejectTogether(PackageFormat.Orders, PackageFormat.OrderLines);
        await PlanLines();
        var orders = await MergeOrders();
        var lines = await MergeLines();
        await CountOrders();
        return (orders, lines);
    }

    private async Task CheckOrders(PackageFile file)
    {
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "company_number", PackageFormat.Companies, "company", "number");
        await checks.Refers(file, "sales_rep_email", PackageFormat.Staff, "staff", "email_normalized");
        await checks.Fault(
            file, "contact_email", "s.contact_email",
            "case when r.line is null then 'Nobody with this mail address works for this company.' else 'Depends on contacts.csv, line ' || r.line || ', which was rejected.' end",
            $"""
            {file.Stage} s left join buyer on buyer.email_normalized = s.contact_email left join company on company.number = s.company_number
            left join membership m on m.buyer_id = buyer.id and m.company_id = company.id
            left join (select subject, min(line) as line from import_rejected where file = {PackageFormat.Contacts.Number} group by subject) r on r.subject = s.contact_email
            where s.contact_email is not null and company.id is not null and m.id is null
            """,
            "r.line is null");
        await checks.Fault(
            file, "number", "s.number", "'An order of this number was placed in the shop and cannot be replaced.'",
            $"{file.Stage} s join orders t on t.number = s.number where not t.is_imported");
        await checks.Fault(
            file, "currency", "s.currency", "'This order is kept in ' || t.currency || ': its lines must come with it when its currency changes.'",
            $"""
            {file.Stage} s join orders t on t.number = s.number where s.currency <> t.currency
                and exists (select 1 from order_line l where l.order_id = t.id) and s.number not in (select order_number from import_order_lines where order_number is not null)
            """);
        await checks.Amount(file, "tax", CurrencyOfOrder, OrderJoins);
        await checks.Amount(file, "shipping", CurrencyOfOrder, OrderJoins);
    }

    // Also of orders that the shop has already and that get new lines.
    private Task FindCurrencies() => work.Run(
        $"""
        drop table if exists import_order_currency;
        create temp table import_order_currency as
        select s.number, min({CurrencyOfOrder}) as currency, false as is_foreign from import_orders s {OrderJoins} where s.number is not null group by s.number
        union all
        select t.number, t.currency, not t.is_imported from orders t
        where t.number in (select order_number from import_order_lines) and t.number not in (select number from import_orders where number is not null)
        """,
        cancel);

    private async Task CheckLines(PackageFile file)
    {
        await work.Run(
            $"""
            insert into import_fault (file, line, field, value, reason, own)
            select {file.Number}, s.line, 'order_number', s.order_number,
                case when o.is_foreign then 'This order was placed in the shop and cannot be replaced.' else 'Order number not found, neither in orders.csv nor in the shop.' end, {(faults.IsBroken(PackageFormat.Orders) ? "false" : "true")}
            from import_order_lines s left join import_order_currency o on o.number = s.order_number
            where s.order_number is not null and (o.number is null or o.is_foreign)
            """,
            cancel);
        await checks.Refers(file, "sku", PackageFormat.Products, "product", "sku");
        await checks.Amount(file, "unit_price", "o.currency", "join import_order_currency o on o.number = s.order_number");
        await checks.Fault(
            file, "quantity", "s.quantity / 1000", "'The total of this line is larger than any that can be kept.'",
            $"""
            import_order_lines s join import_order_currency o on o.number = s.order_number join import_currency c on c.code = o.currency
            where cast(s.unit_price / c.divisor as double precision) * (s.quantity / 1000) > {LargestLine}
            """);
    }

    // An order without one of its lines would be a false one.
    private async Task RejectTogether(PackageFile orders, PackageFile lines)
    {
        await faults.Reject(orders, cancel);
        await work.Run($"update import_order_lines set bad = true where line in (select line from import_fault where file = {lines.Number})", cancel);
        await checks.Fault(
            orders, "number", "s.number", "'Depends on order_lines.csv, line ' || l.line || ', which was rejected.'",
            "import_orders s join (select order_number, min(line) as line from import_order_lines where bad group by order_number) l on l.order_number = s.number", "false");
        await faults.Reject(orders, cancel);
        await checks.Fault(
            lines, "order_number", "s.order_number", "'Depends on orders.csv, line ' || r.line || ', which was rejected.'",
            $"""
            import_order_lines s join (select subject, min(line) as line from import_rejected where file = {orders.Number} group by subject) r on r.subject = s.order_number
            where not s.bad and s.order_number not in (select number from import_orders)
            """,
            "false");
        await checks.Fault(
            lines, "order_number", "s.order_number", "'Depends on line ' || l.line || ', which was rejected.'",
            $"""
            import_order_lines s join (select order_number, min(line) as line from import_order_lines where bad group by order_number) l on l.order_number = s.order_number
            where not s.bad and s.line not in (select line from import_fault where file = {lines.Number})
            """,
            "false");
        await faults.Reject(lines, cancel);
    }

    // Half up, and split so that nothing leaves 64 bits: at most 10^12 minor units times 10^9 thousandths.
    private async Task PlanLines()
    {
        await work.Run(
            """
            drop table if exists plan_order_line;
            create temp table plan_order_line as
            select s.order_number, row_number() over (partition by s.order_number order by s.line) as position, product.id as product_id, product.sku, product.name,
                s.quantity as quantity_thousandths, s.unit_price / c.divisor as price_minor,
                s.unit_price / c.divisor * (s.quantity / 1000) + (s.unit_price / c.divisor * (s.quantity % 1000) * 2 + 1000) / 2000 as total_minor
            from import_order_lines s join import_order_currency o on o.number = s.order_number join import_currency c on c.code = o.currency
            join product on product.sku = s.sku;
            drop table if exists import_order_sum;
            create temp table import_order_sum as
            select order_number, cast(sum(total_minor) as bigint) as lines_minor, count(*) as lines from plan_order_line group by order_number;
            """,
            cancel);
    }

    // Names are copies of the day on which the order came; they follow only when the order turns out to be somebody else's.
    private Task<Merged> MergeOrders() => new Target(
        "orders",
        """
        import_orders s join import_order_currency o on o.number = s.number join import_currency c on c.code = o.currency
        join company on company.number = s.company_number left join buyer on buyer.email_normalized = s.contact_email
        left join membership m on m.buyer_id = buyer.id and m.company_id = company.id left join staff on staff.email_normalized = s.sales_rep_email
        left join orders old on old.number = s.number left join import_order_sum x on x.order_number = s.number
        """,
        [("number", "s.number")],
        [
            ("membership_id", "m.id"), ("buyer_id", "buyer.id"), ("company_id", "company.id"), ("status", "s.status"), ("placed_at", "s.placed_at"),
            ("currency", "o.currency"), ("lines_minor", "coalesce(x.lines_minor, old.lines_minor, 0)"), ("shipping_minor", "s.shipping / c.divisor"),
            ("tax_minor", "s.tax / c.divisor"), ("total_minor", "coalesce(x.lines_minor, old.lines_minor, 0) + s.shipping / c.divisor + s.tax / c.divisor"),
            ("buyer_name", "case when old.buyer_id is not distinct from buyer.id then old.buyer_name else buyer.first_name || ' ' || buyer.last_name end"),
            ("buyer_email", "case when old.buyer_id is not distinct from buyer.id then old.buyer_email else buyer.email end"),
            ("company_name", "case when old.company_id is not distinct from company.id then old.company_name else company.name end"),
            ("company_number", "case when old.company_id is not distinct from company.id then old.company_number else company.number end"),
            ("purchase_order_number", "s.purchase_order_number"), ("sales_rep_id", "staff.id"),
        ])
    { AtFirst = [("id", "s.new_id"), ("is_imported", "true")], Remember = ["company_id"], HasVersion = true }.Merge(work, cancel);

    private async Task<Merged> MergeLines()
    {
        // Only orders that were there before can have lines to compare with.
        await work.Run(
            """
            drop table if exists import_order_list;
            create temp table import_order_list as
            select x.order_number, o.id as order_id, x.lines, x.lines_minor, coalesce(p.change, 0) as change,
                case when p.change = 2 then 0 else (select count(*) from order_line l where l.order_id = o.id) end as lines_before
            from import_order_sum x join orders o on o.number = x.order_number left join plan_orders p on p.number = x.order_number;
            drop table if exists import_order_new_list;
            create temp table import_order_new_list as
            select order_number, order_id, lines, lines_before, lines_minor, change from import_order_list where lines <> lines_before
            union
            select i.order_number, i.order_id, i.lines, i.lines_before, i.lines_minor, i.change
            from import_order_list i join plan_order_line p on p.order_number = i.order_number
            left join order_line l on l.order_id = i.order_id and l.position = p.position
            where i.lines = i.lines_before and (l.order_id is null or l.sku <> p.sku or l.quantity_thousandths <> p.quantity_thousandths or l.price_minor <> p.price_minor);
            """,
            cancel);
        await work.Run("delete from order_line where order_id in (select order_id from import_order_new_list where lines_before > 0)", cancel);
        await work.Run(
            """
            insert into order_line (order_id, position, product_id, sku, name, quantity_thousandths, price_minor, price_per, total_minor)
            select n.order_id, p.position, p.product_id, p.sku, p.name, p.quantity_thousandths, p.price_minor, 1, p.total_minor
            from plan_order_line p join import_order_new_list n on n.order_number = p.order_number
            """,
            cancel);
        await work.Run(
            """
            update orders as t set lines_minor = n.lines_minor, total_minor = n.lines_minor + t.shipping_minor + t.tax_minor, version = version + 1
            from import_order_new_list n where n.change = 0 and t.id = n.order_id
            """,
            cancel);
        const string counts = "select coalesce(sum(case when {0} then {1} else 0 end), 0) from import_order_new_list";
        var added = await work.Count(string.Format(null, counts, "lines_before = 0", "lines"), cancel);
        var changed = await work.Count(string.Format(null, counts, "lines_before > 0", "lines"), cancel);
        var removed = await work.Count(string.Format(null, counts, "lines_before > lines", "lines_before - lines"), cancel);
        return new Merged(added, changed, await work.Count("select count(*) from plan_order_line", cancel) - added - changed, removed);
    }

    private Task CountOrders() => work.Run(
        """
        update company set order_count = (select count(*) from orders o where o.company_id = company.id and o.status not in ('waiting-for-approval', 'declined')),
            last_order_at = (select max(o.placed_at) from orders o where o.company_id = company.id and o.status not in ('waiting-for-approval', 'declined'))
        where id in (select company_id from plan_orders where change > 0 union select old_company_id from plan_orders where change = 1)
        """,
        cancel);
}
