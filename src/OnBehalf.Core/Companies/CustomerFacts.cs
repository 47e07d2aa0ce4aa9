using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>Somebody of the staff looked at a customer, a company or a private one, for the first time within an hour.</summary>
public sealed record CustomerOpened(CompanyId? Company, BuyerId? Buyer) : Fact
{
    public override string Name => "customers.opened";
}
