using OnBehalf.Data;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Import;

public sealed class WorkTests
{
    [Fact]
    public async Task The_commit_of_many_rows_may_take_longer_than_a_request_may()
    {
        if (TestDatabase.Kind != DatabaseKind.Postgres)
        {
            // There the checks are made with the rows.
            return;
        }

        await using var empty = await TestDatabase.Empty();
        await using var database = new Database(empty.ConnectionString + ";Command Timeout=1", new FactHandlers([]));
        await using var work = await database.OpenWork();
        await work.Begin(writes: true, default);
        await work.Run(
            """
            create table slow (id integer);
            create function dawdle() returns trigger language plpgsql as 'begin perform pg_sleep(1.2); return null; end';
            create constraint trigger check_slowly after insert on slow deferrable initially deferred for each row execute function dawdle();
            insert into slow values (1);
            """,
            default);

        await work.Commit(default);

        Assert.Equal(1, await work.Count("select count(*) from slow", default));
    }

    [Fact]
    public async Task What_stops_a_commit_is_what_is_said()
    {
        await using var shop = await TestShop.Start();
        async Task Break()
        {
            await using var work = await shop.Database.OpenWork();
            await work.Begin(writes: true, default);
            await work.Run("update address set company_id = @nobody", default, ("nobody", Guid.Empty));
            await work.Commit(default);
        }

        Assert.Contains("foreign key", (await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(Break)).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from address a where not exists (select 1 from company c where c.id = a.company_id)"));
    }
}
