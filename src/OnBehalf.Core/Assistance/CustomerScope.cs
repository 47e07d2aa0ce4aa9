using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>
/// Which customers a staff member has to do with at all: whom he finds, sees and may be allowed to act for. Without <paramref name="AllCompanies"/> only
/// those that are assigned to him.
/// </summary>
/// <param name="Consumers">Also private persons; nobody is assigned to those.</param>
public readonly record struct CustomerScope(bool AllCompanies, bool Consumers)
{
    public static CustomerScope Of(StaffRole role, bool accessAllCustomers) => role switch
    {
        StaffRole.SupportAgent or StaffRole.Supervisor or StaffRole.Administrator => new(AllCompanies: true, Consumers: true),
        _ => new(accessAllCustomers, Consumers: false),
    };
}
