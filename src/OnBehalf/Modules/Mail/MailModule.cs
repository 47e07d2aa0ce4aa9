namespace OnBehalf.Modules.Mail;

/// <summary>The outbox and what was sent.</summary>
public static class MailModule
{
    public static void AddServices(IServiceCollection services)
    {
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
