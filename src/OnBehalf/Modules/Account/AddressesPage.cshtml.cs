using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Account;

/// <summary>The addresses of the company and those of the buyer himself.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.AddressesView, Mode = Mode.View)]
public sealed class AddressesPage(AccountQueries account, AddressBook book) : ShopPage
{
    public IReadOnlyList<BookAddress> Addresses { get; private set; } = [];

    public string? Notice { get; private set; }

    /// <summary>Who entered or changed some of them for somebody else.</summary>
    public IReadOnlyList<string> Operators { get; private set; } = [];

    /// <summary>Only what this one of them did.</summary>
    public string? By { get; private set; }

    public bool MayAdd => Caller.May(Right.AddressesChange) && Caller.Session is not { Mode: Mode.View } && !Caller.IsClosed(ClosablePage.AddressAdd);

    public bool MayChange => Caller.May(Right.AddressesChange) && Caller.Session is not { Mode: Mode.View } && !Caller.IsClosed(ClosablePage.AddressChange);

    public IEnumerable<(string Title, IReadOnlyList<BookAddress> Addresses)> Books =>
        new[]
        {
            (Title: Caller.Company?.Name ?? "", Addresses: (IReadOnlyList<BookAddress>)[.. Addresses.Where(address => !address.IsOwn)]),
            (Title: Caller.Company is null ? "" : Caller.IsAssisting ? Say($"Only for {Caller.CustomerName}") : Say("Only for you"), Addresses: [.. Addresses.Where(address => address.IsOwn)]),
        }.Where(part => part.Addresses.Count > 0);

    internal static string FirstInWords(FirstFor first, Caller caller) => first switch
    {
        FirstFor.OwnBilling => caller.IsAssisting ? Say($"First for {caller.CustomerName}: billing") : Say("First for you: billing"),
        FirstFor.OwnShipping => caller.IsAssisting ? Say($"First for {caller.CustomerName}: shipping") : Say("First for you: shipping"),
        FirstFor.CompanyBilling => Say("First in the company: billing"),
        _ => Say("First in the company: shipping"),
    };

    public async Task OnGet(string? done, string? by)
    {
        Notice = done switch { "added" => Say("The address is in the book."), "changed" => Say("The address is changed."), "removed" => Say("The address is removed. Orders keep theirs."), "chosen" => Say("The checkout begins with these addresses from now on."), _ => null };
        await using var db = account.Read();
        Addresses = await book.Of(db, Caller, Cancel);
        Operators = [.. Addresses.Select(address => address.Hand.Operator).OfType<string>().Distinct().Order(StringComparer.CurrentCulture)];
        By = Operators.FirstOrDefault(name => name == by);
        if (By is not null)
        {
            Addresses = [.. Addresses.Where(address => address.Hand.Operator == By)];
        }
    }
}
