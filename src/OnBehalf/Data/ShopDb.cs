using System.Reflection;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>
/// The one context over both databases. Modules register their tables by <see cref="IEntityTypeConfiguration{TEntity}"/> in their `XTables.cs`;
/// everything here is convention: typed ids, currencies, enums as words, names in snake_case.
/// </summary>
public sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    private bool? _isPostgres;

    /// <summary>Asked once: EF looks the answer up by the names of assemblies each time, 3 % of all CPU time (measured).</summary>
    internal bool IsPostgres => _isPostgres ??= Database.IsNpgsql();

    /// <summary>Where <see cref="SqlRows"/> reads outside of a transaction. Set by <see cref="Data.Database"/>.</summary>
    internal SqliteReaders? Readers { get; set; }

    internal Npgsql.NpgsqlDataSource? Source { get; set; }

    /// <summary>True while a decision of the door runs. What it would save itself, nobody would have looked at: the door saves when all is decided.</summary>
    internal bool IsDeciding { get; set; }

    /// <summary>The compiled statements of the one writer of SQLite, when this is his context.</summary>
    internal SqliteStatements? Writing { get; set; }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => IsDeciding ? throw Undecided() : base.SaveChanges(acceptAllChangesOnSuccess);

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        IsDeciding ? throw Undecided() : base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var id in typeof(CompanyId).Assembly.GetTypes().Where(IsId))
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        }

        foreach (var word in new[] { typeof(Kernel.StaffRole), typeof(BuyerRole), typeof(CompanyStatus), typeof(CompanyKind), typeof(Mode) })
        {
            configurationBuilder.Properties(word).HaveConversion(typeof(WordConverter<>).MakeGenericType(word));
        }

        configurationBuilder.Properties<Currency>().HaveConversion<CurrencyConverter>().HaveColumnType(Database.IsNpgsql() ? "character(3)" : "TEXT");
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ShopDb).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            property.SetColumnName(Words.Snake(property.Name));
        }
    }

    private static InvalidOperationException Undecided() =>
        new("A decision saved by itself. The door saves, after it has seen that every change has its fact. Nothing was stored.");

    private static bool IsId(Type type) =>
        type is { IsValueType: true } && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));
}
