using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Assistance;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Commissions;

/// <summary>Commissions through the shop: rules in the Back Office, entries with the facts of orders, statements, and who reaches none of it.</summary>
public sealed class CommissionLedgerTests
{
    private const string Rules = "/admin/commissions";
    private const string PayOuts = "/admin/commissions/pay-outs";
    private const string Mine = "/staff/commissions";

    [Fact]
    public async Task An_order_earns_with_its_placing_is_earned_when_paid_and_reversed_when_it_comes_back()
    {
        await using var shop = await TestShop.Start();
        var (ada, vera, karim) = (await shop.As("ada"), await shop.As("vera"), await shop.As("karim"));
        await Rule(ada);
        var number = await (await karim.Assisting("ines")).Order("P-100", "10");
        var net = await shop.Scalar<long>("select lines_minor - discount_minor from orders");
        Assert.Equal(net / 20, await Balance(shop, "accrued"));
        Assert.Equal(net, await shop.Scalar<long>("select base_minor from commission_entry"));

        foreach (var step in new[] { "shipped", "invoiced" })
        {
            await Step(vera, number, step);
        }

        Assert.Equal((net / 20, 0), (await Balance(shop, "accrued"), await Balance(shop, "earned")));
        await Step(vera, number, "paid");
        Assert.Equal((0, net / 20), (await Balance(shop, "accrued"), await Balance(shop, "earned")));
        await Step(vera, number, "returned", ("Input.Parts[1]", "4"), ("Input.Reason", "damaged"));
        Assert.Equal((0, net / 20 * 6 / 10), (await Balance(shop, "accrued"), await Balance(shop, "earned")));

        var page = await karim.Get(Mine);
        Assert.Equal(["Reversed", "Earned", "Accrued"], page.Document.QuerySelectorAll("#entries tbody tr td:nth-child(3)").Select(cell => cell.FirstChild!.TextContent));
        Assert.Contains("Field sales, version 1", page.Text);
        Assert.DoesNotContain("Nordlicht", page.Text.Split("No commissions")[0].Split("Commissions of Karim Weiss")[1]);
        Assert.Contains($"accrued,earned,{net / 20 / 100}.{net / 20 % 100:00},EUR", (await karim.Get("/staff/commissions.csv")).Html);
        Assert.Contains("commissions.exported", await shop.Facts());
        using var json = JsonDocument.Parse((await karim.Get("/staff/commissions.json")).Html);
        Assert.Equal($"{net / 20 * 6 / 10 / 100}.{net / 20 * 6 / 10 % 100:00}", json.RootElement.GetProperty("balances")[0].GetProperty("earned").GetString());
        Assert.Equal("representative", json.RootElement.GetProperty("entries")[2].GetProperty("as").GetString());
        Assert.Contains("No commissions in this month", (await karim.Get(Mine + "?month=2020-01")).Text);
    }

    [Fact]
    public async Task Shipped_earns_where_the_rule_says_so_and_what_is_cancelled_is_reversed_in_part()
    {
        await using var shop = await TestShop.Start();
        var (ada, vera) = (await shop.As("ada"), await shop.As("vera"));
        await Rule(ada, ("Input.Earned", "shipped"));
        var number = await (await (await shop.As("karim")).Assisting("ines")).Order("P-100", "10");
        var all = await Balance(shop, "accrued");
        await Step(vera, number, "shipped", ("Input.Parts[1]", "5"));
        Assert.Equal((all / 2, all / 2), (await Balance(shop, "accrued"), await Balance(shop, "earned")));
        await Step(vera, number, "cancelled", ("Input.Parts[1]", "5"), ("Input.Reason", "not-available"));
        Assert.Equal((0, all / 2), (await Balance(shop, "accrued"), await Balance(shop, "earned")));
        Assert.Equal(0L, await shop.Scalar<long>(
            "select sum(case when to_account = 'shop' then amount_minor when from_account = 'shop' then -amount_minor else 0 end) + sum(case when to_account <> 'shop' then amount_minor else 0 end) - sum(case when from_account <> 'shop' then amount_minor else 0 end) from commission_entry"));
    }

    [Fact]
    public async Task A_rule_is_stored_as_another_version_and_orders_keep_the_one_that_they_have()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim) = (await shop.As("ada"), await shop.As("karim"));
        await Rule(ada);
        var inside = await karim.Assisting("ines");
        await inside.Order();
        var form = await ada.Get((await ada.Get(Rules)).Document.QuerySelector("#rules a")!.GetAttribute("href")!);
        Assert.Equal("5", form.Document.QuerySelector("[name='Input.Share']")!.GetAttribute("value"));
        await ada.Submit(form, "#rule", ("Input.Share", "10"));
        await inside.Order();
        await ada.Submit(await ada.Get((await ada.Get(Rules)).Document.QuerySelector("#rules a")!.GetAttribute("href")!), "#rule", ("Input.IsOn", "false"));
        await inside.Order();
        Assert.Equal(2L, await shop.Scalar<long>("select count(*) from commission_entry"));
        Assert.Equal(1L, await shop.Scalar<long>("select count(*) from commission_entry e join commission_entry f on f.rule_version = 2 where e.rule_version = 1 and f.amount_minor = 2 * e.amount_minor"));

        // Who had the page open before is told, and stores nothing.
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(form, "#rule", ("Input.Share", "50"))).Status);
        Assert.Equal(3L, await shop.Scalar<long>("select max(version) from commission_rule"));
        Assert.Equal(3, (await shop.Facts()).Count(fact => fact == "commissions.rule-changed"));
    }

    [Theory]
    [InlineData("Input.Name", "", "Name: please type one")]
    [InlineData("Input.Share", "101", "Share: type a percentage")]
    [InlineData("Input.Basis", "profit", "Of what: choose one")]
    [InlineData("Input.Earned", "never", "Earned when: choose one")]
    [InlineData("Input.Staff", "me", "Staff member: choose one")]
    [InlineData("Input.Group", "nobody-here", "Group: choose one")]
    [InlineData("Input.Category", "no-such", "Category: choose one")]
    [InlineData("Input.Customer", "N-9999", "there is no company with this number")]
    public async Task A_rule_that_cannot_be_is_refused_at_its_field(string field, string value, string words)
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var refused = await ada.Submit(await ada.Get(Rules), "#new", With((field, value)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(words, refused.Text);
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from commission_rule"));
    }

    [Fact]
    public async Task Rules_are_for_a_person_a_group_a_customer_and_a_category_with_all_below_it()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim) = (await shop.As("ada"), await shop.As("karim"));
        var category = await shop.Scalar<string>("select coalesce((select g.code from category g where g.id = c.parent_id), c.code) from product p join category c on c.id = p.category_id where p.sku = 'P-100'");
        await Rule(ada, ("Input.Share", "1"), ("Input.Category", category));
        var inside = await karim.Assisting("ines");
        foreach (var (share, field, value) in new[] { ("2", "Input.Customer", "N-1001"), ("3", "Input.Group", "field-sales"), ("4", "Input.Staff", Characters.StaffIdOf("karim").ToString()) })
        {
            await inside.Order();
            await Rule(ada, ("Input.Share", share), (field, value));
        }

        await inside.Order();
        await (await (await shop.As("tom")).Assisting("ines")).Order();
        Assert.Equal(
            [10_000, 20_000, 20_000, 30_000, 40_000],
            (await Task.WhenAll(Enumerable.Range(0, 5).Select(i => shop.Scalar<int>($"select r.share_millionths from commission_entry e join commission_rule r on r.id = e.rule_id order by r.share_millionths limit 1 offset {i}")))).AsEnumerable());
    }

    [Fact]
    public async Task Another_representative_takes_the_order_over_from_its_beginning()
    {
        await using var shop = await TestShop.Start();
        var (ada, vera) = (await shop.As("ada"), await shop.As("vera"));
        await Rule(ada, ("Input.Earned", "shipped"));
        var number = await (await (await shop.As("karim")).Assisting("ines")).Order("P-100", "10");
        await Step(vera, number, "shipped", ("Input.Parts[1]", "5"));
        var earned = await Balance(shop, "earned");
        await vera.Submit(await vera.Get($"/admin/orders/representative?order={number}"), "#represent", ("Input.Staff", Characters.StaffIdOf("rosa").ToString()), ("Input.Reason", "Shared deal"));
        Assert.Equal((0, 0), (await Balance(shop, "accrued", "karim"), await Balance(shop, "earned", "karim")));
        Assert.Equal((earned, earned), (await Balance(shop, "accrued", "rosa"), await Balance(shop, "earned", "rosa")));
        Assert.Contains("another representative", (await (await shop.As("rosa")).Get(Mine)).Text);
        await Step(vera, number, "shipped");
        Assert.Equal((0, 2 * earned), (await Balance(shop, "earned", "karim"), await Balance(shop, "earned", "rosa")));
    }

    [Fact]
    public async Task Who_places_an_order_for_anothers_customer_takes_his_part_from_the_representative_and_a_leader_has_hers_beside_it()
    {
        await using var shop = await TestShop.Start();
        var (ada, vera) = (await shop.As("ada"), await shop.As("vera"));
        await Rule(ada);
        await Rule(ada, ("Input.Name", "Help"), ("Input.Share", "30"), ("Input.Part", "assistant"), ("Input.Basis", "commission"));
        await Rule(ada, ("Input.Name", "Team"), ("Input.Share", "10"), ("Input.Part", "leader"), ("Input.Basis", "commission"), ("Input.Staff", Characters.StaffIdOf("vera").ToString()), ("Input.Group", "field-sales"));
        var number = await (await (await shop.As("sam")).Assisting("ines")).Order("P-100", "10");
        var whole = await shop.Scalar<long>("select (lines_minor - discount_minor) / 20 from orders");
        var (karim, sam, leader) = (await Balance(shop, "accrued", "karim"), await Balance(shop, "accrued", "sam"), await Balance(shop, "accrued", "vera"));
        Assert.Equal(whole, karim + sam);
        Near(whole * 3 / 10, sam);
        Near(whole / 10, leader);
        Assert.Equal(whole, await shop.Scalar<long>($"select base_minor from commission_entry where staff_id = '{Characters.StaffIdOf("sam")}'"));

        // Half of it is cancelled: everybody loses half.
        await Step(vera, number, "cancelled", ("Input.Parts[1]", "5"), ("Input.Reason", "not-available"));
        Near(karim / 2, await Balance(shop, "accrued", "karim"));
        Near(sam / 2, await Balance(shop, "accrued", "sam"));
        Near(leader / 2, await Balance(shop, "accrued", "vera"));

        // To another's name: his team has no leader, and who assisted keeps a part of what he has now.
        await vera.Submit(await vera.Get($"/admin/orders/representative?order={number}"), "#represent", ("Input.Staff", Characters.StaffIdOf("tom").ToString()), ("Input.Reason", "Shared deal"));
        Assert.Equal((0, 0), (await Balance(shop, "accrued", "karim"), await Balance(shop, "accrued", "vera")));
        Near(whole / 2, await Balance(shop, "accrued", "tom") + await Balance(shop, "accrued", "sam"));

        // Half a cent is rounded for each by himself.
        static void Near(long expected, long minor) => Assert.InRange(minor, expected - 1, expected + 1);
    }

    [Fact]
    public async Task Who_acted_for_a_customer_lately_has_assisted_with_what_he_orders_himself()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines, tom) = (await shop.As("ada"), await shop.As("ines"), await shop.As("tom"));
        await Rule(ada, ("Input.Name", "Help"), ("Input.Share", "1"), ("Input.Part", "assistant"), ("Input.Window", "3"));
        await Rule(ada, ("Input.Name", "Orders himself"), ("Input.Share", "2"), ("Input.Channel", "self-service"));
        await ines.Order();
        Assert.Equal((0, true), (await Balance(shop, "accrued", "tom"), await Balance(shop, "accrued", "karim") > 0));
        await (await tom.Assisting("ines")).Put("P-100", "1");
        await ines.Order();
        var once = await Balance(shop, "accrued", "tom");
        Assert.True(once > 0);
        var form = await ada.Get(Rules);
        form.Document.QuerySelector("#new")!.SetAttribute("action", form.Document.QuerySelector("#new button[formaction]")!.GetAttribute("formaction")!);
        Assert.Contains("Tom", (await ada.Submit(form, "#new", With(("Input.Share", "3"), ("Input.Part", "assistant"), ("Input.Customer", "N-1001"), ("Input.Window", "90")))).Document.QuerySelector("#trial")!.TextContent);

        // Three days and a minute later it no longer counts; nor does who only looked, however lately.
        await shop.Age("assisted_session", "started_at", TimeSpan.FromMinutes(4_321));
        await (await (await shop.As("sam")).Assisting("ines", Mode.View)).Get("/");
        await ines.Order();
        Assert.Equal((once, 0), (await Balance(shop, "accrued", "tom"), await Balance(shop, "accrued", "sam")));
    }

    [Theory]
    [InlineData("Input.Part", "nobody", "Who earns: choose one")]
    [InlineData("Input.Part", "leader", "choose who leads")]
    [InlineData("Input.Basis", "commission", "for others than himself")]
    [InlineData("Input.Window", "7", "for who assisted only")]
    [InlineData("Input.Channel", "telepathy", "Ordered: choose one")]
    public async Task Who_earns_is_refused_at_its_field(string field, string value, string words)
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var refused = await ada.Submit(await ada.Get(Rules), "#new", With((field, value)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(words, refused.Text);
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from commission_rule"));
    }

    [Fact]
    public async Task Without_a_rule_that_fits_nothing_is_earned()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim) = (await shop.As("ada"), await shop.As("karim"));
        var inside = await karim.Assisting("ines");
        await inside.Order();
        await Rule(ada, ("Input.Group", "telesales"));
        await inside.Order();
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from commission_entry"));
        Assert.Contains("No commissions in this month", (await karim.Get(Mine)).Text);
    }

    [Fact]
    public async Task A_rule_is_tried_on_orders_that_are_there_and_nothing_is_stored()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await Rule(ada);
        var inside = await (await shop.As("karim")).Assisting("ines");
        await inside.Order("P-100", "10");
        var five = await Balance(shop, "accrued");
        var tried = await Try(await ada.Get(Rules), "#new", With(("Input.Share", "10"), ("Input.Customer", "N-1001")));
        Assert.Equal(HttpStatusCode.OK, tried.Status);
        Assert.Equal(["Karim Weiss", Text(five), Text(2 * five)], Cells(tried));
        var rule = await ada.Get((await ada.Get(Rules)).Document.QuerySelector("#rules a")!.GetAttribute("href")!);
        Assert.Equal(["Karim Weiss", Text(five), Text(0)], Cells(await Try(rule, "#rule", ("Input.IsOn", "false"))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Try(rule, "#rule", ("Input.Customer", "N-9999"))).Status);
        Assert.Equal((1L, 1L), (await shop.Scalar<long>("select count(*) from commission_rule"), await shop.Scalar<long>("select count(*) from commission_entry")));

        Task<Answer> Try(Answer page, string form, params (string, string)[] fields)
        {
            page.Document.QuerySelector(form)!.SetAttribute("action", page.Document.QuerySelector($"{form} button[formaction]")!.GetAttribute("formaction")!);
            return ada.Submit(page, form, fields);
        }

        static string Text(long minor) => $"{minor / 100}.{minor % 100:00} EUR";
        static IEnumerable<string> Cells(Answer answer) => answer.Document.QuerySelectorAll("#trial tbody td").Select(cell => cell.TextContent.Trim().Replace('\u00A0', ' '));
    }

    [Fact]
    public async Task A_run_pays_out_once_and_what_comes_back_later_is_taken_off_the_next_one()
    {
        await using var shop = await TestShop.Start();
        var (ada, vera) = (await shop.As("ada"), await shop.As("vera"));
        await Rule(ada, ("Input.Earned", "shipped"));
        var inside = await (await shop.As("karim")).Assisting("ines");
        var (one, two) = (await inside.Order("P-100", "10"), await inside.Order("P-100", "10"));
        await Step(vera, one, "shipped");
        var earned = await Balance(shop, "earned");
        var form = await ada.Get(PayOuts);
        Assert.Contains("Karim Weiss", form.Document.QuerySelector("#due")!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(form, "#run")).Status);
        Assert.Equal((0, earned), (await Balance(shop, "earned"), await Balance(shop, "paid-out")));
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(form, "#run")).Status);
        Assert.Equal(earned, await Balance(shop, "paid-out"));
        Assert.Contains($"1,", (await ada.Get("/admin/commissions/pay-outs.csv?number=1")).Html);
        Assert.Contains($"Karim Weiss,karim@onbehalf.example,{earned / 100}.{earned % 100:00},EUR", (await ada.Get("/admin/commissions/pay-outs.csv?number=1")).Html);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Get("/admin/commissions/pay-outs.csv?number=7")).Status);

        // All of it comes back: he owes it, and no run asks him for it until he has earned more.
        await Step(vera, one, "returned", ("Input.Reason", "damaged"));
        Assert.Equal(-earned, await Balance(shop, "earned"));
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(await ada.Get(PayOuts), "#run")).Status);
        await Step(vera, two, "shipped", ("Input.Parts[1]", "5"));
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(await ada.Get(PayOuts), "#run")).Status);
        Assert.Equal(earned, await Balance(shop, "paid-out"));
        var three = await inside.Order("P-100", "10");
        await Step(vera, three, "shipped");
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(PayOuts), "#run")).Status);
        Assert.Equal(0, await Balance(shop, "earned"));
        Assert.Equal(earned + (earned / 2), await Balance(shop, "paid-out"));
        Assert.Equal(["2", "1"], (await ada.Get(PayOuts)).Document.QuerySelectorAll("#runs tbody a").Select(link => link.TextContent.Trim()[..1]));
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "commissions.paid-out"));
    }

    [Fact]
    public async Task Nobody_pays_himself_and_no_session_and_nobody_without_the_right_makes_a_run()
    {
        await using var shop = await TestShop.Start();
        var (ada, vera) = (await shop.As("ada"), await shop.As("vera"));
        await Rule(ada, ("Input.Earned", "shipped"));
        var inside = await (await shop.As("karim")).Assisting("ines");
        var number = await inside.Order();
        await vera.Submit(await vera.Get($"/admin/orders/representative?order={number}"), "#represent", ("Input.Staff", Characters.StaffIdOf("ada").ToString()), ("Input.Reason", "House account"));
        await Step(vera, number, "shipped");
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(await ada.Get(PayOuts), "#run")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Get(PayOuts)).Status);
        Assert.NotEqual(HttpStatusCode.SeeOther, (await inside.PostRaw(PayOuts, [])).Status);
        Assert.NotEqual(HttpStatusCode.SeeOther, (await vera.PostRaw(PayOuts, [])).Status);
        Assert.Equal((0, 0L), (await Balance(shop, "paid-out"), await shop.Scalar<long>("select count(*) from commission_pay_out")));
    }

    [Fact]
    public async Task Nobody_sees_what_others_earn_without_the_right_to_it()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim, rosa, vera) = (await shop.As("ada"), await shop.As("karim"), await shop.As("rosa"), await shop.As("vera"));
        await Rule(ada);
        var number = await (await karim.Assisting("ines")).Order();
        var his = $"?staff={Characters.StaffIdOf("karim")}";
        foreach (var path in new[] { Mine, "/staff/commissions.csv", "/staff/commissions.json" })
        {
            foreach (var asked in new[] { his, "?staff=all", "?staff=nonsense" })
            {
                Assert.Equal(HttpStatusCode.NotFound, (await rosa.Get(path + asked)).Status);
            }

            Assert.DoesNotContain(number, (await rosa.Get(path)).Html);
            Assert.Contains(number, (await karim.Get(path + his)).Html);
            Assert.Contains(number, (await vera.Get(path + his)).Html);
            Assert.Contains(number, (await vera.Get(path + "?staff=all")).Html);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Get(Rules)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(Rules)).Status);
    }

    [Fact]
    public async Task Beside_orders_stands_what_they_earn_of_all_for_who_may_see_it_and_else_ones_own()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim, vera) = (await shop.As("ada"), await shop.As("karim"), await shop.As("vera"));
        await Rule(ada);
        await (await karim.Assisting("ines")).Order("P-100", "10");
        var minor = await Balance(shop, "accrued");
        var amount = $"{minor / 100}.{minor % 100:00}";
        Assert.Equal($"{amount} EUR", (await vera.Get("/admin/orders")).Document.QuerySelector(".order-commission")!.TextContent.Trim().Replace('\u00A0', ' '));
        Assert.Null((await vera.Get("/staff/orders?tab=customers")).Document.QuerySelector(".order-commission"));
        Assert.Null((await (await shop.As("rosa")).Get("/staff/orders?tab=customers")).Document.QuerySelector(".order-commission"));
        Assert.Equal($"{amount} EUR", (await karim.Get("/staff/orders")).Document.QuerySelector(".order-commission")!.TextContent.Trim().Replace('\u00A0', ' '));
        Assert.Null((await (await shop.As("sam")).Get("/admin/orders")).Document.QuerySelector(".order-commission"));
        Assert.EndsWith($",{amount}", (await vera.Get("/staff/orders.csv?tab=customers")).Html.Trim());
        Assert.Contains($"\"commission\":\"{amount}\"", (await vera.Get("/staff/orders.json?tab=customers")).Html);
        Assert.Contains($"\"yourCommission\":\"{amount}\"", (await karim.Get("/staff/orders.json")).Html);

        // Another's order earns him nothing, and what it earns is not his to see.
        await (await (await shop.As("tom")).Assisting("ines")).Order("P-100", "20");
        Assert.Equal([$"{amount}", ""], (await karim.Get("/staff/orders.csv?tab=customers")).Html.Trim().Split('\n').Skip(1).Select(row => row.Split(',')[^1].Trim()).OrderDescending());
        Assert.Contains(",your_commission", (await karim.Get("/staff/orders.csv")).Html);
        Assert.DoesNotContain("\"commission\":\"", (await karim.Get("/staff/orders.json?tab=customers")).Html);
    }

    [Fact]
    public async Task The_copy_to_staff_tells_each_what_the_order_earns_him_unless_the_shop_keeps_it_out_of_mails()
    {
        await using var shop = await TestShop.Start();
        await Set(shop, ShopSettings.StaffCopy, "both");
        var ada = await shop.As("ada");
        await Rule(ada);
        await Rule(ada, ("Input.Name", "Help"), ("Input.Share", "1"), ("Input.Part", "assistant"));
        await (await (await shop.As("sam")).Assisting("ines")).Order("P-100", "10");
        Assert.Equal(
            [await Balance(shop, "accrued", "karim"), await Balance(shop, "accrued", "sam")],
            [await Told("karim"), await Told("sam")]);

        await Set(shop, ShopSettings.StaffCopyCommission, "false");
        await (await (await shop.As("karim")).Assisting("ines")).Order("P-100", "10");
        Assert.Equal((3, 2), (await shop.Scalar<int>("select count(*) from mail where kind = 'order-staff-copy'"), await shop.Scalar<int>("select count(*) from mail where body like '%commission%'")));

        async Task<long> Told(string who) =>
            long.Parse((await shop.Scalar<string>($"select body from mail where kind = 'order-staff-copy' and to_address like '{who}@%'")).Split("Your commission: ")[1].Split(' ')[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_session_writes_no_commission_neither_by_fields_of_the_checkout_nor_by_the_pages()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await Rule(ada);
        var inside = await (await shop.As("tom")).Assisting("ines");
        await inside.Put("P-100", "2");
        var rosa = Characters.StaffIdOf("rosa").ToString();
        var names = new[] { "Input.Commission", "Input.CommissionMinor", "Input.Staff", "Input.SalesRepId", "Input.Share", "Input.RuleId", "commission", "staff_id", "amount_minor" };
        var placed = await inside.Place(await inside.Get("/checkout"), [.. names.Select(name => (name, name.Contains("Staff") || name.Contains("Rep") || name.Contains("staff") ? rosa : "99999"))]);
        Assert.Equal(HttpStatusCode.SeeOther, placed.Status);
        Assert.Equal(1L, await shop.Scalar<long>($"select count(*) from commission_entry e join orders o on o.id = e.order_id where e.staff_id = '{Characters.StaffIdOf("tom")}' and 20 * e.amount_minor between o.lines_minor - 19 and o.lines_minor + 19"));

        foreach (var path in new[] { Rules, Mine, "/staff/commissions.csv", "/staff/commissions.json" })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await inside.Get(path)).Status);
            Assert.NotEqual(HttpStatusCode.SeeOther, (await inside.PostRaw(path, [("Input.Name", "Mine"), ("Input.Share", "100")])).Status);
        }

        Assert.Equal((1L, 1L), (await shop.Scalar<long>("select count(*) from commission_rule"), await shop.Scalar<long>("select count(*) from commission_entry")));
    }

    private static async Task Rule(Visitor ada, params (string, string)[] fields) => Assert.Equal(
        HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(Rules), "#new", With(fields))).Status);

    private static (string, string)[] With(params (string Name, string Value)[] fields) =>
        [.. new[] { (Name: "Input.Name", Value: "Field sales"), (Name: "Input.Share", Value: "5") }.Where(field => fields.All(other => other.Name != field.Name)), .. fields];

    private static Task Set(TestShop shop, Setting setting, string value) => shop.Services.GetRequiredService<ShopSettings>().Change(Caller.Machine("test"), setting, value);

    private static Task<long> Balance(TestShop shop, string account, string? of = null) => shop.Scalar<long>(
        $"select coalesce(sum(case when to_account = '{account}' then amount_minor when from_account = '{account}' then -amount_minor else 0 end), 0) from commission_entry{(of is null ? "" : $" where staff_id = '{Characters.StaffIdOf(of)}'")}");

    private static async Task Step(Visitor visitor, string number, string kind, params (string, string)[] fields) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Submit(await visitor.Get($"/admin/orders/{number}/steps/{kind}"), "#step", fields)).Status);
}
