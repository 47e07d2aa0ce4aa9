using OnBehalf.Host;

namespace OnBehalf.Modules.Companies;

/// <summary>A page of the Back Office about one company that whoever asks may see.</summary>
public abstract class CompanyPage(CustomerQueries customers) : ShopPage
{
    public CompanyData Company { get; private set; } = null!;

    public string Back => CustomerPaths.Company("/admin", Company.Number);

    protected async Task<bool> Load(string number)
    {
        if (await customers.Find(Caller, number, Cancel) is not { } found)
        {
            return false;
        }

        Company = found;
        return true;
    }
}
