using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>What a buyer in one of his places, or a company for all its people, agreed to or took back; exactly one of the two is set.</summary>
public sealed class AssistConsentRow
{
    public required Guid Id { get; init; }
    public MembershipId? MembershipId { get; init; }
    public CompanyId? CompanyId { get; init; }

    /// <summary>`standing`, or `once` for one session.</summary>
    public required string Kind { get; init; }

    /// <summary>`staff` (one staff member), `colleague` (one colleague), `assigned` (who is assigned to the company), `anybody`.</summary>
    public required string Whom { get; init; }
    public StaffId? StaffId { get; init; }

    /// <summary>The place of the colleague.</summary>
    public MembershipId? OperatorMembershipId { get; init; }

    /// <summary>`given`, `withdrawn` (nobody of <see cref="Whom"/> acts until it is given again), `over` (replaced, or left to the rules of the shop).</summary>
    public required string Status { get; set; }
    public required Mode Highest { get; init; }

    /// <summary>Bits of the <see cref="Rights"/> that were not agreed to.</summary>
    public required long Withheld { get; init; }

    /// <summary>Null: until it is withdrawn.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>`page`, `code`, `link`, `tap`.</summary>
    public required string How { get; init; }
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>Name of who gave it, as he was called then; so it is with who withdrew it.</summary>
    public required string GivenBy { get; init; }
    public Guid? GivenById { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }
    public Guid? WithdrawnById { get; set; }

    /// <summary>The session for which one that is given once was used.</summary>
    public AssistedSessionId? SessionId { get; set; }
}

/// <summary>
/// A buyer is asked whether somebody may act for him once, or an administrator whether for his company as a whole. Any of three ways answers: the code, the link of
/// the mail, a tap on a page.
/// </summary>
public sealed class AssistAskRow
{
    public required Guid Id { get; init; }

    /// <summary>Who asks: a staff member, or a colleague in his place; exactly one of the two.</summary>
    public StaffId? StaffId { get; init; }
    public MembershipId? OperatorMembershipId { get; init; }

    /// <summary>Who is asked.</summary>
    public required MembershipId MembershipId { get; init; }

    /// <summary>Set when it is about his company as a whole, not about him.</summary>
    public CompanyId? CompanyId { get; init; }
    public required string ReasonCode { get; init; }
    public string? Note { get; init; }

    /// <summary>The highest mode that is asked for.</summary>
    public required Mode Mode { get; init; }

    /// <summary>How long the consent counts from the answer on.</summary>
    public required int Minutes { get; init; }

    /// <summary>`asked`, `allowed`, `refused`, `over` (replaced by a newer one, or guessed at too often).</summary>
    public required string Status { get; set; }

    /// <summary>SHA-256 of id and code: what is typed is held against it.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>The code, encrypted, for the page of the buyer.</summary>
    public required string CodeSealed { get; init; }
    public required byte[] LinkHash { get; init; }

    /// <summary>How often a wrong code was typed.</summary>
    public required int Tries { get; set; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>`code`, `link`, `tap`; null before the answer.</summary>
    public string? How { get; set; }
}

/// <summary>What a company asks for at least, whatever the rules of the shop ask for.</summary>
public sealed class AssistCompanyRow
{
    public required CompanyId CompanyId { get; init; }

    /// <summary>A word of <see cref="OnBehalf.Assistance.ConsentNeed"/>.</summary>
    public required string Consent { get; set; }

    /// <summary>Its colleagues may act also for somebody who has more rights than they.</summary>
    public bool LetsActUpwards { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
    public Guid? ChangedById { get; set; }
}

internal sealed class AssistConsentTable : IEntityTypeConfiguration<AssistConsentRow>
{
    public void Configure(EntityTypeBuilder<AssistConsentRow> builder)
    {
        builder.ToTable("assist_consent");
        builder.Property(row => row.Status).IsConcurrencyToken();
        builder.Property(row => row.SessionId).IsConcurrencyToken();
    }
}

internal sealed class AssistAskTable : IEntityTypeConfiguration<AssistAskRow>
{
    public void Configure(EntityTypeBuilder<AssistAskRow> builder)
    {
        builder.ToTable("assist_ask");
        builder.Property(row => row.Status).IsConcurrencyToken();
        builder.Property(row => row.Tries).IsConcurrencyToken();
    }
}

internal sealed class AssistCompanyTable : IEntityTypeConfiguration<AssistCompanyRow>
{
    public void Configure(EntityTypeBuilder<AssistCompanyRow> builder) => builder.ToTable("assist_company").HasKey(row => row.CompanyId);
}
