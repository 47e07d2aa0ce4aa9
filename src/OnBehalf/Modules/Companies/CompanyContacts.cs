using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Who reads for a company what concerns it as a whole.</summary>
/// <param name="Name">Of the person, or of the company where its contact is but an address.</param>
/// <param name="Buyer">Null for the company's own address.</param>
public sealed record CompanyContact(string Email, string Name, Guid? Buyer, string CompanyName)
{
    public BuyerId? Person => Buyer is { } id ? new BuyerId(id) : null;
}

/// <summary>The address of a company for orders, or its administrators where it has named none.</summary>
public static class CompanyContacts
{
    private const string Contact = """
        select c.order_email as "Email", c.name as "Name", cast(null as uuid) as "Buyer", c.name as "CompanyName"
        from company c where c.id = {0} and c.order_email is not null
        union all
        select b.email, b.first_name || ' ' || b.last_name, b.id, c.name
        from company c join membership m on m.company_id = c.id join buyer b on b.id = m.buyer_id
        where c.id = {0} and m.role = 'administrator' and m.status = 'active' and b.status = 'active'
        """;

    /// <summary>At most ten; none where the company has neither.</summary>
    public static Task<List<CompanyContact>> Of(ShopDb db, CompanyId company, CancellationToken cancel) => db.Rows<CompanyContact>($"{Contact} and c.order_email is null limit 10", company.Value).ToListAsync(cancel);

    /// <summary>Both, at most ten, for what must not depend on an address alone that somebody of the staff may have typed: who may buy for the company, and to where.</summary>
    public static async Task<IReadOnlyList<CompanyContact>> AndAdministrators(ShopDb db, CompanyId company, CancellationToken cancel)
    {
        var all = await db.Rows<CompanyContact>($"{Contact} limit 10", company.Value).ToListAsync(cancel);
        return [.. all.DistinctBy(contact => EmailAddress.Normalize(contact.Email))];
    }
}
