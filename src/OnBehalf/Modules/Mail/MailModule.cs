using OnBehalf.Data;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Mail;

/// <summary>The outbox and what was sent.</summary>
public static class MailModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton(MailAging.Texts).AddSingleton(MailErasing.Buyers).AddSingleton(MailErasing.Staff);
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton(provider => new Outbox(provider.GetRequiredService<MasterKey>(), provider.GetRequiredService<OutboxSignal>(), provider.GetRequiredService<MailLanguages>()));
        services.AddSingleton<MailLanguages>();
        services.AddSingleton(provider => new SendingAgain(provider.GetRequiredService<Database>(), provider.GetRequiredService<OutboxSignal>()));
        services.AddSingleton<MailQueries>();
        services.AddSingleton<MailProofs>();
        services.AddSingleton<Postman>();
        services.AddSingleton(provider => new MailTrials(provider.GetRequiredService<Database>(), provider.GetRequiredService<Postman>(), provider.GetRequiredService<ShopSettings>()));
        services.AddSingleton<MailRoute>();
        services.AddHostedService<OutboxWorker>().AddSingleton(OutboxWorker.Job);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
