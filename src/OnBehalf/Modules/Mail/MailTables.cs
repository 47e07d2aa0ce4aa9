using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Mail;

/// <summary>A mail in the outbox. `{secret}` in the body stands for a one-time link or code, which lies encrypted beside it until the mail is sent.</summary>
[Quiet("How far it is on its way; that it was written came with a fact.", WhenAdded = false)]
public sealed class MailRow
{
    public required MailId Id { get; init; }

    /// <summary>`order-placed`, `password-reset`, `invitation`, …</summary>
    public required string Kind { get; init; }
    public required string ToAddress { get; init; }
    public string? ToName { get; init; }
    public required string Subject { get; init; }

    /// <summary>Plain text.</summary>
    public required string Body { get; init; }
    public string? Secret { get; set; }
    public BuyerId? BuyerId { get; init; }
    public StaffId? StaffId { get; init; }
    public OrderId? OrderId { get; init; }

    /// <summary>`pending`, `sent`, `failed` (given up).</summary>
    public required string Status { get; set; }
    public int Attempts { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset NextAttemptAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? LastError { get; set; }
}

internal sealed class MailTable : IEntityTypeConfiguration<MailRow>
{
    public void Configure(EntityTypeBuilder<MailRow> builder) => builder.ToTable("mail");
}
