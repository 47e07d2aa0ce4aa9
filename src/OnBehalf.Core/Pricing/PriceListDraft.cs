using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>A price list as somebody typed it: every part is text until it is read.</summary>
/// <param name="From">The first day on which it counts, `2026-03-01`; empty: always.</param>
/// <param name="Until">The last day.</param>
/// <param name="Percent">Off the base price of everything; empty: nothing.</param>
public sealed record PriceListDraft(string? Code, string? Name, string? Currency, string? Source, bool ForEverybody, string? Percent, string? From, string? Until)
{
    /// <param name="zone">In which a day begins and ends.</param>
    public Outcome<PriceListTerms> Read(TimeZoneInfo zone)
    {
        var head = CustomerGroup.Read(Code, Name);
        if (head.IsRefused)
        {
            return head.Refusal;
        }

        if (!Kernel.Currency.TryParse(Currency?.Trim() ?? "", out var currency))
        {
            return Refusal.Invalid("pricing.currency", "Currency: a code of three capital letters, such as EUR.", "Currency");
        }

        var source = PriceSources.All.Where(known => PriceSources.Code(known) == Source).Select(known => (PriceSource?)known).FirstOrDefault();
        if (source is not { } of)
        {
            return Refusal.Invalid("pricing.source", "What its prices are: choose from the list.", "Source");
        }

        var percent = ReadPercent(Percent, "Percent");
        var (from, until) = (Days.Read(From), Days.Read(Until));
        return percent.IsRefused ? percent.Refusal
            : from is null ? Refusal.Invalid("pricing.day", "Counts from: a day, such as 2026-03-01, or nothing.", "From")
            : until is null ? Refusal.Invalid("pricing.day", "Counts until: a day, such as 2026-03-31, or nothing.", "Until")
            : from is [var first] && until is [var last] && last < first ? Refusal.Invalid("pricing.days", "Counts until: this is before it begins.", "Until")
            : new PriceListTerms(
                head.Value.Code, head.Value.Name, currency, of, ForEverybody, percent.Value.Millionths == 0 ? null : percent.Value,
                from is [var begin] ? Days.Midnight(begin, zone) : null, until is [var end] ? Days.Midnight(end.AddDays(1), zone) : null);
    }

    /// <summary>From 0 to 100 with at most four decimals; empty is 0.</summary>
    public static Outcome<Percentage> ReadPercent(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? Percentage.Zero
        : Percentage.TryParsePercent(text.Trim(), out var percent) && percent.Millionths <= 1_000_000 ? percent
        : Refusal.Invalid("pricing.percent", "Percent: from 0 to 100 with at most four decimals after a dot, such as 7.5.", field);
}

/// <summary>What a price list is, apart from its prices. <paramref name="Until"/> is the first moment at which it does not count any more.</summary>
public sealed record PriceListTerms(
    string Code, string Name, Currency Currency, PriceSource Source, bool ForEverybody, Percentage? Percent, DateTimeOffset? From, DateTimeOffset? Until);
