using OnBehalf.Host;

namespace OnBehalf.Modules.Companies;

/// <summary>A company in the Sales Portal.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class CustomerPage(CustomerQueries customers, OpenedCustomers opened) : ShownCompany(customers, opened);

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OfficeCustomerPage(CustomerQueries customers, OpenedCustomers opened) : ShownCompany(customers, opened);
