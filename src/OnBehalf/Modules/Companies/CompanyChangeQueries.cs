using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>One change of a company, in words.</summary>
/// <param name="By">Null: the import.</param>
public sealed record CompanyChange(string Field, string? Before, string? After, string? Reason, string? By, DateTimeOffset At)
{
    /// <summary>"Tax id".</summary>
    public string FieldInWords => Field switch
    {
        "status" => "Status",
        "kind" => "Kind",
        "parent" => "Belongs to",
        "name" => "Name",
        "number" => "Number",
        "external-id" => "External id",
        "contracts" => "Contract numbers",
        "country" => "Country",
        "language" => "Language",
        "currency" => "Currency",
        "segment" => "Segment",
        "tax-id" => "Tax id",
        "order-contact" => "Order contact",
        _ => Field,
    };

    public string In(string? value) => value is null ? "none" : Field switch
    {
        "status" when Words.TryParse<CompanyStatus>(value, out var status) => CustomerParts.WordOf(status),
        "kind" when Words.TryParse<CompanyKind>(value, out var kind) => CompanyKinds.Word(kind),
        "country" => CustomerParts.CountryName(value),
        "language" => CustomerParts.LanguageName(value),
        _ => value,
    };
}

/// <summary>What was changed of a company, the newest first.</summary>
public sealed class CompanyChangeQueries(Database database)
{
    private const int Most = 100;

    private const string Sql =
        """
        select h.field as "Field", h.before as "Before", h.after as "After", h.reason as "Reason", s.first_name || ' ' || s.last_name as "By", h.changed_at as "At"
        from company_change h left join staff s on s.id = h.staff_id
        where h.company_id = {0} and ({1} = '' or h.field = {1}) order by h.changed_at desc, h.id desc limit {2}
        """;

    /// <param name="field">Only of this one.</param>
    public async Task<IReadOnlyList<CompanyChange>> Of(CompanyId company, string? field, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<CompanyChange>(Sql, company.Value, field ?? "", Most).ToListAsync(cancel);
    }
}
