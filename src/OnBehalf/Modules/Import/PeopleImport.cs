using OnBehalf.Companies;
using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>Staff, companies, and the people who buy for them or for themselves.</summary>
internal sealed class PeopleImport(WorkConnection work, Checks checks, FaultBook faults, DateTimeOffset now, string shopCurrency, CancellationToken cancel)
{
    // What a person says of himself, wherever he works.
    private static readonly string[] OfThePerson = ["title", "first_name", "last_name", "phone", "external_id"];

    public async Task<Merged> Staff()
    {
        var file = PackageFormat.Staff;
        await checks.NoTwoRowsShareTheKey(file);
        await faults.Reject(file, cancel);
        return await new Target(
            "staff", "import_staff s",
            [("email_normalized", "s.email_normalized")],
            [
                ("email", "s.email"), ("first_name", "s.first_name"), ("last_name", "s.last_name"), ("role", "s.role"), ("staff_group", "s.\"group\""),
                ("commission_percent_millionths", "s.commission_percent"), ("access_all_customers", "s.access_all_customers"),
                ("may_adjust_prices", "s.may_adjust_prices"), ("may_create_customers", "s.may_create_customers"), ("status", "s.status"),
            ])
        {
            AtFirst = [("id", "s.new_id"), .. SignInFields], Remember = ["role", "access_all_customers", "may_adjust_prices"], HasVersion = true,
        }.Merge(work, cancel, ("now", now));
    }

    public async Task<Merged> Companies()
    {
        var file = PackageFormat.Companies;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "price_list_code", PackageFormat.PriceLists, "price_list", "code");
        await checks.Refers(file, "sales_rep_email", PackageFormat.Staff, "staff", "email_normalized");
        await checks.Fault(
            file, "price_list_code", "s.price_list_code", $"'This price list is in ' || l.currency || ', and the company buys in ' || coalesce(s.currency, '{shopCurrency}') || '.'",
            $"{file.Stage} s join price_list l on l.code = s.price_list_code where l.currency <> coalesce(s.currency, '{shopCurrency}')");
        await checks.RefersToParent(file, "parent_number", "company", "number");
        await checks.Fault(
            file, "tax_id", "s.tax_id", "'A company in the European Union has a VAT number with its prefix, such as DE123456788.'",
            $"{file.Stage} s where s.tax_id is not null and s.country in ({string.Join(", ", VatNumber.Countries.Select(country => $"'{country}'"))}) and substr(s.tax_id, 1, 2) not in ({string.Join(", ", VatNumber.Prefixes.Select(prefix => $"'{prefix}'"))})");
        await EndCustomersHaveADealer(file);
        await DealersStayDealers(file);
        await faults.Reject(file, cancel);
        var companies = new Target(
            "company",
            """
            import_companies s left join company old on old.number = s.number left join company old_parent on old_parent.number = s.parent_number left join import_companies new_parent on new_parent.number = s.parent_number
            left join price_list on price_list.code = s.price_list_code left join staff on staff.email_normalized = s.sales_rep_email
            """,
            [("number", "s.number")],
            [
                ("name", "s.name"), ("sort_name", "s.sort_name"), ("parent_id", "coalesce(old_parent.id, new_parent.new_id)"), ("country", "s.country"),
                ("currency", $"coalesce(s.currency, '{shopCurrency}')"), ("contract_number", "s.contract_number"), ("external_id", "s.external_id"),
                ("kind", "coalesce(s.kind, old.kind, 'customer')"), ("status", "s.status"), ("price_list_id", "price_list.id"), ("sales_rep_id", "staff.id"), ("segment", "s.segment"), ("order_email", "s.order_email"),
                ("tax_id", "coalesce(s.tax_id, old.tax_id)"), ("language", "coalesce(s.language, old.language)"),
            ])
        { AtFirst = [("id", "s.new_id"), ("order_count", "0"), ("created_at", "@now")], Remember = ["sales_rep_id", "status"], HasVersion = true, IsDelegated = true };
        var merged = await companies.Merge(work, cancel, ("now", now));
        await Assign();

        // The status with who (the import), when and why, as when staff change it.
        await work.Run(
            "insert into company_change (id, company_id, field, before, after, changed_at) select p.id, company.id, 'status', p.old_status, p.status, @now from plan_company p join company on company.number = p.number where p.change = 1 and p.old_status <> p.status",
            cancel, ("now", now));
        return merged;
    }

    public async Task<Merged> Contacts()
    {
        var file = PackageFormat.Contacts;
        await checks.NoTwoRowsShareTheKey(file);
        await checks.Refers(file, "company_number", PackageFormat.Companies, "company", "number");
        await checks.Fault(
            file, "role", "s.role", "case when s.company_number is null then 'Who stands in no company is a consumer.' else 'A consumer stands in no company.' end",
            $"{file.Stage} s where (s.company_number is null) <> (s.role = 'consumer') and s.role is not null");
        await OnePersonIsOnePerson(file);
        await faults.Reject(file, cancel);
        var buyers = new Target(
            "buyer", "import_contacts s join (select email_normalized, min(line) as line from import_contacts group by email_normalized) f on f.line = s.line",
            [("email_normalized", "s.email_normalized")], [("email", "s.email"), .. OfThePerson.Select(column => (column, "s." + column))])
        { AtFirst = [("id", "s.new_id"), ("status", "'active'"), .. SignInFields], HasVersion = true, IsDelegated = true };
        await buyers.Merge(work, cancel, ("now", now));
        var memberships = new Target(
            "membership", "import_contacts s join buyer on buyer.email_normalized = s.email_normalized left join company on company.number = s.company_number left join membership old on old.buyer_id = buyer.id and old.company_id = company.id",
            [("buyer_id", "buyer.id"), ("company_id", "company.id")],
            [("role", "coalesce(s.role, case when old.role = 'own' then 'own' end, case when s.company_number is null then 'consumer' else 'purchaser' end)"),
                // A role that the company made itself stays where the file names none.
                ("company_role_id", "case when s.role is null then old.company_role_id end"), ("status", "s.status"), ("sort_name", "s.sort_name")])
        { AtFirst = [("id", "s.new_membership_id"), ("created_at", "@now")], Remember = ["role", "status"], IsDelegated = true };
        var merged = await memberships.Merge(work, cancel, ("now", now));
        await work.Run(
            """
            update membership as t set sort_name = s.sort_name from plan_buyer p, import_contacts s, buyer
            where p.change = 1 and s.line = p.line and buyer.email_normalized = p.email_normalized and t.buyer_id = buyer.id and t.sort_name <> s.sort_name
            """,
            cancel);

        // A row has changed when its place in the company has, or the person himself.
        var changed = await work.Count(
            """
            select count(*) from import_contacts s join plan_membership m on m.line = s.line join plan_buyer b on b.email_normalized = s.email_normalized
            where m.change = 1 or (m.change = 0 and b.change = 1)
            """,
            cancel);
        return merged with { Changed = changed, Unchanged = merged.Unchanged + merged.Changed - changed };
    }

    private static (string, string)[] SignInFields => [("security_stamp", "s.security_stamp"), ("failed_count", "0"), ("created_at", "@now")];

    // The rep of a company may serve it; when it gets another rep, the former may not any more.
    private async Task Assign()
    {
        const string changed = "plan_company p join company on company.number = p.number where p.change > 0 and p.old_sales_rep_id is distinct from p.sales_rep_id";
        await work.Run(
            $"delete from staff_assignment where exists (select 1 from {changed} and p.old_sales_rep_id = staff_assignment.staff_id and company.id = staff_assignment.company_id)", cancel);
        await work.Run(
            $"insert into staff_assignment (staff_id, company_id, assigned_at) select p.sales_rep_id, company.id, @now from {changed} and p.sales_rep_id is not null on conflict (staff_id, company_id) do update set until = null",
            cancel, ("now", now));
    }

    // Where a file says nothing about a kind, what the shop has stays; and what a rejected row says comes to nothing. Comes behind the checks of each row by itself.
    private async Task EndCustomersHaveADealer(PackageFile file) => await checks.Fault(
        file, "kind", "'end-customer'", "'An end customer stands below its dealer: parent_number names a company of the kind dealer.'",
        $"""
        {file.Stage} s left join company old on old.number = s.number
        left join {file.Stage} np on np.number = s.parent_number and not np.bad and not exists (select 1 from import_fault f where f.file = {file.Number} and f.line = np.line)
        left join company op on op.number = s.parent_number
        where coalesce(s.kind, old.kind) = 'end-customer' and coalesce(np.kind, op.kind, 'customer') <> 'dealer' and not s.bad
        """);

    // The end customers of the shop that the file leaves below it, or does not move because their own rows are rejected. Comes behind all other checks.
    private async Task DealersStayDealers(PackageFile file) => await checks.Fault(
        file, "kind", "s.kind", "'End customers belong to this dealer, so it stays one. Move them in the same file, or first.'",
        $"""
        {file.Stage} s join company old on old.number = s.number
        where old.kind = 'dealer' and s.kind <> 'dealer' and not s.bad and exists (
            select 1 from company below left join {file.Stage} moved on moved.number = below.number
                and not moved.bad and not exists (select 1 from import_fault f where f.file = {file.Number} and f.line = moved.line)
            where below.parent_id = old.id and below.kind = 'end-customer'
                and (moved.number is null or (coalesce(moved.kind, below.kind) = 'end-customer' and moved.parent_number = s.number)))
        """);

    private async Task OnePersonIsOnePerson(PackageFile file)
    {
        await work.Run(
            $"""
            drop table if exists import_repeated;
            create temp table import_repeated as
            select email_normalized, min(line) as line from {file.Stage} where email_normalized is not null group by email_normalized having count(*) > 1
            """,
            cancel);
        foreach (var column in OfThePerson)
        {
            await checks.Fault(
                file, column, $"s.{column}", "'The same person has another one on line ' || f.line || '.'",
                $"""
                import_repeated r join {file.Stage} f on f.line = r.line join {file.Stage} s on s.email_normalized = r.email_normalized
                where s.line <> f.line and not s.bad and not f.bad and s.{column} is distinct from f.{column}
                """);
        }
    }
}
