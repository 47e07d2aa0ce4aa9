using OnBehalf.Data;

namespace OnBehalf.Modules.Privacy;

/// <summary>Forgetting people: their erasure, what hinders it, and that it outlives a restore.</summary>
public static class PrivacyModule
{
    private static readonly PersonalRows Buyers = new(
        "buyer", null, null,
        """delete from erasure_request where buyer_id = {person} returning 1 as "Value" """,
        """delete from erasure_proposal where person_id = {person} returning 1 as "Value" """,
        """delete from closed_person where person_id = {person} returning 1 as "Value" """,
        """update legal_hold set reason = {stand-in}, buyer_id = {nobody} where buyer_id = {person} returning 1 as "Value" """);

    private static readonly PersonalRows Staff = new(
        "staff", null, null,
        """delete from erasure_proposal where person_id = {person} or asked_by_id = {person} returning 1 as "Value" """,
        """delete from closed_person where person_id = {person} returning 1 as "Value" """,
        """update legal_hold set reason = {stand-in} where staff_id = {person} returning 1 as "Value" """,
        """update legal_hold set set_by = {stand-in}, set_by_id = null where set_by_id = {person} returning 1 as "Value" """,
        """update legal_hold set lifted_by = {stand-in}, lifted_by_id = null where lifted_by_id = {person} returning 1 as "Value" """);

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton(Buyers).AddSingleton(Staff);
        services.AddSingleton<PrivacyQueries>().AddSingleton<LegalHolds>().AddSingleton<ErasureProposals>().AddSingleton<Retention>();
        services.AddSingleton(provider => new ErasedList(provider.GetRequiredService<PersonKeyFile>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new Erasures(
            provider.GetRequiredService<Database>(), provider.GetServices<PersonalRows>(), provider.GetRequiredService<ErasedList>()));
        services.AddHostedService<ErasureReplay>();
        services.AddHostedService<RetentionWorker>().AddSingleton(RetentionWorker.Job);
    }
}
