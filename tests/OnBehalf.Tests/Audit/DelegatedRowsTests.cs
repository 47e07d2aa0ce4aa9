using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Audit;

/// <summary>No row that was made or changed in a session without the session and the event that tells of it.</summary>
public sealed class DelegatedRowsTests
{
    private const string Columns = "id, company_id, line1, city, country, is_billing, is_shipping, created_at, version, session_id, audit_event_id";

    [Fact]
    public async Task What_a_session_makes_or_changes_names_it_and_the_event_and_what_the_buyer_changes_names_nobody()
    {
        await using var shop = await TestShop.Start();
        await Work(shop);

        foreach (var (table, name) in new[] { ("address", "addresses.added"), ("buyer", "identity.profile-changed"), ("orders", "orders.placed") })
        {
            Assert.Equal(name, await shop.Scalar<string>(
                $"select e.name from {table} t join audit_event e on e.id = t.audit_event_id and e.session_id = t.session_id where t.session_id = (select id from assisted_session)"));
        }

        // The branch that was ordered, and the buyer's own cart that it was made from.
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from cart t join audit_event e on e.id = t.audit_event_id and e.session_id = t.session_id"));

        var ines = await shop.As("ines");
        var id = await shop.Scalar<string>("select cast(id as text) from address where session_id is not null");
        var page = await ines.Get($"/account/addresses/{id}");
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(page, "main form[method=post]", ("Input.Line2", "Rear"))).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from address where session_id is not null or audit_event_id is not null"));

        // A wrong password is the product's own business: who changed the telephone number stays.
        await shop.Sql("update buyer set failed_count = failed_count + 1 where session_id is not null");
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from buyer where session_id is not null"));
    }

    [Fact]
    public async Task Pages_and_lists_say_who_made_a_row_for_whom_and_are_narrowed_to_him()
    {
        const string who = "by Karim Weiss for Ines Albrecht";
        await using var shop = await TestShop.Start();
        await Work(shop);
        var (ines, karim, vera) = (await shop.As("ines"), await shop.As("karim"), await shop.As("vera"));
        var own = await ines.Order("P-300", "1");
        var delegated = await shop.Scalar<string>("select number from orders where session_id is not null");

        var addresses = await ines.Get("/account/addresses");
        Assert.StartsWith(who, Assert.Single(addresses.Document.QuerySelectorAll(".last-hand")).TextContent, StringComparison.Ordinal);
        Assert.True(addresses.Document.QuerySelectorAll(".address-card-lines").Length > 1);
        Assert.Equal(1, (await ines.Get("/account/addresses?by=Karim+Weiss")).Document.QuerySelectorAll(".address-card-lines").Length);
        Assert.Contains(who, (await ines.Get("/account/data")).Text);
        Assert.Contains(who, (await (await shop.As("ada")).Get("/admin/buyers/" + Characters.MembershipIdOf("ines"))).Text);
        var customer = await karim.Get("/staff/customers/N-1001");
        Assert.Equal(2, customer.Document.QuerySelectorAll(".last-hand").Count(hand => hand.TextContent.StartsWith(who, StringComparison.Ordinal)));

        // The list of people by who entered or changed them.
        Assert.True(customer.Document.QuerySelectorAll(".person-name").Length > 1);
        Assert.NotNull(customer.Document.QuerySelector("#hands option[value='Karim Weiss']"));
        var changed = await karim.Get("/staff/customers/N-1001?by=karim%20weiss");
        Assert.Contains("Ines Albrecht", Assert.Single(changed.Document.QuerySelectorAll(".person-name")).TextContent);
        Assert.Contains("Nobody here was entered or changed last by Rosa Lind.", (await karim.Get("/staff/customers/N-1001?by=Rosa%20Lind")).Text);

        var choice = (await ines.Get("/account/orders")).Document.QuerySelectorAll("select[name=by] option").Single(option => option.TextContent == "Placed by Karim Weiss").GetAttribute("value");
        foreach (var (visitor, path) in new[]
        {
            (ines, "/account/orders?by=" + choice), (karim, "/staff/orders?tab=customers&by=weiss"), (karim, "/staff/orders.csv?tab=customers&by=karim%40onbehalf.example"),
            (vera, "/admin/orders?by=Karim+Weiss"),
        })
        {
            var list = (await visitor.Get(path)).Text;
            Assert.Contains(delegated, list, StringComparison.Ordinal);
            Assert.DoesNotContain(own, list, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(delegated, (await karim.Get("/staff/orders?tab=customers&by=vera")).Text);
        Assert.NotNull((await vera.Get($"/admin/orders/{delegated}")).Document.QuerySelector($"a[href='/admin/audit?order={delegated}']"));
        Assert.NotNull((await vera.Get("/admin/customers/N-1001")).Document.QuerySelector("a[href='/admin/audit?company=N-1001']"));
        Assert.Null((await karim.Get($"/staff/orders/{delegated}")).Document.QuerySelector("a[href^='/admin/audit']"));
    }

    [Fact]
    public async Task A_cart_says_who_changed_it_last()
    {
        await using var shop = await TestShop.Start();
        var (ines, karim) = (await shop.As("ines"), await (await shop.As("karim")).Assisting("ines"));
        await ines.Put("P-100", "2");
        await karim.Put("P-300", "1");
        Assert.Contains("Karim Weiss has prepared a cart for you", (await ines.Get("/cart")).Text);
        Assert.Contains("Last changed by Karim Weiss for Ines Albrecht", (await ines.Get("/cart")).Document.QuerySelector("#prepared")!.TextContent);
        await ines.Put("P-400", "1");
        await karim.Place(await karim.Get("/checkout"));
        Assert.StartsWith("Last changed by Karim Weiss for Ines Albrecht", (await ines.Get("/cart")).Document.QuerySelector("#last-hand")!.TextContent);
        await ines.Put("P-300", "3");
        Assert.Null((await ines.Get("/cart")).Document.QuerySelector("#last-hand"));
    }

    [Fact]
    public async Task A_delegated_row_without_an_event_of_its_session_from_the_same_transaction_is_refused_by_the_database()
    {
        await using var shop = await TestShop.Start();
        await Work(shop);
        await (await shop.As("vera")).Assisting("jonas");
        var before = await shop.Dump("address", "orders", "cart", "buyer");
        var address = $"insert into address ({Columns}) select '{Id()}', company_id, 'Raw 1', city, country, is_billing, is_shipping, created_at, 1, session_id, ";
        const string from = " from address where session_id is not null";
        foreach (var sql in new[]
        {
            address + "null" + from,
            address + $"'{Id()}'" + from,
            address + "audit_event_id" + from,
            address + "(select o.audit_event_id from orders o where o.session_id = address.session_id)" + from,
            Event("(select id from assisted_session where id not in (select session_id from orders))", out var ofAnother) + address + $"'{ofAnother}'" + from,
            Event("null", out var ofNobody) + address + $"'{ofNobody}'" + from,
            "update address set line2 = 'Rear' where session_id is not null",
            "update orders set comment = 'Faster' where session_id is not null",
            "update orders set total_minor = 1 where session_id is not null",
            "update cart set version = version + 1 where session_id is not null",
            "update buyer set phone = '1' where session_id is not null",
            "update address set session_id = (select session_id from orders), audit_event_id = (select audit_event_id from orders) where session_id is null",
        })
        {
            await Assert.ThrowsAsync<RefusedByTrigger>(() => InTransaction(shop, sql));
        }

        Assert.Equal(before, await shop.Dump("address", "orders", "cart", "buyer"));

        // What is refused above is refused for the event alone.
        await InTransaction(shop, Event("e.session_id", out var fresh) + address + $"'{fresh}'" + from);
        await InTransaction(shop, "update orders set status = 'shipped' where session_id is not null");
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from address where session_id is not null"));
    }

    [Fact]
    public async Task A_write_of_a_session_that_tells_nothing_of_its_rows_is_an_error_and_stores_nothing()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        var caller = (await Sessions.CallerOf(karim)) with
        {
            Session = new CallerSession(inside.Session, "handle", Mode.Order, "visit", null, "/staff", default, default, default, null, default),
        };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => shop.Database.Write<Done>(caller, async tx =>
        {
            var address = await tx.Db.Set<AddressRow>().FirstAsync();
            address.Line2 = "Rear";
            return Done.It;
        }));
        Assert.Contains("address", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from address where line2 = 'Rear'"));
    }

    // Karim, for Ines: a telephone number, an address, an order.
    internal static async Task Work(TestShop shop)
    {
        var karim = await (await shop.As("karim")).Assisting("ines");
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(await karim.Get("/account/data"), "main form[method=post]", ("Input.Phone", "+49 431 7"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(
            await karim.Get("/account/addresses/new"), "main form[method=post]", ("Input.Line1", "Waldweg 7"), ("Input.PostalCode", "24107"), ("Input.City", "Kiel"))).Status);
        await karim.Order();
    }

    private static string Id() => Guid.CreateVersion7().ToString().ToUpperInvariant();

    // A new event, like one of the session but of another one, or of none.
    private static string Event(string session, out string id)
    {
        id = Id();
        return $"insert into audit_event (id, at, name, session_id, outcome, entry) select '{id}', e.at, 'tests.changed', {session}, e.outcome, e.entry from audit_event e where e.session_id = (select session_id from orders) limit 1; ";
    }

    private static async Task InTransaction(TestShop shop, string sql)
    {
        await using var connection = await shop.Database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        try
        {
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
        catch (Exception error) when (error is PostgresException or SqliteException)
        {
            // An event that does not exist is found by the foreign key first.
            Assert.Matches("without an event|foreign key", error.Message);
            throw new RefusedByTrigger(error);
        }
    }

    private sealed class RefusedByTrigger(Exception inner) : Exception(inner.Message, inner);
}
