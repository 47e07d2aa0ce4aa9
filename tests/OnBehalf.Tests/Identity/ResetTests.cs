using System.Net;
using System.Text.RegularExpressions;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

public sealed class ResetTests
{
    private const string New = "three quiet green boats";

    [Theory]
    [InlineData("/account", "ines@buyers.example")]
    [InlineData("/staff/account", "karim@onbehalf.example")]
    public async Task A_mailed_link_sets_a_new_password_once_and_closes_everything_that_was_open(string door, string email)
    {
        await using var shop = await TestShop.Start();
        var isStaff = door != "/account";
        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        var elsewhere = isStaff ? karim : await shop.As("ines");
        var visitor = shop.Anonymous();
        var link = await Link(shop, visitor, door, email);

        // Opening it moves the code out of the address and changes nothing, however often a scanner does it.
        var before = await shop.Dump("buyer", "staff", "one_time_code", "sign_in", "assisted_session");
        var opened = await visitor.Send(new HttpRequestMessage(HttpMethod.Get, link));
        Assert.Equal(HttpStatusCode.SeeOther, opened.Status);
        Assert.Equal(door + "/reset", opened.Location);
        var cookie = opened.Response.Headers.GetValues("Set-Cookie").Single(set => set.Contains("reset-", StringComparison.Ordinal));
        Assert.Matches("max-age=900.*httponly", cookie.ToLowerInvariant());
        var page = await visitor.Follow(opened);
        Assert.Equal(email, page.Document.QuerySelector("#account")!.GetAttribute("value"));
        Assert.Equal(before, await shop.Dump("buyer", "staff", "one_time_code", "sign_in", "assisted_session"));

        var set = await visitor.Submit(page, "form.door-form", ("Input.Password", New), ("Input.Again", New));
        Assert.Equal(door + "/login?set=1", set.Location);
        Assert.DoesNotContain(visitor.Cookies.Keys, name => name.StartsWith("reset-", StringComparison.Ordinal));

        Assert.StartsWith($"{door}/login?", (await elsewhere.Get(isStaff ? "/admin" : "/account")).Location);
        Assert.Contains(isStaff ? "Your sign-in is over, and the assisted session" : "This assisted session is over", (await inside.Get("/no-such-page")).Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignInTests.SignIn(visitor, door + "/login", email)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInTests.SignIn(visitor, door + "/login", email, New)).Status);
        Assert.Contains("identity.password-set", await shop.Facts());
        await shop.Mail("password-set");

        // A second time, it is worth nothing.
        var again = shop.Anonymous();
        var dead = await again.Follow(await again.Send(new HttpRequestMessage(HttpMethod.Get, link)));
        Assert.Contains("This link no longer works", dead.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(again, door, [("Input.Password", New + "!"), ("Input.Again", New + "!")])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInTests.SignIn(shop.Anonymous(), door + "/login", email, New)).Status);
    }

    [Fact]
    public async Task The_answer_is_the_same_whether_there_is_such_an_account_or_not()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update buyer set status = 'inactive' where email = 'paul@buyers.example'");
        var answers = new List<string>();
        foreach (var email in new[] { "ines@buyers.example", "nobody@buyers.example", "paul@buyers.example", "karim@onbehalf.example" })
        {
            var visitor = shop.Anonymous();
            var answer = await visitor.Submit(await visitor.Get("/account/forgot"), "form.door-form", ("Email", email));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            answers.Add(answer.Html);
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(4, (await shop.Facts()).Count(fact => fact == "identity.password-reset-asked"));
        await shop.Mail("password-reset");
        Assert.Equal(["ines@buyers.example"], shop.Mails().Select(mail => new System.Net.Mail.MailAddress(mail.To).Address));
    }

    [Fact]
    public async Task A_link_works_for_an_hour_and_only_the_newest_one()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        var first = await Link(shop, visitor, "/account", "ines@buyers.example");
        var second = await Link(shop, visitor, "/account", "ines@buyers.example", number: 2);
        Assert.Contains("no longer works", (await Open(shop, first)).Text);
        Assert.Contains("Choose your new password", (await Open(shop, second)).Text);
        await shop.Age("one_time_code", "expires_at", TimeSpan.FromMinutes(59));
        Assert.Contains("Choose your new password", (await Open(shop, second)).Text);
        await shop.Age("one_time_code", "expires_at", TimeSpan.FromMinutes(2));
        Assert.Contains("no longer works", (await Open(shop, second)).Text);
    }

    [Fact]
    public async Task A_link_that_was_touched_or_belongs_to_the_other_kind_of_people_works_nowhere()
    {
        await using var shop = await TestShop.Start();
        var link = await Link(shop, shop.Anonymous(), "/staff/account", "karim@onbehalf.example");
        var code = link.Split("code=")[1];
        foreach (var tampered in new[]
        {
            link.Replace(code, (code[0] == 'A' ? 'B' : 'A') + code[1..]), link.Replace(code, code[..20]), link.Replace(code, "%00"),
            link + "x", link.Replace("/staff/account", "/account"), link.Replace(code, new string('€', 43)),
        })
        {
            var visitor = shop.Anonymous();
            var page = await visitor.Follow(await visitor.Send(new HttpRequestMessage(HttpMethod.Get, tampered)));
            Assert.True(page.Text.Contains("no longer works"), $"{tampered}: {page.Text}");
            var door = tampered.Contains("/staff/") ? "/staff/account" : "/account";
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(visitor, door, [("Input.Password", New), ("Input.Again", New)])).Status);
        }

        // Not even when the cookie is renamed by hand.
        var crafty = shop.Anonymous();
        crafty.Cookies["reset-shop"] = code;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post(crafty, "/account", [("Input.Password", New), ("Input.Again", New)])).Status);
        Assert.Contains("Choose your new password", (await Open(shop, link)).Text);
    }

    [Fact]
    public async Task Two_who_use_a_link_at_the_same_moment_set_one_password()
    {
        await using var shop = await TestShop.Start();
        var link = await Link(shop, shop.Anonymous(), "/account", "ines@buyers.example");
        var visitors = Enumerable.Range(0, 4).Select(_ => shop.Anonymous()).ToList();
        var pages = new List<Answer>();
        foreach (var visitor in visitors)
        {
            pages.Add(await visitor.Follow(await visitor.Send(new HttpRequestMessage(HttpMethod.Get, link))));
        }

        var answers = await Task.WhenAll(visitors.Select((visitor, i) =>
            visitor.Submit(pages[i], "form.door-form", ("Input.Password", New + i), ("Input.Again", New + i))));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.SeeOther);
        Assert.Single(await shop.Facts(), fact => fact == "identity.password-set");
    }

    [Theory]
    [InlineData("", "", "Input.Password", "please choose one")]
    [InlineData("short", "short", "Input.Password", "at least 10 characters")]
    [InlineData("ines@buyers.example", "ines@buyers.example", "Input.Password", "not your e-mail address")]
    [InlineData("INES@BUYERS.EXAMPLE", "INES@BUYERS.EXAMPLE", "Input.Password", "not your e-mail address")]
    [InlineData("Password1234", "Password1234", "Input.Password", "too easy to guess")]
    [InlineData("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "Input.Password", "too easy to guess")]
    [InlineData(New, New + "x", "Input.Again", "the two passwords differ")]
    public async Task A_password_that_will_not_do_is_refused_at_its_field_and_the_link_stays_good(string password, string again, string field, string words)
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        var page = await visitor.Follow(await visitor.Send(new HttpRequestMessage(HttpMethod.Get, await Link(shop, visitor, "/account", "ines@buyers.example"))));
        var answer = await visitor.Submit(page, "form.door-form", ("Input.Password", password), ("Input.Again", again));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var input = answer.Document.QuerySelector($"[name='{field}']")!;
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Contains(words, answer.Document.GetElementById(input.GetAttribute("aria-describedby")!.Split(' ')[^1])!.TextContent);
        if (password.Length > 0)
        {
            Assert.DoesNotContain($"value=\"{password}\"", Regex.Replace(answer.Html, "id=\"account\"[^>]*", ""));
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Submit(answer, "form.door-form", ("Input.Password", New), ("Input.Again", New))).Status);
    }

    [Fact]
    public async Task A_reset_opens_a_locked_account()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        for (var i = 0; i < 5; i++)
        {
            await SignInTests.SignIn(visitor, "/account/login", "ines@buyers.example", "wrong");
        }

        var page = await visitor.Follow(await visitor.Send(new HttpRequestMessage(HttpMethod.Get, await Link(shop, visitor, "/account", "ines@buyers.example"))));
        await visitor.Submit(page, "form.door-form", ("Input.Password", New), ("Input.Again", New));
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInTests.SignIn(visitor, "/account/login", "ines@buyers.example", New)).Status);
    }

    [Fact]
    public async Task A_shop_that_does_not_know_its_address_believes_no_host_header_and_mails_a_code_to_type()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        var page = await visitor.Get("/account/forgot");
        var request = new HttpRequestMessage(HttpMethod.Post, "http://evil.example/account/forgot")
        {
            Content = new FormUrlEncodedContent([
                new("Email", "ines@buyers.example"),
                new("__RequestVerificationToken", page.Document.QuerySelector("form.door-form input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]),
        };
        await visitor.Send(request);
        var mail = await shop.Mail("password-reset");
        Assert.DoesNotContain("evil", mail.Raw, StringComparison.Ordinal);
        var code = Regex.Match(mail.Body, @"^[\w-]{43}$", RegexOptions.Multiline).Value;

        var form = await visitor.Get("/account/reset");
        var wrong = await visitor.Submit(form, "form.door-form", ("Input.Code", "abc"), ("Input.Password", New), ("Input.Again", New));
        Assert.Contains("no longer works", wrong.Document.QuerySelector("#Input_Code-error")!.TextContent);
        var set = await visitor.Submit(wrong, "form.door-form", ("Input.Code", $" {code} "), ("Input.Password", New), ("Input.Again", New));
        Assert.Equal("/account/login?set=1", set.Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ines")]
    [InlineData("ines@buyers")]
    [InlineData("ines@buyers.example\nBcc: x@y.example")]
    [InlineData("\u0001@buyers.example")]
    public async Task What_is_no_address_is_refused_at_its_field(string email)
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        var answer = await visitor.Submit(await visitor.Get("/account/forgot"), "form.door-form", ("Email", email));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("E-mail address", answer.Document.QuerySelector("#Email-error")!.TextContent);
    }

    [Fact]
    public async Task Nobody_is_flooded_with_mail()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        var page = await visitor.Get("/account/forgot");
        Answer? answer = null;
        for (var i = 0; i < 4; i++)
        {
            answer = await visitor.Submit(page, "form.door-form", ("Email", "ines@buyers.example"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer!.Status);
        Assert.Equal(3, await shop.Scalar<int>("select count(*) from mail"));
    }

    internal static async Task<string> Link(TestShop shop, Visitor visitor, string door, string email, int number = 1)
    {
        await visitor.Submit(await visitor.Get(door + "/forgot"), "form.door-form", ("Email", email));
        var link = (await shop.Mail("password-reset", number)).Link;
        Assert.StartsWith($"http://localhost{door}/reset?code=", link);
        return link;
    }

    private static async Task<Answer> Open(TestShop shop, string link)
    {
        var visitor = shop.Anonymous();
        return await visitor.Follow(await visitor.Send(new HttpRequestMessage(HttpMethod.Get, link)));
    }

    private static Task<Answer> Post(Visitor visitor, string door, (string, string)[] fields) => visitor.Post(door + "/reset", fields, from: door + "/forgot");
}
