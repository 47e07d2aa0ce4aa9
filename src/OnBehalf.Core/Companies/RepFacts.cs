using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>A staff member serves a company from now on.</summary>
/// <param name="Until">As a deputy until then; null: for good.</param>
public sealed record RepAssigned(StaffId Staff, CompanyId Company, DateTimeOffset? Until) : Fact
{
    public override string Name => "customers.rep-assigned";
}

/// <summary>A staff member no longer serves a company.</summary>
public sealed record RepTaken(StaffId Staff, CompanyId Company) : Fact
{
    public override string Name => "customers.rep-taken";
}

/// <summary>Another staff member is the one whom a company finds as its contact.</summary>
public sealed record PrimaryRepChanged(CompanyId Company, StaffId? Before, StaffId? After) : Fact
{
    public override string Name => "customers.primary-rep-changed";
}

/// <summary>The customers of a staff member went to another one: for good, or until a time while he is away.</summary>
/// <param name="Why">`leaves` or `away`.</param>
public sealed record CustomersHandedOver(StaffId Staff, StaffId Successor, Code Why, DateTimeOffset? Until, int Customers) : Fact
{
    public override string Name => "customers.handed-over";
}
