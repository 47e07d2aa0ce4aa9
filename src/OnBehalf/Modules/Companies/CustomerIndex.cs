using OnBehalf.Catalog;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>The words by which staff find a customer, kept in the transaction that makes or changes him.</summary>
public static class CustomerIndex
{
    private const string Forget = """delete from customer_word where membership_id = {0} returning weight as "Value" """;

    private const string ForgetCompany = """delete from customer_word where company_id = {0} and membership_id is null returning weight as "Value" """;

    private const string Keep = """
        insert into customer_word (word, company_id, membership_id, weight) values ({0}, {1}, {2}, {3}) returning weight as "Value"
        """;

    private const string KeepTerm = """
        insert into search_term (kind, term) values ('customer', {0}) on conflict do nothing returning 1 as "Value"
        """;

    public static async Task Rewrite(Tx tx, MembershipId membership, CompanyId? company, string firstName, string lastName, string email, string? externalId)
    {
        await tx.Db.Rows<int>(Forget, membership.Value).ToListAsync(tx.Cancel);
        await Write(tx, company, membership, CustomerWords.OfPerson(firstName, lastName, email, externalId));
    }

    /// <summary>The words of a company whose number, name or other names are others now.</summary>
    public static async Task Rewrite(Tx tx, CompanyId company, CompanyMaster master)
    {
        await tx.Db.Rows<int>(ForgetCompany, company.Value).ToListAsync(tx.Cancel);
        await Write(tx, company, null, CustomerWords.OfCompany(master.Number, master.ExternalId, master.Name, master.Contracts));
    }

    /// <summary>The words of a company that comes into being.</summary>
    public static Task Add(Tx tx, CompanyId company, string number, string name) => Write(tx, company, null, CustomerWords.OfCompany(number, null, name, null));

    private static async Task Write(Tx tx, CompanyId? company, MembershipId? membership, IReadOnlyDictionary<string, int> words)
    {
        foreach (var (word, weight) in words)
        {
            await tx.Db.Rows<int>(Keep, word, company?.Value, membership?.Value, weight).ToListAsync(tx.Cancel);
            if (ProductWords.IsTerm(word))
            {
                await tx.Db.Rows<int>(KeepTerm, word).ToListAsync(tx.Cancel);
            }
        }
    }
}
