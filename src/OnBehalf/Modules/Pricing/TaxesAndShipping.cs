using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>What staff change about tax rates and ways of sending. Orders keep what they were placed with.</summary>
public sealed class TaxesAndShipping(Database database)
{
    private static readonly Refusal Gone = Refusal.Conflict("pricing.shipping-gone", "This way of sending does not exist any more.");

    private static readonly Refusal CodeTaken = Refusal.Invalid("pricing.shipping-taken", "Code: another way of sending has it already. Open that one to change it.", "Code");

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

    /// <summary>The other prices of a way of sending, as they are typed.</summary>
    public async Task<string> RatesOf(ShippingMethodRow method, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await RatesOf(db, method, cancel);
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
    /// <param name="caller">Who does it.</param>
    /// <param name="known">Code of the one that the page showed; null: a new one.</param>
    /// <param name="draft">As it was typed.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Outcome<Done>> PutMethod(Caller caller, string? known, ShippingDraft draft, CancellationToken cancel)
    {
        var read = draft.Read();
        return read.IsRefused ? read.Refusal : await database.Write<Done>(
            caller,
            async tx =>
            {
                var method = read.Value;
                var row = await tx.Db.Set<ShippingMethodRow>().SingleOrDefaultAsync(row => row.Code == method.Code, tx.Cancel);
                if (row is null ? known is not null : known != method.Code)
                {
                    return row is null ? Gone : CodeTaken;
                }

                var rates = ShippingRateText.Write(method.Rates, method.Price.Currency);
                if (row is null)
                {
                    tx.Db.AddRange(RowsOf(method));
                    tx.Db.Add(new ShippingMethodRow
                    {
                        Code = method.Code, Name = method.Name, Countries = method.Countries, Currency = method.Price.Currency, PriceMinor = method.Price.Minor, FreeFromMinor = method.FreeFrom?.Minor,
                        MostMilligrams = method.MostMilligrams,
                    });
                    tx.Add(new ShippingMethodChanged(method.Code, "method", "", $"{method.Name}, {method.Price}"));
                    if (rates.Length > 0)
                    {
                        tx.Add(new ShippingMethodChanged(method.Code, "prices", "", rates));
                    }

                    return Done.It;
                }

                (string What, string Before, string After)[] parts =
                [
                    ("name", row.Name, method.Name), ("countries", row.Countries, method.Countries), ("price", new Money(row.PriceMinor, row.Currency).ToString(), method.Price.ToString()),
                    ("free from", row.FreeFromMinor is { } was ? new Money(was, row.Currency).ToString() : "", method.FreeFrom?.ToString() ?? ""),
                    ("up to", row.MostMilligrams is { } most ? ShippingRateText.Weight(most) + " kg" : "", method.MostMilligrams is { } now ? ShippingRateText.Weight(now) + " kg" : ""),
                    ("prices", await RatesOf(tx.Db, row, tx.Cancel), rates),
                ];
                foreach (var (what, before, after) in parts.Where(part => part.Before != part.After))
                {
                    tx.Add(new ShippingMethodChanged(row.Code, what, before, after));
                }

                if (Array.Exists(parts, part => part.Before != part.After))
                {
                    (row.Name, row.Countries, row.Currency) = (method.Name, method.Countries, method.Price.Currency);
                    (row.PriceMinor, row.FreeFromMinor, row.MostMilligrams) = (method.Price.Minor, method.FreeFrom?.Minor, method.MostMilligrams);
                    if (parts[^1].Before != parts[^1].After)
                    {
                        // At once: a row that stays the same but for its price has the same key as one that goes.
                        var wanted = RowsOf(method).ToDictionary(rate => (rate.Countries, rate.Region, rate.FromMilligrams, rate.FromMinor));
                        foreach (var rate in await tx.Db.Set<ShippingRateRow>().Where(rate => rate.MethodCode == row.Code).ToListAsync(tx.Cancel))
                        {
                            if (wanted.Remove((rate.Countries, rate.Region, rate.FromMilligrams, rate.FromMinor), out var same))
                            {
                                rate.PriceMinor = same.PriceMinor;
                            }
                            else
                            {
                                tx.Db.Remove(rate);
                            }
                        }

                        tx.Db.AddRange(wanted.Values);
                    }
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

            tx.Db.RemoveRange(await tx.Db.Set<ShippingRateRow>().Where(rate => rate.MethodCode == row.Code).ToListAsync(tx.Cancel));
            tx.Db.Remove(row);
            tx.Add(new ShippingMethodChanged(row.Code, "method", $"{row.Name}, {new Money(row.PriceMinor, row.Currency)}", ""));
            return Done.It;
        },
        cancel);

    private static async Task<string> RatesOf(ShopDb db, ShippingMethodRow method, CancellationToken cancel) => ShippingRateText.Write(
        (await db.Set<ShippingRateRow>().Where(rate => rate.MethodCode == method.Code).ToListAsync(cancel))
            .ConvertAll(rate => new ShippingRate(rate.Countries, rate.Region, rate.FromMilligrams, rate.FromMinor, new Money(rate.PriceMinor, method.Currency))),
        method.Currency);

    private static IEnumerable<ShippingRateRow> RowsOf(ShippingMethod method) => method.Rates.Select(rate => new ShippingRateRow
    {
        MethodCode = method.Code, Countries = rate.Countries, Region = rate.Region, FromMilligrams = rate.FromMilligrams, FromMinor = rate.FromMinor, PriceMinor = rate.Price.Minor,
    });
}
