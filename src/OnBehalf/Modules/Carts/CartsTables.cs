using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>
/// A buyer's cart, of which one is open and others may be set aside; or, with <see cref="BaseCartId"/> set, the branch of it on which an assisted session works; or the cart of a company as a whole, which
/// has no branches. Membership or company: exactly one of the two.
/// </summary>
public sealed class CartRow
{
    public required CartId Id { get; init; }
    public MembershipId? MembershipId { get; set; }
    public CompanyId? CompanyId { get; init; }
    public required Currency Currency { get; set; }

    /// <summary>Codes of coupons with blanks between; null: none.</summary>
    public string? CouponCodes { get; set; }

    /// <summary>What staff agreed, in its currency: off all of it, an amount or millionths; and what sending it costs.</summary>
    public long? AgreedDiscountMinor { get; set; }
    public int? AgreedDiscountMillionths { get; set; }
    public string? AgreedDiscountReason { get; set; }
    public StaffId? AgreedDiscountById { get; set; }
    public long? AgreedShippingMinor { get; set; }
    public string? AgreedShippingReason { get; set; }
    public StaffId? AgreedShippingById { get; set; }

    /// <summary>What its buyer calls it; null: he never gave it a name.</summary>
    public string? Name { get; set; }

    /// <summary>`active`, `parked` (one of several of its buyer that is not open), `fast-order` (typed for its buyer and not yet placed), `placed`, `proposed` (a branch that became a proposal), `discarded`.</summary>
    public required string Status { get; set; }
    public CartId? BaseCartId { get; init; }
    public int? BaseVersion { get; set; }

    /// <summary>The session that changed it last. Kept by the door; null when the buyer did.</summary>
    public AssistedSessionId? SessionId { get; private set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public int Version { get; set; }
}

public sealed class CartLineRow
{
    public required CartLineId Id { get; init; }
    public required CartId CartId { get; init; }
    public int Position { get; set; }
    public required ProductId ProductId { get; init; }
    public long QuantityThousandths { get; set; }

    /// <summary>In a branch: the buyer's line that this was copied from, and how much it held then.</summary>
    public CartLineId? BaseLineId { get; init; }
    public long? BaseQuantityThousandths { get; init; }

    /// <summary>What staff agreed for it, in the currency of the cart: a price, or millionths off the price that counts; all null: it costs what it costs.</summary>
    public long? AgreedMinor { get; set; }
    public int? AgreedPer { get; set; }
    public int? AgreedOffMillionths { get; set; }
    public string? AgreedReason { get; set; }

    /// <summary>The name of the price that was chosen instead.</summary>
    public string? AgreedAlternative { get; set; }
    public StaffId? AgreedById { get; set; }

    /// <summary>Of a price that the buyer took from a proposal: who approved it, for exactly how many it counts, and until when.</summary>
    public StaffId? AgreedApprovedById { get; set; }
    public long? AgreedOnlyThousandths { get; set; }
    public DateTimeOffset? AgreedUntil { get; set; }
}

internal sealed class CartTable : IEntityTypeConfiguration<CartRow>
{
    public void Configure(EntityTypeBuilder<CartRow> builder)
    {
        builder.ToTable("cart");
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.IsDelegated();
    }
}

internal sealed class CartLineTable : IEntityTypeConfiguration<CartLineRow>
{
    public void Configure(EntityTypeBuilder<CartLineRow> builder)
    {
        builder.ToTable("cart_line");
        builder.HasOne<CartRow>().WithMany().HasForeignKey(row => row.CartId);
    }
}
