namespace OnBehalf.Modules.Account;

/// <summary>What a buyer has here about himself: dashboard, data, addresses.</summary>
public static class AccountModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton<AccountQueries>();
}
