using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace OnBehalf.Data;

#pragma warning disable EF1001 // There is no public way to change how EF sees types and opens connections of SQLite.
/// <summary>SQLite with our own types, and without the sixteen functions (decimals, regular expressions) that EF registers at every opening.</summary>
internal static class PlainSqlite
{
    public static void Use(DbContextOptionsBuilder options, string connectionString) => options.UseSqlite(connectionString)
        .ReplaceService<IRelationalTypeMappingSource, SqliteTypes>()
        .ReplaceService<ISqliteRelationalConnection, Connection>();

    // None of our queries uses them, and registering them costs 7 KB for every query.
    private sealed class Connection(
        RelationalConnectionDependencies dependencies, IRawSqlCommandBuilder commands, IDiagnosticsLogger<DbLoggerCategory.Infrastructure> log)
        : SqliteRelationalConnection(dependencies, commands, log)
    {
        protected override DbConnection CreateDbConnection() => new KeepingConnection(GetValidatedConnectionString());
    }
}
#pragma warning restore EF1001
