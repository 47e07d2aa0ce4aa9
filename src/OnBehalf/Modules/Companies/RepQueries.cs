using System.Security.Cryptography;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Who serves a company.</summary>
/// <param name="Until">The end of access for a time; null: for good.</param>
public sealed record ServingRep(Guid Id, string Name, string Email, string Role, string Status, bool IsPrimary, DateTimeOffset? Until);

/// <summary>A staff member who can be chosen.</summary>
public sealed record RepChoice(Guid Id, string Name, string Role, string Status, int Customers);

/// <summary>A company with its contact.</summary>
public sealed record RepCompany(Guid Id, string Number, string Name, string? Country, string? Segment, string? Rep, int Serving);

/// <summary>Which companies; what is empty does not narrow.</summary>
/// <param name="Group">The code of a customer group.</param>
/// <param name="Rep">The id of who serves them for good, or `none`.</param>
public sealed record RepFilter(string? Country, string? Segment, string? Group, string? Rep);

/// <summary>A line of a file: who is to serve which company.</summary>
/// <param name="Fault">What is wrong with its form already.</param>
public sealed record RepLine(int Line, string Number, string Email, bool IsPrimary, RepFault? Fault);

public sealed record RepFault(int Line, string Words);

/// <summary>What lines of a file name, as it is here.</summary>
public sealed record RepsKnown(IReadOnlyDictionary<string, CompanyId> Companies, IReadOnlyDictionary<string, StaffId> Staff)
{
    public RepFault? FaultOf(RepLine line, StaffId own) =>
        !Companies.ContainsKey(line.Number) ? new RepFault(line.Line, Say($"There is no company with the number {line.Number}."))
        : !Staff.TryGetValue(line.Email, out var staff) ? new RepFault(line.Line, Say($"There is no active staff member with the address {line.Email}."))
        : staff == own ? new RepFault(line.Line, Say("Nobody assigns customers to himself.")) : null;
}

/// <summary>A line of the file that the import takes back.</summary>
public sealed record RepExport(string Number, string Email, bool IsPrimary);

/// <summary>Which staff serve which companies.</summary>
public sealed class RepQueries(Database database)
{
    private const string ServingSql =
        """
        select s.id as "Id", s.first_name || ' ' || s.last_name as "Name", s.email as "Email", s.role as "Role", s.status as "Status",
            coalesce(c.sales_rep_id = s.id, false) as "IsPrimary", a.until as "Until"
        from staff_assignment a join staff s on s.id = a.staff_id join company c on c.id = a.company_id
        where a.company_id = {0} order by s.last_name, s.first_name, s.id limit 200
        """;

    private const string StaffSql =
        """
        select s.id as "Id", s.first_name || ' ' || s.last_name as "Name", s.role as "Role", s.status as "Status",
            cast((select count(*) from staff_assignment a where a.staff_id = s.id and a.until is null) as integer) as "Customers"
        from staff s where s.status <> 'erased' order by s.last_name, s.first_name, s.id limit 500
        """;

    public async Task<IReadOnlyList<ServingRep>> Of(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ServingRep>(ServingSql, company.Value).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<RepChoice>> Staff(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<RepChoice>(StaffSql).ToListAsync(cancel);
    }

    public async Task<bool> IsActive(ShopDb db, StaffId staff, CancellationToken cancel) =>
        (await db.Rows<int>("select 1 as \"Value\" from staff where id = {0} and status = 'active'", staff.Value).ToListAsync(cancel)).Count == 1;

    /// <summary>So many of those that fit, and the first of them to look at.</summary>
    public async Task<(int Count, string Mark, IReadOnlyList<RepCompany> First, IReadOnlyList<string> Segments, IReadOnlyList<(string Value, string Words)> Groups)> Find(RepFilter filter, CancellationToken cancel)
    {
        await using var db = database.Read();
        var (where, arguments) = Where(filter);
        var first = await db.Rows<RepCompany>(
            $"""
            select c.id as "Id", c.number as "Number", c.name as "Name", c.country as "Country", c.segment as "Segment", r.first_name || ' ' || r.last_name as "Rep",
                cast((select count(*) from staff_assignment z where z.company_id = c.id and z.until is null) as integer) as "Serving"
            from company c left join staff r on r.id = c.sales_rep_id where {where} order by c.sort_name, c.id limit 50
            """,
            arguments).ToListAsync(cancel);
        var ids = await Ids(db, filter, Reps.MostAtOnce, cancel);
        var segments = await db.Rows<string>("select distinct segment as \"Value\" from company where segment is not null order by 1 limit 200").ToListAsync(cancel);
        var groups = await db.Rows<Named>("select code as \"Code\", name as \"Name\" from customer_group order by name limit 500").ToListAsync(cancel);
        return (ids.Count, MarkOf(ids), first, segments, [.. groups.Select(group => (group.Code, group.Name))]);
    }

    /// <summary>Says which companies these are: another mark, other companies.</summary>
    public static string MarkOf(IReadOnlyList<CompanyId> ids) =>
        Convert.ToHexString(SHA256.HashData([.. ids.SelectMany(id => id.Value.ToByteArray())]));

    public async Task<IReadOnlyList<CompanyId>> Ids(ShopDb db, RepFilter filter, int most, CancellationToken cancel)
    {
        var (where, arguments) = Where(filter);
        var ids = await db.Rows<Guid>($"select c.id as \"Value\" from company c where {where} order by c.sort_name, c.id limit {most}", arguments).ToListAsync(cancel);
        return ids.ConvertAll(id => new CompanyId(id));
    }

    /// <summary>All assignments for good, in pieces.</summary>
    public async IAsyncEnumerable<RepExport> All([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var db = database.Read();
        var (number, email) = ("", "");
        while (true)
        {
            var piece = await db.Rows<RepExport>(
                """
                select c.number as "Number", s.email_normalized as "Email", coalesce(c.sales_rep_id = s.id, false) as "IsPrimary"
                from company c join staff_assignment a on a.company_id = c.id join staff s on s.id = a.staff_id
                where a.until is null and (c.number, s.email_normalized) > ({0}, {1}) order by c.number, s.email_normalized limit 2000
                """,
                number, email).ToListAsync(cancel);
            foreach (var row in piece)
            {
                yield return row;
            }

            if (piece.Count < 2_000)
            {
                yield break;
            }

            (number, email) = (piece[^1].Number, piece[^1].Email);
        }
    }

    public async Task<RepsKnown> Known(ShopDb db, IReadOnlyList<RepLine> lines, CancellationToken cancel)
    {
        var companies = new Dictionary<string, CompanyId>(StringComparer.Ordinal);
        foreach (var piece in lines.Where(line => line.Fault is null).Select(line => line.Number).Distinct(StringComparer.Ordinal).Chunk(200))
        {
            var marks = string.Join(", ", piece.Select((_, i) => $"{{{i}}}"));
            foreach (var row in await db.Rows<Found>($"select id as \"Id\", number as \"Key\" from company where number in ({marks})", [.. piece]).ToListAsync(cancel))
            {
                companies[row.Key] = new CompanyId(row.Id);
            }
        }

        var staff = await db.Rows<Found>("select id as \"Id\", email_normalized as \"Key\" from staff where status = 'active'").ToListAsync(cancel);
        return new RepsKnown(companies, staff.ToDictionary(row => row.Key, row => new StaffId(row.Id), StringComparer.Ordinal));
    }

    private static (string Where, object?[] Arguments) Where(RepFilter filter)
    {
        var (conditions, arguments) = (new List<string> { "1 = 1" }, new List<object?>());
        Add(filter.Country, "c.country = ?");
        Add(filter.Segment, "c.segment = ?");
        Add(filter.Group, "exists (select 1 from customer_terms t join customer_group g on g.id = t.customer_group_id where t.company_id = c.id and g.code = ?)");
        if (filter.Rep == "none")
        {
            conditions.Add("not exists (select 1 from staff_assignment a where a.company_id = c.id and a.until is null)");
        }
        else if (Guid.TryParse(filter.Rep, out var rep))
        {
            conditions.Add($"exists (select 1 from staff_assignment a where a.company_id = c.id and a.until is null and a.staff_id = {{{arguments.Count}}})");
            arguments.Add(rep);
        }

        return (string.Join(" and ", conditions), [.. arguments]);

        void Add(string? value, string condition)
        {
            if (!string.IsNullOrEmpty(value))
            {
                conditions.Add(condition.Replace("?", $"{{{arguments.Count}}}", StringComparison.Ordinal));
                arguments.Add(value);
            }
        }
    }

    private sealed record Named(string Code, string Name);

    private sealed record Found(Guid Id, string Key);
}
