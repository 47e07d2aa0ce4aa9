using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

public sealed class StaffKeepingTests
{
    private const string Change = "form:has(button[value=change])";

    private static string Edit(string character) => $"/admin/staff/{Characters.StaffIdOf(character)}/edit";

    [Fact]
    public async Task A_new_staff_member_chooses_a_password_by_mail_and_only_what_the_maker_may_himself_is_given()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var page = await ada.Get("/admin/staff/new");
        Assert.Contains("grants access, approves and ends sessions", page.Text);
        (string, string)[] nora =
            [("Input.FirstName", "Nora"), ("Input.LastName", "Falk"), ("Input.Email", "nora@onbehalf.example"), ("Input.Role", "sales-rep"), ("Input.Group", "Field-Sales")];
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.Submit(page, "form.card", [.. nora, ("Input.AdjustPrices", "true")])).Status);
        foreach (var (field, value, said) in new[]
        {
            ("Input.Email", "karim@onbehalf.example", "another staff member has this address"), ("Input.Email", "ines@buyers.example", "a buyer signs in with this address"),
            ("Input.Role", "owner", "please choose one"), ("Input.Group", "a, b", "without commas"), ("Input.LastName", "", "Last name"),
        })
        {
            var refused = await ada.Submit(page, "form.card", [.. nora.Where(pair => pair.Item1 != field), (field, value)]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains(said, refused.Text);
        }

        Assert.Contains("another staff member has this name", (await ada.Submit(page, "form.card", [.. nora[2..], ("Input.FirstName", "Karim"), ("Input.LastName", "Weiss")])).Text);
        var made = await ada.Submit(page, "form.card", [.. nora, ("Input.AllCustomers", "true")]);
        Assert.Equal(HttpStatusCode.SeeOther, made.Status);
        Assert.Contains("a mail to choose a password is on its way", (await ada.Follow(made)).Text);
        Assert.Equal("sales-rep field-sales 1", await shop.Scalar<string>("select role || ' ' || staff_group || ' ' || cast(access_all_customers as integer) from staff where email = 'nora@onbehalf.example'"));
        Assert.Equal("nora@onbehalf.example", await shop.Scalar<string>("select to_address from mail where kind = 'invitation'"));
        var facts = await shop.Facts();
        Assert.Single(facts, fact => fact == "identity.staff-created");
        Assert.Single(facts, fact => fact == "identity.invited");

        // Again at once: nothing goes out.
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(await ada.Get(made.Location!), "form:has(button[value=invite])", ("Input.Do", "invite"))).Status);
    }

    [Fact]
    public async Task What_is_taken_away_ends_sign_ins_and_sessions_and_what_is_given_does_not()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var rosa = await shop.As("rosa");
        var rosas = await rosa.Assisting("paul");

        var given = await ada.Submit(await ada.Get(Edit("rosa")), Change, ("Input.Do", "change"), ("Input.AllCustomers", "true"));
        Assert.Equal(Edit("rosa") + "?done=change", given.Location);
        Assert.Equal(HttpStatusCode.OK, (await rosas.Get("/cart")).Status);

        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(Edit("rosa")), Change, ("Input.Do", "change"), ("Input.AllCustomers", "false"))).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await rosas.Get("/cart")).Status);
        Assert.StartsWith("/staff/account/login", (await rosa.Get("/staff")).Location);
        Assert.Equal("rights-changed", await shop.Scalar<string>("select end_cause from assisted_session"));

        var sam = await shop.As("sam");
        Assert.Equal(HttpStatusCode.OK, (await sam.Get("/admin/mail")).Status);
        var stale = await ada.Get(Edit("sam"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(stale, Change, ("Input.Do", "change"), ("Input.Role", "telesales-operator"))).Status);
        Assert.StartsWith("/staff/account/login", (await sam.Get("/admin/mail")).Location);
        Assert.Contains("your role is Telesales operator now", await shop.Scalar<string>("select body from mail where kind = 'staff-changed' and to_address = 'sam@onbehalf.example'"));

        // A form from before does not take back what was decided since.
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(stale, Change, ("Input.Do", "change"), ("Input.Role", "supervisor"))).Status);
        var facts = await shop.Facts();
        Assert.Equal(2, facts.Count(fact => fact == "identity.staff-extras-changed"));
        Assert.Single(facts, fact => fact == "identity.staff-role-changed");
    }

    [Fact]
    public async Task Who_moves_an_account_to_another_mailbox_gives_all_that_it_may_and_ends_what_is_open()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await shop.Sql("update staff set may_adjust_prices = true where email = 'sam@onbehalf.example'");
        var sam = await shop.As("sam");
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.Submit(await ada.Get(Edit("sam")), Change, ("Input.Do", "change"), ("Input.Email", "ada.2@onbehalf.example"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await sam.Get("/admin/mail")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from staff where email = 'ada.2@onbehalf.example'"));

        await shop.Sql("update staff set may_adjust_prices = false where email = 'sam@onbehalf.example'");
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(Edit("sam")), Change, ("Input.Do", "change"), ("Input.Email", "sam.2@onbehalf.example"))).Status);
        Assert.StartsWith("/staff/account/login", (await sam.Get("/admin/mail")).Location);
    }

    [Fact]
    public async Task A_closed_account_is_out_everywhere_until_it_is_opened_again()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var karim = await shop.As("karim");
        var session = await karim.Assisting("ines");
        await shop.Anonymous().Post("/staff/account/forgot", [("Email", "karim@onbehalf.example")]);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from one_time_code where used_at is null"));

        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(Edit("karim")), "form:has(button[value=deactivate])", ("Input.Do", "deactivate"))).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await session.Get("/cart")).Status);
        Assert.StartsWith("/staff/account/login", (await karim.Get("/staff")).Location);
        Assert.Equal("suspended", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from one_time_code where used_at is null"));

        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(Edit("karim")), "form:has(button[value=reactivate])", ("Input.Do", "reactivate"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await shop.As("karim")).Get("/staff")).Status);
        var facts = await shop.Facts();
        Assert.Single(facts, fact => fact == "identity.staff-deactivated");
        Assert.Single(facts, fact => fact == "identity.staff-reactivated");
    }

    [Fact]
    public async Task Nobody_changes_what_he_may_himself_and_one_administrator_always_stays()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var own = await ada.Get(Edit("ada"));
        Assert.Contains("changed by another administrator", own.Text);
        foreach (var forged in new[] { ("Input.Role", "supervisor"), ("Input.CreateCustomers", "true"), ("Input.Group", "support"), ("Input.Email", "ada2@onbehalf.example"), ("Input.Do", "deactivate") })
        {
            Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(own, Change, forged)).Status);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(own, Change, ("Input.Do", "change"), ("Input.LastName", "Nováková"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("vera")).Get(Edit("ada"))).Status);

        // Two administrators who close each other's account at the same moment.
        await shop.Sql($"update staff set role = 'administrator' where id = '{Characters.StaffIdOf("vera")}'");
        var vera = await shop.As("vera");
        var (hers, his) = (await ada.Get(Edit("vera")), await vera.Get(Edit("ada")));
        const string close = "form:has(button[value=deactivate])";
        await Task.WhenAll(ada.Submit(hers, close, ("Input.Do", "deactivate")), vera.Submit(his, close, ("Input.Do", "deactivate")));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from staff where role = 'administrator' and status = 'active'"));
    }

    [Fact]
    public async Task Who_has_not_proved_who_he_is_for_a_while_does_it_before_he_gives_anything()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await shop.Age("sign_in", "proved_at", TimeSpan.FromHours(1));
        var page = await ada.Get(Edit("rosa"));
        Assert.NotEqual(HttpStatusCode.SeeOther, (await ada.Submit(page, Change, ("Input.Do", "change"), ("Input.AllCustomers", "true"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(page, Change, ("Input.Do", "change"), ("Input.AllCustomers", "true"), ("Input.Password", Characters.Password))).Status);
    }

    [Fact]
    public async Task A_group_is_renamed_with_everybody_in_it()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var rosas = await (await shop.As("rosa")).Assisting("paul");
        var page = await ada.Get("/admin/staff/groups");
        Assert.Contains("3 members", page.Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(page, "form.card", ("Input.Before", "field-sales"), ("Input.Group", "North"))).Status);
        Assert.Equal(3, await shop.Scalar<int>("select count(*) from staff where staff_group = 'North'"));
        Assert.Equal(HttpStatusCode.OK, (await rosas.Get("/cart")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Submit(page, "form.card", ("Input.Before", "field-sales"), ("Input.Group", "South"))).Status);
        Assert.Contains("Rosa Lind", (await ada.Get("/admin/staff?group=North")).Text);
        Assert.Single(await shop.Facts(), fact => fact == "identity.staff-group-renamed");
    }
}
