using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

public sealed class CompanyRow
{
    public required CompanyId Id { get; init; }
    public required string Number { get; set; }
    public string? ExternalId { get; set; }
    public required string Name { get; set; }
    public required string SortName { get; set; }
    public CompanyId? ParentId { get; set; }

    /// <summary>ISO 3166 alpha-2; null is unknown and asked at checkout.</summary>
    public string? Country { get; set; }

    /// <summary>One of <see cref="OnBehalf.Companies.CompanyMaster.Languages"/>; null: that of the shop.</summary>
    public string? Language { get; set; }
    public required Currency Currency { get; set; }

    /// <summary>Several with commas between.</summary>
    public string? ContractNumber { get; set; }

    /// <summary>What the seller counts it among: "Trade", "Industry"; in his own words.</summary>
    public string? Segment { get; set; }

    /// <summary>Capital letters and digits: `DE123456789`.</summary>
    public string? TaxId { get; set; }

    /// <summary>Where mail goes that concerns the company as a whole; null: to its administrators.</summary>
    public string? OrderEmail { get; set; }
    public CompanyKind Kind { get; set; }
    public required CompanyStatus Status { get; set; }
    public PriceListId? PriceListId { get; set; }
    public StaffId? SalesRepId { get; set; }

    /// <summary>Kept by the handler of placed orders.</summary>
    public int OrderCount { get; set; }
    public DateTimeOffset? LastOrderAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; }
}

/// <summary>What was changed of a company, field by field.</summary>
public sealed class CompanyChangeRow
{
    public required Guid Id { get; init; }
    public required CompanyId CompanyId { get; init; }

    /// <summary>`status`, `kind`, `parent`, or a field of <see cref="OnBehalf.Companies.CompanyMaster"/>.</summary>
    public required string Field { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string? Reason { get; init; }

    /// <summary>Null: the import.</summary>
    public StaffId? StaffId { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
}

public sealed class StaffAssignmentRow
{
    public required StaffId StaffId { get; init; }
    public required CompanyId CompanyId { get; init; }
    public required DateTimeOffset AssignedAt { get; init; }

    /// <summary>The end of access that was granted for a time; null: assigned for good.</summary>
    public DateTimeOffset? Until { get; set; }
}

/// <summary>An address of a company or of a person: exactly one of the two.</summary>
public sealed class AddressRow
{
    public required AddressId Id { get; init; }
    public CompanyId? CompanyId { get; init; }
    public BuyerId? BuyerId { get; init; }
    public string? Label { get; set; }
    public string? Recipient { get; set; }
    public required string Line1 { get; set; }
    public string? Line2 { get; set; }
    public required string City { get; set; }
    public string? Region { get; set; }
    public string? PostalCode { get; set; }
    public required string Country { get; set; }
    public bool IsBilling { get; set; }
    public bool IsShipping { get; set; }

    /// <summary>Who wrote it last was staff, or acted for the customer: that it stands in the book does not make it known.</summary>
    public bool ByOthers { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; }
}

/// <summary>A word by which staff find a customer. Membership null: the word is the company's own (name, number); company null: a consumer.</summary>
public sealed class CustomerWordRow
{
    public required string Word { get; init; }
    public CompanyId? CompanyId { get; init; }
    public MembershipId? MembershipId { get; init; }
    public required int Weight { get; init; }
}

internal sealed class CompanyTable : IEntityTypeConfiguration<CompanyRow>
{
    public void Configure(EntityTypeBuilder<CompanyRow> builder)
    {
        builder.ToTable("company");
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.IsDelegated(nameof(CompanyRow.SortName), nameof(CompanyRow.OrderCount), nameof(CompanyRow.LastOrderAt), nameof(CompanyRow.Version));
    }
}

internal sealed class CompanyChangeTable : IEntityTypeConfiguration<CompanyChangeRow>
{
    public void Configure(EntityTypeBuilder<CompanyChangeRow> builder) => builder.ToTable("company_change");
}

internal sealed class StaffAssignmentTable : IEntityTypeConfiguration<StaffAssignmentRow>
{
    public void Configure(EntityTypeBuilder<StaffAssignmentRow> builder) =>
        builder.ToTable("staff_assignment").HasKey(row => new { row.StaffId, row.CompanyId });
}

internal sealed class AddressTable : IEntityTypeConfiguration<AddressRow>
{
    public void Configure(EntityTypeBuilder<AddressRow> builder)
    {
        builder.ToTable("address");
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.IsDelegated();
    }
}

internal sealed class CustomerWordTable : IEntityTypeConfiguration<CustomerWordRow>
{
    public void Configure(EntityTypeBuilder<CustomerWordRow> builder) => builder.ToTable("customer_word").HasNoKey();
}
