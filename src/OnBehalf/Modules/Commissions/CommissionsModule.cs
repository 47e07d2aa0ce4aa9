using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Commissions;

/// <summary>What staff earn at orders.</summary>
public static class CommissionsModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<CommissionQueries>().AddSingleton<CommissionRules>().AddSingleton<CommissionPayOuts>().AddSingleton<CommissionTrials>()
            .AddSingleton<CommissionDisputeQueries>().AddSingleton<CommissionDisputes>().AddSingleton(CommissionsErasing.Buyers);
        foreach (var handler in CommissionLedger.Handlers)
        {
            services.AddSingleton(handler);
        }
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/staff/commissions.csv", CommissionsFile.Write).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.StaffDesk });
        routes.MapGet("/staff/commissions.json", CommissionsFile.WriteJson).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.StaffDesk });
        routes.MapGet("/admin/commissions/pay-outs.csv", CommissionsFile.WritePayOut).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.CommissionsChange });
    }
}
