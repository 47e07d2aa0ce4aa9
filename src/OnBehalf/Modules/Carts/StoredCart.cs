using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>Whose cart it is: a buyer's in one of his places, or that of a company as a whole, when nobody of it is acted for.</summary>
internal readonly record struct CartOwner(MembershipId? Membership, CompanyId? Company)
{
    public static CartOwner Of(Caller caller) => caller.IsForCompany ? new(null, caller.Company!.Id) : new(caller.Buyer!.Membership, null);
}

/// <summary>A cart's rows and the value that they stand for.</summary>
internal sealed class StoredCart(ShopDb db, CartRow row, List<CartLineRow> lines)
{
    public CartRow Row => row;

    public Cart Value => new(
        row.Id,
        row.Version,
        [.. lines.OrderBy(line => line.Position).Select(line => new CartLine(
            line.Id, line.ProductId, new Quantity(line.QuantityThousandths),
            line.BaseLineId is { } id ? new BaseLine(id, new Quantity(line.BaseQuantityThousandths ?? 0)) : null)
        { Agreed = AgreedOf(line) })],
        row.BaseCartId is { } own ? new CartBase(own, row.BaseVersion ?? 0) : null)
    {
        CouponCodes = row.CouponCodes?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Discount = PriceColumns.Discount(row.AgreedDiscountMinor, row.AgreedDiscountMillionths, row.AgreedDiscountReason, row.AgreedDiscountById, row.Currency),
        Shipping = PriceColumns.Shipping(row.AgreedShippingMinor, row.AgreedShippingReason, row.AgreedShippingById, row.Currency),
    };

    public static StoredCart New(ShopDb db, CartId id, CartOwner owner, Currency currency, DateTimeOffset now, CartBase? own = null, string status = "active")
    {
        var row = new CartRow
        {
            Id = id, MembershipId = owner.Membership, CompanyId = owner.Company, Currency = currency, Status = status, BaseCartId = own?.Id, BaseVersion = own?.Version, CreatedAt = now, ChangedAt = now,
        };
        db.Add(row);
        return new StoredCart(db, row, []);
    }

    /// <summary>Makes the rows say what the value says.</summary>
    public void Put(Cart cart, Currency currency, DateTimeOffset now)
    {
        var position = lines.Count == 0 ? 0 : lines.Max(line => line.Position);
        foreach (var gone in lines.Where(line => cart.Rows.All(kept => kept.Id != line.Id)).ToList())
        {
            db.Remove(gone);
            lines.Remove(gone);
        }

        foreach (var line in cart.Rows)
        {
            if (lines.Find(known => known.Id == line.Id) is { } known)
            {
                known.QuantityThousandths = line.Quantity.Thousandths;
                SetAgreed(known, line.Agreed);
                continue;
            }

            var added = new CartLineRow
            {
                Id = line.Id, CartId = row.Id, Position = ++position, ProductId = line.Product, QuantityThousandths = line.Quantity.Thousandths,
                BaseLineId = line.Base?.Id, BaseQuantityThousandths = line.Base?.Quantity.Thousandths,
            };
            SetAgreed(added, line.Agreed);
            db.Add(added);
            lines.Add(added);
        }

        if (currency != row.Currency)
        {
            // A price of another currency is none here; a percentage is one everywhere.
            foreach (var line in lines.Where(line => line.AgreedMinor is not null))
            {
                SetAgreed(line, null);
            }

            cart = cart with { Discount = cart.Discount is { Amount: not null } ? null : cart.Discount, Shipping = null };
        }

        (row.AgreedDiscountMinor, row.AgreedDiscountMillionths) = (cart.Discount?.Amount?.Minor, cart.Discount is { Amount: null } share ? share.Share.Millionths : null);
        (row.AgreedDiscountReason, row.AgreedDiscountById) = (cart.Discount?.Reason, cart.Discount?.By);
        (row.AgreedShippingMinor, row.AgreedShippingReason, row.AgreedShippingById) = (cart.Shipping?.Cost.Minor, cart.Shipping?.Reason, cart.Shipping?.By);

        row.Version++;
        (row.Currency, row.ChangedAt) = (currency, now);
        row.CouponCodes = cart.CouponCodes.Count == 0 ? null : string.Join(' ', cart.CouponCodes);
    }

    private PriceAdjustment? AgreedOf(CartLineRow line) => PriceColumns.Agreed(
        line.AgreedMinor, line.AgreedPer, line.AgreedOffMillionths, line.AgreedReason, line.AgreedAlternative, row.Currency) is { } agreed
        ? agreed with { By = line.AgreedById, ApprovedBy = line.AgreedApprovedById, Only = line.AgreedOnlyThousandths is { } only ? new Quantity(only) : null, Until = line.AgreedUntil } : null;

    private static void SetAgreed(CartLineRow line, PriceAdjustment? agreed)
    {
        (line.AgreedMinor, line.AgreedPer, line.AgreedOffMillionths) = (agreed?.Price?.Amount.Minor, agreed?.Price?.PerUnits, agreed is { Price: null } share ? share.Off.Millionths : null);
        (line.AgreedReason, line.AgreedAlternative, line.AgreedById) = (agreed?.Reason, agreed?.Alternative, agreed?.By);
        (line.AgreedApprovedById, line.AgreedOnlyThousandths, line.AgreedUntil) = (agreed?.ApprovedBy, agreed?.Only?.Thousandths, agreed?.Until);
    }

    /// <summary>A branch that is done with; its lines live on in the order, or nowhere.</summary>
    public void Close(string status, DateTimeOffset now)
    {
        db.RemoveRange(lines);
        lines.Clear();
        row.Version++;
        (row.Status, row.ChangedAt) = (status, now);
    }
}
