using System.Net;
using System.Text.Json;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>To whose name orders stand, and who may change it.</summary>
public sealed class RepresentativeTests
{
    private const string First = "select coalesce((select s.first_name from staff s where s.id = o.sales_rep_id), '-') from orders o where o.number = '{0}'";

    [Fact]
    public async Task An_order_stands_to_the_name_of_the_seller_who_acted_else_of_the_contact()
    {
        await using var shop = await TestShop.Start();
        Assert.Equal("Karim", await Of(shop, await (await shop.As("ines")).Order()));
        Assert.Equal("Tom", await Of(shop, await (await (await shop.As("tom")).Assisting("ines")).Order()));
        Assert.Equal("Karim", await Of(shop, await (await (await shop.As("sam")).Assisting("ines")).Order()));
    }

    [Fact]
    public async Task Without_the_setting_what_the_customer_does_himself_stands_to_nobodys_name()
    {
        await using var shop = await TestShop.Start();
        await Set(shop, ShopSettings.KeepRepresentative, "false");
        Assert.Equal("-", await Of(shop, await (await shop.As("ines")).Order()));
        Assert.Equal("Tom", await Of(shop, await (await (await shop.As("tom")).Assisting("ines")).Order()));
    }

    [Fact]
    public async Task A_checkout_that_names_a_representative_or_an_operator_changes_nothing()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("tom")).Assisting("ines");
        await inside.Put("P-100", "2");
        var rosa = Characters.StaffIdOf("rosa").ToString();
        var names = new[] { "SalesRepId", "Input.SalesRepId", "Input.Representative", "Input.OperatorStaffId", "Input.Operator", "Input.Staff", "sales_rep_id", "Input.StaffGroup", "Input.Company", "Input.ApprovedBy" };
        var placed = await inside.Place(await inside.Get("/checkout"), [.. names.Select(name => (name, rosa))]);

        Assert.Equal(HttpStatusCode.SeeOther, placed.Status);
        Assert.Equal("Tom", await Of(shop, placed.OrderNumber()));
        Assert.Equal(1, await shop.Scalar<int>($"select count(*) from orders where operator_staff_id = '{Characters.StaffIdOf("tom")}' and staff_group = 'telesales' and company_number = 'N-1001'"));
    }

    [Fact]
    public async Task A_session_reaches_the_page_neither_by_form_nor_by_json()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var inside = await vera.Assisting("ines");
        var number = await inside.Order();
        var before = await Of(shop, number);
        var fields = new[] { ("Input.Orders", number), ("Input.Staff", Characters.StaffIdOf("rosa").ToString()), ("Input.Reason", "Because") };

        var posted = await inside.PostRaw("/admin/orders/representative", fields);
        Assert.NotEqual(HttpStatusCode.SeeOther, posted.Status);
        using var json = new HttpRequestMessage(HttpMethod.Post, inside.PathBase + "/admin/orders/representative")
        {
            Content = new StringContent(JsonSerializer.Serialize(fields.ToDictionary(field => field.Item1, field => field.Item2)), System.Text.Encoding.UTF8, "application/json"),
        };
        Assert.True((int)(await inside.Send(json)).Status >= 400);
        Assert.Equal(before, await Of(shop, number));
        Assert.DoesNotContain("orders.representative-changed", await shop.Facts());
    }

    [Fact]
    public async Task The_back_office_gives_many_orders_another_representative_with_a_reason()
    {
        await using var shop = await TestShop.Start();
        var (ines, vera) = (await shop.As("ines"), await shop.As("vera"));
        var (one, two) = (await ines.Order(), await ines.Order());
        var list = await vera.Get("/admin/orders");
        Assert.Equal(2, list.Document.QuerySelectorAll("input[name=order]").Length);
        Assert.Equal(["Karim Weiss", "Karim Weiss"], list.Document.QuerySelectorAll(".order-representative").Select(cell => cell.TextContent));

        var form = await vera.Get($"/admin/orders/representative?order={one}&order={two}");
        var rosa = ("Input.Staff", Characters.StaffIdOf("rosa").ToString());
        Assert.Contains("say why", (await vera.Submit(form, "#represent", rosa)).Text);
        Assert.Contains("Choose a staff member", (await vera.Submit(form, "#represent", ("Input.Reason", "Back from leave"))).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Submit(form, "#represent", ("Input.Staff", Characters.StaffIdOf("vera").ToString()), ("Input.Reason", "Mine"))).Status);
        Assert.Equal("Karim", await Of(shop, one));

        var done = await vera.Submit(form, "#represent", rosa, ("Input.Reason", "Back from leave"));
        Assert.Contains("2 orders have another representative", (await vera.Follow(done)).Text);
        Assert.Equal(["Rosa", "Rosa"], [await Of(shop, one), await Of(shop, two)]);
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "orders.representative-changed"));
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from orders where operator_staff_id is null"));

        // Again is no change, and nobody is one.
        Assert.Contains("0 orders", (await vera.Follow(await vera.Submit(form, "#represent", rosa, ("Input.Reason", "Again")))).Text);
        await vera.Submit(await vera.Get($"/admin/orders/representative?order={one}"), "#represent", ("Input.Staff", "nobody"), ("Input.Reason", "House account"));
        Assert.Equal("-", await Of(shop, one));
        Assert.Contains("Representative: nobody", (await vera.Get($"/admin/orders/{one}")).Text);
        Assert.Contains("House account", (await (await shop.As("ada")).Get($"/admin/audit?order={one}")).Text);
    }

    [Fact]
    public async Task Who_assigns_no_customers_chooses_no_representative_and_to_be_one_opens_nothing()
    {
        await using var shop = await TestShop.Start();
        var (karim, vera, rosa) = (await shop.As("karim"), await shop.As("vera"), await shop.As("rosa"));
        var number = await (await shop.As("ines")).Order();
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get($"/admin/orders/representative?order={number}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await vera.Get("/admin/orders/representative?order=SO-2000-1")).Status);
        await vera.Submit(await vera.Get($"/admin/orders/representative?order={number}"), "#represent", ("Input.Staff", Characters.StaffIdOf("rosa").ToString()), ("Input.Reason", "Shared deal"));
        Assert.Equal(HttpStatusCode.NotFound, (await rosa.Get($"/staff/orders/{number}")).Status);
        Assert.DoesNotContain(number, (await rosa.Get("/staff/orders?tab=team")).Text);
    }

    [Fact]
    public async Task A_supervisor_has_the_orders_of_the_team_and_files_name_the_representative()
    {
        await using var shop = await TestShop.Start();
        var (karim, vera) = (await shop.As("karim"), await shop.As("vera"));
        var (own, toms) = (await (await karim.Assisting("ines")).Order(), await (await (await shop.As("tom")).Assisting("ines")).Order());

        var team = await vera.Get("/staff/orders?tab=team");
        Assert.Contains(own, team.Text);
        Assert.DoesNotContain(toms, team.Text);
        Assert.Contains(toms, (await vera.Get("/staff/orders?tab=customers")).Text);
        Assert.Contains(own, (await vera.Get("/staff/orders?tab=team&q=Nordlicht")).Text);
        Assert.DoesNotContain("team", string.Concat((await karim.Get("/staff/orders")).Document.QuerySelectorAll(".nav-tabs a").Select(tab => tab.TextContent)));

        Assert.Contains("Ines Albrecht,Karim Weiss,field-sales,Karim Weiss,", (await vera.Get($"/staff/orders.csv?tab=team&q={own}")).Html);
        using var json = JsonDocument.Parse((await vera.Get("/staff/orders.json?tab=team")).Html);
        var order = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("Karim Weiss", order.GetProperty("representative").GetString());
        Assert.Equal("Karim Weiss", order.GetProperty("operator").GetString());
        Assert.Equal("field-sales", order.GetProperty("staffGroup").GetString());
        Assert.Equal("225.98", order.GetProperty("total").GetString());
    }

    [Fact]
    public async Task By_setting_staff_read_of_an_order_each_once_and_the_comment_says_who_placed_it()
    {
        await using var shop = await TestShop.Start();
        await Set(shop, ShopSettings.StaffCopy, "both");
        await Set(shop, ShopSettings.OriginInComment, "true");

        var number = await (await (await shop.As("karim")).Assisting("ines")).Order();
        var mail = await shop.Mail("order-staff-copy");
        Assert.Contains("karim@", mail.To);
        Assert.Contains("placed by Karim Weiss for Ines Albrecht", mail.Body);
        Assert.Contains("Customer: Nordlicht GmbH (N-1001)", mail.Body);
        Assert.Contains("Representative: Karim Weiss", mail.Body);
        Assert.Equal("Placed by Karim Weiss (field-sales) for Ines Albrecht. Reason: Order by telephone", await shop.Scalar<string>($"select comment from orders where number = '{number}'"));

        await (await (await shop.As("sam")).Assisting("ines")).Order();
        Assert.Equal(3, await shop.Scalar<int>("select count(*) from mail where kind = 'order-staff-copy'"));
        await (await shop.As("ines")).Order();
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders where comment is null and operator_staff_id is null and number in (select max(number) from orders)"));
    }

    private static Task<string> Of(TestShop shop, string number) => shop.Scalar<string>(First.Replace("{0}", number, StringComparison.Ordinal));

    private static Task Set(TestShop shop, Setting setting, string value) =>
        shop.Sql($"insert into setting (name, value, changed_at, changed_by) values ('{setting.Name}', '{value}', {shop.Database.Now}, 'test')");
}
