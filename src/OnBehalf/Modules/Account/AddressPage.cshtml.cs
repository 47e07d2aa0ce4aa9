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

    public static IEnumerable<(string Value, string Words)> Countries { get; } = [("", "Please choose"), .. Country.All.Select(country => (country.Code, country.Name))];

    public IEnumerable<(string Value, string Words)> Owners =>
        [("company", $"{Caller.Company!.Name}: everybody there sees it"), ("own", Caller.IsAssisting ? $"Only {Caller.CustomerName}" : "Only for me")];

    public async Task<IActionResult> OnGet(string id)
    {
        if (id == "new")
        {
            Input.Country = Caller.Company?.Country;
            return Page();
        }

        if (await Find(id) is not { } entry)
        {
            return Missing();
        }

        Id = entry.Id;
        Input = AddressInput.Of(entry);
        return Page();
    }

    public async Task<IActionResult> OnPost(string id)
    {
        if (id != "new")
        {
            if (!Guid.TryParse(id, out var guid))
            {
                return Missing();
            }

            Id = new AddressId(guid);
        }

        return Input.Remove && Id is { } gone ? await Remove(gone) : await Store();
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

    private async Task<IActionResult> Remove(AddressId id)
    {
        var outcome = await database.Write(Caller, tx => AddressBook.Remove(tx, id), Cancel);
        return outcome.Refusal is { } refused ? Refused(refused) : SeeOther("/account/addresses?done=removed");
    }

    private async Task<BookAddress?> Find(string id)
    {
        await using var db = database.Read();
        return Guid.TryParse(id, out var guid) ? (await book.Of(db, Caller, Cancel)).FirstOrDefault(entry => entry.Id.Value == guid) : null;
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

    /// <summary>The button that takes it out of the book was pressed.</summary>
    public bool Remove { get; set; }

    internal AddressDraft Draft => new(Recipient, Line1, Line2, PostalCode, City, Region, Country);

    internal static AddressInput Of(BookAddress entry) => new()
    {
        Label = entry.Label, Recipient = entry.Address.Recipient, Line1 = entry.Address.Line1, Line2 = entry.Address.Line2, PostalCode = entry.Address.PostalCode,
        City = entry.Address.City, Region = entry.Address.Region, Country = entry.Address.Country.Code, IsBilling = entry.IsBilling, IsShipping = entry.IsShipping,
        Version = entry.Version,
    };
}
