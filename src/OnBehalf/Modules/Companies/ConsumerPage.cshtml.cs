using OnBehalf.Host;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Companies;

/// <summary>A private customer in the Sales Portal; whoever belongs to a company is on its page.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class ConsumerPage(CustomerQueries customers, SessionHistoryQueries sessions, OrdersQueries orders, LinkQueries links, OpenedCustomers opened) : ShownPerson(customers, sessions, orders, links, opened)
{
    protected override bool IsShown(PersonOfCustomer customer) => customer.Company is null;
}

/// <summary>A buyer in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OfficeBuyerPage(CustomerQueries customers, SessionHistoryQueries sessions, OrdersQueries orders, LinkQueries links, OpenedCustomers opened) : ShownPerson(customers, sessions, orders, links, opened)
{
    protected override bool IsShown(PersonOfCustomer customer) => true;
}
