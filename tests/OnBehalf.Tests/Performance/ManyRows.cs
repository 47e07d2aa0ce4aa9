using System.Globalization;
using OnBehalf.Data;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Performance;

/// <summary>
/// Articles, customers and orders by the thousand beside the <see cref="Characters"/>, written by one statement a table: the importer would take minutes for
/// what a budget needs in seconds. Every list that a budget looks at has more than one page of rows at any size.
/// </summary>
internal sealed class ManyRows(DatabaseKind kind, int count)
{
    private const int Products = 1, Companies = 2, Buyers = 3, Memberships = 4, Addresses = 5, Orders = 6, Categories = 7;
    private const int PeopleOfCompany = 4;

    public static async Task Enter(TestShop shop, int count)
    {
        foreach (var statement in new ManyRows(shop.Database.Kind, count).Statements())
        {
            await shop.Sql(statement);
        }
    }

    private IEnumerable<string> Statements()
    {
        var zero = kind == DatabaseKind.Postgres ? "timestamptz '2025-01-01 00:00:00+00'" : "1735689600000000";
        var no = kind == DatabaseKind.Postgres ? "false" : "0";
        var yes = kind == DatabaseKind.Postgres ? "true" : "1";
        var later = kind == DatabaseKind.Postgres ? $"{zero} + i * interval '1 minute'" : $"{zero} + i * 60000000";
        yield return Insert("category (id, code, name, position)", $"{Id(Categories, "i")}, 'volume-' || i, 'Volume ' || i, i", 40, from: 0);
        yield return Insert(
            "product (id, sku, name, description, category_id, color, price_minor, price_per, currency, tax_class, status, sort_name, version)",
            $"{Id(Products, "i")}, 'V-' || i, 'Bracket ' || i, 'Holds what has to be held.', {Id(Categories, "i % 40")}, 'blue', 1000 + i % 900, 1, 'EUR', 'standard', 'active', 'bracket ' || i, 1",
            count);
        yield return Insert("product_word (word, product_id, weight)", $"'v' || i, {Id(Products, "i")}, 100", count);
        yield return Insert("product_word (word, product_id, weight)", $"'bracket', {Id(Products, "i")}, 58", count);
        yield return "insert into search_term (kind, term) values ('product', 'bracket'), ('customer', 'volumen')";
        yield return Insert(
            "price (price_list_id, product_id, min_quantity_thousandths, price_minor, price_per)",
            $"'{Text(Characters.Dealer.Value)}', {Id(Products, "i")}, 1000, 900 + i % 900, 1", count);

        var companies = count / PeopleOfCompany;
        yield return Insert(
            "company (id, number, name, sort_name, country, currency, status, price_list_id, sales_rep_id, order_count, created_at, version, segment)",
            $"{Id(Companies, "i")}, 'VC-' || i, 'Volumen ' || i, 'volumen ' || i, 'DE', 'EUR', 'active', '{Text(Characters.Dealer.Value)}', '{Text(Characters.StaffIdOf("rosa").Value)}', 0, {zero}, 1, 'Trade'",
            companies);
        yield return Insert("staff_assignment (staff_id, company_id, assigned_at)", $"'{Text(Characters.StaffIdOf("rosa").Value)}', {Id(Companies, "i")}, {zero}", companies);
        yield return Insert(
            "address (id, company_id, line1, city, country, is_billing, is_shipping, created_at, version)",
            $"{Id(Addresses, "i")}, {Id(Companies, "i")}, 'Kai ' || i, 'Kiel', 'DE', {yes}, {yes}, {zero}, 1", companies);
        yield return Insert(
            "buyer (id, email, email_normalized, first_name, last_name, status, security_stamp, failed_count, created_at, version)",
            $"{Id(Buyers, "i")}, 'v' || i || '@volume.example', 'v' || i || '@volume.example', 'Vera', 'Number' || i, 'active', 'stamp', 0, {zero}, 1", count);
        var company = Id(Companies, $"1 + i % {companies}");
        yield return Insert(
            "membership (id, buyer_id, company_id, role, status, sort_name, created_at)",
            $"{Id(Memberships, "i")}, {Id(Buyers, "i")}, {company}, 'purchaser', 'active', 'number' || i || ' vera', {zero}", count);
        yield return Insert("customer_word (word, company_id, membership_id, weight)", $"'vc' || i, {Id(Companies, "i")}, null, 100", companies);
        yield return Insert("customer_word (word, company_id, membership_id, weight)", $"'volumen', {Id(Companies, "i")}, null, 50", companies);
        yield return Insert("customer_word (word, company_id, membership_id, weight)", $"'number' || i, {company}, {Id(Memberships, "i")}, 50", count);

        // Half of the orders are those of Ines, placed by Karim; all of them hers would be a strange shop.
        var ofInes = $"i % 2 = 0";
        yield return Insert(
            "orders (id, number, membership_id, buyer_id, company_id, status, placed_at, currency, lines_minor, shipping_minor, tax_minor, total_minor, buyer_name, company_name, operator_staff_id, operator_name, is_imported, version)",
            $"""
            {Id(Orders, "i")}, 'VO-' || i, case when {ofInes} then '{Text(Characters.MembershipIdOf("ines").Value)}'{AsId} else {Id(Memberships, "i")} end,
            case when {ofInes} then '{Text(Characters.BuyerIdOf("ines").Value)}'{AsId} else {Id(Buyers, "i")} end,
            case when {ofInes} then '{Text(Characters.Nordlicht.Value)}'{AsId} else {company} end,
            'placed', {later}, 'EUR', 1000, 0, 190, 1190, 'Somebody', 'Some company', case when {ofInes} then '{Text(Characters.StaffIdOf("karim").Value)}'{AsId} end,
            case when {ofInes} then 'Karim Weiss' end, {no}, 1
            """,
            count);
        yield return "analyze";
    }

    private string AsId => kind == DatabaseKind.Postgres ? "::uuid" : "";

    private string Insert(string into, string values, int rows, int from = 1)
    {
        var last = (from + rows - 1).ToString(CultureInfo.InvariantCulture);
        return kind == DatabaseKind.Postgres
            ? $"insert into {into} select {values} from generate_series({from}, {last}) i"
            : $"insert into {into} with recursive n(i) as (select {from} union all select i + 1 from n where i < {last}) select {values} from n";
    }

    private string Id(int table, string number) => kind == DatabaseKind.Postgres
        ? $"('b000000{table}-0000-7000-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"
        : $"printf('B000000{table}-0000-7000-8000-%012X', {number})";

    private string Text(Guid id) => kind == DatabaseKind.Postgres ? id.ToString() : id.ToString().ToUpperInvariant();
}
