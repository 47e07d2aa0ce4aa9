using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>What staff change about tax rates and ways of sending. Orders keep what they were placed with.</summary>
public sealed class TaxesAndShipping(Database database)
{
    private static readonly Refusal Gone = Refusal.Conflict("pricing.shipping-gone", "This way of sending does not exist any more.");

    public async Task<IReadOnlyList<TaxRateRow>> Rates(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Set<TaxRateRow>().OrderBy(row => row.Country).ThenBy(row => row.Region).ThenBy(row => row.TaxClass).Take(1_000).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<ShippingMethodRow>> Methods(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Set<ShippingMethodRow>().OrderBy(row => row.Name).ThenBy(row => row.Code).Take(500).ToListAsync(cancel);
    }

    /// <summary>Sets a rate, or takes it away where none is typed.</summary>
    public async Task<Outcome<Done>> PutRate(Caller caller, TaxRateDraft draft, CancellationToken cancel)
    {
        var read = draft.Read();
        return read.IsRefused ? read.Refusal : await database.Write<Done>(
            caller,
            async tx =>
            {
                var (place, rate) = read.Value;
                var row = await tx.Db.Set<TaxRateRow>().SingleOrDefaultAsync(
                    row => row.Country == place.Country && row.Region == place.Region && row.TaxClass == place.TaxClass, tx.Cancel);
                var (before, after) = (row is null ? "" : new Percentage(row.RateMillionths).ToString(), rate?.ToString() ?? "");
                if (before == after)
                {
                    return Done.It;
                }

                if (rate is not { } set)
                {
                    tx.Db.Remove(row!);
                }
                else if (row is null)
                {
                    tx.Db.Add(new TaxRateRow { Country = place.Country, Region = place.Region, TaxClass = place.TaxClass, RateMillionths = set.Millionths });
                }
                else
                {
                    row.RateMillionths = set.Millionths;
                }

                tx.Add(new TaxRateChanged(place.Country, place.Region, place.TaxClass, before, after));
                return Done.It;
            },
            cancel);
    }

    /// <summary>A new way of sending, or another name, price and reach of one that is there.</summary>
    public async Task<Outcome<Done>> PutMethod(Caller caller, ShippingDraft draft, CancellationToken cancel)
    {
        var read = draft.Read();
        return read.IsRefused ? read.Refusal : await database.Write<Done>(
            caller,
            async tx =>
            {
                var method = read.Value;
                var row = await tx.Db.Set<ShippingMethodRow>().SingleOrDefaultAsync(row => row.Code == method.Code, tx.Cancel);
                if (row is null)
                {
                    tx.Db.Add(new ShippingMethodRow
                    {
                        Code = method.Code, Name = method.Name, Countries = method.Countries, Currency = method.Price.Currency, PriceMinor = method.Price.Minor, FreeFromMinor = method.FreeFrom?.Minor,
                    });
                    tx.Add(new ShippingMethodChanged(method.Code, "method", "", $"{method.Name}, {method.Price}"));
                    return Done.It;
                }

                (string What, string Before, string After)[] parts =
                [
                    ("name", row.Name, method.Name), ("countries", row.Countries, method.Countries), ("price", new Money(row.PriceMinor, row.Currency).ToString(), method.Price.ToString()),
                    ("free from", row.FreeFromMinor is { } was ? new Money(was, row.Currency).ToString() : "", method.FreeFrom?.ToString() ?? ""),
                ];
                foreach (var (what, before, after) in parts.Where(part => part.Before != part.After))
                {
                    tx.Add(new ShippingMethodChanged(row.Code, what, before, after));
                }

                if (Array.Exists(parts, part => part.Before != part.After))
                {
                    (row.Name, row.Countries, row.Currency) = (method.Name, method.Countries, method.Price.Currency);
                    (row.PriceMinor, row.FreeFromMinor) = (method.Price.Minor, method.FreeFrom?.Minor);
                }

                return Done.It;
            },
            cancel);
    }

    public Task<Outcome<Done>> RemoveMethod(Caller caller, string? code, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (await tx.Db.Set<ShippingMethodRow>().SingleOrDefaultAsync(row => row.Code == code, tx.Cancel) is not { } row)
            {
                return Gone;
            }

            tx.Db.Remove(row);
            tx.Add(new ShippingMethodChanged(row.Code, "method", $"{row.Name}, {new Money(row.PriceMinor, row.Currency)}", ""));
            return Done.It;
        },
        cancel);
}
