using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>What a mandate allows as an administrator typed it; the names of the properties are the names of the form's fields.</summary>
public sealed record MandateDraft
{
    /// <summary>What may be done beside looking, carts and orders, which follow from the mode.</summary>
    public static readonly IReadOnlyList<Right> Extra = [Right.AddressesChange, Right.AccountChange];

    /// <summary>What always belongs to it, as far as the mode goes.</summary>
    private static readonly Kernel.Rights Always = Kernel.Rights.Of(
        Right.CatalogView, Right.PricesView, Right.CartsView, Right.CartsChange, Right.OrdersPlace, Right.OrdersView, Right.AddressesView, Right.AccountView,
        Right.PricesAdjust, Right.OrdersViewCentre, Right.OrdersViewCompany);

    public string? Highest { get; init; }

    /// <summary>Names of <see cref="Extra"/>, separated by blanks.</summary>
    public string? Rights { get; init; }

    /// <summary>Days of the week, separated by blanks; none is every day.</summary>
    public string? Days { get; init; }

    /// <summary>`2026-12-31`: the last day.</summary>
    public string? Until { get; init; }

    public string? PerOrder { get; init; }

    public string? PerMonth { get; init; }

    public string? ApprovalAbove { get; init; }

    public static MandateDraft Of(Mandate mandate, TimeZoneInfo zone) => new()
    {
        Highest = PolicySpelling.Of(mandate.Highest),
        Rights = string.Join(' ', Extra.Where(mandate.Rights.Has)),
        Days = string.Join(' ', mandate.Days.Select(PolicySpelling.Of)),
        Until = mandate.Until is { } until ? LastDay(until, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        PerOrder = mandate.PerOrder is [var order] ? order.ToPlainString() : null,
        PerMonth = mandate.PerMonth is [var month] ? month.ToPlainString() : null,
        ApprovalAbove = mandate.ApprovalAbove is [var above] ? above.ToPlainString() : null,
    };

    /// <summary>The mandate, or everything that is wrong with what was typed, each with its field.</summary>
    /// <param name="zone">The clock of the shop: it counts until the end of its last day there.</param>
    public (Mandate? Mandate, IReadOnlyList<Refusal> Refusals) Read(Currency currency, TimeZoneInfo zone, DateTimeOffset now)
    {
        var fields = new DraftFields();
        var highest = fields.Word(nameof(Highest), "At most", Highest, Mode.View);
        var extra = Extra.Where(right => DraftFields.Parts(Rights).Contains(right.Name)).Aggregate(Always, (all, right) => all | Kernel.Rights.Of(right));
        var days = fields.Words<DayOfWeek>(nameof(Days), "Days", Days);
        var until = End(fields, zone, now);
        var mandate = new Mandate(
            true, highest, extra, days, until, Amount(nameof(PerOrder), "Per order", PerOrder), Amount(nameof(PerMonth), "Per month", PerMonth),
            Amount(nameof(ApprovalAbove), "Needs approval above", ApprovalAbove));
        return fields.Refusals.Count > 0 ? (null, fields.Refusals) : (mandate, []);

        IReadOnlyList<Money> Amount(string field, string what, string? typed)
        {
            if (string.IsNullOrWhiteSpace(typed))
            {
                return [];
            }

            if (Money.TryParse(typed.Trim(), currency, out var amount) && amount.Minor > 0)
            {
                return [amount];
            }

            fields.Refuse(field, $"{what}: an amount in {currency.Code} such as 500, with a dot before cents.");
            return [];
        }
    }

    /// <summary>The last day on which a mandate with this end counts.</summary>
    public static DateOnly LastDay(DateTimeOffset until, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(until, zone).AddTicks(-1).DateTime);

    private DateTimeOffset? End(DraftFields fields, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(Until))
        {
            return null;
        }

        if (!DateOnly.TryParseExact(Until.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) || last.Year > 9_000)
        {
            fields.Refuse(nameof(Until), "Until: a day such as 2026-12-31.");
            return null;
        }

        var midnight = last.AddDays(1).ToDateTime(TimeOnly.MinValue);

        // In the night in which the clock is put forward there may be no midnight.
        midnight = zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight;
        var end = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
        if (end <= now)
        {
            fields.Refuse(nameof(Until), "Until: this day is over. Choose a later one, or leave it empty.");
        }

        return end;
    }
}
