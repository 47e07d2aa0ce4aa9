using OnBehalf.Host;

namespace OnBehalf.Modules.Payments;

/// <summary>What is paid at a payment provider.</summary>
public static class PaymentsModule
{
    public static void AddServices(IServiceCollection services) =>
        services.AddSingleton(provider => new PayDesk(PaySettings.Of(provider.GetRequiredService<IConfiguration>()) is not { } settings ? null
                : new HttpPayProvider(settings, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<HttpPayProvider>>())))
            .AddSingleton<PaymentQueries>().AddSingleton<PayNotices>().AddSingleton<OnlinePayments>().AddSingleton<PayLinks>().AddSingleton<PayCallback>();

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(OnlinePayments.Callback, PayCallback.Answer).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));
}
