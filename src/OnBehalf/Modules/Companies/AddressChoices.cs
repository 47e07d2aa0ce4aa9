using Microsoft.EntityFrameworkCore;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>For what an address of the book is chosen first; the numbers are those of <see cref="AddressBook"/>'s query.</summary>
[Flags]
public enum FirstFor
{
    None = 0,
    CompanyBilling = 1,
    OwnBilling = 2,
    CompanyShipping = 4,
    OwnShipping = 8,
}

/// <summary>Which address the checkout chooses first: the choice of the person, else that of his company, else the oldest of the book.</summary>
public static class AddressChoices
{
    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "addresses.choice-changed", "Somebody else has changed this choice since you opened the page. Nothing was stored. Open it again and look.");

    // Else who acts for a customer could send what that customer orders himself later to an address of the operator's.
    private static readonly Refusal ByOthers = Refusal.Forbidden(
        "addresses.choice-by-others", "This address was entered by somebody who acted for the customer. Only the customer can choose it first.");

    /// <summary>Each that the caller has: a consumer has no company, a session for a company no person.</summary>
    public static IReadOnlyList<FirstFor> Of(Caller caller) =>
    [
        .. caller.Buyer is null ? Array.Empty<FirstFor>() : [FirstFor.OwnBilling, FirstFor.OwnShipping],
        .. caller.Company is null ? Array.Empty<FirstFor>() : [FirstFor.CompanyBilling, FirstFor.CompanyShipping],
    ];

    /// <summary>The address that is chosen now.</summary>
    public static BookAddress? Now(IReadOnlyList<BookAddress> book, FirstFor first) => book.FirstOrDefault(entry => (entry.First & first) != 0 && Fits(entry, first));

    /// <summary>Nobody chooses for a company what its other people do not see, nor for goods where none may go.</summary>
    public static bool Fits(BookAddress entry, FirstFor first) =>
        (IsBilling(first) ? entry.IsBilling : entry.IsShipping) && !(entry.IsOwn && first is (FirstFor.CompanyBilling or FirstFor.CompanyShipping));

    /// <param name="tx">Of somebody who may change addresses.</param>
    /// <param name="book">The caller's, read in the transaction.</param>
    /// <param name="wishes">For each what the page showed and what is wanted; ids, empty for none.</param>
    public static async Task<Outcome<Done>> Set(Tx tx, IReadOnlyList<BookAddress> book, IEnumerable<(FirstFor First, string? Seen, string? Wanted)> wishes)
    {
        foreach (var (first, seen, wanted) in wishes)
        {
            var before = Now(book, first);
            if ((wanted ?? "") == (before?.Id.ToString() ?? ""))
            {
                continue;
            }

            if ((seen ?? "") != (before?.Id.ToString() ?? ""))
            {
                return ChangedMeanwhile;
            }

            var after = string.IsNullOrEmpty(wanted) ? null : book.FirstOrDefault(entry => entry.Id.ToString() == wanted && Fits(entry, first));
            if (after is null && !string.IsNullOrEmpty(wanted))
            {
                return Refusal.Invalid("addresses.choice-unknown", "Please choose one of the addresses that are offered here.", first.ToString());
            }

            if (tx.Caller.IsAssisting && after is { ByOthers: true })
            {
                return ByOthers;
            }

            await Put(tx, first, after?.Id);
            tx.Add(new AddressChosen(Company(tx, first), Company(tx, first) is null ? tx.Caller.Buyer?.Id : null, Purpose(first), before?.Id, after?.Id));
        }

        return Done.It;
    }

    private static async Task Put(Tx tx, FirstFor first, AddressId? wanted)
    {
        var (company, purpose) = (Company(tx, first), Purpose(first));
        var membership = company is null ? tx.Caller.Buyer?.Membership : null;
        var row = await tx.Db.Set<AddressChoiceRow>().SingleOrDefaultAsync(
            row => row.Purpose == purpose && ((company != null && row.CompanyId == company) || (membership != null && row.MembershipId == membership)), tx.Cancel);
        if (wanted is not { } address)
        {
            tx.Db.RemoveRange(row is null ? [] : [row]);
        }
        else if (row is not null)
        {
            row.AddressId = address;
        }
        else
        {
            tx.Db.Add(new AddressChoiceRow { Id = Guid.CreateVersion7(), CompanyId = company, MembershipId = membership, Purpose = purpose, AddressId = address });
        }
    }

    private static CompanyId? Company(Tx tx, FirstFor first) => first is FirstFor.CompanyBilling or FirstFor.CompanyShipping ? tx.Caller.Company?.Id : null;

    private static string Purpose(FirstFor first) => IsBilling(first) ? "billing" : "shipping";

    private static bool IsBilling(FirstFor first) => first is FirstFor.CompanyBilling or FirstFor.OwnBilling;
}
