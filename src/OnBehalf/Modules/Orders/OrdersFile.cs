using System.Globalization;
using CsvHelper;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Commissions;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>The staff's order list as a file for a spreadsheet, or for a program: the same filters, at most <see cref="OrdersQueries.MostInFile"/> rows, newest first.</summary>
internal static class OrdersFile
{
    // What a spreadsheet would take for a formula gets an apostrophe before it.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static async Task Write(HttpContext context, [AsParameters] StaffOrdersInput input, Database database, OrdersQueries orders, CommissionQueries commissions, ShopSettings settings)
    {
        if (await Found(context, input, database, orders, commissions, settings) is not var (found, earned))
        {
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"orders.csv\"";
        await using var csv = CsvWriter.Create(context.Response.Body, Options, leaveOpen: true);
        csv.WriteHeader([.. Columns, context.Caller().May(Right.CommissionsView) ? "commission" : "your_commission"]);
        foreach (var order in found)
        {
            await csv.WriteRecordAsync([.. Fields(order), earned.TryGetValue(order.Id, out var one) ? one.ToPlainString() : ""], context.RequestAborted);
        }

        await csv.FlushAsync(context.RequestAborted);
    }

    /// <summary>The same for a program; amounts are text, because numbers of JSON are not exact.</summary>
    public static async Task WriteJson(HttpContext context, [AsParameters] StaffOrdersInput input, Database database, OrdersQueries orders, CommissionQueries commissions, ShopSettings settings)
    {
        if (await Found(context, input, database, orders, commissions, settings) is not var (found, earned))
        {
            return;
        }

        var seesAll = context.Caller().May(Right.CommissionsView);
        await context.Response.WriteAsJsonAsync(
            found.Select(order => new
            {
                order.Number, PlacedAt = order.PlacedAt.UtcDateTime, order.Status, order.CompanyNumber, Company = order.CompanyName, Buyer = order.BuyerName, Operator = order.OperatorName, order.StaffGroup,
                order.Representative, order.PurchaseOrderNumber, order.CostCentre, Total = order.Total.ToPlainString(), Currency = order.Total.Currency.Code, Discount = order.Discount.ToPlainString(),
                order.Coupons, RequestedDelivery = order.WantedOn, order.Terms, Given = order.Given?.ToPlainString(), Commission = seesAll && earned.TryGetValue(order.Id, out var all) ? all.ToPlainString() : null, YourCommission = !seesAll && earned.TryGetValue(order.Id, out var own) ? own.ToPlainString() : null,
            }),
            context.RequestAborted);
    }

    // Null: refused, and answered.
    private static async Task<(IReadOnlyList<OrderSummary> Orders, IReadOnlyDictionary<OrderId, Money> Commissions)?> Found(
        HttpContext context, StaffOrdersInput input, Database database, OrdersQueries orders, CommissionQueries commissions, ShopSettings settings)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        var filter = input.Read(caller, await settings.TimeZone(cancel));
        if (filter.IsRefused)
        {
            await Refusals.Answer(context, filter.Refusal);
            return null;
        }

        await using var db = database.Read();
        var listing = await orders.OfStaff(db, caller, filter.Value, null, cancel, OrdersQueries.MostInFile);
        await database.Record(caller, new OrdersExported(listing.Orders.Count), cancel);
        return (listing.Orders, await commissions.OfOrders(db, caller, false, [.. listing.Orders.Select(order => order.Id)], cancel));
    }

    private static readonly string[] Columns =
        ["number", "placed_at", "status", "company_number", "company", "buyer", "placed_by", "staff_group", "representative", "purchase_order_number", "cost_centre", "total", "currency", "discount", "coupons", "requested_delivery", "terms", "given"];

    private static string[] Fields(OrderSummary order) =>
    [
        order.Number, order.PlacedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), order.Status, order.CompanyNumber ?? "",
        order.CompanyName ?? "", order.BuyerName ?? "", order.OperatorName ?? order.BuyerName ?? "", order.StaffGroup ?? "", order.Representative ?? "", order.PurchaseOrderNumber ?? "", order.CostCentre ?? "", order.Total.ToPlainString(),
        order.Total.Currency.Code, order.Discount.ToPlainString(), order.Coupons ?? "", order.WantedOn ?? "", order.Terms?.ToString(CultureInfo.InvariantCulture) ?? "", order.Given?.ToPlainString() ?? "",
    ];
}
