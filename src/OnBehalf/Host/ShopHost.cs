using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using OnBehalf.Data;
using OnBehalf.Modules.Account;
using OnBehalf.Modules.Alerts;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Audit;
using OnBehalf.Modules.BackOffice;
using OnBehalf.Modules.Budgets;
using OnBehalf.Modules.Carts;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Commissions;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Deals;
using OnBehalf.Modules.Exports;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Lists;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Notes;
using OnBehalf.Modules.Orders;
using OnBehalf.Modules.Payments;
using OnBehalf.Modules.Preferences;
using OnBehalf.Modules.Pricing;
using OnBehalf.Modules.Privacy;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Host;

/// <summary>The web application: services, the way of a request, modules.</summary>
public static class ShopHost
{
    public static WebApplicationBuilder Builder(string[] args)
    {
        // Else the folder in which it runs is watched with all that lies below it for changes of one file, and each write into the database below it wakes
        // the watcher: 5 % of all CPU time (measured). What is configured is read at the start.
        Environment.SetEnvironmentVariable("ASPNETCORE_hostBuilder__reloadConfigOnChange", "false");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            // Named, because pages are looked for in this assembly also when a test or a benchmark is what was started.
            ApplicationName = typeof(ShopHost).Assembly.GetName().Name,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
        });
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.SimpleConsoleFormatterOptions>(console => console.IncludeScopes = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        AddServices(builder);
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        ConfigurationCheck.Demand(builder.Configuration);
        var app = builder.Build();
        Spoken.Learn();
        if (MetricsToken.Of(app.Configuration) is not null)
        {
            // Counts from the first request on; where nobody may ask for it, nothing is counted.
            app.Services.GetRequiredService<RequestTimes>();
        }

        RequestReferences.Use(app);
        Transport.Use(app);
        app.UseMiddleware<SecurityHeaders>();
        app.UseWhen(IsCompressed, files => files.UseResponseCompression());
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable" });
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Transport.SayUnavailable });
        app.UseMiddleware<HostGate>();
        app.UseMiddleware<Callers>();
        ShopName.Use(app);
        LogModule.Use(app);
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseRouting();
        app.UseMiddleware<AccessGate>();
        app.UseAntiforgery();
        app.MapRazorPages();
        IdentityModule.Map(app);
        CompaniesModule.Map(app);
        CatalogModule.Map(app);
        PricingModule.Map(app);
        AssistanceModule.Map(app);
        CartsModule.Map(app);
        ListsModule.Map(app);
        OrdersModule.Map(app);
        CommissionsModule.Map(app);
        PaymentsModule.Map(app);
        MailModule.Map(app);
        BackOfficeModule.Map(app);
        SettingsModule.Map(app);
        LogModule.Map(app);
        return app;
    }

    /// <summary>The connection string of `ConnectionStrings:Shop`; without one the embedded database in `data/shop.db`.</summary>
    public static string ConnectionString(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Shop") is { Length: > 0 } configured)
        {
            return configured;
        }

        MakeDataFolder(configuration);
        return $"Data Source={Path.Combine(DataFolder(configuration), "shop.db")}";
    }

    /// <summary>Where what is not in the database lies: the master key, mail files. `DataFolder`, by default `data`.</summary>
    public static string DataFolder(IConfiguration configuration) => configuration["DataFolder"] ?? "data";

    // Files that are the same for everybody. Pages are not: the length of what is compressed together with a secret tells of the secret.
    private static bool IsCompressed(HttpContext context) => context.Request.Path.StartsWithSegments("/lib") || context.Request.Path.StartsWithSegments("/assets");

    // Everything about everybody lies in it: when it is made, it is for the one who runs the shop.
    private static void MakeDataFolder(IConfiguration configuration)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(DataFolder(configuration));
        }
        else
        {
            Directory.CreateDirectory(DataFolder(configuration), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        MakeDataFolder(builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new Database(
            ConnectionString(builder.Configuration), provider.GetRequiredService<FactHandlers>(), null,
            [.. provider.GetServices<Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor>()])
        { Keys = provider.GetRequiredService<PersonKeys>(), Tickets = new TicketKey(provider.GetRequiredService<MasterKey>()) });
        services.AddSingleton(provider => new PersonKeyFile(
            builder.Configuration["PersonKeysFile"] ?? Path.Combine(DataFolder(builder.Configuration), "person.keys"), provider.GetRequiredService<ILogger<PersonKeyFile>>()));
        services.AddSingleton(provider => new PersonKeys(provider.GetRequiredService<PersonKeyFile>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<PersonKeyCheck>();
        services.AddSingleton<FactHandlers>();
        services.AddSingleton<Hosts>();
        services.AddHostedService<Telemetry>();
        services.AddSingleton<MetricsToken>().AddSingleton<RequestTimes>();
        services.AddSingleton<Presence>();
        services.AddSingleton<Views>();
        services.AddSingleton(provider => new Migrator(provider.GetRequiredService<Database>(), builder.Configuration.GetConnectionString("Migrations")));
        services.AddSingleton(OldRows.Idempotency);
        services.AddSingleton(PersonalRows.RepetitionsOfBuyers).AddSingleton(PersonalRows.RepetitionsOfStaff);
        services.AddSingleton(Tidying.Job).AddSingleton(provider => new Jobs(
            provider.GetServices<Job>().Where(job => !job.IsOfTheLog || builder.Configuration.GetValue("Log:Run", true)), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Tidying>();
        services.AddHostedService(provider => provider.GetRequiredService<Tidying>());
        services.AddSingleton(new MasterKey(Path.Combine(DataFolder(builder.Configuration), "master.key")));
        services.AddSingleton(provider => new RequestReferences(provider.GetRequiredService<MasterKey>()));
        services.AddDataProtection().SetApplicationName("OnBehalf");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = new KeyRing(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>());
            options.XmlEncryptor = new KeyEncryptor(provider.GetRequiredService<MasterKey>());
        }));
        // Pages are UTF-8: an umlaut is one, and not six characters. What has a meaning in HTML is encoded as ever.
        services.Configure<Microsoft.Extensions.WebEncoders.WebEncoderOptions>(web => web.TextEncoderSettings = new(System.Text.Unicode.UnicodeRanges.All));
        services.AddRazorPages(options => options.RootDirectory = "/Modules").AddMvcOptions(options => options.Filters.Add<PageViews>());
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "form";
            options.Cookie.Path = "/";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddResponseCompression(options => (options.EnableForHttps, options.MimeTypes) = (true, ["text/css", "text/javascript", "image/svg+xml"]));
        // First what erases again whom a backup brought back: services start in this order, and mail must not go out before.
        PrivacyModule.AddServices(services);
        SettingsModule.AddServices(services);
        IdentityModule.AddServices(services);
        CompaniesModule.AddServices(services);
        CatalogModule.AddServices(services);
        PricingModule.AddServices(services);
        AssistanceModule.AddServices(services);
        BudgetsModule.AddServices(services);
        CartsModule.AddServices(services);
        ListsModule.AddServices(services);
        NotesModule.AddServices(services);
        DealsModule.AddServices(services);
        PreferencesModule.AddServices(services);
        OrdersModule.AddServices(services);
        CommissionsModule.AddServices(services);
        PaymentsModule.AddServices(services);
        MailModule.AddServices(services);
        AccountModule.AddServices(services);
        BackOfficeModule.AddServices(services);
        AuditModule.AddServices(services);
        LogModule.AddServices(services);
        ExportsModule.AddServices(services);
        AlertsModule.AddServices(services);
    }
}
