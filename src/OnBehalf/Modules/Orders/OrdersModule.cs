using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>What was ordered.</summary>
public static class OrdersModule
{
    public static void AddServices(IServiceCollection services) =>
        services.AddSingleton(OrdersErasing.Buyers).AddSingleton(OrdersErasing.Staff).AddSingleton<CheckoutQueries>().AddSingleton<OrderFormDesk>().AddSingleton<OrderPlacing>().AddSingleton<OrdersQueries>().AddSingleton<GivenQueries>().AddSingleton<OrderOperatorQueries>().AddSingleton<DestinationQueries>().AddSingleton<OrderApprovals>().AddSingleton<ApprovalQueries>().AddSingleton<OrderStepQueries>().AddSingleton<OrderSteps>().AddSingleton<OrderAdvances>().AddSingleton<PaymentMethods>().AddSingleton<OrderTerms>().AddSingleton<OrderRepresentatives>().AddSingleton<DownloadQueries>().AddSingleton<Downloads>()
            .AddHostedService<ApprovalSweep>().AddSingleton(ApprovalSweep.Job);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/staff/orders.csv", OrdersFile.Write).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.StaffOrdersView });
        routes.MapGet("/admin/given-away.csv", GivenFile.Write).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.AuditRead });
        routes.MapGet("/staff/orders.json", OrdersFile.WriteJson).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.StaffOrdersView });
        routes.MapGet("/account/downloads/{link}", Downloads.Serve).WithMetadata(new AccessAttribute(Audience.Buyer, Delegation.View) { Right = Needs.OrdersView, IsPersonal = true }).IsSeen();
        routes.MapGet("/staff/orders/{number}/proof", OrderProof.Write).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.StaffOrdersView });
        routes.MapGet("/account/orders/{number}/proof", OrderProof.Write).WithMetadata(new AccessAttribute(Audience.Buyer, Delegation.View) { Right = Needs.OrdersView }).IsSeen();
    }
}
