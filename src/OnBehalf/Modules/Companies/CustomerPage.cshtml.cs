using OnBehalf.Host;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Companies;

/// <summary>A company in the Sales Portal.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class CustomerPage(CustomerQueries customers, SessionHistoryQueries sessions, OrdersQueries orders, LinkQueries links, OpenedCustomers opened) : ShownCompany(customers, sessions, orders, links, opened);

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OfficeCustomerPage(CustomerQueries customers, SessionHistoryQueries sessions, OrdersQueries orders, LinkQueries links, OpenedCustomers opened) : ShownCompany(customers, sessions, orders, links, opened);
