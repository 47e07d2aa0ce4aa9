using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Companies;

public sealed class RepTests
{
    private const string Page = "/admin/customers/N-1002/reps";

    private static string Id(string staff) => Characters.StaffIdOf(staff).ToString();

    [Fact]
    public async Task Who_serves_a_customer_is_chosen_and_what_is_taken_away_counts_at_once()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var karim = await shop.As("karim");
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get("/staff/customers/N-1002")).Status);
        Assert.Equal($"{Page}?done=1", (await vera.Submit(await vera.Get(Page), "#assign", ("Input.Staff", Id("karim")), ("Input.Do", "assign"))).Location);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/staff/customers/N-1002")).Status);
        Assert.Equal(2, await shop.Scalar<int>($"select count(*) from staff_assignment where company_id = '{Characters.Sudwind}'"));

        var session = await karim.Assisting("paul");
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Post(Page, [("Input.Staff", Id("karim")), ("Input.Do", "take")])).Status);
        Assert.Equal("ended", await shop.Scalar<string>("select status from assisted_session"));
        Assert.NotEqual(HttpStatusCode.OK, (await session.Get("/cart")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get("/staff/customers/N-1002")).Status);

        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Post(Page, [("Input.Staff", Id("karim")), ("Input.Do", "primary")])).Status);
        Assert.Equal("Karim", await shop.Scalar<string>("select s.first_name from company c join staff s on s.id = c.sales_rep_id where c.number = 'N-1002'"));
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Post(Page, [("Input.Staff", Id("vera")), ("Input.Do", "assign")])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("sam")).Get(Page)).Status);
        var facts = await shop.Facts();
        Assert.Equal(2, facts.Count(fact => fact == "customers.rep-assigned"));
        Assert.Single(facts, fact => fact == "customers.rep-taken");
        Assert.Single(facts, fact => fact == "customers.primary-rep-changed");
    }

    [Fact]
    public async Task By_setting_a_customer_has_one_rep()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("insert into setting (name, value, changed_at, changed_by) select 'customers.several-reps', 'false', created_at, 'test' from company where number = 'N-1001'");
        var vera = await shop.As("vera");
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Post(Page, [("Input.Staff", Id("karim")), ("Input.Do", "assign")])).Status);
        Assert.Equal(Id("karim"), (await shop.Scalar<string>($"select cast(staff_id as text) from staff_assignment where company_id = '{Characters.Sudwind}'")).ToLowerInvariant());
        Assert.Equal("Karim", await shop.Scalar<string>("select s.first_name from company c join staff s on s.id = c.sales_rep_id where c.number = 'N-1002'"));
    }

    [Fact]
    public async Task Many_customers_are_moved_by_filter_and_only_those_that_were_shown()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var path = $"/admin/assignments?Country=DE&Segment=&Group=&Rep={Id("karim")}";
        var page = await vera.Get(path);
        Assert.Contains("Change these 3 customers", page.Text);
        Assert.Equal(HttpStatusCode.Conflict, (await vera.Submit(page, "#many", ("Input.Shown", "2"), ("Input.Staff", Id("rosa")), ("Input.Do", "move"))).Status);
        Assert.Equal("/admin/assignments?done=3", (await vera.Submit(page, "#many", ("Input.Staff", Id("rosa")), ("Input.Do", "move"))).Location);
        Assert.Equal(0, await shop.Scalar<int>($"select count(*) from staff_assignment where staff_id = '{Characters.StaffIdOf("karim")}'"));
        Assert.Equal(4, await shop.Scalar<int>($"select count(*) from company where sales_rep_id = '{Characters.StaffIdOf("rosa")}'"));
        Assert.Contains("No customers fit", (await vera.Get(path)).Text);
        Assert.Contains("No customers fit", (await vera.Get("/admin/assignments?Rep=none&Group=nobody&Segment=Trade")).Text);
    }

    [Fact]
    public async Task A_file_goes_out_and_comes_back_whole_or_not_at_all()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var file = (await vera.Get("/admin/assignments.csv")).Html;
        Assert.Contains("N-1001,karim@onbehalf.example,yes", file, StringComparison.Ordinal);
        Assert.Contains("N-1001,tom@onbehalf.example,no", file, StringComparison.Ordinal);
        var page = await vera.Get("/admin/assignments");
        var wrong = await vera.Submit(page, "#load", ("Input.Do", "load"),
            ("Input.Lines", "company_number,rep_email,primary\nN-1002;Karim@onbehalf.example;yes\nN-9999,karim@onbehalf.example,no\nN-1002,nobody@onbehalf.example\nN-1002\nN-1002,karim@onbehalf.example,perhaps"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        foreach (var said in new[] { "Line 3: There is no company with the number N-9999", "Line 4: There is no active staff member", "Line 5: Number of the company", "Line 6: The third value" })
        {
            Assert.Contains(said, wrong.Text);
        }

        var torn = await vera.Submit(page, "#load", ("Input.Do", "load"), ("Input.Lines", "N-1002,karim@onbehalf.example,yes\nN-1002,tom@onbehalf.example,no\nN-1002,rosa@onbehalf.example,yes"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, torn.Status);
        Assert.Contains("Line 3: Line 1 names another contact for this company", torn.Text);
        Assert.Equal(5, await shop.Scalar<int>("select count(*) from staff_assignment"));
        Assert.Equal("/admin/assignments?done=2", (await vera.Submit(page, "#load", ("Input.Do", "load"), ("Input.Lines", "N-1002;Karim@onbehalf.example;yes\r\n\r\nN-1003\trosa@onbehalf.example"))).Location);
        Assert.Equal(7, await shop.Scalar<int>("select count(*) from staff_assignment"));
    }

    [Fact]
    public async Task Who_is_away_has_a_deputy_for_a_time_and_who_leaves_a_successor_for_good()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var karim = await shop.As("karim");
        var path = $"/admin/staff/{Id("karim")}/customers";
        var page = await vera.Get(path);
        Assert.Contains("3 customers are assigned for good", page.Text);
        Assert.Contains("Nordlicht GmbH", page.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await vera.Submit(page, "form.card", ("Input.Staff", Id("rosa")), ("Input.Days", "0"), ("Input.Do", "away"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(page, "form.card", ("Input.Staff", Id("rosa")), ("Input.Days", "7"), ("Input.Do", "away"))).Status);
        var rosa = await shop.As("rosa");
        Assert.Equal(HttpStatusCode.OK, (await rosa.Get("/staff/customers/N-1001")).Status);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/staff/customers/N-1001")).Status);
        Assert.Equal(3, (await shop.Facts()).Count(fact => fact == "customers.rep-assigned"));
        var deputy = await rosa.Assisting("ines");
        Assert.Equal(HttpStatusCode.OK, (await deputy.Get("/cart")).Status);
        await shop.Age("staff_assignment", "until", TimeSpan.FromDays(8), "until is not null");
        Assert.NotEqual(HttpStatusCode.OK, (await deputy.Get("/cart")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await rosa.Get("/staff/customers/N-1001")).Status);

        var session = await karim.Assisting("ines");
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get(path), "form.card", ("Input.Staff", Id("rosa")), ("Input.Do", "leaves"))).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session where status = 'active'"));
        Assert.NotEqual(HttpStatusCode.OK, (await session.Get("/cart")).Status);
        Assert.Equal(HttpStatusCode.OK, (await rosa.Get("/staff/customers/N-1001")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get("/staff/customers/N-1001")).Status);
        Assert.Equal(4, await shop.Scalar<int>($"select count(*) from company where sales_rep_id = '{Characters.StaffIdOf("rosa")}'"));
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "customers.handed-over"));
    }

    [Fact]
    public async Task A_room_without_the_right_to_it_is_not_offered_and_not_opened()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var rooms = (await ada.Get("/admin")).Document.QuerySelectorAll("a.room").Select(room => room.GetAttribute("href")!).ToList();
        Assert.True(rooms.Count > 20);
        foreach (var character in new[] { "vera", "sam", "karim", "tom" })
        {
            var visitor = await shop.As(character);
            var own = await visitor.Get("/admin");
            var links = own.Document.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).ToHashSet();
            foreach (var room in rooms)
            {
                Assert.Equal(own.Status == HttpStatusCode.OK && links.Contains(room) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await visitor.Get(room)).Status);
            }
        }
    }
}
