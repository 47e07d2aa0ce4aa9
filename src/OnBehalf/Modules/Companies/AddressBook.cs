using Microsoft.EntityFrameworkCore;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>An address of the book, as it can be chosen.</summary>
public sealed record BookAddress(AddressId Id, string? Label, bool IsBilling, bool IsShipping, PostalAddress Address);

/// <summary>The addresses of the caller's company and his own.</summary>
public sealed class AddressBook
{
    private const string All = """
        select id as "Id", label as "Label", is_billing as "IsBilling", is_shipping as "IsShipping", recipient as "Recipient", line1 as "Line1", line2 as "Line2",
            postal_code as "PostalCode", city as "City", region as "Region", country as "Country"
        from address where company_id = {0} or buyer_id = {1} order by created_at, id limit 200
        """;

    /// <summary>Oldest first, at most 200 of them.</summary>
    public async Task<IReadOnlyList<BookAddress>> Of(ShopDb db, Caller caller, CancellationToken cancel)
    {
        var rows = await db.Rows<Line>(All, caller.Company?.Id.Value ?? Guid.Empty, caller.Buyer!.Id.Value).ToListAsync(cancel);
        var found = new List<BookAddress>(rows.Count);
        foreach (var row in rows)
        {
            if (Country.TryParse(row.Country, out var country))
            {
                found.Add(new BookAddress(
                    new AddressId(row.Id), row.Label, row.IsBilling, row.IsShipping,
                    new PostalAddress(row.Recipient, row.Line1, row.Line2, row.PostalCode, row.City, row.Region, country)));
            }
        }

        return found;
    }

    /// <summary>Keeps an address in the company's book, or in that of a consumer.</summary>
    public static AddressId Add(Tx tx, PostalAddress address, bool isBilling, bool isShipping)
    {
        var (buyer, company) = (tx.Caller.Buyer!, tx.Caller.Company);
        var row = new AddressRow
        {
            Id = IId<AddressId>.New(), CompanyId = company?.Id, BuyerId = company is null ? buyer.Id : null, Recipient = address.Recipient, Line1 = address.Line1,
            Line2 = address.Line2, City = address.City, Region = address.Region, PostalCode = address.PostalCode, Country = address.Country.Code,
            IsBilling = isBilling, IsShipping = isShipping, CreatedAt = tx.Now, Version = 1,
        };
        tx.Db.Add(row);
        tx.Add(new AddressAdded(row.Id, address.ToString()));
        return row.Id;
    }

    private sealed record Line(
        Guid Id, string? Label, bool IsBilling, bool IsShipping, string? Recipient, string Line1, string? Line2, string? PostalCode, string City, string? Region,
        string Country);
}
