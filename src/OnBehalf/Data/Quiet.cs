using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace OnBehalf.Data;

/// <summary>Marks rows that may change without a fact, with the reason. All others change together with a fact, or the write fails.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QuietAttribute(string why) : Attribute
{
    public string Why => why;

    /// <summary>False: only changes of what is there are quiet, not the row itself.</summary>
    public bool WhenAdded { get; init; } = true;
}

/// <summary>Lets no forgotten fact pass: a write that changes rows and says nothing is a mistake of ours, and is not stored.</summary>
internal static class Quiet
{
    private static readonly ConcurrentDictionary<Type, QuietAttribute?> Known = new();

    public static void Demand(Tx tx)
    {
        if (tx.Facts.Count > 0)
        {
            return;
        }

        foreach (var entry in tx.Db.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && !IsQuiet(entry.Metadata.ClrType, entry.State))
            {
                throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} would change without a fact in the audit log. Nothing was stored.");
            }
        }
    }

    private static bool IsQuiet(Type row, EntityState state) =>
        Known.GetOrAdd(row, static type => type.GetCustomAttribute<QuietAttribute>()) is { } quiet && (quiet.WhenAdded || state == EntityState.Modified);
}
