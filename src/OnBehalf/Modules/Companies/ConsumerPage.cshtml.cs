using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Companies;

/// <summary>A private customer as staff see him.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class ConsumerPage(CustomerQueries customers, SessionHistoryQueries sessions, OrdersQueries orders) : ShopPage
{
    public CustomerPerson Person { get; private set; } = null!;

    public IReadOnlyList<CustomerAddress> Addresses { get; private set; } = [];

    public IReadOnlyList<PastSession> Sessions { get; private set; } = [];

    public IReadOnlyList<OrderSummary> Orders { get; private set; } = [];

    public string Path => $"/staff/consumers/{Person.Membership}";

    public string Here => ActForLink.Return(Request.Path + Request.QueryString, Request);

    public async Task<IActionResult> OnGet(Guid membershipId)
    {
        if (await customers.FindPerson(Caller, new MembershipId(membershipId), Cancel) is not { Company: null } customer)
        {
            return Missing();
        }

        Person = customer.Person;
        Addresses = await customers.AddressesOf(null, Person.Buyer, Cancel);
        Sessions = await sessions.Of(Person.Membership, Cancel);
        if (Caller.May(Right.StaffOrdersView))
        {
            Orders = await orders.OfCustomer(Caller, null, Person.Membership, Cancel);
        }

        return Page();
    }
}
