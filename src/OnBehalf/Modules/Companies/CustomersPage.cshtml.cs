using OnBehalf.Host;

namespace OnBehalf.Modules.Companies;

/// <summary>Finding a customer in the Sales Portal.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class CustomersPage(CustomerSearchQueries search, FoundByNameQueries named, CustomerListQueries lists) : ShownCustomers(search, named, lists);

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OfficeCustomersPage(CustomerSearchQueries search, FoundByNameQueries named, CustomerListQueries lists) : ShownCustomers(search, named, lists);
