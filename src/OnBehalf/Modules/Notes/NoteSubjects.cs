using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Notes;

/// <summary>What a note is about, as it stands in an address: `companies/N-1001`, `people/{membership}`, `orders/SO-2026-000001`.</summary>
public readonly record struct NoteAbout(string Kind, string Key)
{
    public const string Companies = "companies";
    public const string People = "people";
    public const string Orders = "orders";

    public string Path => $"/staff/notes/{Kind}/{Uri.EscapeDataString(Key)}";

    /// <summary>Where it is shown to whoever works in the Sales Portal.</summary>
    public string Shown(string? company) => Kind == Orders ? $"/staff/orders/{Uri.EscapeDataString(Key)}"
        : Kind == Companies ? CustomerPaths.Company(CustomerPaths.SalesPortal, Key)
        : CustomerPaths.Customer(CustomerPaths.SalesPortal, company, new MembershipId(Guid.Parse(Key)));

    public static NoteAbout Company(string number) => new(Companies, number);

    public static NoteAbout Person(MembershipId person) => new(People, person.ToString());

    public static NoteAbout Order(string number) => new(Orders, number);

    /// <summary>`people/…` of a form; null when it is none.</summary>
    public static NoteAbout? Read(string? text) => (text?.Split('/', 2) ?? []) is [Companies or People or Orders, { Length: > 0 }] and var parts ? new NoteAbout(parts[0], parts[1]) : null;

    public override string ToString() => $"{Kind}/{Key}";
}

/// <summary>A company, person or order that the caller may see.</summary>
/// <param name="Number">Of the company to which it belongs; null for a private customer.</param>
public sealed record NoteSubject(NoteAbout About, string Name, string? Number, CompanyId? Company, MembershipId? Membership, BuyerId? Buyer, OrderId? Order)
{
    public string Shown => About.Shown(Number);
}

/// <summary>Finds what a note is about among what the caller may see, by the queries of those who own it.</summary>
public sealed class NoteSubjects(Database database, CustomerQueries customers, OrdersQueries orders, SeenCompanies companies)
{
    public async Task<NoteSubject?> Find(Caller caller, NoteAbout about, CancellationToken cancel)
    {
        switch (about.Kind)
        {
            case NoteAbout.Companies when await customers.Find(caller, about.Key, cancel) is { } company:
                return new NoteSubject(about, company.Name, company.Number, company.Id, null, null, null);
            case NoteAbout.People when Guid.TryParse(about.Key, out var id) && await customers.FindPerson(caller, new MembershipId(id), cancel) is { } found:
                return new NoteSubject(about, found.Person.Name, found.Company?.Number, found.Company?.Id, found.Person.Membership, found.Person.Buyer, null);
            case NoteAbout.Orders when caller.May(Right.StaffOrdersView):
                await using (var db = database.Read())
                {
                    return await orders.Find(db, caller, about.Key, cancel) is not { Head: var head } ? null
                        : new NoteSubject(about, Say($"Order {head.Number}"), head.CompanyNumber, head.Company is { } of ? new CompanyId(of) : null, null, null, new OrderId(head.Id));
                }

            default:
                return null;
        }
    }

    /// <summary>Judges again in the transaction: what was taken from him since he opened the page is not his any more.</summary>
    /// <param name="reachesTree">See <see cref="SeenCompanies.ReachesTree"/>.</param>
    internal async Task<bool> IsStillSeen(Tx tx, NoteSubject subject, bool reachesTree) =>
        subject.Order is not null ? tx.Caller.May(Right.StaffOrdersView) && await orders.Find(tx.Db, tx.Caller, subject.About.Key, tx.Cancel) is not null
        : subject.Company is { } company ? await companies.Lock(tx, company, reachesTree) is not null
        : Acting.Scope(tx.Caller).Consumers;

    internal ValueTask<bool> ReachesTree(Caller caller, CancellationToken cancel) => companies.ReachesTree(caller, cancel);
}
