using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>Makes coupons, changes until when and how often they count, and takes and gives back their uses with orders.</summary>
public sealed class CouponBook(Database database, ShopSettings settings)
{
    private static readonly Refusal Taken = Refusal.Invalid("coupons.taken", "Code: another coupon has it already.", "Code");

    private static readonly Refusal Gone = Refusal.Conflict("coupons.gone", "This coupon does not exist.");

    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict("coupons.changed", "This coupon was used or changed meanwhile. Look at it as it is now and decide again.");

    private static readonly Refusal ArticleUnknown = Refusal.Invalid("coupons.article", "Article: no article has this number.", "Article");

    private static readonly Refusal CategoryUnknown = Refusal.Invalid("coupons.category", "Category: choose one of the list.", "Category");

    public async Task<Outcome<Done>> Add(Caller caller, CouponDraft draft, CancellationToken cancel)
    {
        var terms = draft.Read(await settings.TimeZone(cancel));
        return terms.IsRefused ? terms.Refusal : await database.Write<Done>(
            caller,
            async tx =>
            {
                var (coupon, limits) = terms.Value;
                if (await tx.Db.Set<CouponRow>().AnyAsync(row => row.Code == coupon.Code, tx.Cancel))
                {
                    return Taken;
                }

                CategoryId? category = null;
                ProductId? article = null;
                if (draft.Category is { Length: > 0 } inCategory && (category = await PriceListQueries.CategoryOf(tx, inCategory)) is null)
                {
                    return CategoryUnknown;
                }

                if (draft.Article?.Trim() is { Length: > 0 } sku && (article = await CouponQueries.ArticleOf(tx, sku)) is null)
                {
                    return ArticleUnknown;
                }

                tx.Db.Add(new CouponRow
                {
                    Id = IId<CouponId>.New(), Code = coupon.Code, Name = coupon.Name, Kind = coupon.Kind, PercentMillionths = coupon.Kind == CouponKind.Percent ? coupon.Percent.Millionths : null,
                    AmountMinor = coupon.Amount?.Minor, LeastMinor = coupon.Least?.Minor, Currency = (coupon.Amount ?? coupon.Least)?.Currency, CategoryId = category, ProductId = article,
                    ValidFrom = limits.From, ValidUntil = limits.Until, Times = limits.Times, TimesEach = limits.TimesEach, IsCombinable = coupon.IsCombinable,
                });
                tx.Add(new CouponAdded(coupon.Code, coupon.Name, Words.Kebab(coupon.Kind)));
                return Done.It;
            },
            cancel);
    }

    /// <summary>What can change of a coupon that people hold: its time and how often it counts.</summary>
    public async Task<Outcome<Done>> Change(Caller caller, string code, CouponDraft draft, int seen, CancellationToken cancel)
    {
        var read = draft.ReadLimits(await settings.TimeZone(cancel));
        return read.IsRefused ? read.Refusal : await database.Write<Done>(
            caller,
            async tx =>
            {
                if (await tx.Db.Set<CouponRow>().SingleOrDefaultAsync(row => row.Code == code, tx.Cancel) is not { } row)
                {
                    return Gone;
                }

                if (row.Version != seen)
                {
                    return ChangedMeanwhile;
                }

                var limits = read.Value;
                var before = new CouponLimits(row.ValidFrom, row.ValidUntil, row.Times, row.TimesEach);
                foreach (var (what, was, now) in before.In().Zip(limits.In(), (one, other) => (one.What, one.Value, other.Value)).Where(part => part.Item2 != part.Item3))
                {
                    tx.Add(new CouponChanged(row.Code, what, was, now));
                }

                if (before != limits)
                {
                    (row.ValidFrom, row.ValidUntil, row.Times, row.TimesEach, row.Version) = (limits.From, limits.Until, limits.Times, limits.TimesEach, row.Version + 1);
                }

                return Done.It;
            },
            cancel);
    }

    /// <summary>Whoever else wants to use one of these waits, so that what is read of them afterwards holds until the commit.</summary>
    public static async Task Lock(Tx tx, string? typed)
    {
        var read = Coupons.ReadCodes(typed);
        if (tx.Database.Kind == DatabaseKind.Postgres && !read.IsRefused && read.Value is { Length: > 0 } codes)
        {
            await tx.Db.Rows<Guid>(
                "select id as \"Value\" from coupon where code in ({0}, {1}, {2}) order by id for update",
                codes[0], codes.ElementAtOrDefault(1) ?? "", codes.ElementAtOrDefault(2) ?? "").ToListAsync(tx.Cancel);
        }
    }

    /// <summary>An order takes what was reviewed in the same transaction, after <see cref="Lock"/>.</summary>
    public static async Task Use(Tx tx, OrderId order, CouponReview review)
    {
        foreach (var (coupon, off) in review.Result?.OfCoupons ?? [])
        {
            var id = review.Found.Single(found => found.Coupon.Code == coupon.Code).Id;
            var row = await tx.Db.Set<CouponRow>().SingleAsync(row => row.Id == id, tx.Cancel);
            (row.Used, row.Version) = (row.Used + 1, row.Version + 1);
            tx.Db.Add(new CouponUseRow
            {
                CouponId = id, OrderId = order, CompanyId = tx.Caller.Company?.Id, MembershipId = tx.Caller.Company is null ? tx.Caller.Buyer?.Membership : null, OffMinor = off.Minor, UsedAt = tx.Now,
            });
            tx.Add(new CouponUsed(order, coupon.Code, off, row.Used));
        }
    }

    /// <summary>An order that did not come about gives its coupons back.</summary>
    public static async Task Release(Tx tx, OrderId order)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<Guid>(
                "select c.id as \"Value\" from coupon c where c.id in (select u.coupon_id from coupon_use u where u.order_id = {0}) order by c.id for update", order.Value).ToListAsync(tx.Cancel);
        }

        var uses = await tx.Db.Set<CouponUseRow>().Where(use => use.OrderId == order).ToListAsync(tx.Cancel);
        foreach (var use in uses)
        {
            var row = await tx.Db.Set<CouponRow>().SingleAsync(row => row.Id == use.CouponId, tx.Cancel);
            (row.Used, row.Version) = (row.Used - 1, row.Version + 1);
            tx.Db.Remove(use);
            tx.Add(new CouponReleased(order, row.Code));
        }
    }
}
