using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Notes;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Companies;

/// <summary>A person as staff see him: a private customer, and in the Back Office also somebody of a company.</summary>
public abstract class ShownPerson(CustomerQueries customers, OpenedCustomers opened) : ShopPage
{
    public CustomerPerson Person { get; private set; } = null!;

    /// <summary>Where he belongs; none for a private customer.</summary>
    public CompanyData? Company { get; private set; }

    public IReadOnlyList<CustomerAddress> Addresses { get; private set; } = [];

    public IReadOnlyList<PastSession> Sessions { get; private set; } = [];

    /// <summary>Links that were sent to colleagues.</summary>
    public IReadOnlyList<ShownLink> Links { get; private set; } = [];

    public IReadOnlyList<OrderSummary> Orders { get; private set; } = [];

    /// <summary>His newest mail, where it did not arrive.</summary>
    public Undelivered? Undelivered { get; private set; }

    public NoteSection Notes { get; private set; } = null!;

    /// <summary>Where he is signed in, for those who may end it.</summary>
    public SignInListing? SignIns { get; private set; }

    /// <summary>How he gets in, for those who may help him.</summary>
    public BuyerHelpSection? Help { get; private set; }

    public string? Notice => SignInNotices.Of(Request.Query["done"]) ?? BuyerHelpSection.Notice(Request.Query["done"]);

    /// <summary>`/staff` or `/admin`.</summary>
    public string Root => CustomerPaths.RootOf(HttpContext);

    public string Path => CustomerPaths.Buyer(Root, Person.Membership);

    public string Here => ActForLink.Return(Request.Path + Request.QueryString, Request);

    public async Task<IActionResult> OnGet(Guid membershipId)
    {
        if (await customers.FindPerson(Caller, new MembershipId(membershipId), Cancel) is not { } customer || !IsShown(customer))
        {
            return Missing();
        }

        (Person, Company) = (customer.Person, customer.Company);
        await opened.Note(Caller, null, Person.Buyer, Cancel);
        SignIns = await ListSignIns();
        await using var together = customers.Together();
        var addresses = Company is null ? CustomerQueries.AddressesOf(together, null, Person.Buyer) : null;
        var sessions = SessionHistoryQueries.Of(together, Person.Membership);
        var links = LinkQueries.Of(together, Person.Membership);
        var notes = NotesQueries.Of(together, Person.Membership);
        var orders = Caller.May(Right.StaffOrdersView) ? OrdersQueries.OfCustomer(together, Caller, null, Person.Membership) : null;
        var undelivered = UndeliveredQueries.To(together, Person.Email);
        var help = FindHelp(together);
        await together.Read(Cancel);
        (Addresses, Sessions, Links, Orders, Undelivered) = (addresses?.Invoke() ?? [], sessions(), links(), orders?.Invoke() ?? [], undelivered());
        Help = help?.Invoke();
        Notes = new NoteSection(notes(), NoteAbout.Person(Person.Membership), Person.Name, Path, []);
        return Page();
    }

    protected virtual Task<SignInListing?> ListSignIns() => Task.FromResult<SignInListing?>(null);

    protected virtual Func<BuyerHelpSection?>? FindHelp(SqlTogether together) => null;

    /// <summary>Whether he has a page on this surface.</summary>
    protected abstract bool IsShown(PersonOfCustomer customer);
}
