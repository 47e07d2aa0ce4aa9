using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>
/// The addresses of companies: the set of a company is replaced as a whole and compared by content, so that one which stays keeps its row. While a row of
/// a company is rejected, none of its addresses is removed.
/// </summary>
internal sealed class AddressImport(WorkConnection work, Checks checks, FaultBook faults, DateTimeOffset now, CancellationToken cancel)
{
    private static readonly string[] Text = ["label", "line1", "line2", "city", "region", "postal_code", "country"];

    private static readonly string Same =
        "t.company_id = p.company_id and t.recipient is null and t.is_billing = p.is_billing and t.is_shipping = p.is_shipping and "
        + string.Join(" and ", Text.Select(column => $"t.{column} is not distinct from p.{column}"));

    public async Task<Merged> Addresses()
    {
        var file = PackageFormat.Addresses;
        await checks.Refers(file, "company_number", PackageFormat.Companies, "company", "number");
        await faults.Reject(file, cancel);
        var content = string.Join(", ", Text.Select(column => "s." + column));
        await work.Run(
            $"""
            drop table if exists plan_address;
            create temp table plan_address as
            select company.id as company_id, {content}, s.billing as is_billing, s.shipping as is_shipping, min(s.line) as line
            from import_addresses s join company on company.number = s.company_number
            group by company.id, {content}, s.billing, s.shipping
            """,
            cancel);
        var removed = await work.Run(
            $"""
            delete from address where company_id in (select company_id from plan_address)
                and id not in (select t.id from address t join plan_address p on {Same})
                and company_id not in (select company.id from company join import_rejected r on r.file = {file.Number} and r.subject = company.number)
            """,
            cancel);
        var added = await work.Run(
            $"""
            insert into address (id, company_id, {string.Join(", ", Text)}, is_billing, is_shipping, created_at, version)
            select s.new_id, p.company_id, {string.Join(", ", Text.Select(column => "p." + column))}, p.is_billing, p.is_shipping, @now, 1
            from plan_address p join import_addresses s on s.line = p.line
            where not exists (select 1 from address t where {Same}) order by p.line
            """,
            cancel, ("now", now));
        return new Merged(added, 0, await work.Count($"select count(*) from {file.Stage}", cancel) - added, removed);
    }
}
