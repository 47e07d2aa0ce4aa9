namespace OnBehalf.Modules.Account;

/// <summary>What a buyer has here about himself: dashboard, data, addresses; and the password of staff.</summary>
public static class AccountModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton<AccountQueries>();
}
