using Microsoft.AspNetCore.Mvc;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Account;

/// <summary>One address: a new one at `/account/addresses/new`, else the one of the id.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.AddressesChange)]
public sealed class AddressPage(Database database, AddressBook book) : ShopPage
{
    private const int LongestLabel = 50;

    [BindProperty]
    public AddressInput Input { get; set; } = new();

    public AddressId? Id { get; private set; }

    public static IEnumerable<(string Value, string Words)> Countries { get; } = [("", "Please choose"), .. Country.InOrder.Select(country => (country.Code, country.Name))];

    public IEnumerable<(string Value, string Words)> Owners =>
        [("company", $"{Caller.Company!.Name}: everybody there sees it"), ("own", Caller.IsAssisting ? $"Only {Caller.CustomerName}" : "Only for me")];

    // From the route and nowhere else: a field of the form must not make a new address into another one.
    public async Task<IActionResult> OnGet([FromRoute] Guid? id)
    {
        if (id is null)
        {
            Input.Country = Caller.Company?.Country;
            return Page();
        }

        if (await Find(new AddressId(id.Value)) is not { } entry)
        {
            return Missing();
        }

        Id = entry.Id;
        Input = AddressInput.Of(entry);
        return Page();
    }

    public Task<IActionResult> OnPost([FromRoute] Guid? id)
    {
        Id = id is { } known ? new AddressId(known) : null;
        return Store();
    }

    private async Task<IActionResult> Store()
    {
        var (address, refusals) = PostalAddress.Read(Input.Draft);
        var label = string.IsNullOrWhiteSpace(Input.Label) ? null : Input.Label.Trim();
        if (label is not null && (label.Length > LongestLabel || label.Any(char.IsControl)))
        {
            refusals = [.. refusals, Refusal.Invalid("addresses.label-invalid", $"Name of this address: at most {LongestLabel} characters on one line.", nameof(Input.Label))];
        }

        if (address is null || refusals.Count > 0)
        {
            return Refused(refusals);
        }

        var entry = new AddressEntry(label, address, Input.IsBilling, Input.IsShipping);
        var outcome = await database.Write<Done>(
            Caller,
            async tx =>
            {
                if (Id is { } known)
                {
                    return await AddressBook.Change(tx, known, Input.Version, entry);
                }

                AddressBook.Add(tx, entry, Input.Owner == "own");
                return Done.It;
            },
            Cancel);
        return outcome.Refusal is { } refused ? Refused(refused) : SeeOther($"/account/addresses?done={(Id is null ? "added" : "changed")}");
    }

    private async Task<BookAddress?> Find(AddressId id)
    {
        await using var db = database.Read();
        return (await book.Of(db, Caller, Cancel)).FirstOrDefault(entry => entry.Id == id);
    }
}

/// <summary>An address as it is typed.</summary>
public sealed class AddressInput
{
    public string? Label { get; set; }

    public string? Recipient { get; set; }

    public string? Line1 { get; set; }

    public string? Line2 { get; set; }

    public string? PostalCode { get; set; }

    public string? City { get; set; }

    public string? Region { get; set; }

    public string? Country { get; set; }

    public bool IsBilling { get; set; } = true;

    public bool IsShipping { get; set; } = true;

    /// <summary>`company` or `own`; counts for a new address only.</summary>
    public string? Owner { get; set; }

    public int Version { get; set; }

    internal AddressDraft Draft => new(Recipient, Line1, Line2, PostalCode, City, Region, Country);

    internal static AddressInput Of(BookAddress entry) => new()
    {
        Label = entry.Label, Recipient = entry.Address.Recipient, Line1 = entry.Address.Line1, Line2 = entry.Address.Line2, PostalCode = entry.Address.PostalCode,
        City = entry.Address.City, Region = entry.Address.Region, Country = entry.Address.Country.Code, IsBilling = entry.IsBilling, IsShipping = entry.IsShipping,
        Version = entry.Version,
    };
}
