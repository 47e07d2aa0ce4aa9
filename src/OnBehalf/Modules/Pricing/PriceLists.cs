using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>What staff change about price lists: each verb one transaction, each change an event with what was before and after.</summary>
public sealed class PriceLists(Database database, ShopSettings settings)
{
    private static readonly Refusal Unknown = Refusal.Conflict("pricing.list-unknown", "This price list does not exist any more.");

    private static readonly Refusal Taken = Refusal.Invalid("pricing.list-taken", "Code: another price list has it already.", "Code");

    private static readonly Refusal KeepsCurrency = Refusal.Invalid(
        "pricing.list-currency", "Currency: this list has prices. Make a new list for another currency.", "Currency");

    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict("pricing.list-changed", "Somebody has changed this price list meanwhile. Look at it as it is now and decide again.");

    private static readonly Refusal CustomerUnknown = Refusal.Invalid("pricing.customer-unknown", "Whom: no company has this number.", "Whom");

    private static readonly Refusal GroupUnknown = Refusal.Invalid("pricing.group-unknown", "Customer group: choose one of the list.", "Group");

    private static readonly Refusal CategoryUnknown = Refusal.Invalid("pricing.category-unknown", "Category: choose one of the list.", "Category");

    public async Task<Outcome<Done>> Add(Caller caller, PriceListDraft draft, CancellationToken cancel)
    {
        var terms = draft.Read(await settings.TimeZone(cancel));
        return terms.IsRefused ? terms.Refusal : await database.Write<Done>(
            caller,
            async tx =>
            {
                var list = terms.Value;
                if (await tx.Db.Set<PriceListRow>().AnyAsync(row => row.Code == list.Code, tx.Cancel))
                {
                    return Taken;
                }

                tx.Db.Add(new PriceListRow
                {
                    Id = IId<PriceListId>.New(), Code = list.Code, Name = list.Name, Currency = list.Currency, Source = list.Source, ForEverybody = list.ForEverybody,
                    PercentMillionths = list.Percent?.Millionths, ValidFrom = list.From, ValidUntil = list.Until,
                });
                tx.Add(new PriceListAdded(list.Code, list.Name, list.Currency.Code, PriceSources.Code(list.Source)));
                return Done.It;
            },
            cancel);
    }

    /// <param name="seen">The version that was shown.</param>
    public async Task<Outcome<Done>> Change(Caller caller, PriceListDraft draft, int seen, CancellationToken cancel)
    {
        var terms = draft.Read(await settings.TimeZone(cancel));
        return terms.IsRefused ? terms.Refusal : await On(
            caller, terms.Value.Code,
            async (tx, row) =>
            {
                var list = terms.Value;
                if (row.Version != seen)
                {
                    return ChangedMeanwhile;
                }

                if (row.Currency != list.Currency && await tx.Db.Set<PriceRow>().AnyAsync(price => price.PriceListId == row.Id, tx.Cancel))
                {
                    return KeepsCurrency;
                }

                (string What, string Before, string After)[] parts =
                [
                    ("name", row.Name, list.Name), ("currency", row.Currency.Code, list.Currency.Code), ("source", PriceSources.Code(row.Source), PriceSources.Code(list.Source)),
                    ("for everybody", row.ForEverybody ? "yes" : "no", list.ForEverybody ? "yes" : "no"),
                    ("percent", Percent(row.PercentMillionths), Percent(list.Percent?.Millionths)), ("from", Time(row.ValidFrom), Time(list.From)), ("until", Time(row.ValidUntil), Time(list.Until)),
                ];
                var changed = parts.Where(part => part.Before != part.After).ToList();
                foreach (var (what, before, after) in changed)
                {
                    tx.Add(new PriceListChanged(row.Code, what, before, after));
                }

                if (changed.Count > 0)
                {
                    (row.Name, row.Currency, row.Source, row.ForEverybody) = (list.Name, list.Currency, list.Source, list.ForEverybody);
                    (row.PercentMillionths, row.ValidFrom, row.ValidUntil, row.Version) = (list.Percent?.Millionths, list.From, list.Until, row.Version + 1);
                }

                return Done.It;
            },
            cancel);
    }

    /// <summary>Lets the list count for a company.</summary>
    public Task<Outcome<Done>> GiveCompany(Caller caller, string code, string? number, CancellationToken cancel) => On(
        caller, code,
        async (tx, list) =>
        {
            if (await PriceListQueries.CompanyOf(tx, number) is not { } company)
            {
                return CustomerUnknown;
            }

            if (!await tx.Db.Set<PriceListCompanyRow>().AnyAsync(row => row.PriceListId == list.Id && row.CompanyId == company, tx.Cancel))
            {
                tx.Db.Add(new PriceListCompanyRow { PriceListId = list.Id, CompanyId = company });
                tx.Add(new PriceListGiven(list.Code, company, ""));
            }

            return Done.It;
        },
        cancel);

    public Task<Outcome<Done>> TakeCompany(Caller caller, string code, Guid company, CancellationToken cancel) => On(
        caller, code,
        async (tx, list) =>
        {
            var id = new CompanyId(company);
            if (await tx.Db.Set<PriceListCompanyRow>().SingleOrDefaultAsync(row => row.PriceListId == list.Id && row.CompanyId == id, tx.Cancel) is { } row)
            {
                tx.Db.Remove(row);
                tx.Add(new PriceListTaken(list.Code, id, ""));
            }

            return Done.It;
        },
        cancel);

    /// <summary>Lets the list count for a customer group, or not any more.</summary>
    public Task<Outcome<Done>> PutGroup(Caller caller, string code, string? group, bool has, CancellationToken cancel) => On(
        caller, code,
        async (tx, list) =>
        {
            if (await CustomerGroups.Held(tx, group) is not { } found)
            {
                return GroupUnknown;
            }

            var known = await tx.Db.Set<PriceListGroupRow>().SingleOrDefaultAsync(row => row.PriceListId == list.Id && row.CustomerGroupId == found.Id, tx.Cancel);
            if (has && known is null)
            {
                tx.Db.Add(new PriceListGroupRow { PriceListId = list.Id, CustomerGroupId = found.Id });
                tx.Add(new PriceListGiven(list.Code, null, found.Code));
            }
            else if (!has && known is not null)
            {
                tx.Db.Remove(known);
                tx.Add(new PriceListTaken(list.Code, null, found.Code));
            }

            return Done.It;
        },
        cancel);

    /// <summary>The percentage of a category; none or 0 takes it away.</summary>
    public Task<Outcome<Done>> PutDiscount(Caller caller, string code, string? category, string? percent, CancellationToken cancel) => On(
        caller, code,
        async (tx, list) =>
        {
            var off = PriceListDraft.ReadPercent(percent, "Off");
            if (off.IsRefused)
            {
                return off.Refusal;
            }

            if (await PriceListQueries.CategoryOf(tx, category) is not { } id)
            {
                return CategoryUnknown;
            }

            var row = await tx.Db.Set<PriceListDiscountRow>().SingleOrDefaultAsync(row => row.PriceListId == list.Id && row.CategoryId == id, tx.Cancel);
            var (before, after) = (Percent(row?.PercentMillionths), Percent(off.Value.Millionths == 0 ? null : off.Value.Millionths));
            if (before == after)
            {
                return Done.It;
            }

            if (after.Length == 0)
            {
                tx.Db.Remove(row!);
            }
            else if (row is null)
            {
                tx.Db.Add(new PriceListDiscountRow { PriceListId = list.Id, CategoryId = id, PercentMillionths = off.Value.Millionths });
            }
            else
            {
                row.PercentMillionths = off.Value.Millionths;
            }

            tx.Add(new CategoryDiscountChanged(list.Code, category!, before, after));
            return Done.It;
        },
        cancel);

    /// <summary>Prices as they were pasted: all of them, or none and every line that will not do.</summary>
    public async Task<(Outcome<int> Changed, IReadOnlyList<(int Line, string Text, string Why)> Faults)> PutPrices(Caller caller, string code, string? text, CancellationToken cancel)
    {
        IReadOnlyList<(int Line, string Text, string Why)> faults = [];
        var outcome = await database.Write<int>(
            caller,
            async tx =>
            {
                if (await Held(tx, code) is not { } list)
                {
                    return Unknown;
                }

                var (prices, wrong) = PriceText.Read(text, list.Currency);
                var articles = await PriceListQueries.ArticlesOf(tx, prices.Select(price => price.Sku).Distinct());
                faults = [.. wrong.Concat(prices.Where(price => !articles.ContainsKey(price.Sku)).Select(price => (price.Line, price.Sku, Say("No article has this number.")))).OrderBy(fault => fault.Item1)];
                if (faults.Count > 0)
                {
                    return Refusal.Invalid("pricing.lines", faults.Count == 1 ? Phrase.Of("One line will not do; nothing was stored.") : Phrase.Of($"{faults.Count} lines will not do; nothing was stored."), "Lines");
                }

                var ids = prices.Select(price => articles[price.Sku]).Distinct().ToList();
                var known = (await tx.Db.Set<PriceRow>().Where(row => row.PriceListId == list.Id && ids.Contains(row.ProductId)).ToListAsync(tx.Cancel))
                    .ToDictionary(row => (row.ProductId, row.MinQuantityThousandths));
                return prices.Count(price => Put(tx, list, price, articles[price.Sku], known.GetValueOrDefault((articles[price.Sku], price.From.Thousandths))));
            },
            cancel);
        return (outcome, faults);
    }

    private static bool Put(Tx tx, PriceListRow list, PastedPrice price, ProductId product, PriceRow? row)
    {
        var before = row is null ? "" : new UnitPrice(new Money(row.PriceMinor, list.Currency), row.PricePer).ToString();
        var after = price.Price is { } amount ? new UnitPrice(amount).ToString() : "";
        if (before == after)
        {
            return false;
        }

        if (price.Price is not { } money)
        {
            tx.Db.Remove(row!);
        }
        else if (row is null)
        {
            tx.Db.Add(new PriceRow { PriceListId = list.Id, ProductId = product, MinQuantityThousandths = price.From.Thousandths, PriceMinor = money.Minor });
        }
        else
        {
            (row.PriceMinor, row.PricePer) = (money.Minor, 1);
        }

        tx.Add(new PriceChanged(list.Code, price.Sku, price.From.ToString(), before, after));
        return true;
    }

    private Task<Outcome<Done>> On(Caller caller, string code, Func<Tx, PriceListRow, Task<Outcome<Done>>> change, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx => await Held(tx, code) is { } list ? await change(tx, list) : Unknown,
        cancel);

    // One at a time: prices are read in the currency of their list, which changes only while the list has none.
    private static async Task<PriceListRow?> Held(Tx tx, string code)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<Guid>("select id as \"Value\" from price_list where code = {0} for no key update", code).ToListAsync(tx.Cancel);
        }

        return await tx.Db.Set<PriceListRow>().SingleOrDefaultAsync(row => row.Code == code, tx.Cancel);
    }

    private static string Percent(int? millionths) => millionths is { } off ? new Percentage(off).ToString() : "";

    private static string Time(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) : "";
}
