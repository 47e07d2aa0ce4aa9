using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Account;

/// <summary>Which address the checkout chooses first, for the person and for his company.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.AddressesChange)]
public sealed class AddressChoicePage(Database database, AddressBook book) : ShopPage
{
    [BindProperty]
    public AddressChoiceInput Input { get; set; } = new();

    public IReadOnlyList<BookAddress> Book { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        await Load();
        foreach (var first in AddressChoices.Of(Caller))
        {
            Input[first] = AddressChoices.Now(Book, first)?.Id.ToString() ?? "";
        }

        Input.Seen = string.Join(' ', AddressChoices.Of(Caller).Select(first => $"{first}={Input[first]}"));
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        var mine = AddressChoices.Of(Caller);
        if (!FormFields.AllIn(Request, [.. mine.Select(first => first.ToString()), nameof(Input.Seen)]))
        {
            await Load();
            return Refused(FormFields.Missing);
        }

        var seen = (Input.Seen ?? "").Split(' ');
        var outcome = await database.Write(
            Caller,
            async tx => await AddressChoices.Set(
                tx, await book.Of(tx.Db, Caller, Cancel), mine.Select(first => (first, seen.FirstOrDefault(one => one.StartsWith($"{first}=", StringComparison.Ordinal))?[(first.ToString().Length + 1)..], Input[first]))),
            Cancel);
        if (outcome.Refusal is { } refused)
        {
            await Load();
            return Refused(refused);
        }

        return SeeOther("/account/addresses?done=chosen");
    }

    /// <summary>What may be chosen.</summary>
    public IEnumerable<(string Value, string Words)> Options(FirstFor first) =>
    [
        ("", first is FirstFor.OwnBilling or FirstFor.OwnShipping && Caller.Company is not null ? Say("As in the company") : Say("The oldest of the book")),
        .. Book.Where(entry => AddressChoices.Fits(entry, first) && !(Caller.IsAssisting && entry.ByOthers && AddressChoices.Now([entry], first) is null)).Select(entry => (entry.Id.ToString(), string.Join(", ", new[] { entry.Label, entry.Address.Line1, entry.Address.City }.OfType<string>()))),
    ];

    private async Task Load()
    {
        await using var db = database.Read();
        Book = await book.Of(db, Caller, Cancel);
    }
}

public sealed class AddressChoiceInput
{
    public string? OwnBilling { get; set; }

    public string? OwnShipping { get; set; }

    public string? CompanyBilling { get; set; }

    public string? CompanyShipping { get; set; }

    /// <summary>What the page showed.</summary>
    public string? Seen { get; set; }

    internal string? this[FirstFor first]
    {
        get => first switch
        {
            FirstFor.OwnBilling => OwnBilling,
            FirstFor.OwnShipping => OwnShipping,
            FirstFor.CompanyBilling => CompanyBilling,
            _ => CompanyShipping,
        };
        set => _ = first switch
        {
            FirstFor.OwnBilling => OwnBilling = value,
            FirstFor.OwnShipping => OwnShipping = value,
            FirstFor.CompanyBilling => CompanyBilling = value,
            _ => CompanyShipping = value,
        };
    }
}
