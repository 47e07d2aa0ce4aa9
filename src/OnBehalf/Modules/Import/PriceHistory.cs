using System.Data.Common;
using System.Globalization;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Import;

/// <summary>
/// Tells of every price that an import changes, as the Back Office would: base prices, lists, percentages and prices of lists, each with before and after. What is new together with
/// its list or its article has no before, and is told by the digest of the file. A thousand at a time, whatever the package holds.
/// </summary>
internal sealed class PriceHistory(WorkConnection work, Func<PackageFile, bool> hasFile, CancellationToken cancel)
{
    private const int AtOnce = 1_000;

    public async Task Tell(Func<Func<Tx, Task>, Task> write)
    {
        // Of a list that is new in this import nobody asks how it was before.
        var isOld = hasFile(PackageFormat.PriceLists) ? " and not exists (select 1 from plan_price_list n where n.id = l.id and n.change = 2)" : "";
        if (hasFile(PackageFormat.Products))
        {
            await Each(
                write,
                """
                select p.line, p.sku, p.old_price_minor, p.old_price_per, p.old_currency, p.price_minor, p.price_per, p.currency from plan_product p
                where p.change = 1 and (p.old_price_minor is distinct from p.price_minor or p.old_price_per <> p.price_per or p.old_currency <> p.currency)
                """,
                row => [.. ArticleChanged.Of(row.GetString(1), Parts(("unit_price", Plain(row, 2, row.GetString(4)), Plain(row, 5, row.GetString(7))), ("price_per", $"{Number(row, 3)}", $"{Number(row, 6)}"), ("currency", row.GetString(4), row.GetString(7))))]);
        }

        if (hasFile(PackageFormat.PriceLists))
        {
            await Each(
                write,
                """
                select p.line, p.code, p.old_percent_millionths, p.percent_millionths, p.old_for_everybody, p.for_everybody, p.old_source, p.source,
                    p.old_name, p.name, p.old_currency, p.currency, p.old_valid_from, p.valid_from, p.old_valid_until, p.valid_until from plan_price_list p where p.change = 1
                """,
                row => [.. Parts(("name", row.GetString(8), row.GetString(9)), ("currency", row.GetString(10), row.GetString(11)), ("from", Time(row, 12), Time(row, 13)), ("until", Time(row, 14), Time(row, 15)), ("percent", Percent(row, 2), Percent(row, 3)), ("for everybody", Yes(row, 4), Yes(row, 5)), ("source", row.GetString(6), row.GetString(7)))
                    .Select(part => new PriceListChanged(row.GetString(1), part.What, part.Before, part.After))]);
        }

        if (hasFile(PackageFormat.PriceListDiscounts))
        {
            await Each(
                write,
                $"""
                select p.line, l.code, c.code, p.old_percent_millionths, p.percent_millionths from plan_price_list_discount p
                join price_list l on l.id = p.price_list_id join category c on c.id = p.category_id where p.change > 0{isOld}
                """,
                row => [new CategoryDiscountChanged(row.GetString(1), row.GetString(2), Percent(row, 3), Percent(row, 4))]);
        }

        if (hasFile(PackageFormat.Prices))
        {
            await Each(
                write,
                $"""
                select p.line, l.code, a.sku, p.min_quantity_thousandths, p.old_price_minor, p.old_price_per, p.price_minor, p.price_per, l.currency from plan_price p
                join price_list l on l.id = p.price_list_id join product a on a.id = p.product_id where p.change > 0{isOld}
                """,
                row => [new PriceChanged(
                    row.GetString(1), row.GetString(2), new Quantity(Number(row, 3) ?? 0).ToString(), Price(row, 4, row.GetString(8)), Price(row, 6, row.GetString(8)))]);
        }
    }

    /// <summary>For whom lists count that did not before.</summary>
    public async Task TellGiven(Func<Func<Tx, Task>, Task> write)
    {
        var isOld = hasFile(PackageFormat.PriceLists) ? " and not exists (select 1 from plan_price_list n where n.id = l.id and n.change = 2)" : "";
        if (hasFile(PackageFormat.PriceListCompanies))
        {
            var isKnown = hasFile(PackageFormat.Companies) ? " and not exists (select 1 from plan_company n where n.id = p.company_id and n.change = 2)" : "";
            await Each(
                write,
                $"select p.line, l.code, p.company_id from plan_price_list_company p join price_list l on l.id = p.price_list_id where p.change = 2{isOld}{isKnown}",
                row => [new PriceListGiven(row.GetString(1), new CompanyId(row.GetGuid(2)), "")]);
        }

        if (hasFile(PackageFormat.PriceListGroups))
        {
            await Each(
                write,
                $"select p.line, l.code, g.code from plan_price_list_group p join price_list l on l.id = p.price_list_id join customer_group g on g.id = p.customer_group_id where p.change = 2{isOld}",
                row => [new PriceListGiven(row.GetString(1), null, row.GetString(2))]);
        }
    }

    private async Task Each(Func<Func<Tx, Task>, Task> write, string sql, Func<DbDataReader, IReadOnlyList<Fact>> facts)
    {
        for (var (after, isMore) = (-1L, true); isMore;)
        {
            var rows = await work.Rows(
                $"{sql} and p.line > @after order by p.line limit {AtOnce}", row => (Line: Number(row, 0) ?? 0, Facts: facts(row)), cancel, ("after", after));
            (after, isMore) = (rows.Count == 0 ? after : rows[^1].Line, rows.Count == AtOnce);
            var told = rows.SelectMany(row => row.Facts).ToList();
            if (told.Count > 0)
            {
                await write(tx =>
                {
                    told.ForEach(fact => tx.Add(fact));
                    return Task.CompletedTask;
                });
            }
        }
    }

    private static IEnumerable<(string What, string Before, string After)> Parts(params (string What, string Before, string After)[] parts) => parts.Where(part => part.Before != part.After);

    private static string Plain(DbDataReader row, int at, string currency) => Number(row, at) is { } minor ? new Money(minor, Currency.Of(currency)).ToPlainString() : "";

    private static string Price(DbDataReader row, int at, string currency) =>
        Number(row, at) is { } minor ? new UnitPrice(new Money(minor, Currency.Of(currency)), (int)(Number(row, at + 1) ?? 1)).ToString() : "";

    private static string Percent(DbDataReader row, int at) => Number(row, at) is { } millionths ? new Percentage((int)millionths).ToString() : "";

    // As the Back Office writes it.
    private static string Time(DbDataReader row, int at) => row.IsDBNull(at) ? ""
        : (row.GetValue(at) is long micros ? DateTime.UnixEpoch.AddMicroseconds(micros) : row.GetFieldValue<DateTimeOffset>(at).UtcDateTime).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Yes(DbDataReader row, int at) => row.GetValue(at) is true or 1L ? "yes" : "no";

    private static long? Number(DbDataReader row, int at) => row.IsDBNull(at) ? null : Convert.ToInt64(row.GetValue(at), CultureInfo.InvariantCulture);
}
