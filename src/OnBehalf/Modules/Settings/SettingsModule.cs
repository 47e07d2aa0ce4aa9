namespace OnBehalf.Modules.Settings;

/// <summary>What an administrator can set.</summary>
public static class SettingsModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton(SettingsErasing.Staff).AddSingleton<ShopSettings>().AddSingleton<ShopAddress>();
}
