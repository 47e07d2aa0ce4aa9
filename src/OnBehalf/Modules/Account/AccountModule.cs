using Microsoft.AspNetCore.Mvc.RazorPages;

namespace OnBehalf.Modules.Account;

/// <summary>What a buyer has here about himself: dashboard, data, addresses; and the password of staff.</summary>
public static class AccountModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<AccountQueries>();

        // A new address and a known one share a page and not a route: each can be closed to sessions without the other.
        services.Configure<RazorPagesOptions>(pages => pages.Conventions.AddPageRoute("/Account/AddressPage", "/account/addresses/new"));
    }
}
