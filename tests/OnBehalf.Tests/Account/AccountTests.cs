using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Tests.Identity;
using OnBehalf.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace OnBehalf.Tests.Account;

public sealed class AccountTests
{
    private const string New = "three quiet green boats";

    [Fact]
    public async Task The_dashboard_greets_by_name_and_shows_company_cart_and_ways_on()
    {
        await using var shop = await TestShop.Start();
        var ines = await (await shop.As("ines")).Get("/account");
        Assert.Contains("Hello, Ines", ines.Text);
        Assert.Contains("Nordlicht GmbH · N-1001 · Purchaser", ines.Text);
        Assert.Contains("Karim Weiss", ines.Text);
        Assert.Contains("You have not ordered yet", ines.Text);
        var carla = await (await shop.As("carla")).Get("/account");
        Assert.Contains("You buy for yourself", carla.Text);
        var hanna = await (await shop.As("hanna")).Get("/account");
        Assert.Contains("Pausenhof KG is on hold", hanna.Text);
        var acting = await (await (await shop.As("karim")).Assisting("ines")).Get("/account");
        Assert.Contains("Ines Albrecht has not ordered yet", acting.Text);
        Assert.DoesNotContain("Hello", acting.Text);
        foreach (var link in acting.Document.QuerySelectorAll("main a[href^='/']"))
        {
            Assert.StartsWith("/as/", link.GetAttribute("href"));
        }
    }

    [Fact]
    public async Task A_buyer_and_who_acts_for_him_change_name_and_telephone_and_staff_find_him_by_the_new_name()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var stored = await ines.Submit(await ines.Get("/account/data"), "main form", ("Input.Title", " Dr. "), ("Input.FirstName", "Inés"), ("Input.LastName", "Zumwinkel"));
        Assert.Equal("/account/data?stored=true", stored.Location);
        Assert.Contains("Inés Zumwinkel", (await ines.Follow(stored)).Document.Body!.TextContent);
        Assert.Contains("identity.profile-changed", await shop.Facts());
        Assert.Equal("Dr., Inés Zumwinkel, +49 431 555010", Assert.Single(await shop.Personal("after")));
        Assert.Equal("Ines Albrecht, +49 431 555010", Assert.Single(await shop.Personal("before")));
        Assert.Equal("zumwinkel ines", await shop.Scalar<string>("select sort_name from membership where sort_name like 'zum%'"));
        var karim = await shop.As("karim");
        Assert.Contains("Zumwinkel", (await karim.Get("/staff/customers?q=zumwinkel")).Text);
        Assert.DoesNotContain("Nordlicht", (await karim.Get("/staff/customers?q=albrecht")).Text);

        var inside = await karim.Assisting("ines");
        var changed = await inside.Submit(await inside.Get("/account/data"), "main form", ("Input.Phone", "+49 (431) 1"));
        Assert.Equal($"{inside.PathBase}/account/data?stored=true", changed.Location);
        Assert.Equal("+49 (431) 1", await shop.Scalar<string>("select phone from buyer where email = 'ines@buyers.example'"));

        // Storing what is there already is no change.
        var facts = (await shop.Facts()).Count;
        await ines.Submit(await ines.Get("/account/data"), "main form");
        Assert.Equal(facts, (await shop.Facts()).Count);
    }

    [Theory]
    [InlineData("FirstName", "", "First name: please type it.")]
    [InlineData("FirstName", "   ", "First name: please type it.")]
    [InlineData("LastName", "", "Last name: please type it.")]
    [InlineData("LastName", "a\tb", "Last name: on one line")]
    [InlineData("Title", "123456789012345678901234567890123456789012345678901", "Title: at most 50 characters.")]
    [InlineData("Phone", "call me", "Telephone: digits")]
    [InlineData("Phone", "12", "Telephone: digits")]
    [InlineData("Phone", "+49 <script>", "Telephone: digits")]
    public async Task Data_that_will_not_do_are_refused_at_their_field(string field, string value, string words)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var before = await shop.Dump("buyer", "membership", "customer_word");
        var answer = await ines.Submit(await ines.Get("/account/data"), "main form", ($"Input.{field}", value));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.Document.GetElementById($"Input_{field}-error")!.TextContent);
        Assert.Equal(before, await shop.Dump("buyer", "membership", "customer_word"));
    }

    [Fact]
    public async Task A_name_of_any_script_and_a_long_one_are_kept_as_they_are()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        foreach (var name in new[] { "Ægir", "O’Brien", "李小龍", "<b>Bold</b>", "Robert'); drop table buyer; --", new string('x', 100), "👩‍🚀 Ada" })
        {
            var stored = await ines.Submit(await ines.Get("/account/data"), "main form", ("Input.LastName", name));
            Assert.Equal(HttpStatusCode.SeeOther, stored.Status);
            var page = await ines.Follow(stored);
            Assert.Equal(name, page.Document.QuerySelector("[name='Input.LastName']")!.GetAttribute("value"));
            Assert.Null(page.Document.QuerySelector("main b"));
        }
    }

    [Fact]
    public async Task Of_two_who_change_the_same_data_the_second_is_told()
    {
        await using var shop = await TestShop.Start();
        var (ines, inside) = (await shop.As("ines"), await (await shop.As("karim")).Assisting("ines"));
        var (hers, his) = (await ines.Get("/account/data"), await inside.Get("/account/data"));
        await ines.Submit(hers, "main form", ("Input.Phone", "111"));
        var late = await inside.Submit(his, "main form", ("Input.Phone", "222"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("changed by somebody else", late.Text);
        Assert.Equal("111", await shop.Scalar<string>("select phone from buyer where email = 'ines@buyers.example'"));
        foreach (var version in new[] { "", "x", "99999999999999" })
        {
            var odd = await ines.Submit(await ines.Get("/account/data"), "main form", ("Input.Version", version), ("Input.Phone", "333"));
            Assert.Equal(HttpStatusCode.Conflict, odd.Status);
        }
    }

    [Theory]
    [InlineData("/account/password")]
    [InlineData("/account/email")]
    [InlineData("/account/delete")]
    public async Task What_secures_the_account_stays_with_the_buyer(string path)
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        var before = await shop.Dump("buyer", "one_time_code", "mail");
        var looked = await inside.Get(path);
        Assert.Equal(HttpStatusCode.Forbidden, looked.Status);
        Assert.Contains("this stays with the buyer himself", looked.Text);
        Assert.NotNull(looked.Document.QuerySelector(".assisted-bar"));
        var posted = await inside.Post(path, [("Input.Present", Characters.Password), ("Input.Password", Characters.Password), ("Input.Email", "x@y.example"), ("Input.IsSure", "true")], from: "/account");
        Assert.Equal(HttpStatusCode.Forbidden, posted.Status);
        Assert.Equal(before, await shop.Dump("buyer", "one_time_code", "mail"));
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "access.refused"));
        Assert.Empty((await inside.Get("/account/data")).Document.QuerySelectorAll($"a[href$='{path}']"));
    }

    [Fact]
    public async Task A_new_password_signs_out_every_other_browser_and_tells_by_mail()
    {
        await using var shop = await TestShop.Start();
        var (here, there) = (await shop.As("ines"), await shop.As("ines"));
        var inside = await (await shop.As("karim")).Assisting("ines");
        var copy = here.At(shop);
        var answer = await here.Submit(await here.Get("/account/password"), "main form",
            ("Input.Present", Characters.Password), ("Input.Password", New), ("Input.Again", New));
        Assert.Equal("/account/password?stored=true", answer.Location);
        Assert.Equal(HttpStatusCode.OK, (await here.Follow(answer)).Status);
        Assert.StartsWith("/account/login?", (await there.Get("/account")).Location);
        Assert.StartsWith("/account/login?", (await copy.Get("/account")).Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account")).Status);
        Assert.Equal("ines@buyers.example", new System.Net.Mail.MailAddress((await shop.Mail("password-set")).To).Address);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInTests.SignIn(shop.Anonymous(), "/account/login", "ines@buyers.example", New)).Status);
    }

    [Fact]
    public async Task A_staff_member_changes_his_own_password_and_his_other_browsers_end()
    {
        await using var shop = await TestShop.Start();
        var (here, there, rosa) = (await shop.As("karim"), await shop.As("karim"), await shop.As("rosa"));
        var inside = await here.Assisting("ines");
        Assert.NotNull((await here.Get("/staff")).Document.QuerySelector("header a[href='/staff/account/password']"));
        var page = await here.Get("/staff/account/password");
        var wrong = await here.Submit(page, "main form", ("Input.Present", "guess"), ("Input.Password", New), ("Input.Again", New));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("this is not your present one", wrong.Document.GetElementById("Input_Present-error")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await there.Get("/staff")).Status);

        var copy = here.At(shop);
        var answer = await here.Submit(page, "main form", ("Input.Present", Characters.Password), ("Input.Password", New), ("Input.Again", New));

        Assert.Equal("/staff/account/password?stored=true", answer.Location);
        Assert.Contains("Your new password counts", (await here.Follow(answer)).Text);
        Assert.StartsWith("/staff/account/login?", (await there.Get("/staff")).Location);
        Assert.StartsWith("/staff/account/login?", (await copy.Get("/staff")).Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await rosa.Get("/staff")).Status);
        Assert.Equal("karim@onbehalf.example", new System.Net.Mail.MailAddress((await shop.Mail("password-set")).To).Address);
        Assert.Single(await shop.Facts(), "identity.password-set");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInTests.SignIn(shop.Anonymous(), "/staff/account/login", "karim@onbehalf.example")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInTests.SignIn(shop.Anonymous(), "/staff/account/login", "karim@onbehalf.example", New)).Status);
    }

    [Theory]
    [InlineData("wrong one here", New, New, "Present", "this is not your present one")]
    [InlineData("", New, New, "Present", "this is not your present one")]
    [InlineData(Characters.Password, "short", "short", "Password", "at least 10 characters")]
    [InlineData(Characters.Password, "ines@buyers.example", "ines@buyers.example", "Password", "not your e-mail address")]
    [InlineData(Characters.Password, New, "", "Again", "differ")]
    public async Task A_password_change_that_will_not_do_is_refused_at_its_field(string present, string password, string again, string field, string words)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var answer = await ines.Submit(await ines.Get("/account/password"), "main form", ("Input.Present", present), ("Input.Password", password), ("Input.Again", again));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(words, answer.Document.GetElementById($"Input_{field}-error")!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInTests.SignIn(shop.Anonymous(), "/account/login", "ines@buyers.example")).Status);
    }

    [Fact]
    public async Task Guessing_the_present_password_in_an_open_browser_locks_like_guessing_at_the_door()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var page = await ines.Get("/account/password");
        for (var i = 0; i < 5; i++)
        {
            await ines.Submit(page, "main form", ("Input.Present", "guess number " + i), ("Input.Password", New), ("Input.Again", New));
        }

        var right = await ines.Submit(page, "main form", ("Input.Present", Characters.Password), ("Input.Password", New), ("Input.Again", New));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, right.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInTests.SignIn(shop.Anonymous(), "/account/login", "ines@buyers.example")).Status);
        Assert.Equal(7, (await shop.Facts()).Count(fact => fact == "identity.sign-in-failed"));
        Assert.Single(await shop.Facts(), "identity.locked-out");
    }

    [Fact]
    public async Task A_new_address_counts_when_its_mailbox_has_confirmed_it()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var sent = await ines.Submit(await ines.Get("/account/email"), "main form", ("Input.Email", "Inés@Nordlicht.example"), ("Input.Password", Characters.Password));
        Assert.Contains("Look into the mail of your new address", sent.Text);
        var mail = await shop.Mail("email-change");
        Assert.Contains("Inés@Nordlicht.example", mail.To);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInTests.SignIn(shop.Anonymous(), "/account/login", "ines@buyers.example")).Status);

        // On another machine, signed in to nothing; looking changes nothing.
        var phone = shop.Anonymous();
        var page = await phone.Follow(await phone.Send(new HttpRequestMessage(HttpMethod.Get, mail.Link)));
        Assert.Contains("Inés@Nordlicht.example", page.Text);
        Assert.Equal("ines@buyers.example", await shop.Scalar<string>("select email from buyer where first_name = 'Ines'"));
        var done = await phone.Submit(page, "form.door-form");
        Assert.Contains("Your new address counts", (await phone.Follow(done)).Text);

        Assert.Equal("inés@nordlicht.example", await shop.Scalar<string>("select email_normalized from buyer where first_name = 'Ines'"));
        Assert.Contains("ines@buyers.example", (await shop.Mail("email-changed")).To);
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/account")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInTests.SignIn(shop.Anonymous(), "/account/login", "inés@nordlicht.EXAMPLE")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInTests.SignIn(shop.Anonymous(), "/account/login", "ines@buyers.example")).Status);
        Assert.Contains("no longer works", (await phone.Follow(await phone.Send(new HttpRequestMessage(HttpMethod.Get, mail.Link)))).Text);
        Assert.Contains("identity.email-changed", await shop.Facts());
    }

    [Fact]
    public async Task Asking_for_an_address_that_has_an_account_tells_nothing_and_a_code_for_it_does_nothing()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var taken = await ines.Submit(await ines.Get("/account/email"), "main form", ("Input.Email", "paul@buyers.example"), ("Input.Password", Characters.Password));
        Assert.Contains("Look into the mail of your new address", taken.Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from mail"));

        await ines.Submit(await ines.Get("/account/email"), "main form", ("Input.Email", "free@buyers.example"), ("Input.Password", Characters.Password));
        var link = (await shop.Mail("email-change")).Link;
        await shop.Sql("update buyer set email = 'free@buyers.example', email_normalized = 'free@buyers.example' where email = 'paul@buyers.example'");
        var page = await ines.Follow(await ines.Send(new HttpRequestMessage(HttpMethod.Get, link)));
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Submit(page, "form.door-form")).Status);
        Assert.Equal("ines@buyers.example", await shop.Scalar<string>("select email from buyer where first_name = 'Ines'"));

        // A code to change an address sets no password, and the other way round.
        var code = link.Split("code=")[1];
        var crafty = shop.Anonymous();
        crafty.Cookies["reset-shop"] = code;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await crafty.Post("/account/reset", [("Input.Password", New), ("Input.Again", New)], from: "/account/forgot")).Status);
    }

    [Theory]
    [InlineData("", Characters.Password, "Email")]
    [InlineData("no address", Characters.Password, "Email")]
    [InlineData("ines@buyers.example", Characters.Password, "Email")]
    [InlineData("new@buyers.example", "", "Password")]
    [InlineData("new@buyers.example", "wrong", "Password")]
    public async Task An_address_change_that_will_not_do_is_refused_at_its_field(string email, string password, string field)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var answer = await ines.Submit(await ines.Get("/account/email"), "main form", ("Input.Email", email), ("Input.Password", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.Document.GetElementById($"Input_{field}-error"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from one_time_code"));
    }

    [Fact]
    public async Task A_closed_account_signs_in_nowhere_and_ends_what_is_open()
    {
        await using var shop = await TestShop.Start();
        var (carla, elsewhere) = (await shop.As("carla"), await shop.As("carla"));
        var page = await carla.Get("/account/delete");
        Assert.NotNull((await carla.Submit(page, "main form", ("Input.Password", Characters.Password))).Document.GetElementById("Input_IsSure-error"));
        Assert.NotNull((await carla.Submit(page, "main form", ("Input.IsSure", "true"), ("Input.Password", "wrong"))).Document.GetElementById("Input_Password-error"));
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.Get("/account")).Status);

        var closed = await carla.Submit(page, "main form", ("Input.IsSure", "true"), ("Input.Password", Characters.Password));
        Assert.Contains("Your account is closed", (await carla.Follow(closed)).Text);
        Assert.StartsWith("/account/login?", (await elsewhere.Get("/account")).Location);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInTests.SignIn(shop.Anonymous(), "/account/login", "carla@buyers.example")).Status);
        await shop.Mail("account-closed");
        Assert.Contains("identity.account-closed", await shop.Facts());
    }

    [Fact]
    public async Task The_staff_command_makes_an_administrator_who_can_sign_in()
    {
        await using var shop = await TestShop.Start();
        await using var scope = ((IServiceProvider)shop.Services).GetRequiredService<Microsoft.Extensions.DependencyInjection.IServiceScopeFactory>().CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<OnBehalf.Modules.Identity.People<OnBehalf.Modules.Identity.StaffRow>>();
        Task<Outcome<Done>> Create(string? email, string? first, string? last, string? password) =>
            new OnBehalf.Modules.Identity.NewAdministrator(email, first, last, password).Create(shop.Database, people, "command-line", isFirst: false, default);

        Assert.True((await Create(null, "Neo", "Boss", New)).IsRefused);
        Assert.True((await Create("neo@onbehalf.example", " ", "Boss", New)).IsRefused);
        Assert.True((await Create("neo@onbehalf.example", "Neo", "Boss", "short")).IsRefused);
        Assert.True((await Create("neo@onbehalf.example", "Neo", "Boss", null)).IsRefused);
        Assert.False((await Create("neo@onbehalf.example", "Neo", "Boss", New)).IsRefused);
        Assert.True((await Create("NEO@onbehalf.example", "Neo", "Boss", New)).IsRefused);
        var neo = shop.Anonymous();
        Assert.Equal("/staff", (await SignInTests.SignIn(neo, "/staff/account/login", "neo@onbehalf.example", New)).Location);
        Assert.Equal(HttpStatusCode.OK, (await neo.Get("/admin/settings")).Status);
    }
}
