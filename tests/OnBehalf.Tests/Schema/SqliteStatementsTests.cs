using Microsoft.Data.Sqlite;
using OnBehalf.Data;

namespace OnBehalf.Tests.Schema;

public sealed class SqliteStatementsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"onbehalf-statements-{Guid.NewGuid()}.db");
    private readonly SqliteReaders _readers;

    public SqliteStatementsTests()
    {
        Change("create table thing (name text)");
        _readers = new SqliteReaders(ConnectionString);
    }

    private string ConnectionString => $"Data Source={_file};Pooling=False";

    public void Dispose()
    {
        _readers.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public void A_statement_that_is_used_again_sees_new_rows_new_arguments_and_new_columns()
    {
        Assert.Empty(Names("a"));
        Change("insert into thing values ('a'), ('b')");
        Assert.Equal(["a"], Names("a"));
        Assert.Equal(["b"], Names("b"));
        Assert.Empty(Names(null));

        Change("alter table thing add column size integer");
        Assert.Equal(["a"], Names("a"));
    }

    [Fact]
    public void What_reads_cannot_write()
    {
        Assert.Throws<SqliteException>(() => _readers.Rows(SqlQuery<string>.Of("insert into thing values ('c') returning name", isPostgres: false), []));
        Assert.Empty(Names("c"));
    }

    private List<string> Names(string? name) => _readers.Rows(SqlQuery<string>.Of("select name from thing where name = {0}", isPostgres: false), [name]);

    private void Change(string sql)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
