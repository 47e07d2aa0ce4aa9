using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The time in which an operator acts for a buyer. The operator is a staff member or a buyer: exactly one is set.</summary>
public sealed class AssistedSessionRow
{
    public required AssistedSessionId Id { get; init; }

    /// <summary>The public name in the path `/as/{handle}/`; no authority comes from it.</summary>
    public required string Handle { get; init; }

    /// <summary>SHA-256 of the 256 random bits in the cookie `assist-{handle}`.</summary>
    public required byte[] TokenHash { get; init; }
    public StaffId? OperatorStaffId { get; init; }
    public BuyerId? OperatorBuyerId { get; init; }

    /// <summary>The place from which a colleague acts; set with <see cref="OperatorBuyerId"/>.</summary>
    public MembershipId? OperatorMembershipId { get; init; }
    public required SignInId OperatorSignInId { get; init; }

    /// <summary>Its place among those that the operator runs at once, from 1 on; no two of them have the same.</summary>
    public required int Slot { get; init; }

    /// <summary>The version of the mandate on which it rests, if there was one.</summary>
    public Guid? MandateId { get; init; }
    public MembershipId? MembershipId { get; init; }
    public BuyerId? BuyerId { get; init; }
    public CompanyId? CompanyId { get; init; }

    /// <summary>The mode in which it is when it is not raised.</summary>
    public required Mode Mode { get; set; }

    /// <summary>A higher mode, until <see cref="RaisedUntil"/>.</summary>
    public Mode? RaisedMode { get; set; }
    public DateTimeOffset? RaisedUntil { get; set; }

    /// <summary>Why it was first raised.</summary>
    public string? RaiseReason { get; set; }

    /// <summary>How often it was taken away what it could do. A write commits only while this is as the request found it.</summary>
    public int Narrowed { get; set; }

    /// <summary>It began in an emergency: the approval of a second person took the place of consent.</summary>
    public bool IsEmergency { get; init; }
    public required string ReasonCode { get; init; }
    public string? ReasonText { get; init; }
    public string? Ticket { get; init; }

    /// <summary>The rule of the policy that allowed it.</summary>
    public required string Rule { get; init; }

    /// <summary>The version of the rules that was asked.</summary>
    public int PolicyVersion { get; init; } = 1;

    /// <summary>Bits of the <see cref="Kernel.Rights"/> that the policy granted at the start, in the highest mode to which it could be raised.</summary>
    public required long Rights { get; init; }

    /// <summary>The cart of the fast order for which it began; null: an ordinary session.</summary>
    public CartId? FastOrderCartId { get; init; }

    /// <summary>The page to which the end brings the operator back.</summary>
    public required string ReturnPath { get; init; }

    /// <summary>`active` or `ended`.</summary>
    public required string Status { get; set; }
    public required DateTimeOffset StartedAt { get; init; }
    public required int IdleSeconds { get; init; }
    public required DateTimeOffset HardEndsAt { get; set; }

    /// <summary>The <see cref="Origin"/> of its start; kept while it runs. Null: not known, and then not held against anything.</summary>
    public string? Network { get; set; }
    public string? Browser { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>`operator`, `idle`, `hard-limit`, `signed-out`, `sign-in-expired`, `switched`, …</summary>
    public string? EndCause { get; set; }
}

/// <summary>A version of the shop's rules, as <see cref="PolicyDraft"/> in JSON. A version that is in force or was does not change any more.</summary>
public sealed class AssistPolicyRow
{
    public required int Version { get; init; }

    /// <summary>`draft`, `proposed`, `active`, `replaced`, `rejected`.</summary>
    public required string Status { get; set; }
    public required string Body { get; set; }

    /// <summary>Why the rules change, in the words of who changed them.</summary>
    public string? Note { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required StaffId CreatedById { get; init; }

    /// <summary>Name of who changed them, as he was called then.</summary>
    public required string CreatedBy { get; init; }
    public DateTimeOffset? ProposedAt { get; set; }

    /// <summary>When it came into force, or was rejected.</summary>
    public DateTimeOffset? DecidedAt { get; set; }
    public StaffId? DecidedById { get; set; }
    public string? DecidedBy { get; set; }
}

/// <summary>For whom nobody acts until it is lifted: a buyer in all his places, or all people of a company; exactly one of the two.</summary>
public sealed class AssistProtectionRow
{
    public required Guid Id { get; init; }
    public BuyerId? BuyerId { get; init; }
    public CompanyId? CompanyId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>Name of who set it, as he was called then.</summary>
    public required string SetBy { get; init; }
    public Guid? SetById { get; init; }
    public DateTimeOffset? LiftedAt { get; set; }
    public string? LiftedBy { get; set; }
    public Guid? LiftedById { get; set; }
}

/// <summary>What a staff member asks a supervisor for: access to a company for a time (company set), or the approval of one start (membership set).</summary>
public sealed class AssistRequestRow
{
    public required Guid Id { get; init; }

    /// <summary>`access` or `approval`.</summary>
    public required string Kind { get; init; }
    public required StaffId StaffId { get; init; }
    public CompanyId? CompanyId { get; init; }
    public MembershipId? MembershipId { get; init; }
    public string? Note { get; init; }

    /// <summary>`asked`, `granted`, `declined`, `used` (an approval with which a session began), `ended` (access taken back).</summary>
    public required string Status { get; set; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; set; }
    public StaffId? DecidedById { get; set; }
    public string? DecidedBy { get; set; }

    /// <summary>How long it counts once it is granted.</summary>
    public DateTimeOffset? Until { get; set; }
}

/// <summary>What an operator has ordered in sessions for a customer in a month; the row is locked by the order that adds to it.</summary>
public sealed class AssistSpendingRow
{
    public required Guid OperatorId { get; init; }
    public required Guid CustomerId { get; init; }

    /// <summary>`2026-11`, by the clock of the shop.</summary>
    public required string Month { get; init; }
    public required Currency Currency { get; init; }
    public required long AmountMinor { get; init; }
}

/// <summary>What alerts count: somebody of the staff did something (to a customer), last at this time. The empty subject: supervisors were told then.</summary>
public sealed class AssistWatchRow
{
    public required StaffId StaffId { get; init; }

    /// <summary>`customers-opened`, `exports`, `refused`, …</summary>
    public required string What { get; init; }
    public required Guid Subject { get; init; }
    public required DateTimeOffset At { get; set; }
}

/// <summary>What changes with every request of a session, beside its row, which writers hold. The entries are counted by <see cref="SessionEntries"/> alone.</summary>
public sealed class AssistedSessionActivityRow : ISessionCounter
{
    public required AssistedSessionId SessionId { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>How many entries of the audit log are this session's.</summary>
    public int Entries { get; set; }

    /// <summary>The last entry is written.</summary>
    public bool IsOver { get; set; }

    /// <summary>What its entries say for its ticket: a commitment, which the first entry's private side opens.</summary>
    public string? Ticket { get; set; }

    /// <summary>By which its events are found when somebody knows the ticket.</summary>
    public string? TicketRef { get; set; }
}

internal sealed class AssistedSessionTable : IEntityTypeConfiguration<AssistedSessionRow>
{
    public void Configure(EntityTypeBuilder<AssistedSessionRow> builder) => builder.ToTable("assisted_session");
}

internal sealed class AssistPolicyTable : IEntityTypeConfiguration<AssistPolicyRow>
{
    public void Configure(EntityTypeBuilder<AssistPolicyRow> builder)
    {
        builder.ToTable("assist_policy").HasKey(row => row.Version);
        builder.Property(row => row.Version).ValueGeneratedNever();
        builder.Property(row => row.Status).IsConcurrencyToken();
    }
}

internal sealed class AssistProtectionTable : IEntityTypeConfiguration<AssistProtectionRow>
{
    public void Configure(EntityTypeBuilder<AssistProtectionRow> builder) => builder.ToTable("assist_protection");
}

internal sealed class AssistRequestTable : IEntityTypeConfiguration<AssistRequestRow>
{
    public void Configure(EntityTypeBuilder<AssistRequestRow> builder)
    {
        builder.ToTable("assist_request");
        builder.Property(row => row.Status).IsConcurrencyToken();
    }
}

internal sealed class AssistSpendingTable : IEntityTypeConfiguration<AssistSpendingRow>
{
    public void Configure(EntityTypeBuilder<AssistSpendingRow> builder) =>
        builder.ToTable("assist_spending").HasKey(row => new { row.OperatorId, row.CustomerId, row.Month, row.Currency });
}

internal sealed class AssistWatchTable : IEntityTypeConfiguration<AssistWatchRow>
{
    public void Configure(EntityTypeBuilder<AssistWatchRow> builder) =>
        builder.ToTable("assist_watch").HasKey(row => new { row.StaffId, row.What, row.Subject });
}

internal sealed class AssistedSessionActivityTable : IEntityTypeConfiguration<AssistedSessionActivityRow>
{
    public void Configure(EntityTypeBuilder<AssistedSessionActivityRow> builder)
    {
        builder.ToTable("assisted_session_activity").HasKey(row => row.SessionId);
        builder.HasOne<AssistedSessionRow>().WithMany().HasForeignKey(row => row.SessionId);
    }
}
