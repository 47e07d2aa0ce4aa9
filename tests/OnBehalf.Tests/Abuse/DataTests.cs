using System.Net;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>Goods and data going where they should not.</summary>
public sealed class DataTests
{
    private static readonly (string, string)[] Elsewhere =
    [
        ("Input.Shipping", "new"), ("Input.NewShipping.Line1", "Waldweg 7"), ("Input.NewShipping.PostalCode", "24107"), ("Input.NewShipping.City", "Kiel"),
        ("Input.NewShipping.Country", "DE"), ("Input.Method", "parcel"),
    ];

    [Theory]
    [InlineData("typed", "new-address")]
    [InlineData("kept", "new-address")]
    [InlineData("in the book before", "new-address")]
    [InlineData("own name", "operator-name")]
    [InlineData("of staff", "staff-address")]
    [InlineData("the usual", null)]
    public async Task Abuse16_An_order_of_a_session_that_goes_somewhere_else_is_noticed(string where, string? why)
    {
        await using var shop = await TestShop.Start();
        await shop.Set(ShopSettings.MailAtEnd, "never");
        var karim = await shop.As("karim");
        var (_, inside) = await Sessions.Act(karim, "ines");
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");
        if (where == "in the book before")
        {
            var added = await karim.Submit(
                await karim.Get(inside + "/account/addresses/new"), "main form[method=post]", ("Input.Line1", "Waldweg 7"), ("Input.PostalCode", "24107"), ("Input.City", "Kiel"), ("Input.IsShipping", "true"));
            Assert.Equal(HttpStatusCode.SeeOther, added.Status);
        }
        else if (where == "of staff")
        {
            await shop.Sql("update buyer set email = 'sam@onbehalf.example', email_normalized = 'sam@onbehalf.example' where email like 'carla@%'");
            await shop.Sql($"update address set company_id = null, buyer_id = (select id from buyer where email like 'sam@%'), line1 = 'WALDWEG 7', postal_code = '24107' where company_id <> {Id(shop, Characters.Nordlicht.Value)}");
        }

        var checkout = await karim.Get(inside + "/checkout");
        (string, string)[] fields = where == "the usual" ? [] : [.. Elsewhere, ("Input.NewShipping.Save", where == "kept" ? "true" : "false"), ("Input.NewShipping.Recipient", where == "own name" ? "z. Hd. Karim Weiss" : "")];
        var shown = await karim.Submit(checkout, "#checkout", fields);
        var number = (await karim.Place(shown)).OrderNumber();

        Assert.Equal(why is null ? 0 : 2, await shop.Alerts($"placed {number} to"));
        Assert.Equal(why is null ? 0 : 1, await shop.Scalar<int>($"select count(*) from audit_event where name = 'orders.sent-elsewhere' and entry like '%\"{why}\"%'"));

        // Of an address that stays in his book the buyer is told, even where the shop sends no mails after sessions.
        await Sessions.End(karim, inside);
        Assert.Equal(where is "kept" or "in the book before" ? 1 : 0, await shop.Scalar<int>("select count(*) from mail where kind = 'session-ended' and body like '%Added an address%'"));
    }

    [Fact]
    public async Task Abuse16_By_setting_an_order_of_a_session_to_an_unusual_address_waits_for_the_company()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        async Task<string> Order(string recipient)
        {
            await inside.Put("P-300", "1");
            var page = await inside.Submit(await inside.Get("/checkout"), "#checkout", [.. Elsewhere, ("Input.NewShipping.Recipient", recipient)]);
            var number = (await inside.Place(page)).OrderNumber();
            return $"{await shop.Scalar<string>($"select status from orders where number = '{number}'")} {number}";
        }

        Assert.StartsWith("placed", await Order("Karim Weiss"));
        await shop.Set(ShopSettings.HoldUnusual, "staff");
        Assert.StartsWith("placed", await Order("Building site"));
        Assert.StartsWith("waiting", await Order("Karim Weiss"));
        await shop.Set(ShopSettings.HoldUnusual, "always");
        var held = await Order("Building site");
        Assert.StartsWith("waiting", held);
        Assert.Equal(4, (await shop.Facts()).Count(name => name == "orders.sent-elsewhere"));
        var jonas = await shop.As("jonas");
        var page = await jonas.Get("/account/company/approvals");
        Assert.Contains("It goes to the name of who submitted it.", page.Text);
        Assert.Contains("It goes to an address that was not in your address book before.", page.Text);
        Assert.DoesNotContain("It is over", page.Text);
        await jonas.Post("/account/company/approvals", [("Input.Order", held.Split(' ')[1]), ("Input.Approve", "true")], from: "/account");
        Assert.Equal(3, await shop.Scalar<int>("select count(*) from orders where status = 'placed'"));

        // A company that has nobody to ask is not stopped by the shop's setting; supervisors are told, as ever.
        await shop.Sql("update membership set role = 'purchaser' where role = 'administrator'");
        Assert.StartsWith("placed", await Order("Building site"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from order_approval where why = 'mandate-amount'"));
    }

    [Fact]
    public async Task Abuse16_An_address_that_others_prepared_in_the_book_is_as_new_as_one_that_is_typed()
    {
        await using var shop = await TestShop.Start();
        await shop.Set(ShopSettings.HoldUnusual, "always");
        var earlier = await (await shop.As("karim")).Assisting("ines");
        var added = await earlier.Submit(
            await earlier.Get("/account/addresses/new"), "main form[method=post]", ("Input.Line1", "Waldweg 7"), ("Input.PostalCode", "24107"), ("Input.City", "Kiel"), ("Input.IsShipping", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, added.Status);
        var inside = await (await shop.As("tom")).Assisting("ines");
        async Task<string> Order()
        {
            await inside.Put("P-300", "1");
            var number = (await inside.Place(await inside.Submit(await inside.Get("/checkout"), "#checkout", Elsewhere))).OrderNumber();
            return await shop.Scalar<string>($"select status from orders where number = '{number}'");
        }

        Assert.Equal("waiting-for-approval", await Order());
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from mail where kind = 'session-alert' and subject like '%which waits for approval, to a new address%'"));

        // Goods that went there long ago, and that nobody of the customer disputed, make it known; a fresh order, or one that was reported, does not.
        await shop.Sql("update orders set status = 'placed'");
        Assert.Equal("waiting-for-approval", await Order());
        await shop.Age("orders", "placed_at", TimeSpan.FromDays(15), "status = 'placed'");
        Assert.Equal("placed", await Order());
        await shop.Sql("update orders set status = 'cancelled'");
        Assert.Equal("waiting-for-approval", await Order());

        // The customer takes the entry for his own.
        var ines = await shop.As("ines");
        var entry = await shop.Scalar<string>("select cast(id as text) from address where line1 = 'Waldweg 7'");
        await ines.Submit(await ines.Get($"/account/addresses/{entry}"), "main form[method=post]");
        Assert.Equal("placed", await Order());
    }

    [Fact]
    public async Task Abuse16_What_the_buyer_orders_himself_is_his_own_business_and_makes_an_address_known()
    {
        await using var shop = await TestShop.Start();
        await shop.Set(ShopSettings.AlertNewAddress, "false");
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Place(await ines.Submit(await ines.Get("/checkout"), "#checkout", Elsewhere));
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");
        await karim.Place(await karim.Submit(await karim.Get(inside + "/checkout"), "#checkout", Elsewhere));

        Assert.Equal(2, await shop.Scalar<int>("select count(*) from orders"));
        Assert.Equal(0, (await shop.Facts()).Count(name => name == "orders.sent-elsewhere"));
        Assert.Equal(0, await shop.Alerts(""));
    }

    [Fact]
    public async Task Abuse20_Who_leafs_through_many_customers_is_noticed_once_and_each_look_is_kept()
    {
        await using var shop = await TestShop.Start();
        await shop.Set(ShopSettings.AlertOpened, "3");
        var sam = await shop.As("sam");
        foreach (var path in new[] { "/staff/customers/N-1001", "/staff/customers/N-1002", "/staff/customers/N-1001", "/staff/customers/N-1002" })
        {
            await sam.Get(path);
        }

        Assert.Equal(0, await shop.Alerts("looked at"));
        await Task.WhenAll(sam.Get("/staff/customers/N-1003"), sam.Get("/staff/customers/N-1004"), sam.Get($"/staff/consumers/{Characters.MembershipIdOf("carla")}"));
        Assert.Equal(2, await shop.Alerts("Sam Okoye looked at 3 customers within an hour"));
        Assert.Equal(2, await shop.Alerts("looked at"));
        Assert.Equal(5, (await shop.Facts()).Count(name => name == "customers.opened"));

        // Of others nothing is counted, and what is not his is neither opened nor found.
        var rosa = await shop.As("rosa");
        await rosa.Get("/staff/customers/N-1001");
        await rosa.Get("/staff/customers/N-1002");
        Assert.Equal(6, (await shop.Facts()).Count(name => name == "customers.opened"));
        Assert.DoesNotContain("Nordlicht", (await rosa.Get("/staff/customers")).Html);
    }

    [Fact]
    public async Task Abuse21_Nothing_is_exported_in_a_session_and_exports_of_the_staff_are_noticed()
    {
        await using var shop = await TestShop.Start();
        await MatrixSample.Enter(shop);
        await shop.Set(ShopSettings.AlertExports, "2");
        var karim = await shop.As("karim");
        var inside = await karim.Assisting("jonas");
        var files = (await ListedEndpoint.All(shop)).Where(endpoint => endpoint.Pattern.EndsWith(".csv", StringComparison.Ordinal) || endpoint.Pattern.Contains("export", StringComparison.Ordinal)).ToList();
        Assert.InRange(files.Count, 3, 100);
        foreach (var file in files)
        {
            Assert.Equal(Delegation.Deny, file.Access?.Delegation);
            Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get(MatrixSample.PathOf(file.Pattern))).Status);
        }

        // Also nothing that answers as a file by another name.
        foreach (var endpoint in (await ListedEndpoint.All(shop)).Where(endpoint => endpoint.IsSafe && !endpoint.Pattern.StartsWith("picture", StringComparison.Ordinal)))
        {
            Assert.Null((await inside.Get(MatrixSample.PathOf(endpoint.Pattern))).Response.Content.Headers.ContentDisposition);
        }

        await karim.Get("/staff/orders.csv");
        Assert.Equal(0, await shop.Alerts("took"));
        await karim.Get("/staff/orders.csv");
        await karim.Get("/staff/orders.csv");
        Assert.Equal(2, await shop.Alerts("Karim Weiss took 2 lists away as files within an hour"));
        Assert.Equal(3, (await shop.Facts()).Count(name => name == "orders.exported"));
    }

    [Theory]
    [InlineData("karim", Mode.View)]
    [InlineData("karim", Mode.Order)]
    [InlineData("mira", Mode.Order)]
    public async Task Abuse22_No_page_of_a_session_shows_what_only_the_buyer_needs(string who, Mode mode)
    {
        await using var shop = await TestShop.Start();
        await MatrixSample.Enter(shop);
        var ines = await shop.As("ines");
        var actor = await shop.As(who);
        var inside = who == "mira" ? await actor.AssistingColleague("ines") : await actor.Assisting("ines", mode);
        await ines.Put("P-100", "2");
        var stamp = await shop.Scalar<string>("select password_hash from buyer where email like 'ines@%'");
        foreach (var endpoint in (await ListedEndpoint.All(shop)).Where(endpoint => endpoint.IsSafe))
        {
            var page = await inside.Get(MatrixSample.PathOf(endpoint.Pattern));
            string[] hidden = [Characters.Password, stamp, ines.Cookies["shop"], "ines@buyers.example", .. mode == Mode.View || !endpoint.Pattern.StartsWith("account/data", StringComparison.Ordinal) ? new[] { "555010" } : []];
            Assert.All(hidden, secret => Assert.False(page.Html.Contains(secret, StringComparison.Ordinal), $"{endpoint} shows {secret}"));
        }

        Assert.Contains("ines@buyers.example", (await ines.Get("/account/data")).Html);
    }

    private static string Id(TestShop shop, Guid id) => shop.Database.Kind == Data.DatabaseKind.Postgres ? $"'{id}'" : $"'{id.ToString().ToUpperInvariant()}'";
}
