using OnBehalf.Modules.Orders;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Host;

/// <summary>How the shop is called, for the head of every page. A setting, which the head itself cannot ask for: it knows no module.</summary>
public static class ShopName
{
    private static readonly object Key = new();
    private static readonly object TermsKey = new();

    public static void Use(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<ShopSettings>();
        app.Use(async (context, next) =>
        {
            context.Items[Key] = await settings.Get(ShopSettings.ShopName, context.RequestAborted);
            context.Items[TermsKey] = await settings.Number(OrderTerms.Current, context.RequestAborted) > 0 ? TermsKey : null;
            Spoken.Begin(context, await settings.Get(ShopSettings.ShopLanguages, context.RequestAborted), await settings.Get(ShopSettings.ShopLanguage, context.RequestAborted));
            await next(context);
        });
    }

    /// <summary>Whether there are terms that every order accepts.</summary>
    public static bool HasTerms(HttpContext context) => context.Items[TermsKey] is not null;

    /// <summary>The name of this shop; of the product where nobody has asked.</summary>
    public static string Of(HttpContext context) => context.Items[Key] as string ?? ShopSettings.ShopName.Default;
}
