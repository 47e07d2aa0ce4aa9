using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Orders;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>One checkout is one order, whatever happens on the way; and in a session it says who placed it for whom.</summary>
public sealed class PlacingTests
{
    [Fact]
    public async Task Twenty_posts_of_one_checkout_are_one_order_one_mail_and_one_fact()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var checkout = await ines.Get("/checkout");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ines.Place(checkout)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.Status));
        Assert.Single(answers.Select(answer => answer.Location).Distinct());
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from mail"));
        Assert.Single(await shop.Facts(), "orders.placed");
        Assert.Equal(1, await shop.Scalar<int>("select order_count from company where number = 'N-1001'"));
    }

    [Fact]
    public async Task Two_pages_of_one_cart_are_one_order()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var (first, second) = (await ines.Get("/checkout"), await ines.Get("/checkout"));

        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Place(first)).Status);
        var answer = await ines.Place(second);

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("There is nothing in the cart to order.", answer.Text);
        Assert.NotNull(answer.Document.QuerySelector("a[href='/account/orders']"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
    }

    [Fact]
    public async Task A_key_that_was_used_places_nothing_with_other_content()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var checkout = await ines.Get("/checkout");
        await ines.Place(checkout);

        var answer = await ines.Place(checkout, ("Input.Comment", "and one more thing"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("already sent with other content", answer.Text);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
    }

    [Fact]
    public async Task A_crash_before_the_end_leaves_nothing_and_the_same_form_then_places_one_order()
    {
        var crashes = 1;
        await using var shop = await TestShop.Start(builder => builder.Services.AddSingleton(FactHandler.On<OrderPlaced>(
            "crash", (_, _) => Interlocked.Decrement(ref crashes) >= 0 ? throw new InvalidOperationException("The plug was pulled.") : Task.CompletedTask)));
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var checkout = await ines.Get("/checkout");
        string[] tables = ["cart", "cart_line", "orders", "order_line", "mail", "idempotency", "company", "audit_event"];
        var before = await shop.Dump(tables);

        Assert.Equal(HttpStatusCode.InternalServerError, (await ines.Place(checkout)).Status);
        Assert.Equal(before, await shop.Dump(tables));

        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Place(checkout)).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
    }

    [Fact]
    public async Task An_order_out_of_a_session_names_both_people_everywhere()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        await inside.Put("P-100", "2");
        var checkout = await inside.Get("/checkout");
        Assert.Contains("placed by Karim Weiss for Ines Albrecht", checkout.Text);
        var placed = await inside.Place(checkout);
        var number = placed.OrderNumber();
        const string both = "placed by Karim Weiss for Ines Albrecht";

        Assert.StartsWith(inside.PathBase + "/account/orders/", placed.Location);
        Assert.Equal(both, (await inside.Follow(placed)).Document.QuerySelector("#placed-by")!.TextContent);
        var ines = await shop.As("ines");
        Assert.Equal(both, (await ines.Get($"/account/orders/{number}")).Document.QuerySelector("#placed-by")!.TextContent);
        Assert.Contains(both, (await ines.Get($"/account/orders/{number}/print")).Text);
        Assert.Contains(both, (await ines.Get("/account/orders")).Text);
        var desk = await karim.Get($"/staff/orders/{number}");
        Assert.Equal(both, desk.Document.QuerySelector("#placed-by")!.TextContent);
        Assert.Contains("Reason: Order by telephone · Group: field-sales", desk.Text);
        var mail = await shop.Mail("order-placed");
        Assert.Contains("ines@", mail.To);
        Assert.Equal($"Your order {number}", mail.Subject);
        Assert.Contains("This order was placed by Karim Weiss for Ines Albrecht.", mail.Body);
        Assert.Contains("2 x Cordless drill 18 V (P-100)", mail.Body);
        Assert.Contains("90.00 EUR, Dealer prices: 180.00 EUR", mail.Body);
        Assert.Contains("Total: 225.98 EUR", mail.Body);
        Assert.Equal(1, await shop.Scalar<int>(
            $"select count(*) from orders where operator_staff_id is not null and staff_group = 'field-sales' and session_id is not null and reason_code = 'phone-order' and operator_name = 'Karim Weiss' and number = '{number}'"));
        Assert.Equal(1, await shop.Scalar<int>(
            "select count(*) from orders o join audit_event e on e.id = o.audit_event_id where e.order_id = o.id and e.session_id = o.session_id and o.operator_staff_id = (select k.person_id from person_key k where k.ref = e.operator_staff_ref) and e.name = 'orders.placed'"));
    }

    [Fact]
    public async Task Pitfall16_An_order_outside_a_session_carries_no_operator()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("ines")).Order();

        Assert.Equal(1, await shop.Scalar<int>(
            "select count(*) from orders where operator_staff_id is null and operator_buyer_id is null and operator_name is null and session_id is null and reason_code is null"));
        Assert.Contains("This order was placed by Ines Albrecht.", (await shop.Mail("order-placed")).Body);
    }

    [Fact]
    public async Task A_session_can_complete_the_buyers_cart_as_it_is()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Put("P-300", "1");
        var karim = await (await shop.As("karim")).Assisting("ines");

        var placed = await karim.Place(await karim.Get("/checkout"));

        Assert.Equal(HttpStatusCode.SeeOther, placed.Status);
        Assert.Equal("placed by Karim Weiss for Ines Albrecht", (await karim.Follow(placed)).Document.QuerySelector("#placed-by")!.TextContent);
        Assert.Empty((await ines.Get("/cart")).Lines());
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart where base_cart_id is not null"));
    }

    [Fact]
    public async Task Pitfall14_An_order_of_a_branch_takes_its_lines_and_leaves_what_the_buyer_added_meanwhile()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "5");
        await ines.Put("P-300", "2");
        var karim = await (await shop.As("karim")).Assisting("ines");
        var page = await karim.Get("/cart");
        await karim.Submit(page, "#cart", ("Input.Lines[0].Quantity", "3"), ("Input.Remove", page.Product("P-300")));
        await ines.Put("P-200", "7");
        await ines.Put("P-100", "1");

        var placed = await karim.Place(await karim.Get("/checkout"));

        Assert.Equal(HttpStatusCode.SeeOther, placed.Status);
        Assert.Equal(["P-100 3", "P-300 2", "P-200 7"], (await ines.Get("/cart")).Lines());
        Assert.Equal(["P-100 3", "P-300 2", "P-200 7"], (await karim.Get("/cart")).Lines());
        Assert.Equal("placed", await shop.Scalar<string>("select status from cart where base_cart_id is not null"));
    }

    [Fact]
    public async Task Pitfall02_An_order_placed_for_a_customer_is_the_customers()
    {
        await using var shop = await TestShop.Start();
        await (await (await shop.As("vera")).Assisting("paul")).Order("P-300", "1");

        Assert.Equal(
            $"{Characters.MembershipIdOf("paul")} {Characters.Sudwind}".ToUpperInvariant(),
            (await shop.Scalar<string>("select cast(membership_id as text) || ' ' || cast(company_id as text) from orders")).ToUpperInvariant());
    }

    [Fact]
    public async Task A_session_that_may_fill_carts_but_not_order_places_nothing()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("ines")).Put("P-100", "1");
        var karim = await (await shop.As("karim")).Assisting("ines", Mode.Cart);

        Assert.Contains("This session may not place orders.", (await karim.Get("/cart")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get("/checkout")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post("/checkout", [("Input.Place", "true")], from: "/cart")).Status);
        Assert.Equal("", await shop.Dump("orders"));
    }

    [Fact]
    public async Task A_session_that_was_ended_while_the_checkout_stood_open_places_nothing()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("ines")).Put("P-100", "1");
        var karim = await (await shop.As("karim")).Assisting("ines");
        var checkout = await karim.Get("/checkout");
        await shop.Sql("update assisted_session set status = 'ended'");

        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Place(checkout)).Status);
        Assert.Equal("", await shop.Dump("orders"));
    }

    [Fact]
    public async Task The_company_knows_how_often_and_when_last_it_ordered()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Order();
        await ines.Order();

        Assert.Equal(2, await shop.Scalar<int>("select order_count from company where number = 'N-1001'"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from company c where last_order_at = (select max(placed_at) from orders where company_id = c.id)"));
    }
}
