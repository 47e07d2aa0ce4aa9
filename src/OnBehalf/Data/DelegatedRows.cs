using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>
/// Rows that say who made or changed them last when that was somebody else: the session in which it was done, and the event that tells of it. Written by the
/// door alone, so that no module can forget it; triggers of the database hold it against raw SQL.
/// </summary>
internal static class DelegatedRows
{
    /// <summary>On SQLite: what was an event until now is none of a later transaction.</summary>
    public const string CloseSql = "update audit_closed set seq = (select max(seq) from audit_event) returning seq as \"Value\"";

    private const string Session = "SessionId";
    private const string Event = "AuditEventId";
    private const string Housekeeping = "OnBehalf:Housekeeping";

    /// <param name="builder">Of a row that people make for each other.</param>
    /// <param name="housekeeping">Columns that the product keeps by itself, whoever acts: sums, versions. The triggers leave out the same ones.</param>
    public static void IsDelegated<TRow>(this EntityTypeBuilder<TRow> builder, params string[] housekeeping)
        where TRow : class
    {
        builder.Property<AssistedSessionId?>(Session);
        builder.Property<EventId?>(Event);
        builder.HasOne<AuditEventRow>().WithMany().HasForeignKey(Event).HasPrincipalKey(row => row.Id);
        builder.HasAnnotation(Housekeeping, housekeeping);
    }

    /// <summary>Marks what the transaction makes or changes. Finds all changes, so that the saving need not look for them again.</summary>
    public static void Stamp(Tx tx)
    {
        foreach (var entry in tx.Db.ChangeTracker.Entries())
        {
            if (entry.Metadata[Housekeeping] is not string[] housekeeping || !IsTouched(entry, housekeeping))
            {
                continue;
            }

            if (tx.Caller.IsAssisting && tx.Facts.Count == 0)
            {
                throw new InvalidOperationException($"A row of {entry.Metadata.GetTableName()} was changed in an assisted session, and no fact says so.");
            }

            if (entry.State != EntityState.Deleted)
            {
                Stamp(tx, entry);
            }
        }
    }

    private static void Stamp(Tx tx, EntityEntry entry)
    {
        if (tx.Caller.IsAssisting || tx.Caller.Staff is not null)
        {
            entry.Property(Session).CurrentValue = tx.Caller.Session?.Id;
            entry.Property(Event).CurrentValue = EventOf(tx, entry);
        }
        else if (entry.State == EntityState.Modified)
        {
            // Now it is as its owner, or the product, wants it.
            entry.Property(Session).CurrentValue = null;
            entry.Property(Event).CurrentValue = null;
        }
    }

    // The fact that names the row; else the first one, which is what all of the transaction was for.
    private static EventId? EventOf(Tx tx, EntityEntry entry)
    {
        var key = entry.Metadata.FindPrimaryKey() is { Properties: [var property] } ? entry.Property(property).CurrentValue : null;
        foreach (var (id, fact) in tx.Facts)
        {
            if (AuditDraft.ValuesOf(fact).Any(value => Equals(value, key)))
            {
                return id;
            }
        }

        return tx.Facts is [var first, ..] ? first.Id : null;
    }

    private static bool IsTouched(EntityEntry entry, string[] housekeeping) => entry.State switch
    {
        EntityState.Added or EntityState.Deleted => true,
        EntityState.Modified => entry.Properties.Any(property => property.IsModified && !housekeeping.Contains(property.Metadata.Name)),
        _ => false,
    };
}
