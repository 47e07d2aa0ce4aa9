using OnBehalf.Assistance;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Companies;

/// <summary>A customer who may be the one that somebody is about to create.</summary>
/// <param name="Path">His page; null where the staff member knows him by name only.</param>
/// <param name="Why">What both have alike: "the same tax id".</param>
public sealed record LikelyDuplicate(string Name, string Number, string Why, string? Path);

/// <summary>Customers like a new one, among those whom the staff member may find. Of others he learns nothing.</summary>
public sealed class DuplicateQueries(Database database, CustomerSearchQueries search, FoundByNameQueries named)
{
    private const string Digits = "replace(replace(replace(replace(replace(replace(b.phone, ' ', ''), '-', ''), '/', ''), '(', ''), ')', ''), '.', '')";

    // Number {0}, tax id {1}, telephone {2}; the staff member {3}, who may see all companies {4}, or consumers {5}.
    private readonly string _sql = $$"""
        select c.number as "Number", cast(null as uuid) as "Consumer", c.name as "Name", 'number' as "Why" from company c where c.number = {0} and {{Seen(database)}}
        union all
        select c.number, null, c.name, 'tax id' from company c where c.tax_id = {1} and {{Seen(database)}}
        union all
        select c.number, case when c.id is null then m.id end, coalesce(c.name, b.first_name || ' ' || b.last_name), 'telephone'
        from buyer b join membership m on m.buyer_id = b.id left join company c on c.id = m.company_id
        where {{Digits}} = {2} and ((c.id is null and {5}) or (c.id is not null and {{Seen(database)}}))
        limit 10
        """;

    public async Task<IReadOnlyList<LikelyDuplicate>> OfCompany(Caller caller, NewCompany company, string? phone, CancellationToken cancel)
    {
        var found = await Alike(caller, company.Number, company.TaxId, phone, cancel);
        foreach (var card in (await search.Find(caller, company.Name, cancel)).Customers.Where(card => card.Number is not null && CustomerWords.AreAlike(card.Name, company.Name)))
        {
            found.Add(new LikelyDuplicate(card.Name, card.Number!, Say("the same name"), card.PathIn(CustomerPaths.SalesPortal)));
        }

        foreach (var one in (await named.Find(caller, company.Name, cancel)).Where(one => CustomerWords.AreAlike(one.Name, company.Name)))
        {
            found.Add(new LikelyDuplicate(one.Name, one.Number, Say("the same name"), null));
        }

        return [.. found.DistinctBy(one => one.Number)];
    }

    public async Task<IReadOnlyList<LikelyDuplicate>> OfConsumer(Caller caller, string name, string? phone, CancellationToken cancel)
    {
        var found = await Alike(caller, null, null, phone, cancel);
        foreach (var card in (await search.Find(caller, name, cancel)).Customers.Where(card => card.Number is null && SearchText.SortName(card.Name) == SearchText.SortName(name)))
        {
            found.Add(new LikelyDuplicate(card.Name, "", Say("the same name"), card.PathIn(CustomerPaths.SalesPortal)));
        }

        return [.. found.DistinctBy(one => (one.Number, one.Path))];
    }

    private async Task<List<LikelyDuplicate>> Alike(Caller caller, string? number, string? taxId, string? phone, CancellationToken cancel)
    {
        var scope = Acting.Scope(caller);
        var digits = string.Concat((phone ?? "").Where(c => char.IsAsciiDigit(c) || c == '+'));
        await using var db = database.Read();
        var rows = await db.Rows<Row>(
            _sql, number ?? "", taxId ?? "", digits.Length < 5 ? "none" : digits, caller.Staff!.Id.Value, scope.AllCompanies, scope.Consumers).ToListAsync(cancel);
        return rows.ConvertAll(row => new LikelyDuplicate(
            row.Name, row.Number ?? "", Say($"the same {row.Why}"), CustomerPaths.Customer(CustomerPaths.SalesPortal, row.Number, new MembershipId(row.Consumer ?? Guid.Empty))));
    }

    private static string Seen(Database database) => $$"""({4} or {{Operators.IsAssigned(database, "c", "{3}")}})""";

    private sealed record Row(string? Number, Guid? Consumer, string Name, string Why);
}
