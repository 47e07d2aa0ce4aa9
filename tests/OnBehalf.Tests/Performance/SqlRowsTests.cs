using OnBehalf.Data;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Performance;

/// <summary>Our own SQL brings the same values as EF would, on both databases.</summary>
public sealed class SqlRowsTests
{
    private static readonly DateTimeOffset Created = new(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task Columns_go_to_a_record_by_name_and_in_its_types()
    {
        await using var shop = await TestShop.Start();
        await using var db = shop.Database.Read();
        var rows = await db.Rows<Person>(
            """
            select last_name as "LastName", id as "Id", failed_count as "Failed", lockout_end as "LockoutEnd", created_at as "CreatedAt",
                access_all_customers as "AccessAll", cast(12345678901 as bigint) as "Big", staff_group as "Group"
            from staff where email in ({0}, {1}) and created_at = {2} order by email
            """,
            "ada@onbehalf.example", "karim@onbehalf.example", Created.ToOffset(TimeSpan.FromHours(2))).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                new Person(Characters.StaffIdOf("ada").Value, "Novak", null, true, 0, 12_345_678_901, Created, null),
                new Person(Characters.StaffIdOf("karim").Value, "Weiss", "field-sales", false, 0, 12_345_678_901, Created, null),
            ],
            rows);
    }

    [Fact]
    public async Task A_single_value_is_the_first_column_and_null_can_be_asked_for()
    {
        await using var shop = await TestShop.Start();
        await using var db = shop.Database.Read();
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal([Characters.StaffIdOf("karim").Value], await db.Rows<Guid>("select id as \"Value\" from staff where id = {0}", Characters.StaffIdOf("karim").Value).ToListAsync(cancel));
        Assert.Equal([null], await db.Rows<string?>("select staff_group from staff where id = {0}", Characters.StaffIdOf("ada").Value).ToListAsync(cancel));
        Assert.Empty(await db.Rows<int>("select 1 from staff where staff_group = {0}", (object?)null).ToListAsync(cancel));
    }

    [Fact]
    public async Task It_sees_what_its_transaction_has_written()
    {
        await using var shop = await TestShop.Start();
        var seen = 0L;
        await shop.Database.Write<Kernel.Done>(
            Kernel.Caller.Machine("test"),
            async tx =>
            {
                var before = await tx.NextNumber("order_number");
                seen = await tx.NextNumber("order_number") - before;
                return Kernel.Refusal.Conflict("test.no", "Rolled back.");
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(1, seen);
    }

    private sealed record Person(
        Guid Id, string LastName, string? Group, bool AccessAll, int Failed, long Big, DateTimeOffset CreatedAt, DateTimeOffset? LockoutEnd);
}
