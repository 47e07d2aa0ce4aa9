using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>What coupons do to an order, or why they do nothing.</summary>
/// <param name="Codes">As they were read.</param>
public sealed record CouponReview(IReadOnlyList<string> Codes, IReadOnlyList<FoundCoupon> Found, CouponResult? Result, Refusal? Refusal)
{
    public static readonly CouponReview None = new([], [], null, null);

    /// <summary>Off a line, by its place; null where no coupon counts.</summary>
    public Money? OfLine(int place) => Result?.OfLines[place];
}

/// <summary>A coupon that somebody named and that counts now.</summary>
public sealed record FoundCoupon(CouponId Id, Coupon Coupon, IReadOnlySet<ProductId> Articles, bool IsUsedUp, bool IsUsedHere);

/// <summary>A coupon as staff see it.</summary>
public sealed record ListedCoupon(
    string Code, string Name, string Kind, int? Share, long? AmountMinor, string? Currency, long? LeastMinor, string? Category, string? Article, DateTimeOffset? From,
    DateTimeOffset? Until, int? Times, int? TimesEach, bool IsCombinable, int Used, int Version)
{
    /// <summary>"10 % off Tools", "5.00 EUR off", "free shipping".</summary>
    public string Gives => (Words.Parse<CouponKind>(Kind) switch
    {
        CouponKind.Percent => $"{new Percentage(Share ?? 0)} off",
        CouponKind.Amount => $"{Amount(AmountMinor)} off",
        _ => Say("free shipping"),
    }) + ((Category ?? Article) is { } what ? $" {what}" : "") + (LeastMinor is null ? "" : $", from {Amount(LeastMinor)} on");

    public Money? Amount(long? minor) => minor is { } sum && Currency is { } code ? new Money(sum, Kernel.Currency.Of(code)) : null;
}

/// <summary>Coupons: what they do to a cart, and the list of them.</summary>
public sealed class CouponQueries(Database database)
{
    private readonly string _find = $"""
        with recursive below (coupon, category) as (
            select c.id, c.category_id from coupon c where c.code in ({"{0}"}, {"{1}"}, {"{2}"}) and c.category_id is not null
            union all select b.coupon, k.id from below b join category k on k.parent_id = b.category)
        select c.id as "Id", c.code as "Code", c.name as "Name", c.kind as "Kind", c.percent_millionths as "Share", c.amount_minor as "AmountMinor", c.currency as "Currency",
            c.least_minor as "LeastMinor", c.is_combinable as "IsCombinable", c.times as "Times", c.times_each as "TimesEach", c.used as "Used",
            cast((select count(*) from coupon_use u where u.coupon_id = c.id and (u.company_id = {"{4}"} or (u.company_id is null and u.membership_id = {"{5}"}))) as integer) as "UsedHere",
            p.id as "Product"
        from coupon c
        left join product p on {database.OneOf("p.id", "{3}")} and ((c.category_id is null and c.product_id is null) or p.id = c.product_id
            or p.category_id in (select b.category from below b where b.coupon = c.id))
        where c.code in ({"{0}"}, {"{1}"}, {"{2}"}) and (c.valid_from is null or c.valid_from <= {database.Now}) and (c.valid_until is null or c.valid_until > {database.Now})
        """;

    private const string Columns = """
        c.code as "Code", c.name as "Name", c.kind as "Kind", c.percent_millionths as "Share", c.amount_minor as "AmountMinor", c.currency as "Currency", c.least_minor as "LeastMinor",
            k.name as "Category", p.sku as "Article", c.valid_from as "From", c.valid_until as "Until", c.times as "Times", c.times_each as "TimesEach",
            c.is_combinable as "IsCombinable", c.used as "Used", c.version as "Version"
        from coupon c left join category k on k.id = c.category_id left join product p on p.id = c.product_id
        """;

    /// <param name="db">Also the context of a write that has locked the coupons.</param>
    /// <param name="caller">Who would use them.</param>
    /// <param name="typed">Codes as somebody typed them.</param>
    /// <param name="lines">Articles and what they cost; each article once.</param>
    /// <param name="currency">Of the order.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<CouponReview> Review(
        ShopDb db, Caller caller, string? typed, IReadOnlyList<(ProductId Product, Money Total)> lines, Currency currency, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return CouponReview.None;
        }

        var read = Coupons.ReadCodes(typed);
        if (read.IsRefused)
        {
            return CouponReview.None with { Refusal = read.Refusal };
        }

        var codes = read.Value;
        var found = await Find(db, caller, codes, lines, cancel);
        var sum = lines.Aggregate(Money.Zero(currency), (total, line) => total + line.Total);
        var refusal = codes.Where(code => found.All(one => one.Coupon.Code != code)).Select(Coupons.Unknown).FirstOrDefault()
            ?? found.Where(one => one.IsUsedUp).Select(one => Coupons.UsedUp(one.Coupon.Code)).FirstOrDefault()
            ?? found.Where(one => one.IsUsedHere).Select(one => Coupons.UsedByCustomer(one.Coupon.Code)).FirstOrDefault()
            ?? found.Where(one => one.Articles.Count == 0).Select(one => Coupons.NothingFits(one.Coupon.Code)).FirstOrDefault()
            ?? Coupons.Judge([.. found.Select(one => one.Coupon)], sum);
        return new CouponReview(codes, found, refusal is null ? Apply(found, lines, currency) : null, refusal);
    }

    public async Task<IReadOnlyList<ListedCoupon>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ListedCoupon>($"select {Columns} order by c.code limit 500").ToListAsync(cancel);
    }

    public async Task<ListedCoupon?> Of(string code, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ListedCoupon>($"select {Columns} where c.code = {{0}}", code).ToListAsync(cancel) is [var coupon] ? coupon : null;
    }

    internal static async Task<ProductId?> ArticleOf(Tx tx, string sku) =>
        await tx.Db.Rows<Guid>("select id as \"Value\" from product where sku = {0}", sku).ToListAsync(tx.Cancel) is [var id] ? new ProductId(id) : null;

    private async Task<IReadOnlyList<FoundCoupon>> Find(
        ShopDb db, Caller caller, IReadOnlyList<string> codes, IReadOnlyList<(ProductId Product, Money Total)> lines, CancellationToken cancel)
    {
        var rows = await db.Rows<CouponLineRow>(
            _find, codes[0], codes.ElementAtOrDefault(1) ?? "", codes.ElementAtOrDefault(2) ?? "", database.List(lines.Select(line => line.Product).ToList()),
            caller.Company?.Id.Value ?? Guid.Empty, caller.Company is null ? caller.Buyer?.Membership.Value ?? Guid.Empty : Guid.Empty).ToListAsync(cancel);
        return
        [
            .. rows.GroupBy(row => row.Id).Select(group =>
            {
                var row = group.First();
                return new FoundCoupon(
                    new CouponId(row.Id), row.ToCoupon(), group.Where(one => one.Product is not null).Select(one => new ProductId(one.Product!.Value)).ToHashSet(),
                    row.Times <= row.Used, row.TimesEach <= row.UsedHere);
            }),
        ];
    }

    private static CouponResult Apply(IReadOnlyList<FoundCoupon> found, IReadOnlyList<(ProductId Product, Money Total)> lines, Currency currency) => Coupons.Apply(
        currency,
        [.. lines.Select(line => new CouponLine(line.Total, found.Where(one => one.Articles.Contains(line.Product)).Select(one => one.Coupon.Code).ToHashSet(StringComparer.Ordinal)))],
        found.Select(one => one.Coupon));

    private sealed record CouponLineRow(
        Guid Id, string Code, string Name, string Kind, int? Share, long? AmountMinor, string? Currency, long? LeastMinor, bool IsCombinable, int? Times, int? TimesEach, int Used,
        int UsedHere, Guid? Product)
    {
        public Coupon ToCoupon() => new(
            Code, Name, Words.Parse<CouponKind>(Kind), new Percentage(Share ?? 0), Amount(AmountMinor), Amount(LeastMinor), IsCombinable);

        private Money? Amount(long? minor) => minor is { } sum ? new Money(sum, Kernel.Currency.Of(Currency!)) : null;
    }
}
