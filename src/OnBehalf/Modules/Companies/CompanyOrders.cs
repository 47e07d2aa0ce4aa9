using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Companies;

/// <summary>Keeps how often and when last a company ordered, in the transaction that places the order.</summary>
internal static class CompanyOrders
{
    public static readonly FactHandler Count = FactHandler.On<OrderPlaced>("companies", async (tx, placed) =>
    {
        if (placed.Company is not { } id)
        {
            return;
        }

        var rows = tx.Db.Set<CompanyRow>();
        var company = tx.Database.Kind == DatabaseKind.Postgres
            ? await rows.FromSqlRaw("select * from company where id = {0} for no key update", id.Value).SingleAsync(tx.Cancel)
            : await rows.SingleAsync(row => row.Id == id, tx.Cancel);
        company.OrderCount++;
        company.LastOrderAt = tx.Now;
    });
}
