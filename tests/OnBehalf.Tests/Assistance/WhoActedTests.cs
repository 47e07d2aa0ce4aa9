using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>"Who acted for me": what the buyer and his company are told, and how they stop it.</summary>
public sealed class WhoActedTests
{
    private const string Mine = "/account/assistance";

    [Fact]
    public async Task The_buyer_reads_who_acted_why_and_what_was_changed_before_and_after()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.Ticket", "T-4711"));
        await karim.Post(inside + "/cart/lines", [("sku", "P-100"), ("quantity", "3")], from: inside + "/product/P-100");
        await karim.Submit(await karim.Get(inside + "/account/data"), "main form[method=post]", ("Input.Phone", "+49 431 999"));
        var ines = await shop.As("ines");
        var running = await ines.Get(Mine);
        Assert.Contains("Karim Weiss acts for you now", running.Text);
        Assert.Contains("End now", running.Text);

        await Sessions.End(karim, inside);
        var page = await ines.Get(Mine);
        Assert.Contains("Karim Weiss acted for you", page.Text);
        Assert.Contains("Sales rep", page.Text);
        Assert.Contains("for less than a minute: order by telephone, ticket T-4711.", page.Text);
        Assert.Contains("Put 3 × Cordless drill 18 V (P-100) into the cart", page.Text);
        Assert.Contains("Changed the account data (phone) Before Ines Albrecht, +49 431 555010 After Ines Albrecht, +49 431 999", page.Text);
        Assert.Contains("Ended by the operator.", page.Text);
        Assert.DoesNotContain("End now", page.Text);
        Assert.NotNull(page.Document.QuerySelector("header a[href='/account/assistance']"));

        var file = await ines.Get(Mine + ".csv");
        Assert.Equal("text/csv", file.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(3, file.Html.Trim().Split('\n').Length);
        Assert.Contains("Karim Weiss,Sales rep,Ines Albrecht,Nordlicht GmbH,order,phone-order,T-4711,operator", file.Html);
    }

    [Fact]
    public async Task End_now_ends_it_for_the_operator_at_his_next_click()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var ines = await shop.As("ines");
        var ended = await ines.Submit(await ines.Get(Mine), "main form[method=post]");
        Assert.Equal(HttpStatusCode.SeeOther, ended.Status);
        Assert.Contains("The session is over", (await ines.Follow(ended)).Text);

        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        await karim.Post(inside + "/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: "/staff/customers");
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart_line"));
        Assert.Equal("buyer", await shop.Scalar<string>("select end_cause from assisted_session"));
        // It was she who did it, not the operator.
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from audit_event where name = 'assistance.session-ended' and operator_buyer_ref is not null and operator_staff_ref is null"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Post(Mine, [("session", await shop.Scalar<string>("select cast(id as text) from assisted_session"))])).Status);
    }

    [Fact]
    public async Task Whoever_acts_sees_the_page_but_ends_and_downloads_nothing_there()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        var page = await inside.Get(Mine);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Ending sessions and reporting them stays with Ines Albrecht", page.Text);
        Assert.Null(page.Document.QuerySelector("main form[method=post]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get(Mine + ".csv")).Status);
        var refused = await inside.Post(Mine, [("session", inside.Session.ToString())], from: "/account");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("this stays with the buyer himself", refused.Text);
        Assert.Equal("active", await shop.Scalar<string>("select status from assisted_session"));
    }

    [Fact]
    public async Task Nobody_sees_or_ends_the_sessions_of_somebody_else_but_the_administrator_of_his_company()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        var id = inside.Session.ToString();
        foreach (var other in new[] { "lena", "paul", "carla" })
        {
            var visitor = await shop.As(other);
            Assert.Contains("Nobody yet", (await visitor.Get(Mine)).Text);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"{Mine}/{id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post(Mine, [("session", id)])).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get("/account/company/assistance")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Post("/account/company/assistance", [("session", id)], from: "/account")).Status);
        }

        Assert.Equal("active", await shop.Scalar<string>("select status from assisted_session"));
        var jonas = await shop.As("jonas");
        Assert.Contains("Nobody yet", (await jonas.Get(Mine)).Text);
        var company = await jonas.Get("/account/company/assistance");
        Assert.Contains("Karim Weiss acts for Ines Albrecht now", company.Text);
        await jonas.Submit(company, "main form[method=post]");
        Assert.Equal("company", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account")).Status);
    }

    [Fact]
    public async Task An_operator_in_one_company_does_not_read_what_was_done_for_the_buyer_in_another()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("mira");
        await shop.Sql($"update assisted_session set status = 'ended', ended_at = started_at, end_cause = 'operator', membership_id = {Literal(shop, Characters.MiraAtSudwind.Value)}, company_id = {Literal(shop, Characters.Sudwind.Value)}");
        var tom = await (await shop.As("tom")).Assisting("mira");
        Assert.Contains("Tom Berg", (await tom.Get(Mine)).Text);
        Assert.DoesNotContain("Karim", (await tom.Get(Mine)).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await tom.Get($"{Mine}/{karim.Session}")).Status);
        Assert.Contains("Karim Weiss acted for you", (await (await shop.As("mira")).Get(Mine)).Text);
    }

    [Fact]
    public async Task Long_lists_go_on_page_by_page()
    {
        await using var shop = await TestShop.Start();
        for (var i = 0; i < 12; i++)
        {
            await (await shop.As("karim")).Assisting("ines");
            await shop.Sql("update assisted_session set status = 'ended', ended_at = started_at, end_cause = 'operator'");
        }

        var ines = await shop.As("ines");
        var first = await ines.Get(Mine);
        Assert.Equal(10, first.Document.QuerySelectorAll("section.session-log").Length);
        var second = await ines.Get(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(2, second.Document.QuerySelectorAll("section.session-log").Length);
        Assert.Null(second.Document.QuerySelector("a[rel=next]"));
        Assert.Equal(12, first.Document.QuerySelectorAll("section.session-log h2").Concat(second.Document.QuerySelectorAll("section.session-log h2")).Select(head => head.Id).Distinct().Count());
    }

    private static string Literal(TestShop shop, Guid id) => shop.Database.Kind == Data.DatabaseKind.Postgres ? $"'{id}'" : $"'{id.ToString().ToUpperInvariant()}'";
}
