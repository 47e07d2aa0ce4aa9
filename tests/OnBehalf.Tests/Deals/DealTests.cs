using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Deals;

/// <summary>How far staff go below the prices of the shop by themselves, and what they ask for beyond it. P-100 costs Ines 90.00, and 85.00 from ten on.</summary>
public sealed class DealTests
{
    [Fact]
    public async Task Limits_are_kept_in_the_Back_Office_with_before_and_after_in_the_log()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        Assert.Contains("None yet.", (await ada.Get("/admin/deal-limits")).Text, StringComparison.Ordinal);
        await Limit(ada, ("Name", "Reps"), ("Role", "sales-rep"), ("MostOff", "10"));
        var list = await ada.Get("/admin/deal-limits");
        Assert.Contains("Sales rep: at most 10 % off", System.Text.RegularExpressions.Regex.Replace(list.Text, @"\s+", " "), StringComparison.Ordinal);
        var page = await ada.Get(list.Document.QuerySelector("main a.fw-bold, a.fw-bold")!.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(page, "#limit", ("Input.MostOff", "15"), ("Input.Category", "tools"), ("Input.From", "1000.00"))).Status);

        // Whoever still has the page as it was changes nothing.
        var late = await ada.Submit(page, "#limit", ("Input.MostOff", "50"));
        Assert.Contains("Somebody else has changed this limit", late.Text, StringComparison.Ordinal);
        Assert.Equal(150_000, await shop.Scalar<int>("select most_off_millionths from deal_limit"));
        var now = await ada.Get(page.Path);
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Post(page.Path + "?handler=remove", [("Input.Version", now.Document.QuerySelector("[name='Input.Version']")!.GetAttribute("value")!)], page.Path)).Status);
        Assert.Equal(0, await shop.Scalar<int>("select cast(count(*) as integer) from deal_limit"));
        Assert.Equal(["deals.limit-added", "deals.limit-changed", "deals.limit-removed"], (await shop.Facts()).Where(fact => fact.StartsWith("deals.", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Get(page.Path)).Status);
    }

    [Theory]
    [InlineData("Name", "", "Name: up to")]
    [InlineData("Role", "owner", "Role: choose")]
    [InlineData("CustomerGroup", "none-such", "Customer group: choose")]
    [InlineData("Category", "none-such", "Category: choose")]
    [InlineData("MostOff", "101", "At most off: from 0 to 100")]
    [InlineData("Month", "1,5", "In a month: an amount")]
    public async Task What_is_no_limit_is_told_at_its_field_and_changes_nothing(string field, string value, string told)
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        (string Name, string Value)[] good = [("Name", "Reps"), ("MostOff", "10")];
        var page = await ada.Submit(await ada.Get("/admin/deal-limits"), "#new", [.. good.Where(one => one.Name != field).Append((field, value)).Select(one => ("Input." + one.Item1, one.Item2))]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(told, page.Document.QuerySelector("#new .invalid-feedback")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await shop.Scalar<int>("select cast(count(*) as integer) from deal_limit"));
    }

    [Fact]
    public async Task A_rep_sees_how_far_he_may_go_and_goes_no_further()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        Assert.DoesNotContain("by yourself", (await inside.Get("/cart")).Text, StringComparison.Ordinal);
        await Limit(ada, ("Name", "Reps"), ("Role", "sales-rep"), ("MostOff", "10"));
        Assert.Contains("Down to 81.00 EUR by yourself", Plain(await inside.Get("/cart"), ".price-floor"), StringComparison.Ordinal);

        var refused = await Agree(inside, "80.99");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("P-100: by yourself you may go down to 81.00 EUR", Plain(refused, ".price-fields .invalid-feedback"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Agree(inside, "81")).Status);

        // A discount on the whole cart would go below it.
        var discount = await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Discount", "1.00"), ("Input.DiscountReason", "loyalty"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, discount.Status);
        Assert.Contains("down to 81.00 EUR", Plain(discount, "#terms-Discount-error"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Agree(inside, "85")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Discount", "8.00"), ("Input.DiscountReason", "loyalty"))).Status);
        await inside.Place(await inside.Get("/checkout"));
        Assert.Equal(1, await shop.Scalar<int>("select cast(count(*) as integer) from orders"));
    }

    [Fact]
    public async Task A_limit_that_came_later_stops_the_order()
    {
        await using var shop = await TestShop.Start();
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        await Agree(inside, "50");
        var checkout = await inside.Get("/checkout");
        await shop.Sql("update product set cost_minor = 6000 where sku = 'P-100'");
        await Limit(await shop.As("ada"), ("Name", "Margin"), ("LeastMargin", "20"));
        var stopped = await inside.Place(checkout);
        Assert.Contains("P-100: by yourself you may go down to 75.00 EUR", stopped.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("60.00", Plain(await inside.Get("/cart"), ".price-floor"), StringComparison.Ordinal);
        Assert.Equal(0, await shop.Scalar<int>("select cast(count(*) as integer) from orders"));
    }

    [Fact]
    public async Task A_price_beyond_the_limit_waits_is_approved_agreed_and_ordered()
    {
        await using var shop = await TestShop.Start();
        await Limit(await shop.As("ada"), ("Name", "Reps"), ("Role", "sales-rep"), ("MostOff", "10"), ("Month", "100.00"), ("Currency", "EUR"));
        await Limit(await shop.As("ada"), ("Name", "Supervisors"), ("Role", "supervisor"), ("MostOff", "30"));
        var (inside, vera) = (await Karim(shop), await shop.As("vera"));
        await inside.Put("P-100", "2");
        Assert.Equal(HttpStatusCode.SeeOther, (await Ask(inside, "70")).Status);
        Assert.Contains("70.00 EUR waits for approval", Plain(await inside.Get("/cart"), ".price-asked"), StringComparison.Ordinal);
        Assert.Contains("90.00 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);
        Assert.Contains("70.00 EUR waits for approval", (await inside.Place(await inside.Get("/checkout"))).Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(1, await shop.Scalar<int>("select cast(count(*) as integer) from mail where kind = 'deal-asked' and to_address = 'vera@onbehalf.example'"));

        var page = await vera.Get("/staff/deals");
        Assert.Contains("70.00 EUR instead of 90.00 EUR for 2: 22.2 % off, 40.00 EUR in all.", page.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Decide(vera, "approve")).Status);
        Assert.Contains("has approved the price that you asked for: 70.00 EUR for P-100", (await shop.Mail("deal-decided")).Body, StringComparison.Ordinal);

        var cart = await inside.Get("/cart");
        Assert.Contains("70.00 EUR is approved by Vera Blum, from 2 on.", Plain(cart, ".price-asked"), StringComparison.Ordinal);
        var press = cart.Document.QuerySelector(".price-asked button[name='Input.Deal']")!.GetAttribute("value")!;

        // For fewer it does not count.
        Assert.Contains("does not count any more, or for fewer", (await inside.Submit(cart, "#cart", ("Input.Lines[0].Quantity", "1"), ("Input.Deal", press))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Deal", press))).Status);
        Assert.Contains("70.00 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);
        await inside.Place(await inside.Get("/checkout"));
        Assert.Equal("7000 9000 Vera", await shop.Scalar<string>(
            "select cast(l.price_minor as text) || ' ' || cast(l.regular_price_minor as text) || ' ' || s.first_name from order_line l join staff s on s.id = l.approved_by_id"));

        // What was approved is not of the month of who asked.
        await inside.Put("P-100", "2");
        Assert.Contains("Given away this month: 0.00 EUR of 100.00 EUR.", Plain(await inside.Get("/cart"), "#month"), StringComparison.Ordinal);
        Assert.Equal(["deals.asked", "deals.approved"], (await shop.Facts()).Where(fact => fact.StartsWith("deals.", StringComparison.Ordinal) && !fact.Contains("limit", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Another_price_is_offered_or_none_and_nobody_decides_twice_or_his_own()
    {
        await using var shop = await TestShop.Start();
        await Limit(await shop.As("ada"), ("Name", "Reps"), ("Role", "sales-rep"), ("MostOff", "5"));
        await Limit(await shop.As("ada"), ("Name", "Supervisors"), ("Role", "supervisor"), ("MostOff", "20"));
        var (inside, vera) = (await Karim(shop), await shop.As("vera"));
        await inside.Put("P-100", "1");
        await Ask(inside, "60");

        // She goes down to 72.00 herself.
        Assert.Contains("You approve prices down to 72.00 EUR here", (await Decide(vera, "approve")).Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("above 60.00 EUR, which was asked for, and below 90.00 EUR", (await Decide(vera, "counter", ("Input.Price", "95"))).Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("Note: say why not", (await Decide(vera, "decline")).Text, StringComparison.Ordinal);
        var open = await vera.Get("/staff/deals");
        Assert.Equal(HttpStatusCode.SeeOther, (await Decide(vera, "counter", ("Input.Price", "75"), ("Input.Note", "Not below 75"))).Status);
        Assert.Contains("Somebody has decided this meanwhile", (await vera.Submit(open, ".deal-answer", ("Input.Action", "decline"), ("Input.Note", "no"))).Text, StringComparison.Ordinal);
        Assert.Contains("75.00 EUR is approved by Vera Blum, from 1 on. “Not below 75”", Plain(await inside.Get("/cart"), ".price-asked"), StringComparison.Ordinal);

        // He does not decide, and she not about her own.
        await shop.Sql("update deal set status = 'waiting', staff_id = (select id from staff where email = 'vera@onbehalf.example')");
        Assert.Contains("somebody else has to decide", (await vera.Submit(open, ".deal-answer", ("Input.Action", "approve"))).Text, StringComparison.Ordinal);
        var karim = await shop.As("karim");
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post("/staff/deals", [("Input.Id", await shop.Scalar<string>("select lower(cast(id as text)) from deal")), ("Input.Action", "approve")])).Status);

        await Ask(inside, "50");
        Assert.Equal(HttpStatusCode.SeeOther, (await Decide(vera, "decline", ("Input.Note", "Below what we pay"))).Status);
        Assert.Contains("was declined by Vera Blum: “Below what we pay”", Plain(await inside.Get("/cart"), ".price-asked"), StringComparison.Ordinal);
        await Ask(inside, "55");
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Post("/cart?handler=takeback", [("Input.Deal", await shop.Scalar<string>("select lower(cast(id as text)) from deal where asked_minor = 5500"))], "/cart")).Status);
        Assert.Equal("taken-back", await shop.Scalar<string>("select status from deal where asked_minor = 5500"));
    }

    [Fact]
    public async Task The_month_of_a_person_is_counted_over_his_orders()
    {
        await using var shop = await TestShop.Start();
        await Limit(await shop.As("ada"), ("Name", "Reps"), ("MostOff", "20"), ("Month", "25.00"), ("Currency", "EUR"));
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        await Agree(inside, "80");
        await inside.Place(await inside.Get("/checkout"));
        await inside.Put("P-100", "1");
        Assert.Contains("Given away this month: 20.00 EUR of 25.00 EUR.", Plain(await inside.Get("/cart"), "#month"), StringComparison.Ordinal);
        Assert.Contains("You have given 20.00 EUR, and this cart would add 10.00 EUR", (await Agree(inside, "80")).Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Agree(inside, "85")).Status);

        // Sending for nothing is known to cost 9.90 less when it is ordered.
        await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Terms", "free"));
        Assert.Contains("this cart would add 14.90 EUR", (await inside.Place(await inside.Get("/checkout"))).Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Terms", "shipping"));
        await inside.Place(await inside.Get("/checkout"));
        Assert.Equal(2, await shop.Scalar<int>("select cast(count(*) as integer) from orders"));
    }

    [Theory]
    [InlineData("somebody else's approval")]
    [InlineData("for another customer")]
    [InlineData("for another article")]
    [InlineData("too late")]
    [InlineData("only asked for")]
    public async Task An_approval_counts_for_whom_and_what_it_was_given(string why)
    {
        await using var shop = await TestShop.Start();
        await Limit(await shop.As("ada"), ("Name", "Reps"), ("Role", "sales-rep"), ("MostOff", "5"));
        var (inside, ada) = (await Karim(shop), await shop.As("ada"));
        await inside.Put("P-100", "1");
        await Ask(inside, "60");
        if (why != "only asked for")
        {
            await Decide(ada, "approve");
        }

        var deal = await shop.Scalar<string>("select lower(cast(id as text)) from deal");
        await shop.Sql(why switch
        {
            "somebody else's approval" => "update deal set staff_id = (select id from staff where email = 'rosa@onbehalf.example')",
            "for another customer" => "update deal set membership_id = (select m.id from membership m join buyer b on b.id = m.buyer_id where b.first_name = 'Jonas')",
            "for another article" => "update deal set product_id = (select id from product where sku = 'P-300')",
            "too late" => $"update deal set until = {(shop.Database.Kind == OnBehalf.Data.DatabaseKind.Postgres ? "timestamptz '2020-01-01'" : "0")}",
            _ => "update deal set status = status",
        });
        var cart = await inside.Get("/cart");
        var refused = await inside.Submit(cart, "#cart", ("Input.Deal", $"{cart.Product("P-100")}:{deal}"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(0, await shop.Scalar<int>("select cast(count(*) as integer) from cart_line where agreed_minor is not null"));
    }

    private static async Task<Answer> Agree(Visitor inside, string price) =>
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Price", price), ("Input.Lines[0].Reason", "price-match"));

    private static async Task<Answer> Ask(Visitor inside, string price)
    {
        var cart = await inside.Get("/cart");
        return await inside.Submit(cart, "#cart", ("Input.Lines[0].Price", price), ("Input.Lines[0].Reason", "price-match"), ("Input.Ask", cart.Product("P-100")));
    }

    private static async Task<Answer> Decide(Visitor decider, string action, params (string Name, string Value)[] fields) =>
        await decider.Submit(await decider.Get("/staff/deals"), ".deal-answer", [("Input.Action", action), .. fields]);

    private static async Task Limit(Visitor ada, params (string Name, string Value)[] fields) => Assert.Equal(
        HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get("/admin/deal-limits"), "#new", [.. fields.Select(field => ("Input." + field.Name, field.Value))])).Status);

    private static string Plain(Answer page, string selector) => page.Document.QuerySelector(selector)?.TextContent.Replace('\u00A0', ' ') ?? "";

    private static async Task<Visitor> Karim(TestShop shop)
    {
        await shop.Sql("update staff set may_adjust_prices = true where email = 'karim@onbehalf.example'");
        return await (await shop.As("karim")).Assisting("ines");
    }
}
