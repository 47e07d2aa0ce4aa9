using OnBehalf.Catalog;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>The words by which staff find a person, kept in the transaction that changes him.</summary>
public static class CustomerIndex
{
    private const string Forget = """delete from customer_word where membership_id = {0} returning weight as "Value" """;

    private const string Keep = """
        insert into customer_word (word, company_id, membership_id, weight) values ({0}, {1}, {2}, {3}) returning weight as "Value"
        """;

    private const string KeepTerm = """
        insert into search_term (kind, term) values ('customer', {0}) on conflict do nothing returning 1 as "Value"
        """;

    public static async Task Rewrite(Tx tx, MembershipId membership, CompanyId? company, string firstName, string lastName, string email, string? externalId)
    {
        await tx.Db.Rows<int>(Forget, membership.Value).ToListAsync(tx.Cancel);
        foreach (var (word, weight) in CustomerWords.OfPerson(firstName, lastName, email, externalId))
        {
            await tx.Db.Rows<int>(Keep, word, company?.Value, membership.Value, weight).ToListAsync(tx.Cancel);
            if (ProductWords.IsTerm(word))
            {
                await tx.Db.Rows<int>(KeepTerm, word).ToListAsync(tx.Cancel);
            }
        }
    }
}
