using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>When and how often a coupon counts. <paramref name="Until"/> is the first moment at which it does not any more; null is without limit.</summary>
public sealed record CouponLimits(DateTimeOffset? From, DateTimeOffset? Until, int? Times, int? TimesEach)
{
    /// <summary>Each with its name, in words.</summary>
    public IEnumerable<(string What, string Value)> In() =>
        [("from", Word(From)), ("until", Word(Until)), ("times", Times?.ToString(CultureInfo.InvariantCulture) ?? ""), ("times each", TimesEach?.ToString(CultureInfo.InvariantCulture) ?? "")];

    private static string Word(DateTimeOffset? time) => time is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture) : "";
}

/// <summary>A coupon as somebody typed it.</summary>
public sealed record CouponDraft(
    string? Code, string? Name, string? Kind, string? Percent, string? Amount, string? Currency, string? Least, string? Category, string? Article, string? From, string? Until, string? Times,
    string? TimesEach, bool IsCombinable)
{
    public Outcome<(Coupon Coupon, CouponLimits Limits)> Read(TimeZoneInfo zone)
    {
        var head = CustomerGroup.Read(Code?.ToUpperInvariant(), Name);
        if (head.IsRefused)
        {
            return head.Refusal;
        }

        CouponKind? kind = Kind switch { "percent" => CouponKind.Percent, "amount" => CouponKind.Amount, "free-shipping" => CouponKind.FreeShipping, _ => null };
        var percent = PriceListDraft.ReadPercent(kind == CouponKind.Percent ? Percent : null, "Percent");
        var limits = ReadLimits(zone);
        if (kind is null || percent.IsRefused || limits.IsRefused)
        {
            return kind is null ? Refusal.Invalid("coupons.kind", "What it gives: choose from the list.", "Kind") : percent.Refusal ?? limits.Refusal!;
        }

        Money? amount = null, least = null;
        if ((kind == CouponKind.Amount || !string.IsNullOrWhiteSpace(Least)) && !Kernel.Currency.TryParse(Currency?.Trim() ?? "", out _))
        {
            return Refusal.Invalid("pricing.currency", "Currency: a code of three capital letters, such as EUR.", "Currency");
        }

        if (kind == CouponKind.Amount && (amount = ReadMoney(Amount)) is not { Minor: > 0 })
        {
            return Refusal.Invalid("coupons.amount", "Amount: above 0 with a dot and at most the decimals of its currency, such as 5.00.", "Amount");
        }

        if (!string.IsNullOrWhiteSpace(Least) && (least = ReadMoney(Least)) is null)
        {
            return Refusal.Invalid("coupons.least-amount", "From a sum of: an amount with a dot and at most the decimals of its currency, such as 100.00.", "Least");
        }

        return kind == CouponKind.Percent && percent.Value.Millionths == 0 ? Refusal.Invalid("pricing.percent", "Percent: above 0, at most 100.", "Percent")
            : !string.IsNullOrWhiteSpace(Category) && !string.IsNullOrWhiteSpace(Article) ? Refusal.Invalid("coupons.one", "Article: a coupon is for a category or for an article, not both.", "Article")
            : (new Coupon(head.Value.Code, head.Value.Name, kind.Value, percent.Value, amount, least, IsCombinable), limits.Value);
    }

    public Outcome<CouponLimits> ReadLimits(TimeZoneInfo zone)
    {
        var (from, until) = (Days.Read(From), Days.Read(Until));
        var (times, each) = (ReadTimes(Times), ReadTimes(TimesEach));
        return from is null ? Refusal.Invalid("pricing.day", "Counts from: a day, such as 2026-03-01, or nothing.", "From")
            : until is null ? Refusal.Invalid("pricing.day", "Counts until: a day, such as 2026-03-31, or nothing.", "Until")
            : from is [var first] && until is [var last] && last < first ? Refusal.Invalid("pricing.days", "Counts until: this is before it begins.", "Until")
            : times < 0 ? Refusal.Invalid("coupons.times", "How often: a whole number from 1 on, or nothing.", "Times")
            : each < 0 ? Refusal.Invalid("coupons.times", "How often for one customer: a whole number from 1 on, or nothing.", "TimesEach")
            : new CouponLimits(
                from is [var begin] ? Days.Midnight(begin, zone) : null, until is [var end] ? Days.Midnight(end.AddDays(1), zone) : null, times == 0 ? null : times, each == 0 ? null : each);
    }

    private Money? ReadMoney(string? text) => Money.TryParse(text?.Trim(), Kernel.Currency.Of(Currency!.Trim()), out var money) && money.Minor <= 1_000_000_000_000 ? money : null;

    // Nothing is 0, and what is no number -1.
    private static int ReadTimes(string? text) =>
        string.IsNullOrWhiteSpace(text) ? 0 : int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times is > 0 and <= 1_000_000_000 ? times : -1;
}
