using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>The coupons of the shop, and a new one.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class CouponsPage(CouponQueries coupons, CouponBook book, Categories categories) : ShopPage
{
    public const string Here = "/admin/coupons";

    public static IReadOnlyList<(string Value, string Words)> Kinds => [("percent", Say("A percentage")), ("amount", Say("A sum")), ("free-shipping", Say("Free shipping"))];

    [BindProperty]
    public CouponInput Input { get; set; } = new();

    public IReadOnlyList<ListedCoupon> All { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> AllCategories { get; private set; } = [];

    public async Task OnGet()
    {
        All = await coupons.All(Cancel);
        AllCategories =
        [
            ("", "All articles"),
            .. (await categories.Tree(VisibleRange.All, Cancel)).Roots.SelectMany(root => root.Subtree).Take(1_000).Select(category => (category.Code, string.Join(" › ", category.Path.Select(above => above.Name)))),
        ];
    }

    public async Task<IActionResult> OnPost()
    {
        if ((await book.Add(Caller, Input.Draft, Cancel)).Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet();
        return Refused(refusal);
    }
}

/// <summary>One coupon: until when and how often it counts.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class CouponPage(CouponQueries coupons, CouponBook book, ShopSettings settings) : ShopPage
{
    [BindProperty]
    public CouponInput Input { get; set; } = new();

    public ListedCoupon Coupon { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string code)
    {
        if (await coupons.Of(code, Cancel) is not { } coupon)
        {
            return Missing();
        }

        Coupon = coupon;
        var zone = await settings.TimeZone(Cancel);
        Input = new CouponInput
        {
            From = Day(coupon.From), Until = Day(coupon.Until?.AddSeconds(-1)), Version = coupon.Version,
            Times = coupon.Times?.ToString(CultureInfo.InvariantCulture), TimesEach = coupon.TimesEach?.ToString(CultureInfo.InvariantCulture),
        };
        return Page();

        string? Day(DateTimeOffset? time) => time is { } at ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    }

    public async Task<IActionResult> OnPost(string code)
    {
        if (await coupons.Of(code, Cancel) is not { } coupon)
        {
            return Missing();
        }

        Coupon = coupon;
        return (await book.Change(Caller, code, Input.Draft, Input.Version, Cancel)).Refusal is { } refusal ? Refused(refusal) : SeeOther(CouponsPage.Here);
    }
}

/// <summary>A coupon as the forms have it.</summary>
public sealed class CouponInput
{
    public string? Code { get; set; }

    public string? Name { get; set; }

    public string? Kind { get; set; } = "percent";

    public string? Percent { get; set; }

    public string? Amount { get; set; }

    public string? Currency { get; set; }

    public string? Least { get; set; }

    public string? Category { get; set; }

    public string? Article { get; set; }

    public string? From { get; set; }

    public string? Until { get; set; }

    public string? Times { get; set; }

    public string? TimesEach { get; set; } = "1";

    public bool IsCombinable { get; set; }

    /// <summary>The version that was shown.</summary>
    public int Version { get; set; }

    internal CouponDraft Draft => new(Code, Name, Kind, Percent, Amount, Currency, Least, Category, Article, From, Until, Times, TimesEach, IsCombinable);
}
