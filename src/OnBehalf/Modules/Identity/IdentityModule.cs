using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Identity;

/// <summary>People of both kinds and their sign-ins.</summary>
public static class IdentityModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<LanguageChoice>();
        services.AddSingleton<SignInQueries>();
        services.AddSingleton<MembershipQueries>();
        services.AddSingleton<CompanySwitch>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton(provider => new SetupCode(
            provider.GetRequiredService<Database>(), Path.Combine(ShopHost.DataFolder(provider.GetRequiredService<IConfiguration>()), "setup.code")));
        services.AddSingleton<SignInStops>();
        services.AddSingleton<SignInListQueries>();
        services.AddScoped<StaffProof>();
        services.AddScoped<BuyerProof>();
        services.AddSingleton(IdentityAging.SignIns).AddSingleton(IdentityErasing.Buyers);
        services.AddSingleton(IdentityErasing.Staff);
        services.AddSingleton(SignInEnds.LongOver);
        services.AddSingleton(OneTimeCodes.LongExpired);
        services.AddSingleton<ILookupNormalizer, EmailNormalizer>();
        AddPeople<StaffRow, StaffStore>(services);
        AddPeople<BuyerRow, PersonStore<BuyerRow>>(services);
        services.AddScoped<SignIns>();
        services.AddSingleton<SecondFactors>();
        services.AddScoped<SecondStep>();
        services.AddScoped<SecondStepChanges>();
        services.AddSingleton<SecondStepQueries>();
        services.AddSingleton(provider => new ProviderDoor(ProviderSettings.Of(provider.GetRequiredService<IConfiguration>()), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ProviderStaff>();
        services.AddScoped<ProviderSignIn>();
        services.AddScoped<ProviderSignOut>();
        services.AddScoped<PasskeyJudge>();
        services.AddScoped<PasskeyChanges>();
        services.AddScoped<PasskeySignIn>();
        services.AddSingleton(SignInSteps.LongExpired);
        services.AddScoped<PasswordResets>();
        services.AddScoped<BuyerHelp>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<KnownPersonQueries>();
        services.AddSingleton<NewPeople>();
        services.AddSingleton<Members>();
        services.AddSingleton<MemberQueries>();
        services.AddScoped<StaffMembers>();
        services.AddScoped<StaffGroups>();
        services.AddSingleton<StaffQueries>();
        services.AddSingleton<CompanyRoles>();
        services.AddSingleton<CompanyRoleQueries>();
        services.AddScoped<PasswordChanges>();
        services.AddScoped<AccountSecurity>();
        services.AddSingleton<Profiles>();

        // The same pages serve both kinds of people; the surface of the URL says which.
        services.Configure<RazorPagesOptions>(pages =>
        {
            pages.Conventions.AddPageRoute("/Identity/SignInPage", "/staff/account/login");
            pages.Conventions.AddPageRoute("/Identity/ForgotPage", "/staff/account/forgot");
            pages.Conventions.AddPageRoute("/Identity/ResetPage", "/staff/account/reset");
        });
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var everybody = new AccessAttribute(Audience.Everybody, Delegation.Deny);
        routes.MapPost("/account/logout", Leave).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Allow) { Mode = Mode.View });
        routes.MapPost("/staff/account/logout", Leave).WithMetadata(everybody);
        PasskeyEndpoints.Map(routes);
        ProviderSignOut.Map(routes);
        routes.MapPost("/language", LanguageChoice.Answer).WithMetadata(everybody);
        routes.MapPost("/staff/language", LanguageChoice.Answer).WithMetadata(everybody);
        routes.MapPost("/account/company", Switch).WithMetadata(new AccessAttribute(Audience.Buyer, Delegation.Deny));
    }

    private static void AddPeople<TPerson, TStore>(IServiceCollection services)
        where TPerson : PersonRow
        where TStore : PersonStore<TPerson>
    {
        services.AddScoped<IUserValidator<TPerson>, PersonValidator<TPerson>>();
        services.AddScoped<IPasswordValidator<TPerson>, PasswordValidator<TPerson>>();
        services.AddScoped<PersonStore<TPerson>, TStore>();
        services.AddScoped<IUserStore<TPerson>>(provider => provider.GetRequiredService<PersonStore<TPerson>>());
        services.AddScoped<People<TPerson>>();
        services.AddScoped<PasswordProof<TPerson>>();
        services.AddIdentityCore<TPerson>(identity =>
        {
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        });
    }

    private static async Task<IResult> Leave(HttpContext context, SignIns signIns, IAntiforgery antiforgery)
    {
        // Whoever is signed out already has a form that is out of date, and still gets what he wants.
        if (context.Caller().Actor is not Actor.Nobody && !await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        // In a session there is nobody to sign out: "log out" ends the session and brings the operator back, still signed in.
        if (context.Caller().IsAssisting)
        {
            return await AssistanceModule.End(context);
        }

        await signIns.Leave(context);
        context.Response.Headers.Location = context.Surface() == Surface.Shop ? "/" : "/staff/account/login?left=1";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static async Task<IResult> Switch(HttpContext context, CompanySwitch companies, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var outcome = await companies.To(context.Caller(), form["membership"], context.RequestAborted);
        if (outcome.Refusal is { } refusal)
        {
            Refusals.Leave(context, refusal);
            return Results.StatusCode(Refusals.StatusOf(refusal));
        }

        context.Response.Headers.Location = "/account";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
