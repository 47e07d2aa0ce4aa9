using Microsoft.EntityFrameworkCore;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Companies;

/// <summary>An address of the book, as it can be chosen.</summary>
/// <param name="IsOwn">Of the buyer himself; else of his company, where everybody sees it.</param>
/// <param name="ByOthers">Written by staff, or by somebody who acted for the customer.</param>
public sealed record BookAddress(
    AddressId Id, string? Label, bool IsBilling, bool IsShipping, PostalAddress Address, bool IsOwn, int Version, bool ByOthers, LastHand Hand, FirstFor First = FirstFor.None);

/// <summary>What an entry of the book says beside the address itself.</summary>
public sealed record AddressEntry(string? Label, PostalAddress Address, bool IsBilling, bool IsShipping);

/// <summary>The addresses of the caller's company and his own.</summary>
public sealed class AddressBook
{
    public static readonly Refusal Unknown = Refusal.Missing("addresses.unknown", "This address is not in the book, or no longer.");

    // Else who acts for a customer could put an address of his own where that customer's later orders begin.
    private static readonly Refusal ChosenFirst = Refusal.Forbidden(
        "addresses.chosen-first", "The checkout begins with this address because the customer chose it, so only the customer can change it. Add another address instead.");

    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "addresses.changed-meanwhile", "This address was changed by somebody else since you opened the page. Below is what you typed; open it again to see the new one.");

    private static readonly string All = $$"""
        select a.id as "Id", a.label as "Label", a.is_billing as "IsBilling", a.is_shipping as "IsShipping", a.recipient as "Recipient", a.line1 as "Line1", a.line2 as "Line2",
            a.postal_code as "PostalCode", a.city as "City", a.region as "Region", a.country as "Country",
            a.buyer_id is not null as "IsOwn", a.version as "Version", a.by_others as "ByOthers",
            coalesce((select sum(case when k.purpose = 'billing' then 1 else 4 end * case when k.company_id is null then 2 else 1 end) from address_choice k
                where k.address_id = a.id and (k.company_id = {0} or k.membership_id = {2})), 0) as "First", {{LastHand.Columns}}
        from address a {{LastHand.Joins("a")}}
        where a.company_id = {0} or a.buyer_id = {1} order by a.created_at, a.id limit 200
        """;

    /// <summary>Oldest first, at most 200 of them.</summary>
    public async Task<IReadOnlyList<BookAddress>> Of(ShopDb db, Caller caller, CancellationToken cancel)
    {
        var rows = await db.Rows<Line>(All, caller.Company?.Id.Value ?? Guid.Empty, caller.Buyer?.Id.Value ?? Guid.Empty, caller.Buyer?.Membership.Value ?? Guid.Empty).ToListAsync(cancel);
        var found = new List<BookAddress>(rows.Count);
        foreach (var row in rows)
        {
            if (Country.TryParse(row.Country, out var country))
            {
                found.Add(new BookAddress(
                    new AddressId(row.Id), row.Label, row.IsBilling, row.IsShipping,
                    new PostalAddress(row.Recipient, row.Line1, row.Line2, row.PostalCode, row.City, row.Region, country), row.IsOwn, row.Version, row.ByOthers, row.Hand, (FirstFor)row.First));
            }
        }

        return found;
    }

    /// <summary>Keeps an address in the company's book, or in that of a consumer.</summary>
    public static AddressId Add(Tx tx, PostalAddress address, bool isBilling, bool isShipping) =>
        Add(tx, new AddressEntry(null, address, isBilling, isShipping), isOwn: false);

    /// <param name="isOwn">In the book of the buyer alone; without a company it is his own anyway, without a buyer the company's.</param>
    public static AddressId Add(Tx tx, AddressEntry entry, bool isOwn)
    {
        var (buyer, company) = (tx.Caller.Buyer, isOwn && tx.Caller.Buyer is not null ? null : tx.Caller.Company);
        return Add(tx, company?.Id, company is null ? buyer!.Id : null, entry);
    }

    /// <summary>For staff: in the book of a company or of a consumer, exactly one of both, that the caller has found.</summary>
    internal static AddressId Add(Tx tx, CompanyId? company, BuyerId? consumer, AddressEntry entry)
    {
        var row = new AddressRow
        {
            Id = IId<AddressId>.New(), CompanyId = company, BuyerId = consumer, Line1 = "", City = "", Country = "", CreatedAt = tx.Now,
        };
        Write(tx, row, entry);
        tx.Db.Add(row);
        tx.Add(new AddressAdded(row.Id, company, consumer, entry.Address.ToString()));
        return row.Id;
    }

    public static async Task<Outcome<Done>> Change(Tx tx, AddressId id, int version, AddressEntry entry)
    {
        if (await Find(tx, id) is not { } row)
        {
            return Unknown;
        }

        if (row.Version != version)
        {
            return ChangedMeanwhile;
        }

        if (tx.Caller.IsAssisting && await tx.Db.Set<AddressChoiceRow>().AnyAsync(choice => choice.AddressId == id, tx.Cancel))
        {
            return ChosenFirst;
        }

        var before = Text(row);
        Write(tx, row, entry);
        tx.Add(new AddressChanged(id, before, Text(row)));
        return Done.It;
    }

    /// <summary>Done also when it is gone already.</summary>
    public static async Task<Outcome<Done>> Remove(Tx tx, AddressId id)
    {
        if (await Find(tx, id) is { } row)
        {
            tx.Db.Remove(row);
            tx.Add(new AddressRemoved(id, Text(row)));
        }

        return Done.It;
    }

    // Only what is in a book that the caller may open.
    private static Task<AddressRow?> Find(Tx tx, AddressId id)
    {
        var (buyer, company) = (tx.Caller.Buyer?.Id, tx.Caller.Company?.Id);

        // Null is nobody here: addresses of companies have no buyer, and are not everybody's for that.
        return tx.Db.Set<AddressRow>().SingleOrDefaultAsync(
            row => row.Id == id && ((buyer != null && row.BuyerId == buyer) || (company != null && row.CompanyId == company)), tx.Cancel);
    }

    private static void Write(Tx tx, AddressRow row, AddressEntry entry)
    {
        var address = entry.Address;
        (row.Label, row.Recipient, row.Line1, row.Line2) = (entry.Label, address.Recipient, address.Line1, address.Line2);
        (row.City, row.Region, row.PostalCode, row.Country) = (address.City, address.Region, address.PostalCode, address.Country.Code);
        (row.IsBilling, row.IsShipping) = (entry.IsBilling, entry.IsShipping);
        row.ByOthers = tx.Caller.IsAssisting || tx.Caller.Staff is not null;
        row.Version++;
    }

    private static string Text(AddressRow row) => string.Join('\n', new[]
    {
        row.Label, row.Recipient, row.Line1, row.Line2, $"{row.PostalCode} {row.City}".Trim(), row.Region, row.Country,
        row.IsBilling ? "billing" : null, row.IsShipping ? "shipping" : null,
    }.OfType<string>());

    private sealed record Line(
        Guid Id, string? Label, bool IsBilling, bool IsShipping, string? Recipient, string Line1, string? Line2, string? PostalCode, string City, string? Region,
        string Country, bool IsOwn, int Version, bool ByOthers, long First, LastHand Hand);
}
