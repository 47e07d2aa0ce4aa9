using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Preferences;

/// <summary>What a buyer has agreed to; without a row to nothing.</summary>
public sealed class BuyerPreferenceRow
{
    public required BuyerId BuyerId { get; init; }

    /// <summary>`none`, `asked` or `confirmed`.</summary>
    public required string Newsletter { get; set; }
    public DateTimeOffset? NewsletterAskedAt { get; set; }
    public DateTimeOffset? NewsletterConfirmedAt { get; set; }
    public DateTimeOffset? NewsletterWithdrawnAt { get; set; }

    /// <summary>The address that was confirmed; with another one he has to say it again.</summary>
    public string? NewsletterEmail { get; set; }

    /// <summary>What he looks at may be remembered for him.</summary>
    public bool AllowsTracking { get; set; }
    public DateTimeOffset? TrackingChangedAt { get; set; }
}

/// <summary>An article at which somebody looked who lets the shop remember it; the last ones only.</summary>
[Quiet("what somebody looks at is remembered for him alone, with his consent, and is nobody's business in the log")]
public sealed class ViewedProductRow
{
    public required BuyerId BuyerId { get; init; }
    public required ProductId ProductId { get; init; }
    public required DateTimeOffset ViewedAt { get; set; }
}

internal sealed class BuyerPreferenceTable : IEntityTypeConfiguration<BuyerPreferenceRow>
{
    public void Configure(EntityTypeBuilder<BuyerPreferenceRow> builder) => builder.ToTable("buyer_preference").HasKey(row => row.BuyerId);
}

internal sealed class ViewedProductTable : IEntityTypeConfiguration<ViewedProductRow>
{
    public void Configure(EntityTypeBuilder<ViewedProductRow> builder) => builder.ToTable("viewed_product").HasKey(row => new { row.BuyerId, row.ProductId });
}
