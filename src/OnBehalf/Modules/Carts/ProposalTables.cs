using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Carts;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>A branch that its operator handed over.</summary>
public sealed class ProposalRow
{
    public required Guid Id { get; init; }

    /// <summary>The buyer's cart from which it was made, and into which it is taken.</summary>
    public required CartId CartId { get; init; }
    public required MembershipId MembershipId { get; init; }
    public StaffId? MadeByStaffId { get; init; }
    public BuyerId? MadeByBuyerId { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>What its operator says about it.</summary>
    public string? Words { get; init; }

    /// <summary>Codes with blanks between, of the buyer's cart when the branch was made, and of the branch.</summary>
    public string? CouponsBefore { get; init; }
    public string? Coupons { get; init; }

    /// <summary>One of <see cref="CartProposal"/>.</summary>
    public required string Status { get; set; }

    /// <summary>Why the buyer declined it.</summary>
    public string? Answer { get; set; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public int Version { get; set; } = 1;

    internal void End(string status, DateTimeOffset now) => (Status, EndedAt, Version) = (status, now, Version + 1);
}

public sealed class ProposalLineRow
{
    public required Guid ProposalId { get; init; }
    public required int Position { get; init; }
    public required ProductId ProductId { get; init; }
    public required long BeforeThousandths { get; init; }
    public long? BeforeMinor { get; init; }
    public int? BeforePer { get; init; }
    public required long QuantityThousandths { get; init; }
    public long? AgreedMinor { get; init; }
    public int? AgreedPer { get; init; }
    public string? AgreedReason { get; init; }
    public string? AgreedAlternative { get; init; }
    public StaffId? AgreedById { get; init; }
    public StaffId? AgreedApprovedById { get; init; }
    public bool IsTaken { get; set; }

    /// <param name="currency">Of the proposal.</param>
    /// <param name="until">How long its price counts once it is taken; null: it is not taken yet.</param>
    internal ProposedLine Value(Currency currency, DateTimeOffset? until = null)
    {
        var quantity = new Quantity(QuantityThousandths);
        var agreed = PriceColumns.Agreed(AgreedMinor, AgreedPer, null, AgreedReason, AgreedAlternative, currency) is { } price
            ? price with { By = AgreedById, ApprovedBy = AgreedApprovedById, Only = quantity, Until = until } : null;
        UnitPrice? before = BeforeMinor is { } minor ? new UnitPrice(new Money(minor, currency), BeforePer ?? 1) : null;
        return new ProposedLine(ProductId, LineState.Of(new Quantity(BeforeThousandths), before), LineState.Of(quantity, agreed?.Price), agreed);
    }
}

internal sealed class ProposalTable : IEntityTypeConfiguration<ProposalRow>
{
    public void Configure(EntityTypeBuilder<ProposalRow> builder)
    {
        builder.ToTable("cart_proposal");
        builder.HasOne<CartRow>().WithMany().HasForeignKey(row => row.CartId);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class ProposalLineTable : IEntityTypeConfiguration<ProposalLineRow>
{
    public void Configure(EntityTypeBuilder<ProposalLineRow> builder)
    {
        builder.ToTable("cart_proposal_line");
        builder.HasKey(row => new { row.ProposalId, row.Position });
        builder.HasOne<ProposalRow>().WithMany().HasForeignKey(row => row.ProposalId);
    }
}
