using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>Customer groups, and what companies and private customers have agreed.</summary>
internal sealed class TermsImport(WorkConnection work, Checks checks, FaultBook faults, CancellationToken cancel)
{
    public async Task<Merged> Groups()
    {
        var file = PackageFormat.CustomerGroups;
        await checks.NoTwoRowsShareTheKey(file);
        await faults.Reject(file, cancel);
        return await new Target("customer_group", $"{file.Stage} s", [("code", "s.code")], [("name", "s.name")])
        { AtFirst = [("id", "s.new_id")], HasVersion = true }.Merge(work, cancel);
    }

    public async Task<Merged> Terms(IReadOnlySet<string> header)
    {
        var file = PackageFormat.CustomerTerms;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Fault(
            file, "company_number", "s.company_number", "'Name either a company by its number or a private customer by his e-mail address.'",
            $"{file.Stage} s where (s.company_number is null) = (s.email is null)");
        await checks.Refers(file, "company_number", PackageFormat.Companies, "company", "number");
        await checks.Fault(
            file, "email", "s.email", "'No private customer has this address, neither in contacts.csv nor in the shop.'",
            $"{file.Stage} s where s.email is not null and not exists (select 1 from membership m join buyer b on b.id = m.buyer_id where m.company_id is null and b.email_normalized = s.email)");
        await checks.Fault(
            file, "exemption_number", "s.exemption_number", "'Only a company buys without tax.'", $"{file.Stage} s where s.company_number is null and s.exemption_number is not null");
        await checks.Refers(file, "customer_group_code", PackageFormat.CustomerGroups, "customer_group", "code");
        await faults.Reject(file, cancel);
        const string group = "left join customer_group g on g.code = s.customer_group_code";
        var ofCompanies = await Merge(header, $"{file.Stage} s join company on company.number = s.company_number {group}", ("company_id", "company.id"));
        var ofConsumers = await Merge(
            header, $"{file.Stage} s join buyer on buyer.email_normalized = s.email join membership m on m.buyer_id = buyer.id and m.company_id is null {group}", ("membership_id", "m.id"));
        return new Merged(ofCompanies.New + ofConsumers.New, ofCompanies.Changed + ofConsumers.Changed, ofCompanies.Unchanged + ofConsumers.Unchanged);
    }

    private Task<Merged> Merge(IReadOnlySet<string> header, string from, (string Column, string Value) whose) =>
        new Target("customer_terms", from, [whose], []) { AtFirst = [("id", "s.new_id")], HasVersion = true }.With(
            header, ("customer_group_code", "customer_group_id", "g.id"), ("exemption_number", "exemption_number", "s.exemption_number"), ("exemption_from", "exemption_from", "s.exemption_from"),
            ("exemption_until", "exemption_until", "s.exemption_until"), ("gross_prices", "shows_gross", "s.gross_prices"), ("credit_approved", "credit_approved", "s.credit_approved")).Merge(work, cancel);
}
