using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Audit;

/// <summary>Somebody or something that fits what was typed.</summary>
/// <param name="Key">What stands for it in the URL: never an address of mail.</param>
public sealed record AuditMatch(string Key, string Name, string Detail);

/// <summary>Finds the people, companies, orders and sessions that a reader of the log means, and names those that stand in its URLs.</summary>
public sealed class AuditLookupQueries(Database database)
{
    /// <summary>So many are shown to choose from.</summary>
    public const int Most = 20;

    private const int Steps = 2000;
    private const string Last = "\U0010FFFF";

    private const string StaffColumns = """select s.id as "Id", 'staff' as "Kind", s.first_name || ' ' || s.last_name as "Name", s.role as "Detail", s.email as "Email" from staff s""";

    private const string BuyerColumns = """
        select b.id as "Id", 'buyer' as "Kind", b.first_name || ' ' || b.last_name as "Name",
            (select coalesce(c.name, 'private customer') from membership m left join company c on c.id = m.company_id where m.buyer_id = b.id order by m.id limit 1) as "Detail", b.email as "Email"
        from buyer b
        """;

    /// <summary>By a reference, a whole mail address, a number, or the beginnings of words of the name.</summary>
    public async Task<IReadOnlyList<AuditMatch>> People(string text, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (Guid.TryParse(text, out var reference))
        {
            return await Person(db, reference, cancel) is { } one ? [new AuditMatch(reference.ToString(), one.Name, one.Kind ?? "")] : [];
        }

        List<Found> found;
        if (text.Contains('@', StringComparison.Ordinal))
        {
            found = await db.Rows<Found>($"{StaffColumns} where s.email_normalized = {{0}} union all {BuyerColumns} where b.email_normalized = {{0}}", text.Trim().ToLowerInvariant()).ToListAsync(cancel);
        }
        else
        {
            var words = CustomerWords.Asked(text).OrderByDescending(word => word.Length).Take(4).ToList();
            if (words.Count == 0)
            {
                return [];
            }

            // All words, each as the beginning of one of his; the longest is walked along.
            var asked = string.Concat(Enumerable.Range(1, words.Count - 1).Select(i =>
                $" and exists (select 1 from customer_word x where x.membership_id = w.membership_id and x.word >= {{{2 * i}}} and x.word < {{{(2 * i) + 1}}})"));
            found = await db.Rows<Found>(
                $"""
                {BuyerColumns} where b.id in (
                    select m.buyer_id from membership m where m.id in (
                        select w.membership_id from (select membership_id from customer_word where word >= {"{0}"} and word < {"{1}"} and membership_id is not null order by word limit {Steps}) w
                        where 1 = 1{asked} limit {Most + 1}))
                order by b.last_name, b.first_name, b.id limit {Most + 1}
                """,
                [.. words.SelectMany(word => new object[] { word, word + Last })]).ToListAsync(cancel);
            found.InsertRange(0, await Staff(db, text, cancel));
        }

        return [.. found.Select(one => new AuditMatch(one.Id.ToString(), one.Name, $"{(one.Kind == "staff" ? StaffRoles.Word(Words.Parse<StaffRole>(one.Detail!)) : one.Detail)}, {one.Email}"))];
    }

    /// <summary>Whom a reference or an id stands for; null when it is neither.</summary>
    public async Task<AuditPerson?> Person(ShopDb db, Guid key, CancellationToken cancel)
    {
        const string Sql = """
            select k.ref as "Ref", k.kind as "Kind", coalesce(s.first_name || ' ' || s.last_name, b.first_name || ' ' || b.last_name) as "Name"
            from person_key k left join staff s on s.id = k.person_id left join buyer b on b.id = k.person_id where k.ref = {0} or k.person_id = {0}
            """;
        if (await db.Rows<Named>(Sql, key).ToListAsync(cancel) is [var known])
        {
            return new AuditPerson(known.Ref, known.Kind, known.Name ?? Say("somebody without a name"));
        }

        // Of whom the log never spoke.
        return await db.Rows<Found>($"{StaffColumns} where s.id = {{0}} union all {BuyerColumns} where b.id = {{0}}", key).ToListAsync(cancel) is [var silent]
            ? new AuditPerson(Guid.Empty, silent.Kind, silent.Name) : null;
    }

    /// <summary>By its whole number, or the beginnings of words of name and numbers.</summary>
    public async Task<IReadOnlyList<AuditMatch>> Companies(string text, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await Company(db, text.Trim(), cancel) is { } exact)
        {
            return [new AuditMatch(exact.Number, exact.Name, exact.Number)];
        }

        var words = CustomerWords.Asked(text).OrderByDescending(word => word.Length).Take(4).ToList();
        if (words.Count == 0)
        {
            return [];
        }

        var asked = string.Concat(Enumerable.Range(1, words.Count - 1).Select(i =>
            $" and exists (select 1 from customer_word x where x.company_id = w.company_id and x.membership_id is null and x.word >= {{{2 * i}}} and x.word < {{{(2 * i) + 1}}})"));
        var found = await db.Rows<AuditCompany>(
            $"""
            select c.id as "Id", c.number as "Number", c.name as "Name" from company c where c.id in (
                select w.company_id from (select company_id from customer_word where word >= {"{0}"} and word < {"{1}"} and membership_id is null and company_id is not null order by word limit {Steps}) w
                where 1 = 1{asked} limit {Most + 1})
            order by c.sort_name, c.id limit {Most + 1}
            """,
            [.. words.SelectMany(word => new object[] { word, word + Last })]).ToListAsync(cancel);
        return found.ConvertAll(company => new AuditMatch(company.Number, company.Name, company.Number));
    }

    public async Task<AuditCompany?> Company(ShopDb db, string number, CancellationToken cancel) =>
        await db.Rows<AuditCompany>("""select id as "Id", number as "Number", name as "Name" from company where number = {0}""", number).ToListAsync(cancel) is [var one] ? one : null;

    public async Task<OrderId?> Order(ShopDb db, string number, CancellationToken cancel) =>
        await db.Rows<Guid>("""select id as "Value" from orders where number = {0}""", number).ToListAsync(cancel) is [var id] ? new OrderId(id) : null;

    /// <summary>A session by its id or by the handle that stands in its addresses.</summary>
    public async Task<AssistedSessionId?> Session(ShopDb db, string text, CancellationToken cancel) =>
        Guid.TryParse(text, out var id) ? new AssistedSessionId(id)
        : await db.Rows<Guid>("""select id as "Value" from assisted_session where handle = {0}""", text.ToLowerInvariant()).ToListAsync(cancel) is [var found] ? new AssistedSessionId(found) : null;

    /// <summary>The ticket itself, from a session for it; null when there is none any more.</summary>
    public async Task<string?> Ticket(ShopDb db, string reference, CancellationToken cancel)
    {
        const string Sql = """
            select s.ticket as "Value" from (select e.session_id from audit_event e where e.ticket_ref = {0} limit 5) e
            join assisted_session s on s.id = e.session_id where s.ticket is not null limit 1
            """;
        return await db.Rows<string>(Sql, reference).ToListAsync(cancel) is [var ticket] ? ticket : null;
    }

    /// <summary>What a thing of the log is called: "article P-100 Drill", "setting shop.name".</summary>
    public async Task<string> Thing(ShopDb db, string about, CancellationToken cancel)
    {
        var (kind, key) = about.Split(':', 2) is [var first, var second] ? (first, second) : (about, "");
        if (Guid.TryParse(key, out var id))
        {
            var name = kind switch
            {
                "product" => await db.Rows<string>("""select sku || ' ' || name as "Value" from product where id = {0}""", id).ToListAsync(cancel),
                "price-list" => await db.Rows<string>("""select code || ' ' || name as "Value" from price_list where id = {0}""", id).ToListAsync(cancel),
                _ => [],
            };
            return name is [var found] ? $"{Word(kind)} {found}" : $"{Word(kind)} {key}";
        }

        return $"{Word(kind)} {key}";
    }

    private static string Word(string kind) => kind switch { "product" => "article", "price-list" => Say("price list"), _ => kind };

    private static async Task<List<Found>> Staff(ShopDb db, string text, CancellationToken cancel)
    {
        // They are hundreds, not thousands.
        var words = text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(4).ToList();
        var where = string.Join(" and ", words.Select((_, i) => $"(lower(s.first_name) like {{{i}}} escape '!' or lower(s.last_name) like {{{i}}} escape '!')"));
        return await db.Rows<Found>($"{StaffColumns} where {where} order by s.last_name, s.first_name, s.id limit {Most + 1}", [.. words.Select(Pattern)]).ToListAsync(cancel);
    }

    private static string Pattern(string word) =>
        word.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal) + "%";

    private sealed record Found(Guid Id, string Kind, string Name, string? Detail, string Email);

    private sealed record Named(Guid Ref, string Kind, string? Name);
}

public sealed record AuditCompany(Guid Id, string Number, string Name);
