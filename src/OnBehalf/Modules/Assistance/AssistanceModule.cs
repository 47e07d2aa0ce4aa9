using Microsoft.AspNetCore.Mvc.RazorPages;
using OnBehalf.Carts;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Assistance;

/// <summary>Assisted sessions: who may act for whom, their start and end.</summary>
public static class AssistanceModule
{
    public static void AddServices(IServiceCollection services)
    {
        foreach (var aging in AssistanceAging.All)
        {
            services.AddSingleton(aging);
        }

        services.AddSingleton(AssistanceErasing.Buyers).AddSingleton(AssistanceErasing.Staff);
        services.AddSingleton<ShopPolicies>();
        services.AddSingleton<Mandates>();
        services.AddSingleton<MandateQueries>();
        services.AddSingleton<EndCustomerQueries>();
        services.AddSingleton<PolicyVersions>();
        services.AddSingleton<DealerTrial>();
        services.AddSingleton<AssistedOrders>();
        services.AddSingleton<SessionModes>();
        services.AddSingleton<Consents>();
        services.AddSingleton<ConsentQueries>();
        services.AddSingleton(provider => new ConsentAsks(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<ShopPolicies>(), provider.GetRequiredService<ShopSettings>(),
            provider.GetRequiredService<Mail.Outbox>(), provider.GetRequiredService<MasterKey>()));
        services.AddSingleton(provider => FactHandler.On<EmergencyStarted>("mails about an emergency", async (tx, started) =>
        {
            await provider.GetRequiredService<SessionMails>().Emergency(tx, started);
            await provider.GetRequiredService<SessionAlerts>().Emergency(tx, started);
        }));
        services.AddSingleton<AssistRequests>();
        services.AddSingleton<Protections>();
        services.AddSingleton<ClosedPages>();
        services.AddSingleton<RequestQueries>();
        services.AddSingleton<PolicyQueries>();
        services.AddSingleton<SimulationQueries>();
        services.AddSingleton<ExplanationQueries>();
        services.AddSingleton<AssistedSessions>();
        services.AddScoped<StartDesk>();
        services.AddScoped<ColleagueDesk>();
        services.AddSingleton<HandOvers>();
        services.AddSingleton<SwitchWishes>();
        services.AddSingleton<AssistLinks>();
        services.AddSingleton<LinkQueries>();
        services.AddSingleton<AssistedSessionQueries>();
        services.AddSingleton<SessionHistoryQueries>();
        services.AddSingleton<SessionLogQueries>();
        services.AddSingleton<SessionStops>();
        services.AddSingleton<LiveSessionQueries>();
        services.AddSingleton<AssistCases>();
        services.AddSingleton<CaseQueries>();
        services.AddSingleton<SessionMails>();
        services.AddSingleton<SessionAlerts>();
        services.AddSingleton(provider => FactHandler.On<AssistedSessionStarted>(
            "alerts on unusual starts", (tx, started) => provider.GetRequiredService<SessionAlerts>().Started(tx, started)));
        services.AddSingleton(provider => FactHandler.On<AssistedSessionRefused>(
            "alerts on refused starts", (tx, refused) => provider.GetRequiredService<SessionAlerts>().Refused(tx)));
        services.AddSingleton<PolicyMails>();
        services.AddSingleton(provider => FactHandler.On<PolicyChanged>(
            "mail about changed rules", (tx, changed) => provider.GetRequiredService<PolicyMails>().Changed(tx, changed)));
        services.AddSingleton(provider => FactHandler.On<PolicyProposed>(
            "mail about proposed rules", (tx, proposed) => provider.GetRequiredService<PolicyMails>().Proposed(tx, proposed)));
        services.AddSingleton(provider => FactHandler.On<CustomerOpened>(
            "alerts on much looking at customers", (tx, opened) => provider.GetRequiredService<SessionAlerts>().Opened(tx, opened)));
        services.AddSingleton(provider => FactHandler.On<OrdersExported>(
            "alerts on files taken away", (tx, exported) => provider.GetRequiredService<SessionAlerts>().Exported(tx)));
        services.AddSingleton(provider => FactHandler.On<CartsExported>(
            "alerts on lists of carts taken away", (tx, exported) => provider.GetRequiredService<SessionAlerts>().Exported(tx)));
        services.AddSingleton(provider => FactHandler.On<OrderSentElsewhere>(
            "alerts on orders to unusual addresses", (tx, sent) => provider.GetRequiredService<SessionAlerts>().SentElsewhere(tx, sent)));
        services.AddSingleton(FactHandler.On<SettingChanged>("assisted sessions off", StartStops.SwitchedOff));
        services.AddSingleton(provider => FactHandler.On<AssistedSessionStarted>(
            "mail at the start of a session", (tx, started) => provider.GetRequiredService<SessionMails>().Started(tx, started)));
        services.AddSingleton(provider => FactHandler.On<AssistedSessionEnded>(
            "mail at the end of a session", (tx, ended) => provider.GetRequiredService<SessionMails>().Ended(tx, ended)));
        services.AddSingleton(SessionSweep.Job).AddSingleton<SessionSweep>().AddHostedService(all => all.GetRequiredService<SessionSweep>());

        // One page to confirm for both kinds of customers.
        services.Configure<RazorPagesOptions>(pages =>
        {
            pages.Conventions.AddPageRoute("/Assistance/ActForPage", "/staff/consumers/{membershipId:guid}/act");
            pages.Conventions.AddPageRoute("/Assistance/MySessionsPage", "/account/assistance/{id:guid}");
            pages.Conventions.AddPageRoute("/Assistance/CompanySessionsPage", "/account/company/assistance/{id:guid}");
        });
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        AssistanceApi.Map(routes);
        OrganisationSwitch.Map(routes);
        HandOverApi.Map(routes);
        PolicyApi.Map(routes);
        ConsentApi.Map(routes);
        SessionLogFile.Map(routes);
    }

    /// <summary>Ends the caller's session and answers with the way back to the page from which it began. The form has been found to be ours.</summary>
    /// <param name="after">Another page of the Sales Portal to go on with; null: that one.</param>
    public static Task<IResult> End(HttpContext context, string? after = null) =>
        AssistanceApi.End(context, context.RequestServices.GetRequiredService<AssistedSessions>(), after);
}
