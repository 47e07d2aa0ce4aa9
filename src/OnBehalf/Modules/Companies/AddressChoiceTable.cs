using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>The address that the checkout chooses first: for all people of a company, or for one person in his place there, exactly one of the two.</summary>
public sealed class AddressChoiceRow
{
    public required Guid Id { get; init; }
    public CompanyId? CompanyId { get; init; }
    public MembershipId? MembershipId { get; init; }

    /// <summary>`billing` or `shipping`.</summary>
    public required string Purpose { get; init; }
    public AddressId AddressId { get; set; }
}

internal sealed class AddressChoiceTable : IEntityTypeConfiguration<AddressChoiceRow>
{
    public void Configure(EntityTypeBuilder<AddressChoiceRow> builder)
    {
        builder.ToTable("address_choice");
        builder.IsDelegated();
    }
}
