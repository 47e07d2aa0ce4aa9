using OnBehalf.Data;

namespace OnBehalf.Modules.Preferences;

/// <summary>What a buyer agrees to: the newsletter, and that the shop remembers what he looked at.</summary>
public static class PreferencesModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton(PreferencesErasing.Buyers).AddSingleton<PreferenceQueries>().AddSingleton<BuyerPreferences>();
}

/// <summary>How people are forgotten here.</summary>
internal static class PreferencesErasing
{
    public static readonly PersonalRows Buyers = new(
        "buyer", "Whether he wants the newsletter, and the articles at which he looked", null,
        """delete from viewed_product where buyer_id = {person} returning 1 as "Value" """,
        """delete from buyer_preference where buyer_id = {person} returning 1 as "Value" """);
}
