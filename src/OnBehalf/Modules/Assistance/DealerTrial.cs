using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// Lets the people of a dealer act for one of its end customers in a shop that is made to be tried: the rule that the shop's administrator would write and the mandate
/// that the end customer's would give, in their names. The rest of both is seen in the Back Office and in the account of the company, and can be changed there.
/// </summary>
public sealed class DealerTrial(Database database, PolicyVersions versions)
{
    private const string Find = """
        select s.id as "Staff", s.first_name || ' ' || s.last_name as "StaffName", b.id as "Buyer", b.first_name || ' ' || b.last_name as "BuyerName", d.id as "Dealer", c.id as "Company",
            c.number as "Number", c.name as "Name", c.currency as "Currency", c.country as "Country"
        from company c join company d on d.id = c.parent_id and d.kind = 'dealer'
        join membership m on m.company_id = c.id and m.role = 'administrator' join buyer b on b.id = m.buyer_id
        join staff s on s.email_normalized = {1}
        where c.number = {0} and c.kind = 'end-customer' order by m.sort_name limit 1
        """;

    /// <param name="endCustomer">Its number.</param>
    /// <param name="administrator">Mail address of the shop's.</param>
    public Task<Outcome<Done>> Open(string endCustomer, string administrator, CancellationToken cancel) => database.Write<Done>(
        Caller.Machine("demo"),
        async tx =>
        {
            if (await tx.Db.Rows<Row>(Find, endCustomer, EmailAddress.Normalize(administrator)).ToListAsync(tx.Cancel) is not [var row])
            {
                return Mandates.Missing;
            }

            var dealers = new PolicyRule("dealers", "Dealers, for their end customers", Allows: true)
            {
                Kinds = [OperatorKind.Dealer], Subjects = [SubjectKind.Employee, SubjectKind.Company], NeedsMandate = true,
            };
            await versions.Found(tx, ShopPolicy.Standard with { Rules = [.. ShopPolicy.Standard.Rules, dealers] }, new StaffId(row.Staff), row.StaffName);
            var (mandate, _) = new MandateDraft { Highest = "order" }.Read(Currency.Of(row.Currency), TimeZoneInfo.Utc, tx.Now);
            var company = new CallerCompany(new CompanyId(row.Company), row.Number, row.Name, row.Country, Currency.Of(row.Currency), null, CompanyStatus.Active);
            Mandates.Give(tx, company, (null, null, new CompanyId(row.Dealer)), null, mandate!, (new BuyerId(row.Buyer), row.BuyerName));
            return Done.It;
        },
        cancel);

    private sealed record Row(Guid Staff, string StaffName, Guid Buyer, string BuyerName, Guid Dealer, Guid Company, string Number, string Name, string Currency, string? Country);
}
