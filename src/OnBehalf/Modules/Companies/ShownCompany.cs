using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Notes;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Companies;

/// <summary>A company as staff see it: its people first, because somebody is on the telephone.</summary>
public abstract class ShownCompany(CustomerQueries customers, OpenedCustomers opened) : ShopPage
{
    public CompanyData Company { get; private set; } = null!;

    /// <summary>What the policy says about acting for the company as a whole.</summary>
    public AssistanceDecision Whole { get; private set; } = null!;

    public PeoplePage People { get; private set; } = null!;

    public IReadOnlyList<CustomerAddress> Addresses { get; private set; } = [];

    public IReadOnlyList<PastSession> Sessions { get; private set; } = [];

    /// <summary>Links that were sent to colleagues.</summary>
    public IReadOnlyList<ShownLink> Links { get; private set; } = [];

    public IReadOnlyList<OrderSummary> Orders { get; private set; } = [];

    /// <summary>Of the company and its people, with a form for another one.</summary>
    public NoteSection Notes { get; private set; } = null!;

    /// <summary>`/staff` or `/admin`.</summary>
    public string Root => CustomerPaths.RootOf(HttpContext);

    public string Path => CustomerPaths.Company(Root, Company.Number);

    public bool MayAddPeople => Caller.May(Right.PeopleCreate) && Company.Status != CompanyStatus.Blocked;

    /// <summary>The form for a new employee; who wants to be on a page of the shop as the buyer is brought there through it.</summary>
    public string NewPersonPath => CustomerPaths.Company(CustomerPaths.SalesPortal, Company.Number) + "/people/new"
        + (ActForLink.Destination(Request) is { } page ? QueryString.Create("to", page) : "");

    public string? NextPeople => People.Next is not { } next ? null
        : $"{Path}?after={Uri.EscapeDataString(next.SortName)}&id={next.Membership}{(By.Length == 0 ? "" : "&by=" + Uri.EscapeDataString(By))}#people";

    /// <summary>Only people whom he entered or changed last for somebody else; empty: all.</summary>
    public string By { get; private set; } = "";

    /// <summary>Whom the list names as such.</summary>
    public IReadOnlyList<string> Hands => [.. People.People.Select(person => person.Hand.HandOf).OfType<string>().Distinct().Order(StringComparer.CurrentCulture)];

    public bool IsFirstPage { get; private set; }

    public string Here => ActForLink.Return(Request.Path + Request.QueryString, Request);

    public async Task<IActionResult> OnGet(string number, string? after, Guid? id, string? by)
    {
        if (await customers.Find(Caller, number, Cancel) is not { } company)
        {
            return Missing();
        }

        Company = company;
        await opened.Note(Caller, company.Id, null, Cancel);
        IsFirstPage = after is null || id is null;
        By = by?.Trim() is { Length: < 200 } typed ? typed : "";
        await using var together = customers.Together();
        Whole = await customers.Whole(Caller, company, Cancel);
        var people = await customers.PeopleOf(together, Caller, company, after ?? "", id ?? Guid.Empty, By, Cancel);
        var addresses = CustomerQueries.AddressesOf(together, company.Id, null);
        var sessions = SessionHistoryQueries.Of(together, company.Id);
        var links = LinkQueries.Of(together, company.Id);
        var notes = NotesQueries.Of(together, company.Id);
        var orders = Caller.May(Right.StaffOrdersView) ? OrdersQueries.OfCustomer(together, Caller, company.Id, null) : null;
        await together.Read(Cancel);
        (People, Addresses, Sessions, Links, Orders) = (people(), addresses(), sessions(), links(), orders?.Invoke() ?? []);
        Notes = new NoteSection(
            notes(), NoteAbout.Company(company.Number), company.Name, Path, [.. People.People.Select(person => (NoteAbout.Person(person.Membership).ToString(), person.Name))]);
        return Page();
    }
}
