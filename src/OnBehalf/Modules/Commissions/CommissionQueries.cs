using System.Globalization;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Commissions;

/// <summary>A rule as the Back Office lists it: its newest version, or one of those before.</summary>
public sealed record ListedRule(
    Guid Id, int Version, string Name, int ShareMillionths, string Basis, string Earned, bool IsOn, DateTimeOffset FromAt, string? By, Guid? Staff, string? StaffName, string? Group,
    string? Category, string? CategoryName, string? Customer, string? CustomerName, string Part, int WindowDays, string? Channel)
{
    public Percentage Share => new(ShareMillionths);

    public Phrase BasisWords => CommissionWords.Of(Words.Parse<CommissionBasis>(Basis));

    public Phrase EarnedWords => CommissionWords.Of(Words.Parse<CommissionEarned>(Earned));

    public Phrase PartWords => CommissionWords.Of(Words.Parse<CommissionPart>(Part));

    /// <summary>For whom and what, one beside the other.</summary>
    public string ScopeWords => string.Join(", ", new[] { StaffName, Group, CustomerName, CategoryName, Channel is { } how ? CommissionWords.Of(Words.Parse<CommissionChannel>(how)).ToString() : null }.OfType<string>()) is { Length: > 0 } scope ? scope : Say("everybody and everything");
}

/// <summary>Where somebody's commissions stand now, in one currency.</summary>
public sealed record CommissionBalance(Guid Staff, string Name, string Currency, long AccruedMinor, long EarnedMinor, long PaidOutMinor)
{
    public Money Accrued => new(AccruedMinor, Kernel.Currency.Of(Currency));

    public Money Earned => new(EarnedMinor, Kernel.Currency.Of(Currency));

    public Money PaidOut => new(PaidOutMinor, Kernel.Currency.Of(Currency));
}

/// <summary>An entry as a statement shows it. The customer is not in it: to earn at an order does not mean to see whose it is.</summary>
public sealed record StatedEntry(
    Guid Id, DateTimeOffset At, string Staff, string Order, int Position, string Sku, string From, string To, long AmountMinor, string Currency, long? BaseMinor, string Cause, string Rule, int Version,
    int ShareMillionths, string Part)
{
    /// <summary>As what he earns; null: as the representative.</summary>
    public Phrase? PartWords => Words.Parse<CommissionPart>(Part) is var part && part == CommissionPart.Representative ? null : CommissionWords.Of(part);

    private CommissionAccount Left => Words.Parse<CommissionAccount>(From);

    private CommissionAccount Entered => Words.Parse<CommissionAccount>(To);

    public Phrase Kind => CommissionWords.Of(Left, Entered);

    public Money Amount => new(AmountMinor, Kernel.Currency.Of(Currency));

    public Money? Base => BaseMinor is { } minor ? new Money(minor, Kernel.Currency.Of(Currency)) : null;

    public Percentage Share => new(ShareMillionths);
}

/// <param name="Older">Where the next page begins; null at the end.</param>
public sealed record CommissionStatement(IReadOnlyList<CommissionBalance> Balances, IReadOnlyList<StatedEntry> Entries, OrderPlace? Older)
{
    public static readonly CommissionStatement Empty = new([], [], null);
}

/// <summary>What a run paid to one person, in one currency.</summary>
public sealed record ListedPayOut(int Number, DateTimeOffset At, string By, string Name, string Email, string Currency, long PaidMinor)
{
    public Money Paid => new(PaidMinor, Kernel.Currency.Of(Currency));
}

/// <summary>What can be chosen in the form of a rule.</summary>
public sealed record CommissionChoices(IReadOnlyList<(string Value, string Words)> Staff, IReadOnlyList<(string Value, string Words)> Groups);

/// <summary>Rules of commissions, and statements: two commands each, along the indexes of the ledger.</summary>
public sealed class CommissionQueries(Database database)
{
    public const int PageSize = 50;

    /// <summary>A file that is longer is asked to be narrower.</summary>
    public const int MostInFile = 10_000;

    private const string Rule = """
        select r.id as "Id", r.version as "Version", r.name as "Name", r.share_millionths as "ShareMillionths", r.basis as "Basis", r.earned as "Earned", r.is_on as "IsOn", r.from_at as "FromAt",
            b.first_name || ' ' || b.last_name as "By", r.staff_id as "Staff", s.first_name || ' ' || s.last_name as "StaffName", r.staff_group as "Group", g.code as "Category", g.name as "CategoryName",
            c.number as "Customer", c.name as "CustomerName",
            r.part as "Part", r.window_days as "WindowDays", r.channel as "Channel"
        from commission_rule r join staff b on b.id = r.by_id left join staff s on s.id = r.staff_id left join category g on g.id = r.category_id left join company c on c.id = r.company_id
        """;

    private const string Entry = """
        select e.id as "Id", e.at as "At", s.first_name || ' ' || s.last_name as "Staff", o.number as "Order", e.position as "Position", l.sku as "Sku", e.from_account as "From", e.to_account as "To",
            e.amount_minor as "AmountMinor", e.currency as "Currency", e.base_minor as "BaseMinor", e.cause as "Cause", r.name as "Rule", e.rule_version as "Version", r.share_millionths as "ShareMillionths",
            r.part as "Part"
        from commission_entry e join staff s on s.id = e.staff_id join orders o on o.id = e.order_id join order_line l on l.order_id = e.order_id and l.position = e.position
            join commission_rule r on r.id = e.rule_id and r.version = e.rule_version
        """;

    private static readonly string Balances = $"""
        select e.staff_id as "Staff", s.first_name || ' ' || s.last_name as "Name", e.currency as "Currency", {Sum("accrued")} as "AccruedMinor", {Sum("earned")} as "EarnedMinor", {Sum("paid-out")} as "PaidOutMinor"
        from commission_entry e join staff s on s.id = e.staff_id
        """;

    /// <summary>The newest version of each rule.</summary>
    public async Task<IReadOnlyList<ListedRule>> AllRules(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ListedRule>(
            $"{Rule} where not exists (select 1 from commission_rule n where n.id = r.id and n.version > r.version) order by r.is_on desc, r.name, r.id limit {CommissionRules.Most}").ToListAsync(cancel);
    }

    /// <summary>All versions of a rule, the newest first; empty: there is none.</summary>
    public async Task<IReadOnlyList<ListedRule>> Versions(Guid rule, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ListedRule>($"{Rule} where r.id = {{0}} order by r.version desc limit 200", rule).ToListAsync(cancel);
    }

    public async Task<CommissionChoices> Choices(CancellationToken cancel)
    {
        await using var db = database.Read();
        var staff = await db.Rows<Person>(
            """
            select s.id as "Id", s.first_name || ' ' || s.last_name as "Name", s.staff_group as "Group" from staff s where s.status = 'active' order by s.last_name, s.first_name, s.id limit 1000
            """).ToListAsync(cancel);
        return new CommissionChoices(
            [.. staff.Select(one => (one.Id.ToString(), one.Name))], [.. staff.Select(one => one.Group).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(group => (group, group))]);
    }

    /// <param name="staff">Null: everybody.</param>
    /// <param name="from">Entries of this time; balances are those of now.</param>
    /// <param name="until">And not after it.</param>
    /// <param name="before">Behind this one.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <param name="size">At once.</param>
    public async Task<CommissionStatement> Statement(Guid? staff, DateTimeOffset from, DateTimeOffset until, OrderPlace? before, CancellationToken cancel, int size = PageSize)
    {
        await using var db = database.Read();
        const string Together = "group by e.staff_id, s.first_name, s.last_name, e.currency order by s.last_name, s.first_name, e.staff_id, e.currency limit 1000";
        var balances = staff is { } person
            ? await db.Rows<CommissionBalance>($"{Balances} where e.staff_id = {{0}} {Together}", person).ToListAsync(cancel)
            : await db.Rows<CommissionBalance>($"{Balances} {Together}").ToListAsync(cancel);
        var filter = new List<string> { "e.at >= {0}", "e.at < {1}" };
        var values = new List<object?> { from, until };
        if (staff is { } his)
        {
            filter.Add("e.staff_id = {2}");
            values.Add(his);
        }

        if (before is { } place)
        {
            filter.Add($"(e.at, e.id) < ({{{values.Count}}}, {{{values.Count + 1}}})");
            values.AddRange([place.PlacedAt, place.Id.Value]);
        }

        var entries = await db.Rows<StatedEntry>($"{Entry} where {string.Join(" and ", filter)} order by e.at desc, e.id desc limit {size + 1}", [.. values]).ToListAsync(cancel);
        var shown = entries.Take(size).ToList();
        return new CommissionStatement(balances, shown, entries.Count > size ? new OrderPlace(shown[^1].At, new OrderId(shown[^1].Id)) : null);
    }

    /// <summary>Balances with anything that is earned and not paid out, or owed.</summary>
    public async Task<IReadOnlyList<CommissionBalance>> Due(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<CommissionBalance>(
            $"{Balances} group by e.staff_id, s.first_name, s.last_name, e.currency having {Sum("earned")} <> 0 order by s.last_name, s.first_name, e.staff_id, e.currency limit 1000").ToListAsync(cancel);
    }

    /// <param name="cancel">Ends it early.</param>
    /// <param name="number">Of one run; null: of the newest, at most 200 rows.</param>
    public async Task<IReadOnlyList<ListedPayOut>> PayOuts(CancellationToken cancel, int? number = null)
    {
        await using var db = database.Read();
        const string Sql = """
            select p.number as "Number", p.at as "At", b.first_name || ' ' || b.last_name as "By", s.first_name || ' ' || s.last_name as "Name", s.email as "Email", e.currency as "Currency",
                cast(sum(case when e.to_account = 'paid-out' then e.amount_minor else -e.amount_minor end) as bigint) as "PaidMinor"
            from commission_pay_out p join staff b on b.id = p.by_id join commission_entry e on e.pay_out_number = p.number join staff s on s.id = e.staff_id
            """;
        const string Together = "group by p.number, p.at, b.first_name, b.last_name, s.id, s.first_name, s.last_name, s.email, e.currency order by p.number desc, s.last_name, s.first_name, s.id, e.currency";
        return number is { } one
            ? await db.Rows<ListedPayOut>($"{Sql} where p.number = {{0}} {Together} limit {MostInFile}", one).ToListAsync(cancel)
            : await db.Rows<ListedPayOut>($"{Sql} where p.number > (select coalesce(max(n.number), 0) - 24 from commission_pay_out n) {Together} limit 200").ToListAsync(cancel);
    }

    /// <summary>What orders earn by now: what is not reversed; those that earn nothing are not there. Of all who earn at them for who may see what everybody earns, else of the caller alone.</summary>
    public async Task<IReadOnlyDictionary<OrderId, Money>> OfOrders(ShopDb db, Caller caller, bool isOwn, IReadOnlyCollection<OrderId> orders, CancellationToken cancel) =>
        orders.Count == 0 ? new Dictionary<OrderId, Money>()
        : (await db.Rows<OrderSum>(
            $"""
            select e.order_id as "Order", e.currency as "Currency", cast(sum(case when e.from_account = 'shop' then e.amount_minor when e.to_account = 'shop' then -e.amount_minor else 0 end) as bigint) as "Minor"
            from commission_entry e where {database.OneOf("e.order_id", "{0}")}{(isOwn || !caller.May(Right.CommissionsView) ? " and e.staff_id = {1}" : "")} group by e.order_id, e.currency
            """,
            database.List(orders), caller.Staff!.Id.Value).ToListAsync(cancel)).ToDictionary(one => new OrderId(one.Order), one => new Money(one.Minor, Currency.Of(one.Currency)));

    /// <summary>How somebody is called; null: he is not there.</summary>
    public async Task<string?> NameOf(Guid staff, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<string>("select first_name || ' ' || last_name as \"Value\" from staff where id = {0}", staff).ToListAsync(cancel)).FirstOrDefault();
    }

    private static string Sum(string account) => string.Create(
        CultureInfo.InvariantCulture, $"cast(coalesce(sum(case when e.to_account = '{account}' then e.amount_minor when e.from_account = '{account}' then -e.amount_minor else 0 end), 0) as bigint)");

    private sealed record OrderSum(Guid Order, string Currency, long Minor);

    private sealed record Person(Guid Id, string Name, string? Group);
}
