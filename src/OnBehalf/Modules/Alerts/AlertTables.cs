using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Alerts;

/// <summary>A rule that is not as it comes with the product.</summary>
public sealed class AlertRuleRow
{
    /// <summary>One of <see cref="AlertRule.All"/>.</summary>
    public required string Rule { get; init; }
    public required bool IsOn { get; set; }
    public required long Threshold { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }
}

/// <summary>The one row that says up to which leaf the log was looked at.</summary>
[Quiet("How far the log was looked at; what was found there comes with a fact.")]
public sealed class AlertCursorRow
{
    public required int Id { get; init; }
    public required long NextIndex { get; set; }
}

/// <summary>Something that a rule has found.</summary>
public sealed class AlertRow
{
    public required Guid Id { get; init; }
    public required string Rule { get; init; }

    /// <summary>What it is about: of the same rule there is one alert about it.</summary>
    public required string About { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>As the rule was when it was found.</summary>
    public required long Threshold { get; init; }

    /// <summary>Ids of the events, newest first, with blanks between; none where the state of the log was found and no event.</summary>
    public required string Events { get; init; }
}

internal sealed class AlertRuleTable : IEntityTypeConfiguration<AlertRuleRow>
{
    public void Configure(EntityTypeBuilder<AlertRuleRow> builder) => builder.ToTable("alert_rule").HasKey(row => row.Rule);
}

internal sealed class AlertCursorTable : IEntityTypeConfiguration<AlertCursorRow>
{
    public void Configure(EntityTypeBuilder<AlertCursorRow> builder) => builder.ToTable("alert_cursor");
}

internal sealed class AlertTable : IEntityTypeConfiguration<AlertRow>
{
    public void Configure(EntityTypeBuilder<AlertRow> builder) => builder.ToTable("alert");
}
